"""What is a call in Portuguese, kind by kind, and what only looks like one. Sentences are invented; `#` is the tag."""

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

LANGUAGE = "pt"
PHRASES = Path(__file__).parents[3] / "config/phrases"
ROSTER = tuple(map(somebody, ("ana", "ben", "cleo", "nora", "sam", "lee", "will")))

Calls = Callable[..., dict[str, Called]]

CALLS = {
    "missed": [
        "@nora fazes cá falta #",
        "sentimos sua falta @nora #",
        "@nora você faz falta #",
        "saudades da @nora #",
        "que falta você faz @nora #",
        "@nora estamos com saudades tuas #",
        "falta a @nora #",
        "senti falta da @nora ontem #",
        "@nora faz falta aqui hj #",
        "sdds de vc @nora #",
        "a @nora fez muita falta ontem #",
    ],
    "where": [
        "cadê você @nora? #",
        "cadê a @nora, gente? #",
        "@nora kd vc? #",
        "onde está a @nora? #",
        "onde é que andas @nora? #",
        "alguém viu a @nora? #",
        "por onde anda a @nora? #",
        "@nora você vem? #",
        "@nora vens? #",
    ],
    "join": [
        "@nora vem pra cá #",
        "@nora junta-te a nós #",
        "corre @nora que já começou #",
        "@nora o chat já começou #",
        "@nora precisamos de você #",
        "@nora aparece #",
        "@nora dá um pulo aqui #",
    ],
    "wish": [
        "queria que você estivesse aqui @nora #",
        "quem me dera que a @nora estivesse aqui #",
        "que pena que não estás @nora #",
        "@nora devias estar aqui #",
    ],
    "paging": [
        "chamando @nora #",
        "Terra chamando @nora #",
        "procura-se @nora #",
        "@nora dá sinal de vida #",
        "alguém chama a @nora #",
    ],
    "without": [
        "sem a @nora não é a mesma coisa #",
        "não é a mesma coisa sem você @nora #",
        "isto sem a @nora não tem graça #",
        "um chat sem a @nora é triste #",
    ],
    "long-time": [
        "há quanto tempo @nora #",
        "@nora há séculos que não te vejo #",
        "faz tempo que você não aparece @nora #",
    ],
    "absence": [
        "a @nora não apareceu #",
        "nem um pio da @nora #",
        "não vejo a @nora #",
        "@nora estás tão calada #",
        "todos menos a @nora #",
    ],
    "awol": [
        "@nora sumida #",
        "@nora tá sumida #",
        "@nora matando aula #",
        "@nora abandonou a gente #",
    ],
    "waiting": [
        "estamos à tua espera @nora #",
        "esperando a @nora #",
        "estamos te esperando @nora #",
    ],
    "chair": [
        "tua cadeira está vazia @nora #",
        "a cadeira da @nora continua vazia #",
        "guardamos seu lugar @nora #",
    ],
}

NO_CALLS = {
    "oneself": [
        "perdi o chat ontem, saudades tuas @nora #",
        "desculpa não ter ido @nora, senti falta de vocês #",
    ],
    "things": [
        "@nora onde está o link? #",
        "@nora falta um acento no título #",
        "você é de onde @nora? #",
    ],
    "farewell, promotion, other places": [
        "vamos sentir sua falta @nora #",
        "descanse em paz @nora, faz falta #",
        "não percam o chat @nora #",
        "@nora sentimos sua falta no churrasco #",
        "@nora sentimos sua falta em Lisboa #",
    ],
    "nobody": [
        "cadê todo mundo? #",
        "saudades de todos #",
        "@nora ninguém sentiu sua falta #",
        "@nora não fazes falta #",
    ],
    "greeting and excuse": [
        "bem-vinda @nora, estávamos com saudades #",
        "@nora que bom te ver, sentimos sua falta #",
        "@nora não pode vir hoje, faz falta #",
    ],
    "other words": [
        'Minha mãe disse "cadê você" @nora #',
        "RT @ben: cadê você @nora? #",
        "@nora que falta você faz 🙄 #",
        "a música Chega de Saudade, @nora #",
        "@nora o bot diz que fazes falta #",
        "A2 sentimos sua falta @nora #",
    ],
}

TARGETS = [
    ("Obrigada @ana, boa @ben; cadê a @cleo? #", "cleo"),
    ("Onde estão @ana e @ben? #", "ana ben"),
    ("Cadê a Nora Quill? #", "nora"),
]

REPLIES = [
    ("cadê você? #", "ana", "ana"),
    ("@ana cadê o @ben? #", "ana", "ben"),
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
