"""Any text is read, in time that grows no faster than the text."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.chat import Chat
from bot.domain.recognise import Recogniser
from bot.domain.recognise.normalise import LIMIT, MARK, SHAPES, cut, fold, quoted, tokens
from bot.domain.recognise.observations import Called, Scene
from bot.domain.recognise.questions import find_question, is_answer
from tests.unit.recognise.conftest import Say, Somebody

SOUP = "@ana @ben, you are missed where is we miss #lrnchat and Q1: A1 &#39; come join us not so Nora Nora's . rt 🎉"
WORDS = st.sampled_from([*SOUP.split(" "), "@", "#", "your", "seat", "is", "warm", "'", '"', "\n", "\u200b"])
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS, max_size=40).map("".join))


@given(TEXTS)
def test_offsets_of_tokens_and_quotations_lie_inside_the_text_and_in_order(text: str) -> None:
    text = cut(text)
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
    for start, stop in quoted(text):
        assert 0 <= start < stop <= len(text)


@given(TEXTS)
def test_a_cut_text_is_as_long_as_it_was(text: str) -> None:
    assert len(cut(text)) == min(len(text), LIMIT)


@given(TEXTS)
def test_every_word_of_a_token_is_found_in_the_folded_text(text: str) -> None:
    text = "".join(char for char in cut(text) if SHAPES[ord(char)] != "'")  # they glue what stands around them
    folded = set(fold(text.replace(MARK, " ")).split())
    assert {token.word for token in tokens(text) if token.kind == "word" and token.word not in "&+"} <= folded


@settings(max_examples=300)
@given(TEXTS, st.booleans(), st.booleans())
def test_any_text_is_observed_and_calls_point_into_it(
    recogniser: Recogniser, chat: Chat, say: Say, person: Somebody, text: str, is_reply: bool, is_thread: bool
) -> None:
    post = say(text, to="ana" if is_reply else None)
    scene = Scene(chat=chat, roster=tuple(map(person, ("ana", "nora", "ida"))), is_chat_thread=is_thread)
    for seen in recogniser.observe(post, scene):
        if isinstance(seen, Called):
            assert 0 <= seen.words[0] < seen.words[1] <= len(text)
            assert seen.target.id != post.author.id
    recogniser.explain(post, scene)


@given(TEXTS)
def test_any_text_may_be_asked_or_answered(say: Say, chat: Chat, text: str) -> None:
    find_question(say(text), chat)
    is_answer(text)


HOSTILE = {
    "one word": "a",
    "drawn out": "misssssed",
    "phrases": "we miss you ",
    "phrases with people": "where is @ana? ",
    "commas": "you are missed, ",
    "mentions": "@ana ",
    "mentions and commas": "@ana, ",
    "greetings": "hey ",
    "greetings and phrases": "hey miss you ",
    "openings": "we really really ",
    "guards": "not a sorry i miss you. ",
    "single quotes": " 'a",
    "double quotes": '"a',
    "dots": "a.",
    "tags": "#a ",
    "entities": "&#39;",
    "brackets": "q1(",
    "names": "Nora ",
    "spaces": " ",
}


def steps(act: Callable[[], object]) -> int:
    """Count the lines and calls that Python goes through."""
    count = 0

    def tick(_frame: FrameType, _event: str, _arg: Any) -> Any:
        nonlocal count
        count += 1
        return tick

    before = sys.gettrace()
    sys.settrace(tick)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_is_at_most_about_twice_the_work(
    recogniser: Recogniser, chat: Chat, say: Say, person: Somebody, piece: str
) -> None:
    scene = Scene(chat=chat, roster=(person("nora"),), is_to_us=True)

    def work(length: int) -> int:
        post = say((piece * length)[:length] + " #lrnchat", mentions=(person("ana"),))
        return steps(lambda: (recogniser.observe(post, scene), recogniser.explain(post, scene)))

    work(500)
    assert work(6_000) <= 2.6 * work(3_000) + 500


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_longest_text_is_read(recogniser: Recogniser, chat: Chat, say: Say, person: Somebody, piece: str) -> None:
    scene = Scene(chat=chat, roster=(person("nora"),), is_chat_thread=True)
    recogniser.observe(say(piece * (2 * LIMIT // len(piece)), mentions=(person("ana"),)), scene)
