"""What is a call in French, kind by kind, and what only looks like one. Sentences are invented; `#` is the tag."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.chat import Chat
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Called, Scene
from bot.domain.recognise.phrasebook import Phrasebook
from tests.unit.recognise.conftest import Say, somebody
from tests.unit.recognise.test_calls import CALLS as ENGLISH_CALLS
from tests.unit.recognise.test_no_calls import NO_CALLS as ENGLISH_NO_CALLS

LANGUAGE = "fr"
PHRASES = Path(__file__).parents[3] / "config/phrases"
ROSTER = tuple(map(somebody, ("ana", "ben", "cleo", "nora", "sam", "lee", "will")))

Calls = Callable[..., dict[str, Called]]

CALLS = {
    "missed": [
        "@nora tu nous manques ce soir #",
        "tu nous as manqué hier @nora #",
        "Il manque @nora #",
        "tu ns manques @nora #",
        "@nora nous manque #",
        "@nora vous nous manquez #",
        "il ne manque plus que @nora #",
        "ton humour nous manque @nora #",
        "on s'ennuie de toi @nora #",
        "@nora tu rates quelque chose #",
    ],
    "where": [
        "t'es où @nora ? #",
        "où es-tu @nora ? #",
        "Où est passée @nora ? #",
        "quelqu'un a vu @nora ? #",
        "on te cherche @nora #",
        "des nouvelles de @nora ? #",
        "@nora tu viens ? #",
        "Mais où se cache @nora #",
        "qqn sait où est @nora ? #",
    ],
    "join": [
        "viens @nora #",
        "@nora rejoins-nous #",
        "Allez @nora, ramène-toi #",
        "@nora ça a commencé #",
        "on a besoin de toi @nora #",
        "@nora passe nous voir #",
        "j'espère que tu vas venir @nora #",
    ],
    "wish": [
        "J'aurais aimé que tu sois là @nora #",
        "dommage que tu ne sois pas là @nora #",
        "si seulement tu étais là @nora #",
        "quel dommage que @nora ne soit pas là #",
    ],
    "paging": [
        "On demande @nora à l'accueil #",
        "avis de recherche : @nora #",
        "Terre appelle @nora #",
        "@nora donne signe de vie #",
        "quelqu'un peut réveiller @nora #",
    ],
    "without": [
        "sans @nora c'est pas pareil #",
        "c'est triste sans toi @nora #",
        "un jeudi sans @nora c'est une raclette sans fromage #",
        "on ne peut pas commencer sans @nora #",
    ],
    "long-time": [
        "ça fait un bail @nora #",
        "@nora ça fait longtemps qu'on ne t'a pas vue #",
        "on ne te voit plus @nora #",
    ],
    "absence": [
        "pas un mot de @nora #",
        "@nora n'est pas là #",
        "@nora brille par son absence #",
        "aucune nouvelle de @nora #",
        "ton absence se remarque @nora #",
        "@nora est bien calme #",
    ],
    "awol": [
        "@nora portée disparue #",
        "@nora fait l'école buissonnière #",
        "@nora tu nous as oubliés #",
        "@nora a disparu #",
    ],
    "waiting": [
        "on t'attend @nora #",
        "on attend @nora #",
        "@nora se fait attendre #",
    ],
    "chair": [
        "ta chaise est vide @nora #",
        "la chaise de @nora est vide #",
        "on te garde une place @nora #",
    ],
}

NO_CALLS = {
    "oneself": [
        "J'ai raté le chat, vous me manquez @nora #",
        "désolée de mon absence @nora, vous m'avez manqué #",
    ],
    "things": [
        "@nora où est le lien ? #",
        "il manque un s, @nora #",
        "@nora tu viens d'où ? #",
    ],
    "farewell, promotion, other places": [
        "tu vas nous manquer @nora #",
        "repose en paix @nora, tu nous manques #",
        "à ne pas manquer @nora #",
        "@nora tu nous as manqué à la fête #",
        "@nora tu nous as manqué à Lisbonne #",
    ],
    "nobody": [
        "où est tout le monde ? #",
        "vous me manquez tous #",
        "@nora tu ne nous manques pas #",
        "personne ne t'attend @nora #",
    ],
    "greeting and excuse": [
        "bienvenue @nora, tu nous manquais #",
        "@nora te voilà ! tu nous manquais #",
        "@nora ne peut pas venir, elle nous manque #",
        "@nora est malade, elle nous manque #",
    ],
    "other words": [
        "Mon chef dit « tu nous manques » @nora #",
        "RT @ben: tu nous manques @nora #",
        "@nora tu nous manques tellement 🙄 #",
        "la chanson Tu me manques, @nora #",
        "@nora le bot dit que tu nous manques #",
        "A2 tu nous manques @nora #",
    ],
}

TARGETS = [
    ("Merci @ana, bien vu @ben ; où est @cleo ? #", "cleo"),
    ("Où sont @ana et @ben ? #", "ana ben"),
    ("@ana et @ben vous nous manquez #", "ana ben"),
    ("Où est Nora Quill ? #", "nora"),
]

REPLIES = [
    ("tu nous manques #", "ana", "ana"),
    ("@ana où est @ben ? #", "ana", "ben"),
]


@pytest.fixture(scope="module")
def told(chat: Chat, say: Say) -> Calls:
    """Return who is called by a text, in order, with the phrases of English and this language at hand."""
    files = [tomllib.loads((PHRASES / f"{one}.toml").read_text(encoding="utf-8")) for one in ("en", LANGUAGE)]
    recogniser = Recogniser([Phrasebook.model_validate(one) for one in files])

    def observed(text: str, *, to: str | None = None) -> dict[str, Called]:
        scene = Scene(chat=chat, roster=ROSTER, replied_to=somebody(to) if to else None)
        seen = recogniser.observe(say(re.sub(r"#(?!\w)", "#lrnchat", text), to=to), scene)
        return {one.target.id.removeprefix("id-"): one for one in seen if isinstance(one, Called)}

    return observed


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CALLS.items() for text in texts])
def test_a_call_of_every_kind_reaches_the_person_it_names(told: Calls, kind: str, text: str) -> None:
    assert [(who, one.kind, one.language) for who, one in told(text).items()] == [("nora", kind, LANGUAGE)]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_a_call_goes_to_those_its_clause_is_about(told: Calls, text: str, expected: str) -> None:
    assert " ".join(told(text)) == expected


@pytest.mark.parametrize(("text", "to", "expected"), REPLIES)
def test_a_reply_means_the_person_it_answers(told: Calls, text: str, to: str, expected: str) -> None:
    assert " ".join(told(text, to=to)) == expected


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in NO_CALLS.items() for text in texts])
def test_what_only_looks_like_a_call_calls_nobody(told: Calls, why: str, text: str) -> None:
    assert told(text) == {}


def test_english_is_not_read_as_this_language(told: Calls) -> None:
    english = [text for kinds in (ENGLISH_CALLS, ENGLISH_NO_CALLS) for texts in kinds.values() for text in texts]
    assert {one.language for text in english for one in told(text).values()} == {"en"}
