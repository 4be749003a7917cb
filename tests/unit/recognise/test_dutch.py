"""What is a call in Dutch, kind by kind, and what only looks like one. Sentences are invented; `#` is the tag,
which stands at the end where it is not written.
"""

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
from tests.unit.recognise.sentences import each
from tests.unit.recognise.test_calls import CALLS as ENGLISH_CALLS
from tests.unit.recognise.test_no_calls import NO_CALLS as ENGLISH_NO_CALLS

LANGUAGE = "nl"
PHRASES = Path(__file__).parents[3] / "config/phrases"
ROSTER = tuple(map(somebody, ("ana", "ben", "cleo", "nora", "sam", "lee", "will")))

Calls = Callable[..., dict[str, Called]]

CALLS = {
    "missed": """
        @nora je wordt gemist | We missen je @nora! | @nora wordt vanavond wel gemist hoor |
        @nora je mist een mooie chat | @nora ontbreekt nog | Iemand ontbreekt... @nora! |
        Vind het jammer dat je deze chat mist @nora | @nora je grappen hebben we gisteren gemist |
        Hier mist iemand: @nora | @nora jullie worden gemist hoor""",
    "where": """
        Waar ben je @nora? | Iemand @nora gezien? | @nora kom je nog? | @nora ben je er ook vanavond? |
        @nora doe je mee? We zijn al begonnen | @nora ben je nog wakker? Q4 is voor jou |
        @nora ben je nog wakker? Kom dan hierheen | Waar hangt @nora uit vanavond? |
        Heeft iemand @nora gezien of gesproken? | Is @nora er niet bij vanavond?""",
    "join": """
        @nora kom erbij! | @nora de chat is begonnen | Hopelijk kom je nog @nora |
        @nora we kunnen je hier goed gebruiken | @nora we hebben je hier nodig |
        @nora kom eens buurten, we zitten bij vraag 3 | @nora je kan nog aanhaken |
        @nora gooi die laptop open en doe mee | @nora hup, erbij, we zijn net begonnen |
        @nora vraag 4 is echt iets voor jou""",
    "wish": """
        Was je er maar @nora | Jammer dat @nora er niet bij is | Wat jammer dat je niet meedoet @nora |
        @nora ik wou dat je hier was | @nora was je maar hier | Zou zo leuk zijn als @nora er ook bij was |
        @nora was je er maar bij vandaag | Had @nora dit maar kunnen meemaken |
        Wat jammer dat @nora er vanavond niet is | @nora had je er maar bij kunnen zijn""",
    "paging": """
        Aarde aan @nora | Oproep aan @nora: kom naar de chat | Oproep voor @nora: meld je! |
        @nora graag melden in de chat | @nora iemand thuis? | Aarde voor @nora, aarde voor @nora |
        @nora graag naar de chat komen | Vuurtoren roept @nora! | @nora wordt dringend verwacht bij vraag 4 |
        Aarde aan @nora, over""",
    "without": """
        Zonder jou is het niet hetzelfde @nora | Niet hetzelfde zonder @nora | Wat is een chat zonder @nora |
        @nora zonder u is 't maar saai | @nora saai hier zonder jou hoor |
        Donderdag zonder @nora is geen donderdag | een #lrnchat zonder @nora is als friet zonder mayonaise |
        @nora zonder jou is het soep zonder ballen | Zonder @nora is er niks aan |
        Wie gaat er nu tegenspreken zonder @nora?""",
    "long-time": """
        Lang niet gezien @nora | @nora lang niks van je gehoord | @nora dat is lang geleden! Doe je weer eens mee? |
        lang niets gehoord van @nora | @nora lang niks van je gehoord! wanneer ben je er weer bij? |
        Al eeuwen niks meer van @nora gelezen, leef je nog? | Al weken niets meer van @nora gehoord |
        @nora lang niet gezien hier! | Al weken niets van @nora gehoord | @nora da's lang geleden""",
    "absence": """
        Missen we @nora niet? | Alleen @nora ontbreekt nog | Geen spoor van @nora |
        @nora schittert door afwezigheid | @nora je was er gisteren niet, we hebben je gemist |
        Geen @nora vanavond? | Radiostilte bij @nora | Nog geen letter van @nora gelezen |
        Nog geen kik van @nora vanavond | @nora is er niet, raar""",
    "awol": """
        @nora spijbelt | @nora is spoorloos | @nora ondergedoken? | Ben je aan het spijbelen @nora? |
        @nora is met de noorderzon vertrokken | @nora is vast aan het spijbelen | Zomaar spijbelen, @nora? |
        zit @nora nou alweer te spijbelen? | @nora is ertussenuit geknepen | Is @nora gedeserteerd?""",
    "waiting": """
        We wachten op je @nora | We zitten te wachten op @nora | @nora we wachten nog even op jou |
        Nog even wachten op @nora | we wachten nog op @nora, daarna V1 | @nora laat op zich wachten |
        @nora we wachten nog vijf minuten op je | @nora we wachten! | We beginnen pas als @nora er is |
        @nora hoe lang laat je ons nog wachten?""",
    "chair": """
        @nora je stoel is leeg | Er is een lege stoel voor @nora | @nora je vaste plek wacht op je |
        Naast mij is een stoel vrij, @nora | @nora stoel leeg, hart zwaar | De stoel van @nora staat nog leeg |
        Het stoeltje van @nora is leeg | @nora je stoel is nog vrij | er staat hier een lege stoel voor @nora |
        Naast mij is nog plek @nora""",
}

SEVERAL_OR_OTHERS = [
    ("jullie worden gemist @nora en @ben #", "nora ben"),
    ("mis jullie, @ana @ben! #", "ana ben"),
    ("Vanavond missen we @nora en @sam #", "nora sam"),
    ("Waar zitten @ana en @ben vanavond? #", "ana ben"),
    ("zonder @nora en @ben is er niks aan #", "nora ben"),
    ("Mis @nora en @ben hier vanavond #", "nora ben"),
    ("Zeg @ana, waar is @nora eigenlijk? #", "nora"),
    ("Waar hangen @ana en @ben uit? #", "ana ben"),
    ("Heb je @nora vandaag al gezien, @ben? #", "nora"),
    ("@ana ja en ik mis @ben ook vandaag #", "ben"),
    ("Dank @ana! En waar zit @ben? #", "ben"),
    ("dus ik mis @ben hier wel heel erg #", "ben"),
    ("Waar blijven @ana en @ben toch? #", "ana ben"),
]

NO_CALLS = {
    "the author missed something": """
        Helaas heb ik jullie gisteren gemist @nora | Ik heb de chat gemist @nora |
        @nora ik was er gisteren niet bij | Gemist! Balen @nora, lag op bed |
        @nora ik heb vorige week gemist, is er een verslag?""",
    "an absentee apologises": """
        @nora ik kan er vanavond helaas niet bij zijn | Red het niet vanavond @nora, zit in de trein |
        @nora vanavond kan ik niet, ouderavond | @nora ik ben er vanavond niet bij |
        @nora zit nog in vergadering, kom later""",
    "a thing is missing": """
        @nora je hebt de vraag gemist | @nora er ontbreekt een komma | @nora er mist nog een vraagteken |
        @nora ik mis je punt even | @nora ik mis bij die tool de privacy""",
    "promotion": """
        @nora is vanavond te gast, kom erbij! | Dit wil je niet missen @nora |
        Vanavond chat met @nora, schuif aan! | Bedankt @nora voor de leuke avond, kom gerust nog eens terug |
        Vanavond # niet missen! Met @nora""",
    "farewell": """
        We zullen je missen @nora, succes met je nieuwe baan | @nora neemt afscheid, we missen je nu al |
        Rust zacht @nora, je wordt gemist |
        Bedankt voor alles @nora, je wordt gemist straks, succes met je nieuwe job | @nora we gaan je missen""",
    "another event": """
        We hebben je gemist op de NOT @nora | @nora we hebben je vorige week gemist op het congres |
        @nora schuif volgende week aan | @nora kom je morgen ook naar Utrecht? |
        Jammer dat we elkaar misten op de beurs @nora""",
    "where is a thing": """
        Waar is de link @nora? | @nora waar staan de slides? | @nora waar blijft het verslag? |
        @nora waar is het formulier? | @nora waar blijft de nieuwe wet""",
    "where somebody is from": """
        @nora waar kom je vandaan? | @nora waar ben je nu mee bezig? | @nora waar geef je les? |
        Waar zijn jullie mee bezig @nora? | @nora waar zit de winst?""",
    "nobody in particular": """
        Waar is iedereen? | Kom erbij! | Iemand hier? | Is iedereen er? @nora begint zo |
        Niemand hier vandaag? Waar zitten jullie?""",
    "a greeting to somebody who is there": """
        Daar ben je! We hebben je gemist @nora | @nora welkom terug, we hebben je gemist |
        Bedankt dat je er was @nora, je werd gemist | Fijn dat je er bent @nora, we misten je |
        Welkom @nora! Lang geleden""",
    "an excused absence": """
        @nora is ziek, we missen @nora | @nora is op vakantie. We missen je! | Beterschap @nora, je wordt gemist |
        @nora kan er vanavond niet bij zijn, jammer dat @nora er niet is | Wat jammer @nora dat je niet kan vanavond""",
    "somebody else's words": """
        @ana zei dat je gemist wordt @nora | "Waar ben je?" staat er @nora | RT @ben: @nora waar ben je? |
        Mijn baas schreef: we wachten op je @nora | RT @ana: we missen je @nora""",
    "about the practice or the bot": """
        @nora de bot stuurt iets als je gemist wordt | Fijn om te horen dat je gemist wordt @nora |
        @nora die melding "je wordt gemist" is leuk bedacht | @nora mensen willen weten dat ze gemist worden |
        @nora zo'n seintje "je wordt gemist" kan ook irriteren""",
    "sarcasm": """
        @nora we missen je echt heel erg 🙄 | we missen je @nora #sarcasme | Ja hoor, we missen je @nora. Not. |
        @nora wat hebben we je gemist 🙄 | @nora ja hoor, we missen je vreselijk""",
    "negation": """
        @nora je wordt niet gemist | We missen je niet @nora | @nora niemand wacht op je | Niemand mist je @nora |
        Ik zeg niet dat we je missen @nora""",
    "songs, films and titles": """
        Ik mis je, mooi liedje @nora | @nora "Zonder jou" is een mooi nummer |
        Ik luister naar "Zonder jou" van @nora | @nora die film Spoorloos blijft eng | Nu op tv: Spoorloos @nora""",
    "answers": """
        A2: @nora als een kind zegt ik mis je | A1 We missen je hier, zeg ik dan @nora |
        @ben A2: zonder @nora is ons project saai | A3 Ik mis vooral tijd @nora | A1: ik mis de uitwisseling, @nora""",
    "other everyday words": """
        @nora wacht even op mij | @nora kom ik op terug | @nora geen probleem |
        @nora we zijn begonnen met een pilot | @nora tot zo""",
    "all sorts": """
        @nora modereert vanavond, schuif gerust aan | @nora wat heerlijk dat je terug bent! Je werd gemist |
        @nora kan vanavond niet komen, ze wordt gemist | Rust zacht @nora, we missen je |
        @nora we hebben je gemist op de reünie | @nora niemand heeft je gemist |
        @nora in mijn lievelingsnummer zingt hij ik mis je | De vader zei: "we hebben u gemist" @nora |
        @nora Tot volgende donderdag, we missen je nu al |
        @nora kan niet, heeft nachtdienst, jammer dat ze er niet bij is""",
}

SURFACES = [
    "@nora je wordt GEMIST!!! #",
    "@nora je wordt gemissst #",
    "@nora we misssen je #",
    "@nora je wordt gemits #",
    "@nora wij missen jou, hoor #",
    "@nora spijbel je? #",
    "@nora spjibelt weer #",
    "🎉 @nora 💔 je wordt gemist 💔 #",
    "@nora je wordt gem\u0456st #",
    "waar blijft @nora?#",
    "@nora waar zijt ge? #",
    "@nora waar zijde gij? #",
    "@nora ge wordt gemist #",
    "@nora we missen u #",
    "@nora 't is niet hetzelfde zonder u #",
    "@nora lang nie gezien #",
    "@nora kom d'r bij #",
]

REPLIES = [
    ("@ana waar zit je?", "ana", "ana"),
    ("je wordt gemist vandaag", "ana", "ana"),
    ("kom erbij", "ana", "ana"),
    ("@ana waar is @ben?", "ana", "ben"),
    ("@ana @ben zonder jou is het niet hetzelfde", "ana", "ana"),
    ("@ana we missen jullie allemaal", "ana", ""),
    ("@ana ik mis @ben", "ana", "ben"),
    ("waar zit je?", "ida", ""),
    ("bedankt @ben, we missen je", "ana", "ana"),
]

TARGETS = [
    ("Dank @ana, goed punt @ben; waar is @cleo vandaag?", "cleo"),
    ("goed punt @ben, je wordt gemist @cleo", "cleo"),
    ("Hé @cleo! Waar ben je?", "cleo"),
    ("Waar zijn @ana en @ben?", "ana ben"),
    ("@ana en @ben, jullie worden gemist", "ana ben"),
    ("we missen @ana, @ben en @cleo", "ana ben cleo"),
    ("we missen @ana, en @ben vroeg ernaar", "ana"),
    ("we missen de inbreng van @ana", "ana"),
    ("@ana heeft gelijk, kom erbij", ""),
    ("Bedankt @ana. Kom erbij!", ""),
    ("Waar is Nora Quill?", "nora"),
    ("Nora wordt gemist", "nora"),
    ("Sam's stoel is leeg", "sam"),
    ("De stoel van Sam is leeg", "sam"),
    ("waar is @stranger?", ""),
    ("ik mis @ida", ""),
]


@pytest.fixture(scope="module")
def told(chat: Chat, say: Say) -> Calls:
    """Return who is called by a text, in order, with the phrases of English and this language at hand."""
    files = [tomllib.loads((PHRASES / f"{one}.toml").read_text(encoding="utf-8")) for one in ("en", LANGUAGE)]
    recogniser = Recogniser([Phrasebook.model_validate(one) for one in files])

    def observed(text: str, *, to: str | None = None) -> dict[str, Called]:
        scene = Scene(chat=chat, roster=ROSTER, replied_to=somebody(to) if to else None)
        text = re.sub(r"#(?!\w)", "#lrnchat", text)
        seen = recogniser.observe(say(text if "#" in text else f"{text} #lrnchat", to=to), scene)
        return {one.target.id.removeprefix("id-"): one for one in seen if isinstance(one, Called)}

    return observed


@pytest.mark.parametrize(("kind", "text"), each(CALLS))
def test_a_call_of_every_kind_reaches_the_person_it_names(told: Calls, kind: str, text: str) -> None:
    assert [(who, one.kind, one.language) for who, one in told(text).items()] == [("nora", kind, LANGUAGE)]


@pytest.mark.parametrize(("text", "expected"), SEVERAL_OR_OTHERS)
def test_several_people_and_others_beside_them_are_told_apart(told: Calls, text: str, expected: str) -> None:
    assert " ".join(told(text)) == expected


@pytest.mark.parametrize("text", SURFACES)
def test_a_call_is_the_same_call_however_it_is_typed(told: Calls, text: str) -> None:
    assert list(told(text)) == ["nora"]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_a_call_goes_to_those_its_clause_is_about(told: Calls, text: str, expected: str) -> None:
    assert " ".join(told(f"{text} #lrnchat")) == expected


@pytest.mark.parametrize(("text", "to", "expected"), REPLIES)
def test_a_reply_means_the_person_it_answers(told: Calls, text: str, to: str, expected: str) -> None:
    assert " ".join(told(f"{text} #lrnchat", to=to)) == expected


@pytest.mark.parametrize(("why", "text"), each(NO_CALLS))
def test_what_only_looks_like_a_call_calls_nobody(told: Calls, why: str, text: str) -> None:
    assert told(text) == {}


def test_english_is_not_read_as_this_language(told: Calls) -> None:
    english = [text for kinds in (ENGLISH_CALLS, ENGLISH_NO_CALLS) for texts in kinds.values() for text in texts]
    assert {one.language for text in english for one in told(text).values()} == {"en"}
