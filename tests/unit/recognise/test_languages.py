"""A language is one file, and a post is read by the files of the languages that it may be written in."""

from collections.abc import Callable

import pytest

from bot.domain.chat import Chat
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Called, Scene
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.recognise.readers import Readers, glance
from bot.domain.recognise.roster import Roster
from tests.unit.recognise.conftest import CAST, Calls, Say, somebody
from tests.unit.recognise.test_calls import CALLS, SURFACES, tagged

WOLF = {
    "language": "wo",
    "cues": ["auuuh", "rudel"],
    "you": ["du"],
    "your": ["wu"],
    "here": ["nah"],
    "phrases": [
        {"name": "howl", "kind": "missed", "says": ["auuh {who} [{mond}]", "wu rudel {who} nah"]},
        {"name": "den", "kind": "chair", "says": ["{whose} bau"]},
    ],
    "guards": [{"name": "prey", "says": ["has"]}],
    "parts": {"mond": "im mond"},
}

Reads = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="module")
def reads(book: Phrasebook, chat: Chat, say: Say) -> Reads:
    both = Recogniser([book, Phrasebook.model_validate(WOLF)])

    def observe(text: str, language: str | None, scene: Scene | None = None) -> list[tuple[str, str]]:
        seen = both.observe(say(f"{text} #lrnchat", language=language), scene or Scene(chat=chat))
        return [(one.target.id, one.language) for one in seen if isinstance(one, Called)]

    return observe


@pytest.mark.parametrize("declared", ["wo", "wo-XX", "en", "xx", None])
@pytest.mark.parametrize("text", ["auuh @nora im mond", "wu rudel @nora nah", "@nora wu bau", "auuuuuh @nora"])
def test_a_made_up_language_is_one_file_whatever_language_is_declared(
    reads: Reads, text: str, declared: str | None
) -> None:
    assert reads(text, declared) == [("id-nora", "wo")]


@pytest.mark.parametrize("declared", ["wo", "en", "xx", None])
def test_english_is_read_as_english_whatever_language_is_declared(reads: Reads, declared: str | None) -> None:
    assert reads("where is @nora tonight?", declared) == [("id-nora", "en")]


def test_a_guard_of_the_language_is_heard(reads: Reads) -> None:
    assert reads("auuh @nora has", "wo") == []


def test_a_few_words_of_another_language_are_not_read_as_that(reads: Reads) -> None:
    assert reads("I told them the story, and everyone loved the wu bau thing @nora", "en") == []


def test_names_of_the_roster_are_found_in_every_language_and_the_roster_may_change(reads: Reads, chat: Chat) -> None:
    nora, ana = (Scene(chat=chat, roster=(somebody(one),)) for one in ("nora", "ana"))
    assert reads("auuh Nora", "wo", nora) == [("id-nora", "wo")]
    assert reads("auuh Nora", "wo", ana) == []
    assert reads("where is Ana?", "en", ana) == [("id-ana", "en")]


ROSTER = Roster(tuple(map(somebody, CAST)))
SENTENCES = [tagged(text) for text in (*SURFACES, *(text for texts in CALLS.values() for text in texts))]


def test_what_a_glance_puts_aside_could_not_have_been_found(book: Phrasebook, calls: Calls) -> None:
    (reader,) = Readers([book]).all
    for text in SENTENCES:
        assert reader.may_find(glance(text, "lrnchat", ROSTER)), text


@pytest.mark.parametrize(
    ("text", "people", "has_order"),
    [
        ("where is @nora", {2: "\x01nora"}, True),
        ("@maria_k@far.example is", {0: "\x01mariak"}, True),
        ("a @nora-shaped hole", {1: "\x01nora"}, True),
        ("missed @ the chat", {}, True),
        ("mail a@cleos.example", {2: "cleos"}, True),
        ("mail a@b.example", {}, True),
        ("see https://x.example/@nora now", {}, True),
        ("Nora's chair, and noras", {0: "noras", 3: "noras"}, True),
        ("@nora & co", {0: "\x01nora"}, False),
        ("さみしい", {}, False),
        ("é ça @nora", {2: "\x01nora"}, True),
    ],
)
def test_a_glance_sees_people_and_whether_the_order_of_words_can_be_trusted(
    text: str, people: dict[int, str], *, has_order: bool
) -> None:
    seen = glance(text, "lrnchat", ROSTER)
    assert ({at: seen.words[at] for at in (*seen.mentions, *seen.names)}, seen.has_order) == (people, has_order)
