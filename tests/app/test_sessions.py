"""Chats side by side, evenings one after the other, and times that are corrected in the middle."""

from datetime import time, timedelta

from bot.app.errors import Misconfigured, Transient
from bot.domain.chat import Chat, belongs_until, session_at, sessions_between
from bot.domain.outbox import State
from tests.world import ANA, CHAT, DOWN, HOST, NORA, SESSION, START, World, at, direct, member, person, post

DAILY: Chat = CHAT.model_copy(update={"slots": (CHAT.slots[0].model_copy(update={"repeats": "FREQ=DAILY"}),)})
TEA: Chat = CHAT.model_copy(update={"tag": "tea"})


def test_a_post_belongs_to_an_evening_until_people_gather_for_the_next() -> None:
    tonight = sessions_between(DAILY, START, START + timedelta(minutes=1))[0]
    assert belongs_until(DAILY, tonight) == START + timedelta(days=1, minutes=-10)
    assert belongs_until(CHAT, SESSION) == SESSION.ends_at + timedelta(days=1)
    assert session_at(DAILY, at(-5)) == tonight
    assert session_at(DAILY, at(-15)) != tonight
    assert session_at(CHAT, at(-3000)) is None


def test_a_daily_chat_knows_tonight_from_yesterday() -> None:
    world = World(chat=DAILY)
    world.join(member())
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    for minute in (15, 19):
        world.cycle(minute)
    assert len(world.courier.sent) == 1
    assert "right now. Q1 of 6 is on" in world.courier.sent[0][1]


def both() -> World:
    world = World()
    world.use(CHAT, TEA)
    world.join(member(chats=("lrnchat", "tea")))
    return world


def test_each_of_two_chats_that_are_on_has_its_threads_read_once_a_minute() -> None:
    world = both()
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(HOST, "Q1: Why? #tea", 4.1, tags=("tea",))]
    for tick in range(21):
        world.cycle(5 + tick / 4)
    assert len([what for what, _ in world.source.asked if what == "threads"]) == 12


def test_a_chat_that_cannot_be_read_does_not_make_the_others_deaf() -> None:
    world = both()
    real = world.source.chat

    def chat(tag: str, cursor: str | None, since: object) -> object:
        if tag == "lrnchat":
            raise Misconfigured("read #lrnchat: forbidden")
        return real(tag, cursor, at(-10))

    world.source.chat = chat  # type: ignore[method-assign, assignment] # one tag fails
    for minute in (1, 2, 3, 4):
        world.cycle(minute)
    world.source.mail.append(direct(NORA, "@missed STOP", 4.5))
    world.cycle(5)
    assert [text[:5] for _, text, _ in world.courier.sent] == ["Done."]
    with world.storage.work() as work:
        assert [row.session.chat for row in work.sessions.open() if row.watched_until] == ["tea"]
    assert [event.trouble for event in world.events if hasattr(event, "trouble")] == ["read #lrnchat: forbidden"]


def test_one_trouble_of_everything_is_told_once_and_its_end_when_all_answer() -> None:
    world = both()
    world.source.trouble = DOWN
    world.cycle(1)
    world.source.trouble = None
    for minute in (1.5, 2, 3):
        world.cycle(minute)
    assert [event.trouble for event in world.events if hasattr(event, "trouble")] == ["x.example does not answer", ""]


def test_a_second_trouble_is_told_too() -> None:
    world = World()
    for minute, trouble in ((1, DOWN), (2, Transient("read: no answer (timeout)")), (3, DOWN)):
        world.source.trouble = trouble
        world.cycle(minute)
    told = [event.trouble for event in world.events if hasattr(event, "trouble")]
    assert told == ["x.example does not answer", "read: no answer (timeout)", "x.example does not answer"]


def test_an_untagged_mention_of_the_bot_says_nothing_while_two_chats_are_on() -> None:
    world = both()
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    world.source.mail.append(post(ANA, "@missed @nora you are missed", 10, tags=()))
    world.cycle(11)
    assert world.outbox() == []


def test_a_tagged_mention_of_the_bot_after_the_end_belongs_to_that_evening() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    world.cycle(61)
    world.source.mail.append(post(ANA, "@missed @nora you are missed", 70))
    world.cycle(71)
    assert [one.session_id for one in world.outbox()] == [SESSION.id]


def test_a_mention_of_the_bot_between_two_sessions_belongs_to_none() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(post(ANA, "@missed @nora you are missed", -3000))
    world.cycle(-2999)
    assert world.outbox() == []


def test_a_time_that_is_corrected_in_the_middle_gives_no_second_reminder() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    for minute in (10.5, 14):
        world.cycle(minute)
    slot = CHAT.slots[0].model_copy(update={"time": CHAT.slots[0].time.replace(minute=15)})
    world.use(CHAT.model_copy(update={"slots": (slot,)}))
    world.source.timeline.append(post(ANA, "@nora you are missed, still", 20))
    for minute in (20.5, 25, 30):
        world.cycle(minute)
    assert len(world.courier.sent) == 1
    with world.storage.work() as work:
        assert [row.session.id for row in work.sessions.open()] == [SESSION.id]


def test_names_are_kept_until_the_last_message_about_the_evening_has_ended() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    world.cycle(10.5)
    world.settle.tick(at(60 + 24 * 60))
    assert [one.state for one in world.outbox()] == [State.PENDING]
    with world.storage.work() as work:
        assert work.sessions.open()[0].erased_at is None
    world.cycle(61 + 24 * 60)
    with world.storage.work() as work:
        assert work.sessions.open() == []


def test_chatter_hours_later_and_boosts_do_not_make_a_session() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [post(person(f"p{n}"), "no chat this week!", 90 + n) for n in range(4)]
    world.source.timeline.append(post(NORA, "", 5, is_repost=True))
    for minute in (5, 60, 71, 125, 425):
        world.cycle(minute)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
        assert work.attendances.of_session(SESSION.id) == []
    assert row is not None
    assert (row.held, row.people) == (False, 0)


def test_what_is_on_is_read_before_what_is_over() -> None:
    world = World()
    slot = CHAT.slots[0].model_copy(update={"time": time(22, 0)})
    world.use(CHAT, TEA.model_copy(update={"slots": (slot,)}))
    asked: list[str] = []
    real = world.source.chat

    def chat(tag: str, cursor: str | None, since: object) -> object:
        asked.append(tag)
        return real(tag, cursor, at(-10))

    world.source.chat = chat  # type: ignore[method-assign, assignment] # to see in which order it is asked
    for minute in (5, 100):
        world.cycle(minute)
    assert asked == ["lrnchat", "tea", "lrnchat"], "at minute 100 tea is on, and lrnchat is read once more"
