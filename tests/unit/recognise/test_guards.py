"""Each guard is needed: without it, the sentence beside its name would call Nora. Sentences are invented."""

import pytest

from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Scene
from bot.domain.recognise.phrasebook import Guard, Phrasebook
from tests.unit.recognise.conftest import Say, Somebody, targets

GUARDED = [
    ("one's own regret", "sorry that I missed you last night @nora"),
    ("nobody is missed", "hardly anybody is still missing you @nora"),
    ("nobody wishes that", "nobody here would wish you were here @nora"),
    ("something was overlooked", "something we all miss @nora!"),
    ("promotion", "don't miss it, and come join us @nora"),
    ("promotion", "Sign up here and come join us @nora"),
    ("farewell", "Farewell! We miss you already @nora"),
    ("farewell", "Last day of term. We miss you already @nora"),
    ("farewell", "A happy retirement! We miss you already @nora"),
    ("greeting", "A warm welcome! We missed you @nora"),
    ("greeting", "Hello and a nice welcome back! We missed you @nora"),
    ("greeting", "there you are! We missed you @nora"),
    ("greeting", "Look who sneaked in! We missed you @nora"),
    ("greeting", "@nora made it! We missed you @nora"),
    ("greeting", "You are finally here! We missed you @nora"),
    ("greeting", "So good to see you! We missed you @nora"),
    ("greeting", "Glad you found us! We missed you @nora"),
    ("greeting", "Thanks for coming! We missed you last night @nora"),
    ("greeting", "We missed you tonight too @nora"),
    ("excused", "@nora cannot make it tonight. Wish @nora was here"),
    ("excused", "@nora sends her regrets. Wish @nora was here"),
    ("excused", "@nora is on a train. We miss you @nora"),
    ("excused", "@nora is still ill. We miss you @nora"),
    ("excused", "Get well soon! We miss you @nora"),
    ("reported speech", "Ana says we miss you @nora"),
    ("reported speech", "the phrase we miss you, @nora"),
    ("about the practice", "what a bot! We miss you @nora"),
    ("in general", "that is why we miss you @nora"),
    ("in general", "strange to hear you are missed @nora"),
    ("sarcasm", "we miss you @nora /s"),
    ("sarcasm", "we miss you @nora, as if"),
    ("sarcasm", "we miss you @nora... not!"),
    ("music and film", "we miss you @nora, what a song"),
    ("music and film", "wish you were here @nora \U0001f3b6"),
    ("somewhere else", "@nora we missed you last night at the party"),
    ("another day", "@nora we missed you here last week"),
    ("another day", "@nora come join us next Thursday"),
    ("another day", "@nora come join us tomorrow"),
    ("another event", "the keynote was long. Not the same without you @nora"),
    ("thanks", "could not have finished without you @nora"),
    ("it goes well without", "we get on, and we are better off without @nora"),
    ("it goes well without", "we are not waiting for @nora"),
    ("personal", "Miss you @nora, coffee soon?"),
    ("a title", "we miss you @nora, we watched Miss Marple"),
    ("where in a matter", "where are you now with this, @nora"),
    ("one speaks of oneself", "sorry for my silence but you are missed @nora"),
    ("at home", "where are you @nora? Dinner's ready"),
    ("wanted for the host", "come play with @nora"),
    ("not away", "I doubt it: not really AWOL, @nora"),
    ("not urged", "don't feel you ought to join us @nora"),
    ("about something else", "how long has it been since you started teaching @nora"),
    ("praise for what was said", "we are already on Q3 @nora, great answers tonight"),
    ("assent", "@nora yes, the chat is on tonight"),
    ("people in general", "do you write to learners who have gone AWOL, @nora"),
    ("people in general", "who keeps a list of who is missing @nora?"),
    ("words to say", "You need to say come join us, not just send a link. @nora"),
    ("only late", "you have not missed much @nora, hurry over here"),
    ("asked again", "missed your answers @nora! Could you repost?"),
]


def without(guard: Guard) -> Guard:
    """Leave a guard's name but nothing that anybody says."""
    return guard.model_copy(update={"says": ("xyzzy",)})


@pytest.mark.parametrize(("guard", "text"), GUARDED)
def test_a_guard_refuses_what_would_else_be_a_call(
    recogniser: Recogniser, book: Phrasebook, scene: Scene, say: Say, person: Somebody, guard: str, text: str
) -> None:
    to = "nora" if text.startswith("@nora") and guard == "assent" else None
    post = say(f"{text} #lrnchat", to=to)
    around = scene.model_copy(update={"replied_to": person("nora") if to else None})
    others = tuple(without(one) if one.name == guard else one for one in book.guards)
    unguarded = Recogniser([Phrasebook.model_validate({**book.model_dump(), "guards": others})])
    assert targets(recogniser.observe(post, around)) == []
    assert guard in {one.name for one in recogniser.explain(post, around)}
    assert set(targets(unguarded.observe(post, around))) == {"id-nora"}


def test_every_guard_of_the_english_file_is_tried(book: Phrasebook) -> None:
    assert {guard.name for guard in book.guards} == {guard for guard, _ in GUARDED}
