"""What is a call in German, kind by kind, and what only looks like one. Sentences are invented; `#` is the tag,
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

LANGUAGE = "de"
PHRASES = Path(__file__).parents[3] / "config/phrases"
ROSTER = tuple(map(somebody, ("ana", "ben", "cleo", "nora", "sam", "lee", "will")))

Calls = Callable[..., dict[str, Called]]

CALLS = {
    "missed": """
        @nora du fehlst heute | @nora wir vermissen dich hier schon | @nora du wirst vermisst!! |
        @nora deine klugen Kommentare fehlen heute | @nora du verpasst grad eine super Diskussion |
        Da fehlt doch jemand... @nora! | @nora gehst uns heut ab | @nora deine Witze haben gestern gefehlt |
        Die ganze Gruppe hat dich gestern vermisst, @nora |
        @nora ohne deine Fragen war es gestern öde, du hast echt gefehlt!""",
    "where": """
        wo bist du @nora? | Weiß jemand, wo @nora steckt? | Hat jemand was von @nora gehört? |
        Kommst du heute noch, @nora? | @nora bist du heute gar nicht dabei? |
        Bist du da @nora? Wir haben Frage 3 für dich | Wo bleibt denn die @nora, wir sind schon bei F4 |
        Wo steckt der Kerl @nora schon wieder? | Hat wer @nora gesehen heute? | @nora kommst du heute nicht?""",
    "join": """
        @nora komm doch noch dazu | @nora schau doch noch schnell rein, wir sind bei F3 |
        @nora magst du nicht auch noch vorbeischauen? | Hey @nora, der Chat läuft schon! |
        @nora wir brauchen dich hier | hol doch mal einer @nora her | Komm rüber zu uns, @nora! |
        @nora komm, gib dir einen Ruck und schau vorbei | @nora noch ist Zeit, F4 kommt gleich |
        @nora hast du Lust, bei uns vorbeizuschauen? Läuft gerade""",
    "wish": """
        Schade, dass du heute nicht dabei bist @nora | @nora ich wünschte, du wärst hier |
        Zu schade, dass @nora heute fehlt | Wäre schön, wenn @nora heute auch da wäre |
        Ach @nora, wärst du doch hier | Schade, dass @nora heute nicht mit von der Partie ist |
        Ich wünsche mir @nora hierher | Was würde @nora jetzt dazu sagen? | @nora wärst du doch nur hier |
        Zu schade, dass @nora das nicht miterlebt""",
    "paging": """
        Erde an @nora | Vermisstenanzeige: @nora | @nora bitte melden! | @nora melde dich mal |
        @nora wird dringend gesucht | Ich rufe @nora! | @nora bitte zum Chat kommen, @nora bitte! |
        Achtung Durchsage: @nora bitte umgehend in den Chat | @nora @nora @nora bitte kommen |
        SOS an @nora, wir brauchen dich bei F4""",
    "without": """
        Ohne dich ist es nicht dasselbe @nora | Ohne @nora ist es hier echt langweilig |
        Ohne @nora fehlt einfach was | @nora ohne dich ist heute nix los hier |
        ohne dich ist der Chat nur halb so schön, @nora | Donnerstag ohne @nora ist kein Donnerstag |
        ein #lrnchat ohne @nora ist wie Fasching ohne Krapfen | Ohne @nora ist das hier wie Suppe ohne Salz |
        Wenn @nora fehlt, ist der Chat nur halb so gut | Ein Donnerstag ohne @nora ist kein richtiger Donnerstag""",
    "long-time": """
        lange nicht gesehen @nora | @nora lang nicht mehr gelesen! Kommst du mal wieder? |
        Lange nichts von @nora gehört | Schon ewig nix mehr von @nora gelesen, lebst du noch? |
        @nora lange nichts mehr von dir gehört | @nora warst ja schon ewig nicht mehr hier |
        Seit zwei Wochen nichts von @nora gehört | @nora ewig nichts von dir gehört | @nora lang lang ist's her |
        @nora Mensch, dich hab ich ja ewig nicht gelesen""",
    "absence": """
        @nora ganz schön ruhig hier ohne dich | Noch keine Spur von @nora | @nora ist heute gar nicht da? |
        @nora deine Abwesenheit fällt auf | Noch nichts von @nora gehört heute | Alle da außer @nora |
        Funkstille bei @nora | @nora heute so schweigsam? |
        Kein einziger Beitrag von @nora heute, das gab's noch nie | Von @nora noch kein Sterbenswörtchen""",
    "awol": """
        @nora ist wohl abgetaucht | @nora schwänzt heute | Ist @nora verschollen? |
        Ist @nora unter die Räder gekommen oder einfach abgetaucht? | Hat @nora uns vergessen? |
        Schwänzt du etwa, @nora? | @nora ist wie vom Erdboden verschluckt | @nora schwänzt wohl wieder |
        @nora unentschuldigtes Fehlen, das gibt einen Eintrag ins Klassenbuch | @nora wieder mal auf der Flucht?""",
    "waiting": """
        Wir warten auf dich @nora | Wir warten alle noch auf @nora | @nora du wirst sehnsüchtig erwartet |
        Warte immer noch auf @nora | @nora Du wirst hier schon erwartet | @nora lässt heute auf sich warten |
        @nora wir warten mal noch fünf Minuten auf dich | @nora wir warten mit F3 auf dich |
        Wir heben dir F5 auf @nora | Wir starten erst, wenn @nora da ist""",
    "chair": """
        @nora dein Stuhl ist noch leer | @nora wir halten dir einen Platz frei |
        @nora dein Stammplatz wartet auf dich | Neben mir ist ein Platz frei, @nora |
        Der Platz von @nora ist heute leer | @nora dein Sessel wird kalt | Ich halte dir den Platz warm, @nora |
        @nora dein Stuhl ist noch warm | Da steht ein leerer Stuhl mit deinem Namen @nora |
        @nora Dein Sessel vermisst dich""",
}

SEVERAL_OR_OTHERS = [
    ("@nora & @ben ihr fehlt heute! #", "nora ben"),
    ("Wir vermissen heute @nora und @sam #", "nora sam"),
    ("wo sind eigentlich @ana und @ben heute? #", "ana ben"),
    ("Kommt doch noch dazu @ana @ben #", "ana ben"),
    ("ohne @nora und @ben ist es nur halb so lustig #", "nora ben"),
    ("na toll, jetzt fehlt auch noch @ben. #", "ben"),
    ("Sag mal @ana, wo ist eigentlich @nora heute? #", "nora"),
    ("ganz schön leer hier ohne @nora und @ben #", "nora ben"),
    ("@ana ja, und ich vermisse auch @ben heute #", "ben"),
    ("Danke @ana! Und wo steckt @ben? #", "ben"),
    ("also mir fehlt @ben hier schon sehr #", "ben"),
    ("Wo bleiben denn @ana und @ben? #", "ana ben"),
]

NO_CALLS = {
    "the author missed something": """
        Mist, hab euch gestern verpasst @nora | @nora ihr fehlt mir, konnte wochenlang nicht kommen |
        Ich habe den Chat verpasst, @nora | @nora hab dich im Stream irgendwie verpasst |
        @nora bin gleich da, wartet auf mich""",
    "an absentee apologises": """
        @nora ich kann heute leider nicht dabei sein | @nora bin heute nicht da, viel Spaß euch |
        @nora Sorry, schaffe es heute nicht zum Chat | Bin heute nicht dabei @nora, viel Spaß |
        @nora sitze noch in der Konferenz, komme später dazu""",
    "a thing is missing": """
        @nora da fehlt ein Komma | @nora fehlt dir noch Material? | @nora da fehlt mir noch ein Beispiel |
        @nora Dein Avatar fehlt | wo bleibt die Digitalisierung, @nora?""",
    "promotion": """
        Heute Abend # nicht verpassen! Mit @nora | Macht mit bei #, heute mit @nora |
        Heute im Chat: @nora zum Thema Inklusion. Kommt vorbei! | Macht alle mit! Danke @nora fürs Vorbereiten |
        Nicht vergessen: morgen Chat mit @nora, kommt vorbei""",
    "farewell": """
        Mach's gut @nora, du fehlst jetzt schon | Zum Abschied: @nora, wir vermissen dich jetzt schon |
        Leb wohl @nora, wir vermissen dich | @nora du wirst uns fehlen | Danke für alles @nora, du wirst fehlen""",
    "another event": """
        Auf der Didacta haben wir dich vermisst @nora | @nora wir haben dich letzte Woche beim Barcamp vermisst |
        @nora du hast uns in Köln gefehlt | @nora du hast auf der Fortbildung gefehlt |
        @nora schade, dass du am Montag nicht beim Essen dabei warst""",
    "where is a thing": """
        Wo ist der Link @nora? | @nora wo sind die Folien? | Wo finde ich das, @nora? | @nora wo ist der Stream? |
        @nora wo steht das?""",
    "where somebody is from": """
        @nora wo kommst du her? | @nora wo bist du zu Hause? | @nora wo seid ihr mit der Digitalisierung? |
        @nora wo bist du eingestiegen, F1 oder F2? | @nora wo ihr recht habt""",
    "nobody in particular": """
        Wo seid ihr alle? | Kommt doch dazu! | Jemand da? | Wo sind denn heute alle | Niemand da heute? Wo seid ihr?""",
    "a greeting to somebody who is there": """
        Da bist du ja @nora, wir haben dich schon vermisst! | @nora willkommen zurück, du hast gefehlt |
        Hallo @nora, lange nicht gesehen, schön dass du dabei bist |
        Endlich bist du da, wir haben auf dich gewartet @nora |
        Schön, dass du da bist @nora, wir haben dich vermisst""",
    "an excused absence": """
        @nora ist heute nicht da, sie ist krank | Gute Besserung @nora, du fehlst uns |
        @nora lässt sich entschuldigen, sie fehlt heute | @nora hat heute Elternabend, deshalb ohne @nora heute |
        Schade @nora, dass du nicht kommen kannst""",
    "somebody else's words": """
        @ana hat gesagt, du fehlst @nora | "Wo bist du?" steht da, @nora | Ana meinte, @nora fehlt ihr |
        Mein Chef schrieb: wo bleiben Sie? @nora | RT @ben: @nora wo bist du?""",
    "about the practice or the bot": """
        Wenn jemand fehlt, merkt man das @nora | @nora die Erinnerung kam an: du fehlst uns |
        @nora die Benachrichtigung "du wirst vermisst" finde ich nett |
        @nora der Bot schreibt einem, wenn man vermisst wird | Wie sagt man jemandem, dass er fehlt, @nora?""",
    "sarcasm": """
        @nora du fehlst uns ja sooo sehr 🙄 | @nora klar, wir vermissen dich. Nicht. |
        @nora du hast mir gerade noch gefehlt | wir vermissen dich @nora #ironie |
        Ach @nora, wie sehr haben wir dich vermisst 🙄""",
    "negation": """
        @nora du fehlst hier nicht | @nora ich kann nicht sagen, dass du fehlst | Keiner wartet auf dich @nora |
        Du hast nichts verpasst @nora | @nora dich vermisst hier niemand""",
    "songs, films and titles": """
        Gerade "Wo bist du" von @nora gehört | Höre gerade „Du fehlst mir“, toller Song @nora |
        Tatort heute: Vermisst. Schaust du @nora? | @nora der Film Vermisst in Berlin ist super |
        @nora "Wo die wilden Kerle wohnen" natürlich""",
    "answers": """
        A2: @nora wenn Kinder sagen du fehlst, ist das schön | @ben A2: ohne @nora wäre unser Projekt langweilig |
        A1 Wir vermissen die Kreide @nora | A3 Mir fehlt vor allem Zeit @nora | A1: Mir fehlt der Austausch, @nora""",
    "other everyday words": """
        @nora warte kurz auf mich | Ich war mit @nora auf der Messe, sie hat gefehlt wie eh und je beim Essen |
        @nora ist da dran | @nora keine Ahnung | @nora hier auch""",
    "all sorts": """
        @nora bin ab nächster Woche wieder dabei, hab euch vermisst |
        @nora wie schön, dass du wieder da bist! Du hast gefehlt | @nora ist in Elternzeit, wir vermissen sie |
        Ruhe sanft @nora, du fehlst so | @nora wir haben dich auf dem Klassentreffen vermisst |
        @nora niemand hat dich vermisst | Der Vater meinte: "Sie haben uns gefehlt" @nora |
        @nora Bitte melden, wenn du Material brauchst | @nora dass dir das fehlt, verstehe ich |
        @nora nicht da, sondern in Raum 5""",
}

SURFACES = [
    "@nora du FEHLST!!! #",
    "@nora du fehlssst #",
    "@nora wir vermisssen dich #",
    "@nora wir vermisen dich #",
    "@nora du wirst vermißt #",
    "@nora du wirst vermisst, gell #",
    "@nora schwaenzt du? #",
    "@nora schwa\u0308nzt du? #",
    "@nora ich wuenschte, du waerst hier #",
    "@nora ich wünschte, du wärst hier #",
    "@nora komm doch zurueck #",
    "🎉 @nora 💔 du fehlst 💔 #",
    "@nora du f\u0435hlst #",
    "wo bleibt @nora?#",
    "@nora wo bisch? #",
    "@nora du fählsch #",
    "@nora chum doch no verbii #",
    "@nora lang ned gsehn #",
]

REPLIES = [
    ("@ana wo steckst du?", "ana", "ana"),
    ("du fehlst heute", "ana", "ana"),
    ("komm doch dazu", "ana", "ana"),
    ("@ana wo ist @ben?", "ana", "ben"),
    ("@ana @ben ohne dich ist es nicht dasselbe", "ana", "ana"),
    ("@ana wir vermissen euch alle", "ana", ""),
    ("@ana ich vermisse @ben", "ana", "ben"),
    ("wo steckst du?", "ida", ""),
    ("danke @ben, wir vermissen dich", "ana", "ana"),
]

TARGETS = [
    ("Danke @ana, guter Punkt @ben; wo ist @cleo heute?", "cleo"),
    ("guter Punkt @ben, du fehlst uns @cleo", "cleo"),
    ("Hey @cleo! Wo bist du?", "cleo"),
    ("Wo sind @ana und @ben?", "ana ben"),
    ("@ana und @ben, ihr fehlt uns", "ana ben"),
    ("wir vermissen @ana, @ben und @cleo", "ana ben cleo"),
    ("wir vermissen @ana, und @ben hat gefragt", "ana"),
    ("wir vermissen die Kommentare von @ana", "ana"),
    ("@ana hat recht, komm doch dazu", ""),
    ("Danke @ana. Komm doch dazu!", ""),
    ("Wo ist Nora Quill?", "nora"),
    ("Nora fehlt", "nora"),
    ("Der Stuhl von Sam ist leer", "sam"),
    ("wo ist @stranger?", ""),
    ("ich vermisse @ida", ""),
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
