"""Text to tokens: what they are compared as, and where they stand."""

import pytest

from bot.domain.recognise.normalise import (
    LIMIT,
    MENTION,
    SENTENCE,
    SYMBOL,
    TAG,
    WORD,
    Token,
    cut,
    fold,
    quoted,
    tag_word,
    tokens,
)


def words(text: str) -> list[str]:
    return [token.word for token in tokens(cut(text))]


def test_a_token_knows_its_place_kind_gap_and_stem() -> None:
    assert tokens("Hi! @nora, Nora's #lrnchat 🎉") == [
        Token("hi", 0, 2, WORD),
        Token("@nora", 4, 9, MENTION, SENTENCE),
        Token("noras", 11, 17, WORD, 1, "nora"),
        Token("lrnchat", 18, 26, TAG),
        Token("🎉", 27, 28, SYMBOL),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café NAÏVE straße", ["cafe", "naive", "strasse"]),
        ("don't don’t don&#39;t don&rsquo;t", ["dont"] * 4),
        ("a &amp; b &lt; c &nosuch; &#0;", ["a", "&", "b", "c", "&", "nosuch", "\ufffd"]),
        ("m\u0456ss\u0435d mis\u200bsed \u202emissed mi\u0301ssed", ["missed"] * 4),
        ("ｍｉｓｓｅｄ 𝓶𝓲𝓼𝓼𝓮𝓭", ["missed", "missed"]),
        ("どこ？ที่ไหน", ["ど", "こ", "ท", "ไ", "ห", "น"]),
        ("see https://far.example/missed-you or far.example/where ok", ["see", "or", "ok"]),
        ("me@far.example", ["me", "far", "example"]),
        ("@Nora @nora@Far.Example @a_b. @a-b", ["@nora", "@nora@far.example", "@a_b", "@a-b"]),
        ("＠nora ＃Tag #a_b #tag's on", ["@nora", "tag", "a_b", "tag", "on"]),
        ("yes /s no /sure and/s", ["yes", "/s", "no", "sure", "and", "s"]),
        ("1️⃣ ❤️ 👩‍🏫", ["1", "❤", "👩", "🏫"]),
        ("½ ㈠", ["12", "一"]),
        ("'' '", []),
    ],
)
def test_words_are_folded_alike_whatever_they_are_written_with(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a b", [0, 0]),
        ("a, b: c (d", [0, 1, 1, 1]),
        ("a - b -- c a-b", [0, 1, 1, 0, 0]),
        ("a! b… c\nd. e\u2028f", [0, 2, 2, 2, 2, 2]),
        ("a.b", [0, 1]),
        ("a https://far.example b", [0, 1]),
    ],
)
def test_what_separates_two_tokens_is_kept(text: str, gaps: list[int]) -> None:
    assert [token.gap for token in tokens(text)] == gaps


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ('he said "you are" and', ['"you are"']),
        ("he said “you\nare” and «là»", ["“you\nare”", "«là»"]),
        ("he said 'you are' and don't", ["'you are'"]),
        ("it's 'til it\nisn't'", []),
        ("the dogs' bone and the cats' milk", []),
        ("> quoted line\nmine > yours", ["> quoted line"]),
        ('one " alone', []),
    ],
)
def test_quotations_are_found(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in quoted(text)] == spans


def test_an_entity_does_not_move_what_stands_behind_it() -> None:
    text = "salt &amp; pepper &#39;n&#39; missed"
    (last,) = [token for token in tokens(cut(text)) if token.word == "missed"]
    assert text[last.start : last.end] == "missed"


def test_a_text_is_cut_at_the_limit() -> None:
    assert len(cut("a" * (LIMIT + 1))) == LIMIT


def test_a_folded_text_keeps_its_words_apart() -> None:
    assert fold("Don’t@Nora#tag—X").split() == ["dont", "nora", "tag", "x"]
    assert fold("Don't@Nora#tag-X").split() == ["dont", "nora", "tag", "x"]


@pytest.mark.parametrize(("tag", "word"), [("lrnchat", "lrnchat"), ("été_a", "ete_a"), ("", ""), ("日本", "日本")])
def test_a_tag_is_compared_as_a_token_is(tag: str, word: str) -> None:
    assert tag_word(tag) == word
