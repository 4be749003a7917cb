import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.render import Link, counted_length, normalise_mentions, tags_in, to_html

ANA = {"ana": Link("https://learn.example/@ana", "ana")}
BASE = "https://learn.example/tags/"


def html(text: str) -> str:
    return to_html(text, ANA, BASE)


def test_text_is_escaped_and_split_into_paragraphs_and_lines() -> None:
    assert html('a <3 & "b" it\'s\nc\n\nd') == "<p>a &lt;3 &amp; &quot;b&quot; it&#39;s<br />c</p><p>d</p>"


def test_a_mention_is_a_card_without_its_domain() -> None:
    assert html("hi @ana!") == (
        '<p>hi <span class="h-card" translate="no"><a href="https://learn.example/@ana" class="u-url mention">'
        "@<span>ana</span></a></span>!</p>"
    )


def test_a_mention_of_nobody_stays_text() -> None:
    assert html("hi @nobody and x@ana.example") == "<p>hi @nobody and x@ana.example</p>"


def test_a_hashtag_keeps_its_case_in_what_is_shown() -> None:
    assert html("#LrnChat") == (
        '<p><a href="https://learn.example/tags/LrnChat" class="mention hashtag" rel="tag">'
        "#<span>LrnChat</span></a></p>"
    )


def test_a_long_address_is_shown_by_thirty_characters_and_not_cut_in_its_link() -> None:
    address = "https://www.example.org/a/very/long/path?x=1&y=2"
    assert html(f"see {address}.") == (
        '<p>see <a href="https://www.example.org/a/very/long/path?x=1&amp;y=2" target="_blank" '
        'rel="nofollow noopener noreferrer" translate="no"><span class="invisible">https://www.</span>'
        '<span class="ellipsis">example.org/a/very/long/path?x</span><span class="invisible">=1&amp;y=2</span></a>.</p>'
    )


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#LrnChat and #lrnchat", ["lrnchat"]),
        ("#2026 #q1", ["q1"]),
        ("https://x.example/#frag a#b", []),
        ("#caf\u00e9,#\u5b66\u3073", ["caf\u00e9", "\u5b66\u3073"]),
    ],
)
def test_hashtags_are_lower_case_and_not_parts_of_something_else(text: str, tags: list[str]) -> None:
    assert tags_in(text) == tags


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("hello", 5),
        ("https://example.org/" + "x" * 200, 23),
        ("@pat@far.example hi", len("@pat hi")),
        ("#lrnchat", 8),
        ("e\u0301", 1),
        ("\U0001f469\u200d\U0001f4bb", 1),
    ],
)
def test_addresses_count_23_and_remote_mentions_their_local_part(text: str, length: int) -> None:
    assert counted_length(text, 23) == length


def test_mentions_are_spelled_by_acct() -> None:
    known = {("ana", None): "ana", ("ana", "learn.example"): "ana"}
    spelled = normalise_mentions(
        "@Ana @ana@learn.example @zoe https://x.example/@ana", lambda n, d: known.get((n.lower(), d))
    )
    assert spelled == "@ana @ana @zoe https://x.example/@ana"


@given(st.text(alphabet="<>&\"'@#ana: /.\n\u00e9x"))
def test_no_markup_of_the_author_survives(text: str) -> None:
    content = html(text)
    for own in ("<p>", "</p>", "<br />", "<span", "</span>", "<a ", "</a>"):
        content = content.replace(own, "")
    assert "<" not in content.replace('">', "")
