"""What is a call. All sentences are invented; `#` stands for the chat's tag."""

import re

import pytest

from tests.unit.recognise.conftest import Calls, Say

CALLS = {
    "missed": [
        "@nora you are missed tonight #",
        "you're missed, @nora #",
        "@nora you’re so missed here! #",
        "You are missed, and you are missing the chat @nora #",
        "We miss you @nora #",
        "we really miss you, @nora! #",
        "u were misd @nora #",
        "we missed u last night @nora #",
        "Missing you tonight @nora #",
        "missing @nora already #",
        "@nora ur missed #",
        "Still missing you @nora 💔 #",
        "@nora is missed #",
        "@nora was very much missed in the chat last night #",
        "Everyone misses you @nora #",
        "We're all missing you here, @nora #",
        "I miss you at # @nora",
        "@nora you have been missed #",
        "Hey @nora! You were missed in #",
        "@nora you're missing a great chat #",
        "Miss you @nora, it's question three already #",
        "@nora You WERE missed yesterday #",
        "Hope all is well. You are sorely missed @nora #",
        "@nora you've been so missed #",
        "@nora we've really missed you #",
        "@nora I miss your wisdom #",
        "Missing your insights tonight @nora #",
        "We missed your voice @nora #",
        "missed having you with us @nora #",
        "so sad you're missing this @nora #",
        "@nora you're missing all the fun #",
        "we're missing our pal @nora #",
    ],
    "where": [
        "where is @nora tonight? #",
        "Where's @nora? #",
        "@nora where are you? #",
        "where r u @nora #",
        "where on earth is @nora #",
        "Hey @nora, where have you been? #",
        "wondering where @nora is tonight #",
        "I wonder where @nora got to #",
        "Has anyone seen @nora? #",
        "anybody heard from @nora #",
        "Where are you hiding @nora? #",
        "is @nora here? #",
        "whatever happened to @nora? #",
        "Where did @nora go? #",
        "where has @nora been lately? #",
        "looking for @nora at # tonight",
        "where is @nora when we need her? #",
        "where u at @nora #",
        "whereve you been @nora #",
        "where has @nora gone #",
        "anyone know where @nora is? #",
        "has @nora vanished? #",
        "when is @nora coming back to us? #",
        "@nora are you around? #",
        "@nora you around? #",
    ],
    "join": [
        "come join us @nora #",
        "@nora come and join us, it's a good one #",
        "Hey @nora, chat's on, your kettle too? #",
        "@nora join us! #",
        "@nora the chat is on #",
        "@nora are you joining us tonight? #",
        "Hope you can join us tonight @nora #",
        "come on in @nora, the water is lovely #",
        "@nora we have started #",
        "come play with us @nora #",
        "@nora you should be here #",
        "get yourself over here @nora #",
        "come back to us @nora #",
        "@nora come and play #",
        "@nora come out, come out, wherever you are #",
        "@nora please come back #",
        "bring back @nora #",
        "@nora we could use you over here #",
        "hope you'll join us @nora #",
        "Hoping to see you here @nora #",
        "would love to have you with us tonight @nora #",
        "@nora hop in! #",
        "psst @nora, it's chat time #",
        "@nora you joining? #",
    ],
    "wish": [
        "wish you were here @nora #",
        "Wish @nora was here #",
        "@nora wishing you were with us #",
        "I wish you could join us @nora #",
        "wish @nora could have made it tonight #",
    ],
    "paging": [
        "paging @nora #",
        "Paging Dr @nora #",
        "PAGING @NORA!!! #",
        "earth to @nora #",
        "Calling @nora! #",
        "send the signal for @nora #",
        "someone please poke @nora #",
    ],
    "without": [
        "not the same without @nora #",
        "it's just not the same without you @nora #",
        "It isn't the same here without @nora tonight #",
        "# feels empty without @nora",
        "we started without you @nora #",
        "awfully quiet in here without @nora #",
        "not a party without @nora #",
        "can't imagine a chat without @nora #",
        "the usual crowd minus @nora #",
    ],
    "long-time": [
        "long time no see @nora #",
        "@nora long time no see! #",
        "Haven't seen @nora in ages #",
        "@nora it's been ages! #",
        "@nora it's been too long since we saw you #",
    ],
    "absence": [
        "haven't heard a peep from @nora #",
        "Haven't heard from @nora tonight #",
        "not a word from @nora yet #",
        "no sign of @nora #",
        "@nora is nowhere to be seen #",
        "We noticed your absence @nora #",
        "no @nora tonight? #",
        "@nora's absence is noted #",
        "radio silence from @nora #",
        "you've been quiet, @nora #",
        "nothing from @nora tonight #",
        "surprised @nora isn't here for this #",
        "@nora hasn't been around for weeks #",
        "weird not seeing @nora here #",
        "everyone is here except @nora #",
        "only @nora missing #",
        "It's not like @nora to miss a Thursday #",
        "I keep expecting @nora to pop up #",
        "Notably absent: @nora #",
        "@nora, you're not here! #",
    ],
    "awol": [
        "@nora is AWOL #",
        "@nora gone MIA tonight #",
        "@nora playing hooky again? #",
        "Looks like @nora is skipping class #",
        "@nora are you skipping chat? #",
        "@nora's gone AWOL #",
        "AWOL tonight: @nora #",
        "Seems @nora is playing hooky #",
        "Playing hooky tonight, @nora? #",
    ],
    "waiting": [
        "waiting for @nora #",
        "We are all waiting for you @nora #",
        "still waiting for @nora to show up #",
        "we're all waiting, @nora #",
    ],
    "chair": [
        "@nora your seat is warm #",
        "your chair is empty, @nora #",
        "@nora's chair is still empty #",
        "saved you a seat @nora #",
        "there's an empty chair here for @nora #",
        "keeping your spot warm @nora #",
        "@nora your chair's getting cold #",
        "@nora there is a seat with your name on it #",
        "the chair where @nora usually sits #",
    ],
}

SURFACES = [
    "@nora you are misssed #",
    "@nora youuuu are missssed!!! #",
    "@nora YOU ARE MISSED #",
    "@nora you are mised #",
    "@nora you are missde #",
    "@nora you are m\u0456ss\u0435d #",
    "@nora you are mi\u200bss\u200bed #",
    "\u200f@nora you are missed\u200f #",
    "@nora you&#39;re missed #",
    "@nora you&rsquo;re missed &amp; wanted #",
    "@nora 𝐲𝐨𝐮 𝐚𝐫𝐞 𝐦𝐢𝐬𝐬𝐞𝐝 #",
    "@nora ｙｏｕ ａｒｅ ｍｉｓｓｅｄ #",
    "@nora you're mìssed #",
    "🎉 @nora 💔 you are missed 💔 #",
    "wherrre is @nora #",
    "whre is @nora #",
    "wating for @nora #",
    "pagign @nora #",
    "@Nora@Far.Example you are missed #",
    "where is @nora?#",
    "*@nora* _you are missed_ #",
]


def tagged(text: str) -> str:
    return re.sub(r"#(?!\w)", "#lrnchat", text)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CALLS.items() for text in texts])
def test_a_call_in_every_kind_reaches_the_person_it_names(calls: Calls, kind: str, text: str) -> None:
    called = calls(tagged(text))
    assert [(who, one.kind) for who, one in called.items()] == [("nora", kind)]


@pytest.mark.parametrize("text", SURFACES)
def test_a_call_is_the_same_call_however_it_is_typed(calls: Calls, text: str) -> None:
    assert list(calls(tagged(text))) == ["nora"]


@pytest.mark.parametrize("text", SURFACES)
def test_the_words_that_matched_stand_at_their_offsets_in_the_text(calls: Calls, text: str) -> None:
    text = tagged(text)
    (start, end) = calls(text)["nora"].words
    assert 0 <= start < end <= len(text)
    assert not text[start].isspace()


def test_a_call_names_its_phrase_its_language_and_its_post(calls: Calls, say: Say) -> None:
    call = calls("so quiet. you are missed @nora #lrnchat")["nora"]
    assert (call.phrase, call.language, call.post_id) == ("you are missed", "en", "p1")
    assert call.caller == say("x").author
    assert "so quiet. you are missed @nora #lrnchat"[slice(*call.words)] == "you are missed"
