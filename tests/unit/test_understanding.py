"""Commands with small talk around them, in seven languages, slips of the finger included."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.understanding import Intent
from bot.domain.vocabulary import Command, Vocabulary, fold, has, words
from config import catalogue
from tests.world import UNDERSTANDING

LANGUAGES = [one.language for one in catalogue.vocabularies()]


def read(text: str, *languages: str) -> Intent:
    return UNDERSTANDING.read(text, *languages)


@pytest.mark.parametrize(
    ("text", "command", "rest"),
    [
        ("hi bot, please stop, I'm busy until March 3rd!", Command.STOP, None),
        ("back in two weeks", Command.AWAY, "two weeks"),
        ("I'll be away until 3 March", Command.AWAY, "until 3 March"),
        ("I'm back!", Command.BACK, ""),
        ("could you please remind me next time", Command.NEXT, ""),
        ("HEADS-UP 15 min", Command.HEADS_UP, "15 min"),
        ("Quiet hours 22:00-07:00", Command.QUIET, "22:00-07:00"),
        ("what do you know about me?", Command.STATUS, "?"),
        ("Hallo Bot, bitte stopp, ich bin bis 3. März im Urlaub", Command.STOP, None),
        ("zurück in zwei Wochen", Command.AWAY, "zwei Wochen"),
        ("Ruhe 22 Uhr bis 7 Uhr", Command.QUIET, "22 Uhr bis 7 Uhr"),
        ("bonjour, je suis absent jusqu'au 3 mars", Command.AWAY, "jusqu'au 3 mars"),
        ("Arrêtez, s'il vous plaît", Command.STOP, None),
        ("estoy de vacaciones hasta el 3 de marzo", Command.AWAY, "hasta el 3 de marzo"),
        ("¿por qué?", Command.WHY, "?"),
        ("para", Command.STOP, ""),
        ("estou de férias até 3 de março", Command.AWAY, "até 3 de março"),
        ("ik ben op vakantie tot 3 maart", Command.AWAY, "tot 3 maart"),
        ("3月3日まで不在です", Command.AWAY, None),
        ("停止してください", Command.STOP, None),
        ("開始お願いします", Command.START, None),
        ("なぜ？", Command.WHY, None),
        ("strat", Command.START, ""),
        ("staaaart", Command.START, ""),
        ("stpo", Command.STOP, ""),
        ("unsubcribe me", Command.STOP, None),
        ("STATSU", Command.STATUS, ""),
        ("recpa on", Command.RECAP, "on"),
        ("abwseend bis morgen", Command.AWAY, "bis morgen"),
    ],
)
def test_what_people_say_is_understood(text: str, command: Command, rest: str | None) -> None:
    intent = read(text)
    assert intent.command is command
    assert rest in {None, intent.rest}


@pytest.mark.parametrize(
    "text",
    [
        "Stark!",
        "smart",
        "start of the chat at nine is bad for me",
        "when does it start?",
        "チャットはいつ開始しますか",
        "I might start one day",
        "para mí es bueno",
        "hear",
        "no?",
        "",
        "👍👍👍",
        "@bob @ana",
        "https://example.org/start",
    ],
)
def test_what_is_no_command_is_none(text: str) -> None:
    assert read(text).command is Command.OTHER


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("please don't stop!", (Command.STOP,)),
        ("hör nicht auf", (Command.STOP,)),
        ("停止しないで", (Command.STOP,)),
        ("away or back?", (Command.AWAY, Command.BACK)),
        ("不在 それとも 戻りました", (Command.AWAY, Command.BACK)),
    ],
)
def test_two_readings_are_unclear(text: str, choices: tuple[Command, ...]) -> None:
    intent = read(text, "ja")
    assert intent.command is Command.UNCLEAR
    assert set(intent.choices) == set(choices)


def test_the_same_command_twice_is_one() -> None:
    assert read("quiet or dnd").command is Command.QUIET


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_every_file_is_its_command_in_that_language(language: str) -> None:
    vocabulary = next(one for one in catalogue.vocabularies() if one.language == language)
    wrong = [
        (phrase, command, found.command)
        for command, said in vocabulary.commands.items()
        for phrase in said
        if (found := read(phrase, language)).command is not command and found.command is not Command.STOP
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_command(language: str) -> None:
    vocabulary = next(one for one in catalogue.vocabularies() if one.language == language)
    assert set(vocabulary.commands) == set(Command) - {Command.UNCLEAR, Command.OTHER}


def test_the_language_of_the_words_is_told() -> None:
    assert [read(text).language for text in ("anmelden", "inscription", "開始", "START", "lalala")] == [
        "de",
        "fr",
        "ja",
        "en",
        None,
    ]
    assert read("START", "nl").language == "nl"


def test_languages_are_named_by_code_and_by_any_name() -> None:
    named = [UNDERSTANDING.named_language(text) for text in ("de", "Deutsch", "German please", "日本語", "klingon")]
    assert named == ["de", "de", "de", "ja", None]


def test_public_commands_stand_alone() -> None:
    def public(text: str) -> Command:
        return UNDERSTANDING.read(text, is_private=False).command

    assert public("@missed CHATS") is Command.CHATS
    assert public("@missed status") is Command.OTHER
    assert public("@missed stop it right now you thing") is Command.STOP
    assert public("@missed please can we stop this") is Command.OTHER


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert read(text).command in Command
    assert UNDERSTANDING.read(text, is_private=False).command in Command


@pytest.mark.parametrize("text", ["x " * 500_000, "a" * 1_000_000, "開" * 1_000_000, "@a " * 300_000, "#" * 1_000_000])
def test_a_megabyte_costs_no_time(text: str) -> None:
    begin = time.perf_counter()
    read(text)
    assert time.perf_counter() - begin < 2


def test_words_are_compared_without_capitals_accents_and_width() -> None:
    assert fold("ＳＴＯＰ Été ç’est") == "stop ete c'est"
    assert words("Heads-Up #Tea, d'accord") == ["heads", "up", "#tea", "d'accord"]
    assert has("please stop it", "stop")
    assert not has("nonstop", "stop")
    assert fold("ガ") == "ガ"


def test_a_file_with_an_unknown_command_is_refused() -> None:
    whole = catalogue.vocabularies()[0].model_dump()
    with pytest.raises(ValueError, match="commands"):
        Vocabulary.model_validate({**whole, "commands": {"dance": ("dance",)}})
