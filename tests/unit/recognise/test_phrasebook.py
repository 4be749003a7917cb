"""A phrase file says what it means, or is refused with the name of the phrase."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.chat import Chat
from bot.domain.recognise import Recogniser
from bot.domain.recognise.keys import Keys
from bot.domain.recognise.observations import Called, Scene
from bot.domain.recognise.patterns import Choice, Grammar, Slot, Word, literals
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.recognise.sieve import Demand, Demands, Sieve
from tests.unit.recognise.conftest import Say, Somebody


def written(*says: str, guards: Sequence[Mapping[str, object]] = (), **fields: object) -> Phrasebook:
    return Phrasebook.model_validate(
        {
            "language": "xx",
            "cues": ["zug"],
            "you": ["du"],
            "your": ["dein"],
            "they": ["ihn"],
            "their": ["sein"],
            "greetings": ["he"],
            "phrases": [{"name": "probe", "kind": "missed", "says": list(says)}],
            "guards": list(guards),
            **fields,
        }
    )


Finds = Callable[[Phrasebook, str], list[tuple[str, str]]]


@pytest.fixture
def finds(chat: Chat, say: Say, person: Somebody) -> Finds:
    def observe(book: Phrasebook, text: str) -> list[tuple[str, str]]:
        post = say(f"{text} #lrnchat", to="ana")
        seen = Recogniser([book]).observe(post, Scene(chat=chat, replied_to=person("ana")))
        called = [one for one in seen if isinstance(one, Called)]
        return [(one.target.id, post.text[slice(*one.words)]) for one in called]

    return observe


MATCHES = [
    ("zug", "zug", "zug"),
    ("(auf|zu) zug", "heute zu zug", "zu zug"),
    ("(auf ab|zu) zug", "auf ab zug", "auf ab zug"),
    ("[sehr|so] zug", "ein zug", "zug"),
    ("[sehr|so] zug", "so zug", "so zug"),
    ("[sehr [so]] zug", "sehr so zug", "sehr so zug"),
    ("zug * fort", "zug fort", "zug fort"),
    ("zug * fort", "zug a b c fort", "zug a b c fort"),
    ("zug * fort", "zug a b c d fort", ""),
    ("zug * fort", "zug a, b fort", ""),
    ("zug fort", "zug, fort", "zug, fort"),
    ("zug fort", "zug. fort", ""),
    ("zug [fort]", "zug fort", "zug fort"),
    ("{who} zug", "du zug", "du zug"),
    ("{who} zug", "@ben zug", "@ben zug"),
    ("{who} zug", "er zug", ""),
    ("{you} zug", "@ben zug", ""),
    ("zug {you}", "zug du", "zug du"),
    ("{whose} zug", "dein zug", "dein zug"),
    ("{whose} zug", "@ben's zug", "@ben's zug"),
    ("{whose} zug", "@ben zug", ""),
    ("zug {chat}", "zug runde", "zug runde"),
    ("zug {chat}", "zug #LrnChat", "zug #LrnChat"),
    ("zug {chat}", "zug #other", ""),
    ("zug in {elsewhere}", "zug in wien", "zug in wien"),
    ("zug in {elsewhere}", "zug in #other", "zug in #other"),
    ("zug in {elsewhere}", "zug in runde", ""),
    ("zug in {elsewhere}", "zug in kurzem", ""),
    ("zug in {elsewhere}", "zug in q3", ""),
    ("zug in {elsewhere}", "zug in @ben", ""),
    (". zug", "ein zug", ""),
    (". zug", "nun, zug", "zug"),
    (". zug", "@ben zug", "zug"),
    ("zug .", "zug um", ""),
    ("zug .", "zug!", "zug"),
    ("zug .", "zug @ben", "zug"),
    ("zug .", "zug 🎉 um", "zug"),
    ("zug {ende}", "zug ganz fort", "zug ganz fort"),
    ("Zúg", "ZUG", "ZUG"),
    ("zug 🎉", "zug 🎉", "zug 🎉"),
    ("zug ?", "zug?", "zug"),
    ("zug ?", "zug 🎉 @ben #lrnchat?", "zug"),
    ("zug ?", "zug. fort?", ""),
    ("zug ?", "zug!", ""),
    ("zug ?", "zug fort?", ""),
    ("zug {who}", "@ben, zug ihn", "zug ihn"),
    ("zug {who}", "@ben und fort. zug ihn", "zug ihn"),
    ("zug {who}", "@ben. fort. zug ihn", ""),
    ("zug {who}", "he @ben, zug ihn", ""),
    ("zug {who}", "zug ihn", ""),
    ("zug {who}", "@stranger, zug ihn", ""),
    ("{whose} zug", "@ben kam, sein zug", "sein zug"),
]


@pytest.mark.parametrize(("says", "text", "words"), MATCHES)
def test_the_pattern_language_means_what_its_documentation_says(finds: Finds, says: str, text: str, words: str) -> None:
    book = written(
        says,
        chat=["runde"],
        here=["kurzem"],
        parts={"ende": "[ganz] {weg}", "weg": "fort|ab"},
    )
    assert [found for _, found in finds(book, text)] == ([words] if words else [])


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        ("zug (a", "brackets that do not pair"),
        ("zug a)", "brackets that do not pair"),
        ("zug [a)", "brackets that do not pair"),
        ("zug ()", "an empty place"),
        ("zug (a|)", "an empty place"),
        ("", "an empty place"),
        ("zug {nobody}", "unknown slot or part {nobody}; known are who, you, whose, chat, elsewhere, loop"),
        ("zug {who", "unknown slot or part"),
        ("* zug", "begins or ends with"),
        ("zug *", "begins or ends with"),
        ("zug (a|b *)", "begins or ends with"),
        ("zug , a", "no word"),
        (".", "no words at all"),
        ("[zug] (a|[b]) .", "no words at all"),
        ("zug {loop}", "nested too deeply"),
        ("zug " + "(" * 20 + "a" + ")" * 20, "nested too deeply"),
        ("{who} [fort]", "has no words of its own"),
        ("{who} (fort|{you})", "has no words of its own"),
    ],
)
def test_a_bad_pattern_is_refused_with_the_name_of_its_phrase(says: str, problem: str) -> None:
    with pytest.raises(ValidationError, match="probe") as refusal:
        written(says, parts={"loop": "{loop}"})
    assert problem in str(refusal.value)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"parts": {"who": "a"}}, "name of a slot"),
        ({"guards": [{"name": "probe", "says": ["a"]}]}, "more than once"),
        ({"guards": [{"name": "wache", "says": ["(a"]}]}, "'wache' has brackets"),
        ({"you": ["two words"]}, "'two words' is not one word"),
        ({"spellings": {"a b": ["c"]}}, "'a b' is not one word"),
        ({"unheard_of": 1}, "unheard_of"),
        ({"guards": [{"name": "wache", "says": ["a"], "over": "world"}]}, "over"),
        ({"phrases": [{"name": "probe", "kind": "kindly", "says": ["zug"]}]}, "kind"),
        ({"phrases": []}, "phrases"),
        ({"cues": []}, "cues"),
    ],
)
def test_a_file_that_says_what_nobody_understands_is_refused(fields: dict[str, object], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        written("zug", **dict[str, Any](fields))


def test_a_pattern_becomes_words_slots_and_choices() -> None:
    (choice,) = Grammar({}).parse("{who} [so] zug|ab")
    assert choice == Choice(
        ((Slot("who"), Choice(((Word("so"),),), may_skip=True), Word("zug")), (Word("ab"),)), may_skip=False
    )
    assert literals([(choice,)]) == {"so", "zug", "ab"}


@pytest.mark.parametrize(
    ("says", "sets"),
    [
        ("a b", ["a", "b"]),
        ("(a|b) [c] {who}", ["a b"]),
        ("a {who} b", ["a", "b"]),
        ("a [c] {whose} [d|{chat}] b", ["a", "b"]),
        ("a [[b] [c]] {who} . d", ["a", "d"]),
        ("a * {who} 🎉", ["a"]),
        ("a ({who}|b) d", ["a", "d"]),
        ("a ({who} c|b) d", ["a", "b c", "d"]),
        ("a ?", ["a", "?"]),
        ("(a long|b) c", ["b (a long)", "c"]),
        ("(a (long|b)|c|(a b|d))", ["c d (a b long) (a b)"]),
        ("(a|{who}) c", ["c"]),
        ("((a b)) 🎉", ["a", "b"]),
        ("{you} [{you}] {who} a .", ["du", "a"]),
    ],
)
def test_what_a_pattern_demands_of_a_text_is_known_beforehand(says: str, sets: list[str]) -> None:
    def shown(demand: Demand) -> str:
        ways = (f"({' '.join(shown(one) for one in way)})" for way in demand.alls)
        return " ".join((*sorted(demand.words), *ways))

    assert [shown(one) for one in Demands({"you": frozenset({"du"})}).of(Grammar({}).parse(says))] == sets


@pytest.mark.parametrize(
    ("words", "passed"),
    [("", [0]), ("a", [0]), ("a b", [0, 1, 2]), ("b", [0, 2]), ("a c d", [0]), ("a c d e", [0, 3]), ("f", [0, 4])],
)
def test_only_patterns_whose_words_are_there_are_looked_at(words: str, passed: list[int]) -> None:
    says = ("{who} 🎉", "a b", "(b|b c|x y)", "(a (c d|z) e|q)", "f")
    sieve = Sieve([Grammar({}).parse(one) for one in says], {}, common=frozenset({"a"}))
    assert sieve.passed(set(words.split())) == passed
    assert sieve.passed_in_order(words.split(), {}) == passed


@pytest.mark.parametrize(
    ("says", "keys"),
    [
        ("lang kurz", {("lang", "kurz")}),
        ("(a|b) langes [c] {who}", {("a", "langes"), ("b", "langes")}),
        ("aa {who} b", {("aa", "@")}),
        ("aa [c] {whose} [d|e] b", {("aa", "@"), ("aa", "c")}),
        ("aa [c|{chat}] {who} .", {"aa"}),
        ("aa * bbbb", {"bbbb"}),
        ("{who} {you} a", {("@", "a")}),
        ("aa [{you}|c] bb", {("aa", "@"), ("aa", "bb"), ("aa", "c")}),
        ("(aa bb|cc) [dd] 🎉", {("aa", "bb"), "cc"}),
        ("{who} 🎉 [a]", set()),
    ],
)
def test_a_pattern_is_known_by_the_rarest_words_of_it(says: str, keys: set[object]) -> None:
    assert Keys().of(Grammar({}).parse(says)) == keys


def test_without_order_a_pattern_is_known_by_single_words() -> None:
    assert Keys(in_order=False).of(Grammar({}).parse("lang kurz|anders")) == {"lang", "anders"}
    assert Keys(frozenset({"anders"})).of(Grammar({}).parse("anders * langs")) == {"langs"}


def test_a_pattern_without_a_single_word_is_never_put_aside(finds: Finds) -> None:
    guard = {"name": "wache", "says": ["🙄"], "over": "post"}
    assert finds(written("zug", guards=(guard,)), "zug 🙄") == []
    assert finds(written("zug", guards=(guard,)), "zug") == [("id-ana", "zug")]


@pytest.mark.parametrize(
    ("guard", "text", "left"),
    [
        ({}, "nicht du zug", ""),
        ({}, "nicht, du zug", "ana"),
        ({"over": "post"}, "nicht. du zug", ""),
        ({"over": "post"}, "nicht @ben. du zug", ""),
        ({"over": "person"}, "nicht. du zug", ""),
        ({"over": "person"}, "nicht @ben. du zug", "ana"),
        ({"over": "person"}, "nicht @ben. du @ben @cleo zug", "cleo"),
        ({"over": "person"}, "@ben, nicht. du @ben zug", ""),
        ({"against": ["join"]}, "nicht du zug", "ana"),
        ({"against": ["join", "missed"]}, "nicht du zug", ""),
    ],
)
def test_a_guard_refuses_within_its_reach_only(finds: Finds, guard: dict[str, object], text: str, left: str) -> None:
    book = written("{who} zug", guards=({"name": "wache", "says": ["nicht"], **guard},))
    assert [who.removeprefix("id-") for who, _ in finds(book, text)] == left.split()


def test_a_text_that_would_be_too_much_work_says_nothing(finds: Finds) -> None:
    book = written("zug * (a|zug)", guards=({"name": "wache", "says": ["ab * (a|ab)"]},))
    assert finds(book, "zug a") == [("id-ana", "zug a")]
    assert finds(book, "zug " * 1_200 + "a") == []
    assert finds(book, "zug a " + "ab " * 1_600) == []


def test_other_spellings_and_slips_are_read_as_the_cue(finds: Finds) -> None:
    book = written("gemisst", cues=["gemisst"], spellings={"gemisst": ["gmist"]}, real_words=["gemischt", "gemistt"])
    for text in ("gemisst", "gmist", "gemist", "gemissst", "gemsist", "gemiast", "gemiisssst"):
        assert finds(book, text) == [("id-ana", text)], text
    for text in ("gemischt", "gemistt", "bemisst", "gmisstt", "gemisst1234"):
        assert finds(book, text) == [], text


def test_a_pattern_may_use_another_spelling(finds: Finds) -> None:
    book = written("mein zugg {who}", spellings={"zug": ["zugg"]})
    for text in ("mein zug @ben", "mein zugg @ben"):
        assert finds(book, text) == [("id-ben", text)]


def test_a_slip_between_two_cues_is_neither(finds: Finds) -> None:
    book = written("(baumen|bauten)", cues=["baumen", "bauten"])
    assert finds(book, "bauen") == []
    assert finds(book, "baumn") == [("id-ana", "baumn")]


def test_the_english_file_names_its_phrases_and_has_every_kind(book: Phrasebook) -> None:
    kinds = {"missed", "where", "join", "wish", "paging", "without", "long-time", "absence", "awol", "waiting", "chair"}
    assert {phrase.kind for phrase in book.phrases} == kinds
    assert len(book.phrases) >= 12
    assert book.language == "en"


def test_a_script_without_spaces_and_one_without_capitals_work_alike(finds: Finds) -> None:
    book = written("どこ", "де ти", cues=["ど", "де"])
    assert finds(book, "ねえどこ？") == [("id-ana", "どこ")]
    assert finds(book, "ДЕ ТИ, друже") == [("id-ana", "ДЕ ТИ")]
