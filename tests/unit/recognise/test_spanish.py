"""What is a call in Spanish, kind by kind, and what only looks like one. Sentences are invented; `#` is the tag."""

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

LANGUAGE = "es"
PHRASES = Path(__file__).parents[3] / "config/phrases"
ROSTER = tuple(map(somebody, ("ana", "ben", "cleo", "nora", "sam", "lee", "will")))

Calls = Callable[..., dict[str, Called]]

CALLS = {
    "missed": [
        "te echamos de menos @nora #",
        "@nora se te echa de menos esta noche #",
        "se te extraña por aquí @nora #",
        "@nora te extrañamos mucho anoche 😢 #",
        "¡Qué falta nos haces hoy, @nora! #",
        "te echamos en falta @nora #",
        "@nora nos haces falta #",
        "echamos mucho de menos a @nora #",
        "Aquí falta @nora #",
        "@nora faltaste ayer #",
        "echo de menos tus comentarios @nora #",
        "vos faltás, @nora, te extrañamos #",
        "la extrañamos, @nora #",
        "@nora te lo estás perdiendo #",
    ],
    "where": [
        "¿dónde estás @nora? #",
        "@nora xq no vienes? dnd andas #",
        "¿Dónde se ha metido @nora? #",
        "alguien sabe algo de @nora? #",
        "¿Alguien ha visto a @nora? #",
        "qué es de @nora #",
        "@nora ¿vienes? #",
        "¿dónde anda @nora hoy? #",
        "Nora, ¿dónde te metiste? #",
    ],
    "join": [
        "@nora vente #",
        "únete @nora, ya empezamos #",
        "@nora pásate un rato #",
        "Venite para acá @nora #",
        "@nora el chat ya ha empezado #",
        "@nora te necesitamos aquí #",
        "ojalá puedas venir @nora #",
        "dale un toque a @nora #",
    ],
    "wish": [
        "Ojalá estuvieras aquí @nora #",
        "qué pena que no estés @nora #",
        "@nora me gustaría que estuvieras aquí #",
        "lástima que @nora no esté hoy #",
    ],
    "paging": [
        "Llamando a @nora #",
        "se busca a @nora #",
        "@nora da señales de vida #",
        "Tierra llamando a @nora #",
        "se ruega a @nora que se presente #",
        "que alguien despierte a @nora #",
    ],
    "without": [
        "sin @nora no es lo mismo #",
        "no es lo mismo sin ti @nora #",
        "qué aburrido está esto sin @nora #",
        "un chat sin @nora es como un mate sin yerba #",
    ],
    "long-time": [
        "@nora cuánto tiempo sin leerte #",
        "hace siglos que no te leemos @nora #",
        "@nora hace mucho que no apareces #",
    ],
    "absence": [
        "@nora no ha dicho ni mu #",
        "ni rastro de @nora #",
        "no veo a @nora por aquí #",
        "@nora estás muy callada hoy #",
        "@nora brillas por tu ausencia #",
        "todos menos @nora #",
    ],
    "awol": [
        "@nora haciendo pellas #",
        "@nora está desaparecida #",
        "@nora te has escaqueado #",
        "@nora nos tienes abandonados #",
    ],
    "waiting": [
        "te esperamos @nora #",
        "aquí seguimos esperándote @nora #",
        "esperando a @nora #",
    ],
    "chair": [
        "@nora tu silla está vacía #",
        "La silla de @nora sigue vacía #",
        "te guardamos sitio @nora #",
    ],
}

NO_CALLS = {
    "oneself": [
        "me perdí el chat de anoche, @nora #",
        "siento no haber ido, @nora, os eché de menos #",
        "¿me echasteis de menos @nora? #",
    ],
    "things": [
        "@nora ¿dónde está el enlace? #",
        "@nora te falta una tilde #",
        "hace falta tiempo, @nora #",
        "¿de dónde eres @nora? #",
    ],
    "farewell, promotion, other places": [
        "te echaremos de menos @nora #",
        "descanse en paz @nora, te extrañamos #",
        "no te pierdas el chat @nora #",
        "@nora te echamos de menos en Lisboa #",
        "@nora te eché de menos en la boda #",
    ],
    "nobody": [
        "¿dónde está todo el mundo? #",
        "os echo de menos a todos #",
        "@nora nadie te echa de menos #",
        "@nora no te echamos de menos #",
    ],
    "greeting and excuse": [
        "bienvenida @nora, te echábamos de menos #",
        "@nora qué bueno leerte, te extrañamos #",
        "@nora no puede venir hoy, la echamos de menos #",
    ],
    "other words": [
        'Mi jefe dijo "te echamos de menos" @nora #',
        "RT @ben: te echamos de menos @nora #",
        "@nora te echamos tanto de menos 🙄 #",
        "la canción Te extraño, @nora #",
        "@nora el bot te dice que te echan de menos #",
        "A2 te extrañamos @nora #",
    ],
}

TARGETS = [
    ("Gracias @ana, buen punto @ben; ¿dónde está @cleo? #", "cleo"),
    ("echamos de menos a @ana, @ben y @cleo #", "ana ben cleo"),
    ("¿Dónde están @ana y @ben? #", "ana ben"),
    ("¿Dónde está Nora Quill? #", "nora"),
]

REPLIES = [
    ("te echamos de menos #", "ana", "ana"),
    ("@ana ¿dónde está @ben? #", "ana", "ben"),
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
