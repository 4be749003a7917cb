from config.lines import READ_AT_MOST, line_of, lines_of

SOURCE = '''\
# a comment
title = "x"

[[rule]]
name = """
[[rule]]
"""
numbers = [
  1,  # one
  2,
]

[[rule]]
  [rule.when]
  phase = "live"
inline = { a = 1 }
'''


def test_every_key_has_the_line_on_which_its_statement_begins() -> None:
    lines = lines_of(SOURCE)
    found = {
        (): None,
        ("title",): 2,
        ("rule",): 4,
        ("rule", 0): 4,
        ("rule", 0, "name"): 5,
        ("rule", 0, "numbers", 1): 8,
        ("rule", 1): 13,
        ("rule", 1, "when"): 14,
        ("rule", 1, "when", "phase"): 15,
        ("rule", 1, "when", "inline", "a"): 16,
    }
    assert {path: lines.get(path) for path in found} == found


def test_what_is_missing_has_the_line_of_the_table_around_it() -> None:
    lines = lines_of(SOURCE)
    assert line_of(("rule", 1, "when", "colour"), lines) == 14
    assert line_of(("nothing",), lines) is None


def test_a_file_beyond_measure_is_not_looked_through() -> None:
    rows = [f"k{number} = 1" for number in range(READ_AT_MOST + 1)]
    lines = lines_of("\n".join(rows))
    assert lines[f"k{READ_AT_MOST - 1}",] == READ_AT_MOST
    assert (f"k{READ_AT_MOST}",) not in lines
