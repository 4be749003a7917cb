"""WHY tells the member in two sentences what `missed explain` tells the operator, without anybody's name."""

from datetime import timedelta

import pytest

from bot.app.answers import Told
from bot.app.why import why
from bot.domain.model import Consent
from bot.domain.outbox import State
from bot.domain.wording import LIMIT
from tests.app.test_lapsed import evening
from tests.app.test_past import NORA as REGULAR
from tests.app.test_past import Season, message
from tests.world import ANA, BEN, CHAT, HOST, NORA, SESSION, World, at, direct, member, post


def asked(world: World, minute: float = 45, text: str = "why?", who: str = NORA.handle) -> list[str]:
    """Ask, and return what came back."""
    known = len(world.courier.sent)
    world.source.mail.append(direct(NORA, text, minute))
    world.cycle(minute + 1)
    return [said for handle, said, _ in world.courier.sent[known:] if handle == who]


def called(*minutes: float) -> World:
    world = World()
    world.join(member())
    world.source.timeline = [post(HOST, "Q1: Why? #lrnchat", 1)]
    world.source.timeline += [
        post(ANA if n == 0 else BEN, "@nora you are missed #lrnchat", minute) for n, minute in enumerate(minutes)
    ]
    last = int(max(minutes))
    for minute in range(last, last + 6):
        world.cycle(minute)
    assert len(world.courier.sent) == 1
    return world


def test_a_call_is_explained_with_where_it_was_written_and_by_how_many() -> None:
    (said,) = asked(called(10, 10.5))
    assert said == (
        "On Thursday 19 November 2026 2 people called you at #lrnchat while you were not there. My rule: whoever is "
        "called while it is on hears it once, in time to join. 50 minutes were left; they wrote it here: "
        "https://x.example/@id-ana/10 https://x.example/@id-ben/10.5"
    )


def test_where_not_every_link_has_room_it_is_said() -> None:
    minutes = [10 + step / 10 for step in range(12)]
    (said,) = asked(called(*minutes))
    assert "the first of it they wrote here: " in said
    assert 1 < said.count("https://") < len(minutes)


def test_one_person_one_minute_and_nobody_s_name() -> None:
    (said,) = asked(called(10))
    assert said.startswith("On Thursday 19 November 2026 one person called you")
    assert "Ana" not in said


def test_after_it_was_over_and_after_a_day_it_knows_less_and_says_so() -> None:
    world = called(75)
    (said,) = asked(world, 90)
    assert (
        "My rule: whoever is called hears it once, up to a day later. It was over by then; they wrote it here: https://x.example/@id-ana/75"
        in said
    )
    with world.storage.work() as work:
        work.posts.erase(SESSION.id)
    (said,) = asked(world, 95, "WHY please")
    assert said.endswith("where they wrote it I have forgotten, as I do after a day.")


def test_a_lapse_is_explained_by_how_long_it_was() -> None:
    world = evening(Season("xxxxxxxx--"))
    (said,) = asked(world, 50)
    assert said == (
        "On Thursday 19 November 2026 nobody had seen you at #lrnchat for 2 sessions, which is longer than usual for "
        "you. My rule: I then write once, while it is on and there is still something to join. You had not come by "
        "your usual time, and 4 questions were still to come."
    )


def test_without_a_message_there_is_nothing_to_explain() -> None:
    world = World()
    world.join(member())
    (said,) = asked(world)
    assert said.startswith("I have not sent you any reminder")


@pytest.mark.parametrize("consent", [Consent.STOPPED, Consent.ASKED])
def test_also_who_left_may_ask_and_asking_opens_nothing(consent: Consent) -> None:
    world = World()
    world.join(member(consent=consent))
    world.source.mail.append(direct(NORA, "WHY", 5, in_reply_to_author_id="id-missed"))
    world.cycle(6)
    ((_, said, _),) = world.courier.sent
    assert said.startswith("I have not sent you any reminder")
    with world.storage.work() as work:
        kept = work.members.get(member().id)
    assert kept is not None
    assert kept.consent is consent


def test_a_stranger_who_asks_why_gets_the_usual_line() -> None:
    (said,) = asked(World())
    assert said.startswith("I am only a small bot")


def test_the_latest_message_counts_and_what_is_not_known_is_not_made_up() -> None:
    season = Season("x--").remind(1).remind(2)
    session = season.sessions[2]
    with season.world.storage.work() as work:
        asks = direct(NORA, "why?", 45)
        told = why(work, REGULAR, asks, {"lrnchat": CHAT})
        assert (told.note, told.words) == ("why-forgotten", {"chat": "#lrnchat", "day": "day:2026-11-12"})
        assert why(work, REGULAR, asks, {}).words["chat"] == "#lrnchat"
        late = message(REGULAR, session, State.SENT, "lapsed").model_copy(
            update={"session_id": "tea@2020", "done_at": at(0) + timedelta(days=1)}
        )
        work.outbox.add(late)
        assert why(work, REGULAR, asks, {}) == Told(note="why-none")


def test_the_message_that_is_answered_counts_before_the_latest_one() -> None:
    world = called(10, 10.5)
    (reminder,) = [one for one in world.outbox() if one.session_id is not None]
    asked(world, 15, "HELP")
    (answer,) = [one for one in world.outbox() if one.note == "help"]
    for about, begins in ((reminder, "On Thursday 19"), (answer, "That was an answer"), (None, "On Thursday 19")):
        known = len(world.courier.sent)
        minute = 20 + known
        thread = about.receipt_id if about is not None else "unknown"
        world.source.mail.append(direct(NORA, "why?", minute, in_reply_to_id=thread))
        world.cycle(minute + 1)
        assert world.courier.sent[-1][1].startswith(begins)
        assert len(world.courier.sent) == known + 1


def test_only_so_many_links_as_have_room() -> None:
    world = called(*(10 + n / 10 for n in range(9)))
    (said,) = asked(world)
    assert 2 < said.count("https://x.example/") < 9
    assert len(said) <= LIMIT
