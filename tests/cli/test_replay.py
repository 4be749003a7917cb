"""`missed replay`: a past chat is rehearsed, in words, in JSON, and whatever the file holds."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Missed, document

KETTLE = str(Path(__file__).parents[1] / "data/kettlechat.jsonl")
TEA_EVENING = "2026-01-13T19:"


def write(path: Path, *rows: object) -> str:
    written = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(written), encoding="utf-8")
    return str(path)


def tea(minute: int, author: str, text: str, **more: object) -> dict[str, object]:
    at = f"{TEA_EVENING}{minute:02}:00Z"
    return {"id": f"t{minute}", "created_at": at, "author": author, "text": f"{text} #tea", **more}


def test_an_evening_is_told_in_order(missed: Missed) -> None:
    said = missed("replay", KETTLE, "--chat", "kettlechat")
    assert not said.stderr
    lines = [line.strip() for line in said.stdout.splitlines()]
    there = "sam@home.example, who is there already"
    expected = [
        "kettlechat@2026-02-03T19:00Z",
        "2026-02-03 19:09:00  mira@far.example calls sam@home.example (missed: you are missed, post k07)",
        "@sam@home.example «you are missed tonight», nobody argues about milk #kettlechat",
        "2026-02-03 19:09:00  sam (sam@home.example): remind, between 19:12:00 and 19:55:00 (called while it is on)",
        "2026-02-03 19:10:15  ben@home.example calls sam@home.example (paging: paging, post k08)",
        "2026-02-03 19:12:00  sam@home.example: would have been sent:",
        "2026-02-03 19:29:00  dora@home.example: would have been suppressed: has come by themselves",
        f"2026-02-03 19:45:00  ben@home.example calls {there} (missed: you are missed, post k15)",
    ]
    assert [line for line in lines if line in expected] == expected
    assert any(line.startswith("mira and ben miss you at #kettlechat right now. Q1 of 6 is on") for line in lines)
    assert not any("k10" in line or "k06" in line for line in lines)


def test_the_sums_are_printed(missed: Missed) -> None:
    text = missed("replay", KETTLE, "--chat", "#KettleChat").stdout
    sums = [" ".join(line.split()) for line in text[text.index("\nposts ") :].splitlines()]
    for one in (
        "posts 19 by or to 6 people",
        "outside, or passed on 3",
        "sessions 2, 2 of them held",
        "calls 4 to 2 people",
        "posts with calls 4 (210.53 per 1,000 posts)",
        "likely false alarms 1 (52.63 per 1,000 posts)",
        "reminders due 2",
        "would be sent 1",
        "has come by themselves 1",
    ):
        assert one in sums


def test_the_document_holds_everything(missed: Missed) -> None:
    found = document(missed("replay", KETTLE, "--chat", "kettlechat", "--json"))
    assert [(one["post_id"], one["target"]["id"]) for one in found["calls"]] == [
        ("k07", "sam@home.example"),
        ("k08", "sam@home.example"),
        ("k12", "dora@home.example"),
        ("k15", "sam@home.example"),
    ]
    assert found["calls"][0]["words"] == "you are missed tonight"
    assert found["calls"][0]["at"] == "2026-02-03T19:09:00Z"
    assert [(one["member_id"], one["state"]) for one in found["outcomes"]] == [
        ("sam@home.example", "sent"),
        ("dora@home.example", "suppressed"),
    ]
    assert found["totals"]["posts"] == 19
    assert (found["chat"], found["malformed_lines"]) == ("kettlechat", [])


def test_names_come_from_the_roster(missed: Missed, home: Path) -> None:
    (home / "roster.json").write_text('{"@Sam@home.example": "Sam Oduya", "nobody@home.example": "No"}')
    said = missed("replay", KETTLE, "--chat", "kettlechat", "--roster", "roster.json").stdout
    assert "mira@far.example calls Sam Oduya (sam@home.example) (missed" in said


MINE = '[[rule]]\nname = "three voices"\nkind = "called"\n[rule.when]\nphase = "live"\ncallers_at_least = 3\n'


def test_rules_are_tried_beside_those_there_are(missed: Missed, home: Path) -> None:
    (home / "mine.toml").write_text(MINE)
    found = document(missed("replay", KETTLE, "--chat", "kettlechat", "--rules", "mine.toml", "--json"))
    assert (found["rules"], found["totals"]["reminders_due"], found["totals"]["calls"]) == ("mine.toml", 0, 4)
    assert (found["baseline"]["rules"], found["baseline"]["totals"]["sent"]) == ("the rules that ship", 1)
    (change,) = found["changes"]
    assert (change["member_id"], change["before"], change["after"]) == (
        "sam@home.example", "called while it is on", None,
    )  # fmt: skip


def test_two_rule_files_are_told_side_by_side(missed: Missed, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    (home / "mine.toml").write_text(MINE)
    (home / "missed.toml").write_text('rules = "there/mine.toml"\n[mastodon]\nbase_url = "http://127.0.0.1:1"\n')
    (home / "there").mkdir()
    (home / "there" / "mine.toml").write_text(MINE.replace("3", "1"))
    shown = missed("replay", KETTLE, "--chat", "kettlechat", "--rules", "mine.toml").stdout
    table = [line.split() for line in shown[shown.rindex("reminders sent") :].splitlines()]
    assert table[0] == ["reminders", "sent", "2", "0"]
    assert ["2026-02-03", "19:09", "sam@home.example", "three", "voices", "–", "yes"] in table
    same = missed("replay", KETTLE, "--chat", "kettlechat", "--rules", "there/mine.toml").stdout
    assert same.endswith("Both send the same.\n")


def test_who_would_have_been_told_is_a_table_and_what_they_did_then(
    missed: Missed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    rows = [" ".join(line.split()) for line in missed("replay", KETTLE, "--chat", "kettlechat").stdout.splitlines()]
    assert "2026-02-03 19:12 sam@home.example called called while it is on sent came 28 min later" in rows
    assert "sam@home.example 1 3 1 1 1" in rows
    assert "needless 1 of 1 sent" in rows


def test_a_page_tells_it_all_without_a_word_of_the_posts(missed: Missed, home: Path) -> None:
    (home / "mine.toml").write_text(MINE)
    missed("replay", KETTLE, "--chat", "kettlechat", "--html", "report.html")
    text = (home / "report.html").read_text()
    for part in ("Rehearsal of #kettlechat", "sam@home.example", "called while it is on", "came 28 min later"):
        assert part in text
    assert "Side by side" not in text
    assert "argues about milk" not in text
    assert "<script" not in text
    missed("replay", KETTLE, "--chat", "kettlechat", "--html", "report.html", "--rules", "mine.toml")
    text = (home / "report.html").read_text()
    assert "Side by side" in text
    assert "What mine.toml would change" in text
    assert "None would have become due." in text


def test_names_are_only_names_on_the_page(missed: Missed, home: Path) -> None:
    rows = [tea(m, name, "Hello") for m, name in ((1, "a"), (2, "b"), (3, "c"))]
    rows.append(tea(5, "a", "@sam you are missed tonight", mentions=["sam"]))
    (home / "roster.json").write_text('{"sam": "<b onclick=x>Sam</b>"}')
    posts = write(home / "tea.jsonl", *rows)
    missed("replay", posts, "--chat", "tea", "--roster", "roster.json", "--html", "report.html")
    text = (home / "report.html").read_text()
    assert "&lt;b onclick=x&gt;Sam&lt;/b&gt;" in text
    assert "<b onclick" not in text
    said = missed("replay", posts, "--chat", "tea", "--html", "no/report.html", exits=2).stderr
    assert "--html: no/report.html cannot be written: No such file or directory." in said


def test_keys_that_nobody_knows_are_told_once_each_and_the_rest_goes_on(missed: Missed, home: Path) -> None:
    row = tea(1, "a", "Hello")
    rows = [{**row, "id": n, "create_at": "x", "is_call": False, "kind": "", "targets": []} for n in range(3)]
    said = missed("replay", write(home / "odd.jsonl", *rows, {**row, "id": 9, "likes": 4}), "--chat", "tea", exits=1)
    assert said.stderr.splitlines() == [
        "missed: line 1: 'create_at' is no key that is known, here and on 2 more; is 'created_at' meant?",
        "missed: line 4: 'likes' is no key that is known",
    ]
    assert "posts                    4 by" in said.stdout


def test_a_configured_chat_has_its_times_its_zone_and_its_server(missed: Missed, configured: Path) -> None:
    rows = [tea(m, name, "Hello") for m, name in ((1, "a"), (2, "b"), (3, "c"))]
    rows.append(tea(40, "a", "@sam you are missed tonight", mentions=["sam"]))
    file = write(configured / "tea.jsonl", *rows)
    found = document(missed("replay", file, "--chat", "tea", "--json"))
    assert found["calls"][0]["session_id"] == "tea@2026-01-13T19:00Z"
    assert "17 minutes are left, so come as you are: http://127.0.0.1:1/tags/tea" in found["outcomes"][0]["text"]


def test_quiet_hours_are_those_of_the_chat_s_zone(missed: Missed, configured: Path) -> None:
    rows = [tea(m, name, "Hello") for m, name in ((1, "a"), (2, "b"), (3, "c"))]
    late = {**tea(50, "a", "@sam you were missed tonight", mentions=["sam"]), "created_at": "2026-01-13T21:30:00Z"}
    file = write(configured / "tea.jsonl", *rows, late)
    (outcome,) = document(missed("replay", file, "--chat", "tea", "--json"))["outcomes"]
    assert outcome["at"] == "2026-01-14T06:00:00Z", "seven in Berlin"


def test_no_account_is_needed(missed: Missed, configured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MISSED_MASTODON_TOKEN")
    file = configured / "missed.toml"
    (configured / "else.toml").write_text('rules = "mine.toml"\n' + file.read_text())
    row = tea(40, "a", "@sam you are missed tonight", mentions=["sam"])
    posts = write(configured / "tea.jsonl", row)
    assert document(missed("replay", posts, "--chat", "tea", "--json"))["calls"]
    said = missed("replay", posts, "--chat", "tea", "--config", str(configured / "else.toml"), exits=2).stderr
    assert f"rules: {configured / 'mine.toml'} cannot be read" in said
    file.write_text(file.read_text() + "colour = 1\n")
    assert "colour" in missed("replay", posts, "--chat", "tea", exits=2).stderr


def test_a_chat_of_the_catalogue_needs_no_configuration(missed: Missed, home: Path) -> None:
    row = {"id": 1, "created_at": "2026-01-16T02:05:00Z", "author": "a", "text": "Paging @sam #lrnchat"}
    found = document(missed("replay", write(home / "l.jsonl", row), "--chat", "lrnchat", "--json"))
    assert found["calls"][0]["session_id"] == "lrnchat@2026-01-16T01:30Z"


def test_what_cannot_be_read_is_said_twenty_times_then_counted(missed: Missed, home: Path) -> None:
    file = write(home / "bad.jsonl", *["nonsense"] * 25, tea(1, "a", "Hello"), {"id": 1, "author": "a"})
    said = missed("replay", file, "--chat", "tea", exits=1)
    lines = said.stderr.splitlines()
    assert lines[0] == "missed: line 1: cannot be read: is not valid JSON"
    assert len(lines) == 21
    assert lines[-1] == "missed: and 6 more lines"
    assert "malformed lines        26 more" in said.stdout


def test_the_malformed_lines_are_in_the_document_too(missed: Missed, home: Path) -> None:
    file = write(home / "bad.jsonl", tea(1, "a", "Hello"), {"id": 1, "author": "a"})
    said = missed("replay", file, "--chat", "tea", "--json", exits=1)
    assert json.loads(said.stdout)["malformed_lines"] == [{"number": 2, "says": "lacks 'text'"}]


def test_an_empty_file_is_said(missed: Missed, home: Path) -> None:
    said = missed("replay", write(home / "none.jsonl"), "--chat", "tea", exits=1)
    assert said.stderr == f"missed: {home / 'none.jsonl'}: there is no post in it\n"


def test_a_long_text_and_a_naive_time_are_remarks_only(missed: Missed, home: Path) -> None:
    rows = [{"id": n, "author": "a", "text": "x " * 500_000, "created_at": "2026-01-13T19:00:00"} for n in range(2)]
    said = missed("replay", write(home / "big.jsonl", *rows), "--chat", "tea").stderr
    assert said.count("a text of 1,000,000 characters") == 2
    assert said.count("a time without a zone: such times are taken as UTC") == 1


def test_nobody_s_words_command_the_terminal(missed: Missed, home: Path) -> None:
    text = "@sam you are missed tonight.\n\x1b[2J\x00\u202e #tea [red]"
    row = {"id": "\x1b[1m", "author": "a[b]", "text": text, "mentions": ["sam"]}
    said = missed("replay", write(home / "rude.jsonl", row), "--chat", "tea").stdout
    assert "«you are missed tonight»" in said
    assert "[red]" in said
    assert not set(said) & {"\x1b", "\x00", "\u202e"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere.jsonl", "--chat", "tea"), "missed: nowhere.jsonl: cannot be read: No such file or directory."),
        ((".", "--chat", "tea"), "missed: .: cannot be read: Is a directory."),
        ((KETTLE, "--chat", "a b"), "missed: --chat: 'a b' is not a hashtag; write it like 'lrnchat'."),
        ((KETTLE, "--chat", "tea", "--roster", "no.json"), "missed: --roster: no.json cannot be read: No such file"),
        ((KETTLE, "--chat", "tea", "--roster", KETTLE), "is not a JSON object of display names by handle"),
        ((KETTLE, "--chat", "tea", "--rules", "no.toml"), "missed: rules: no.toml cannot be read"),
        ((KETTLE, "--chat", "tea", "--config", "no.toml"), "missed: no.toml: there is no such file."),
        ((KETTLE,), "Missing option '--chat'"),
    ],
)
def test_wrong_use_is_one_sentence(missed: Missed, words: tuple[str, ...], says: str) -> None:
    assert says in missed("replay", *words, exits=2).stderr
