"""Whole evenings through all hops: what a member, her friends and her host would tell of the bot."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.app.errors import Transient
from bot.app.ports import Page
from bot.domain.conditions import Conditions
from bot.domain.model import Consent
from bot.domain.outbox import State
from bot.domain.rules import Reason, Remind, Rule
from tests.world import ANA, BEN, CHAT, DOWN, HOST, NORA, SESSION, World, at, direct, member, person, post


def called(world: World) -> None:
    world.source.timeline += [
        post(HOST, "Q1: What did you unlearn? #lrnchat", 4),
        post(ANA, "@nora you are missed", 10),
    ]


def reasons(world: World) -> list[str]:
    with world.storage.work() as work:
        nora = work.members.by_account(NORA.platform, NORA.id)
        rows = work.decisions.of(nora.id, SESSION.id) if nora else []
    return [row.decision.rule if isinstance(row.decision, Remind) else row.decision.reason for row in rows]


def test_she_signs_up_is_called_and_hears_it_once() -> None:
    world = World()
    world.source.mail.append(direct(NORA, "@missed START", -300))
    world.cycle(-300)
    world.source.mail.append(direct(NORA, "@missed yes", -299))
    world.cycle(-299)
    called(world)
    world.cycle(10.5)
    world.source.timeline += [post(BEN, "@nora you are missed", 11), post(ANA, "@nora you are missed, really", 12)]
    for minute in (12, 13, 14, 20, 40):
        world.cycle(minute)
    texts = [text for _, text, _ in world.courier.sent]
    assert len(texts) == 3
    assert texts[0].startswith("Hello!")
    assert texts[1].startswith("You are in: #lrnchat")
    assert texts[2].startswith("Ana and Ben miss you at #lrnchat right now. Q1 of 6 is on: “What did you unlearn?”")
    assert world.courier.sent[2][0] == "nora@x.example"
    assert world.courier.sent[2][2] == direct(NORA, "@missed yes", -299).id
    assert reasons(world) == ["live", Reason.ALREADY_REMINDED]


def test_nothing_goes_out_before_she_answered_with_a_word() -> None:
    world = World()
    world.source.mail.append(direct(NORA, "@missed START", -300))
    called(world)
    for minute in (-300, 10.5, 14, 30):
        world.cycle(minute)
    assert [text[:6] for _, text, _ in world.courier.sent] == ["Hello!"]
    assert reasons(world) == [Reason.NOT_CONFIRMED]


def test_a_call_before_the_session_is_held_waits_for_the_first_question() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(ANA, "@nora you are missed", 1))
    world.cycle(1.5)
    assert reasons(world) == [Reason.NOT_HELD]
    world.source.timeline.append(post(HOST, "Q1: What now? #lrnchat", 4))
    for minute in (4.5, 8):
        world.cycle(minute)
    assert reasons(world) == [Reason.NOT_HELD, "live"]
    assert len(world.courier.sent) == 1


def test_somebody_present_is_greeted_not_called() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(NORA, "hello all", 2))
    called(world)
    for minute in (10.5, 14):
        world.cycle(minute)
    assert world.courier.sent == []
    assert reasons(world) == [Reason.PRESENT]


def test_who_comes_while_the_message_waits_is_left_in_peace() -> None:
    world = World()
    world.join(member())
    called(world)
    world.cycle(10.5)
    world.source.timeline.append(post(NORA, "late but here", 12))
    world.cycle(14)
    assert world.courier.sent == []
    assert [(one.state, one.reason) for one in world.outbox()] == [(State.SUPPRESSED, "has come by themselves")]


def test_who_posts_where_we_did_not_read_it_yet_is_seen_by_the_second_look() -> None:
    world = World()
    world.join(member())
    called(world)
    world.cycle(10.5)
    world.witness.posts.append(post(NORA, "I am here", 12))
    world.cycle(14)
    assert world.courier.sent == []


def test_stop_wins_over_what_is_in_the_outbox() -> None:
    world = World()
    world.join(member())
    called(world)
    world.cycle(10.5)
    world.source.mail.append(direct(NORA, "@missed STOP", 11))
    for minute in (11.5, 14, 20):
        world.cycle(minute)
    assert [text for _, text, _ in world.courier.sent] == [
        "Done. You will hear nothing more from me. START brings me back, FORGET deletes what I know of you."
    ]
    assert sorted(one.state for one in world.outbox()) == [State.SENT, State.SUPPRESSED]


def test_here_counts_as_present() -> None:
    world = World()
    world.join(member())
    world.source.mail.append(direct(NORA, "@missed HERE", 5))
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    world.cycle(5.5)
    world.source.timeline.append(post(ANA, "@nora you are missed", 10))
    for minute in (10.5, 14):
        world.cycle(minute)
    assert reasons(world) == [Reason.PRESENT]
    assert [text[:12] for _, text, _ in world.courier.sent] == ["Good to know"]


def test_an_untagged_answer_in_a_questions_thread_is_presence() -> None:
    world = World()
    world.join(member())
    question = post(HOST, "Q1: What did you unlearn? #lrnchat", 4)
    world.source.timeline.append(question)
    world.source.replies.append(post(NORA, "Everything", 6, tags=(), in_reply_to_id=question.id))
    world.cycle(5)
    world.cycle(6.5)
    world.source.timeline.append(post(ANA, "@nora you are missed", 10))
    world.cycle(10.5)
    assert reasons(world) == [Reason.PRESENT]


def test_after_downtime_a_stale_reminder_expires_and_is_never_sent_late() -> None:
    world = World()
    world.join(member())
    called(world)
    world.cycle(10.5)
    world.cycle(58)
    assert world.courier.sent == []
    assert [(one.state, one.reason) for one in world.outbox()] == [(State.EXPIRED, "no longer useful")]


def test_a_call_after_the_end_is_told_with_the_next_time() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [
        post(HOST, "Q1: What did you unlearn? #lrnchat", 4),
        post(ANA, "@nora you are missed", 65),
    ]
    for minute in (30, 61, 66, 72):
        world.cycle(minute)
    assert len(world.courier.sent) == 1
    assert (
        "Ana missed you at #lrnchat. It is over for this time; the next one is on Thursday 26"
        in world.courier.sent[0][1]
    )


def test_a_mention_of_the_bot_without_the_tag_is_a_call_while_the_chat_is_on() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    world.source.mail.append(post(ANA, "@missed @nora you are missed", 10, tags=()))
    for minute in (10.5, 14):
        world.cycle(minute)
    assert reasons(world) == ["live"]


def test_a_mention_of_the_bot_with_the_tag_belongs_to_that_session() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    world.source.mail.append(post(ANA, "@missed @nora you are missed #lrnchat", 10))
    for minute in (10.5, 14):
        world.cycle(minute)
    assert reasons(world) == ["live"]


def test_late_posts_are_found_by_the_sweeps_before_attendance_is_final() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    for minute in (*range(0, 61, 5), 71):
        world.cycle(minute)
    late = post(NORA, "A1 from a slow server", 20)
    world.source.timeline.insert(0, late)
    for minute in (125, 425):
        world.cycle(minute)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
        attendance = work.attendances.get("member-nora", SESSION.id)
    assert row is not None
    assert (row.sweeps, row.held, row.observed, row.people) == (3, True, True, 2)
    assert row.settled_at == at(425)
    assert attendance is not None
    assert attendance.first_at == at(20)


def test_a_day_later_other_peoples_words_and_names_are_forgotten() -> None:
    world = World()
    world.join(member())
    called(world)
    for minute in (10.5, 14, 60, 71, 125, 425):
        world.cycle(minute)
    world.cycle(61 + 24 * 60)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
        calls = work.calls.of("member-nora", SESSION.id)
        people = work.posts.people(SESSION.id, at(99))
    assert row is not None
    assert row.erased_at is not None
    assert row.people == 2
    assert [(call.caller_name, call.url, call.phrase) for call in calls] == [("", "", "you are missed")]
    assert world.ingest.take(Page(posts=(post(BEN, "far too late", 70),)), SESSION, cursor="", bots=()) == 0
    assert people == 0
    assert all(one.text is None for one in world.outbox())


def test_a_session_that_nobody_read_to_its_end_is_not_observed() -> None:
    world = World()
    world.join(member())
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    world.cycle(30)
    world.source.trouble = DOWN
    world.cycle(60 + 25 * 60)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
    assert row is not None
    assert (row.held, row.observed) == (True, False)


def watched(*minutes: float) -> World:
    """Read an evening at those minutes, and to its end."""
    world = World()
    world.join(member())
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    for minute in (*minutes, 71, 125, 425):
        world.cycle(minute)
    return world


@pytest.mark.parametrize(
    ("minutes", "gaps", "is_observed"),
    [
        ((*range(0, 61, 5),), [], True),
        ((*range(-5, 21, 5), *range(34, 61, 5)), [(20, 34)], True),
        ((*range(0, 11, 5), *range(20, 31, 5), *range(37, 61, 5)), [(10, 20), (30, 37)], False),
        ((*range(20, 61, 5),), [(0, 20)], False),
        ((*range(0, 41, 5),), [(40, 60)], False),
    ],
)
def test_what_was_read_later_was_not_watched(
    minutes: tuple[float, ...], gaps: list[tuple[float, float]], is_observed: bool
) -> None:
    with watched(*minutes).storage.work() as work:
        row = work.sessions.get(SESSION.id)
        found = work.sessions.gaps(SESSION.id)
    assert row is not None
    assert (row.held, row.observed) == (True, is_observed)
    assert [(gap.begins_at, gap.ends_at) for gap in found] == [(at(begin), at(end)) for begin, end in gaps]


def test_late_evidence_opens_a_settled_session_again() -> None:
    world = World()
    world.join(member())
    for minute in (*range(0, 61, 5), 71, 125, 425):
        world.cycle(minute)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
    assert row is not None
    assert (row.settled_at, row.held, row.people) == (at(425), False, 0)
    late = [post(NORA, "A1 from a slow server", 10), post(ANA, "me too", 12), post(BEN, "and me", 19)]
    world.source.timeline += late
    world.cycle(440)
    world.cycle(455)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
        attendance = work.attendances.get("member-nora", SESSION.id)
    assert row is not None
    assert (row.settled_at, row.held, row.people) == (at(440), True, 3)
    assert attendance is not None
    assert attendance.first_at == at(10)


def test_people_who_gather_after_a_third_of_the_time_make_no_session() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [post(NORA, "anybody?", 1), post(ANA, "hello", 19), post(BEN, "so late", 20)]
    for minute in (*range(0, 61, 5), 71, 125, 425):
        world.cycle(minute)
    with world.storage.work() as work:
        row = work.sessions.get(SESSION.id)
    assert row is not None
    assert (row.held, row.observed, row.people) == (False, True, 3)


def test_when_the_server_is_down_it_says_so_once_and_loses_nothing() -> None:
    world = World()
    world.join(member())
    called(world)
    world.source.trouble = DOWN
    for minute in (10, 10.2, 10.5, 11, 12):
        world.cycle(minute)
    world.source.trouble = None
    for minute in (20, 24):
        world.cycle(minute)
    troubles = [event.trouble for event in world.events if hasattr(event, "trouble")]
    assert troubles == ["x.example does not answer", ""]
    assert len(world.courier.sent) == 1


def test_a_wait_that_the_server_asks_for_is_kept() -> None:
    world = World()
    world.source.trouble = Transient("too many requests", retry_at=at(9))
    world.cycle(5)
    asked = len(world.source.asked)
    world.source.trouble = None
    world.cycle(8)
    assert len(world.source.asked) == asked
    world.cycle(9)
    assert len(world.source.asked) > asked


def test_running_every_hop_twice_changes_nothing() -> None:
    once, twice = World(), World()
    for world, times in ((once, 1), (twice, 2)):
        world.join(member())
        called(world)
        for minute in (10.5, 14, 30):
            for _ in range(times):
                world.cycle(minute)
    assert once.courier.sent == twice.courier.sent
    assert reasons(once) == reasons(twice)
    assert kept(once) == kept(twice) == (1, 2)


def kept(world: World) -> tuple[int, int]:
    with world.storage.work() as work:
        return len(work.calls.of("member-nora", SESSION.id)), work.posts.people(SESSION.id, at(99))


def test_many_pages_are_read_in_one_tick() -> None:
    world = World()
    world.join(member())
    world.source.size = 2
    world.source.timeline += [post(BEN, f"talk {n}", n / 10) for n in range(9)]
    world.source.mail += [direct(BEN, f"@missed HELP {'!' * n}", n / 10) for n in range(5)]
    called(world)
    world.cycle(10.5)
    with world.storage.work() as work:
        assert work.posts.people(SESSION.id, at(99)) == 3
    assert reasons(world) == ["live"]


def test_unreadable_posts_are_told_and_the_cursor_moves_on() -> None:
    world = World()
    world.source.unreadable = ("bad-1",)
    world.cycle(5)
    assert [event.ids for event in world.events if hasattr(event, "ids")] == [("bad-1",)]
    world.source.unreadable = ()
    world.source.timeline.append(post(BEN, "fine", 6))
    world.source.mail.append(direct(BEN, "@missed HELP", 6))

    original = world.source.chat

    def skipping(tag: str, cursor: str | None, since: object) -> object:
        return original(tag, cursor, at(-10)).model_copy(update={"skipped": ("bad-2",)})

    world.source.chat = skipping  # type: ignore[method-assign, assignment] # one page with a bad post in it
    world.cycle(6.5)
    assert [event.ids for event in world.events if hasattr(event, "ids")] == [("bad-1",), ("bad-2",)]


def test_a_message_that_is_read_twice_is_answered_once() -> None:
    world = World()
    again = direct(NORA, "@missed START", 1)
    world.source.mail += [again, again]
    world.cycle(2)
    assert len(world.courier.sent) == 1


def test_bots_and_reposts_are_no_partners_in_conversation() -> None:
    world = World()
    robot = NORA.model_copy(update={"is_bot": True})
    world.source.mail += [direct(robot, "@missed START", 1), direct(ANA, "@missed START", 2, is_repost=True)]
    world.cycle(3)
    assert world.courier.sent == []
    with world.storage.work() as work:
        assert work.members.everybody() == []


def test_a_stranger_who_asks_for_help_is_answered_and_not_remembered() -> None:
    world = World()
    world.source.mail += [direct(ANA, "@missed HELP", 1), direct(ANA, "@missed HELP again", 2)]
    world.cycle(3)
    assert len(world.courier.sent) == 1
    with world.storage.work() as work:
        assert work.members.everybody() == []


def test_two_days_later_nothing_shows_that_a_stranger_asked() -> None:
    world = World()
    world.source.mail.append(direct(ANA, "@missed HELP", 1))
    world.cycle(3)
    assert [one.handle for one in world.outbox()] == [ANA.handle]
    world.cycle(4 + 2 * 24 * 60)
    assert world.outbox() == []


def test_a_new_name_is_learned_and_the_person_stays_the_same() -> None:
    world = World()
    world.source.mail.append(direct(NORA, "@missed START", 1))
    world.cycle(1)
    renamed = NORA.model_copy(update={"handle": "nora.k@x.example", "name": "Nora K."})
    world.source.mail.append(direct(renamed, "@missed ok", 2))
    world.cycle(2)
    with world.storage.work() as work:
        members = work.members.everybody()
    assert [(one.consent, one.identities[0].handle) for one in members] == [(Consent.LIVE, "nora.k@x.example")]


def test_a_start_for_no_chat_we_have_is_answered_and_not_remembered() -> None:
    world = World()
    world.source.mail.append(direct(NORA, "@missed START #knitting", 1))
    world.cycle(1)
    assert world.courier.sent[0][1].startswith("I do not know #knitting")
    with world.storage.work() as work:
        assert work.members.everybody() == []


def test_somebody_who_calls_herself_is_not_called() -> None:
    world = World()
    world.join(member())
    world.source.timeline += [
        post(HOST, "Q1: What? #lrnchat", 4),
        post(NORA, "@nora you are missed", 10),
    ]
    world.cycle(10.5)
    assert reasons(world) == []


def test_a_call_for_somebody_who_is_no_member_is_nobodys_business() -> None:
    world = World()
    called(world)
    world.cycle(10.5)
    world.cycle(14)
    assert world.courier.sent == []
    with world.storage.work() as work:
        assert work.calls.counts(SESSION.id) == {}


def test_who_signs_up_in_the_middle_is_counted_in_at_the_end() -> None:
    world = World()
    world.source.timeline.append(post(NORA, "hello all", 2))
    world.cycle(5)
    world.join(member())
    for minute in (30, 60, 71, 125, 425):
        world.cycle(minute)
    with world.storage.work() as work:
        row = work.attendances.get("member-nora", SESSION.id)
    assert row is not None
    assert (row.first_at, row.how) == (at(2), "post")


def test_a_post_about_the_chat_long_after_it_is_no_attendance() -> None:
    world = World()
    world.join(member())
    world.cycle(5)
    world.source.timeline.append(post(NORA, "sorry, I was not there", 90))
    for minute in (60, 71, 125, 425):
        world.cycle(minute)
    with world.storage.work() as work:
        assert work.attendances.get("member-nora", SESSION.id) is None


def test_posts_of_another_time_are_not_put_into_this_session() -> None:
    world = World()
    world.source.timeline.append(post(ANA, "old", -5))
    world.source.timeline[0] = world.source.timeline[0].model_copy(update={"created_at": at(-9)})
    world.cycle(0)
    with world.storage.work() as work:
        assert work.posts.people(SESSION.id, at(99)) == 1
    early = post(BEN, "far too early", -60)
    taken = world.ingest.take(Page(posts=(early,)), SESSION, cursor="", bots=())
    assert taken == 0


def test_nothing_is_read_long_before_and_long_after() -> None:
    world = World()
    world.cycle(-60)
    assert [what for what, _ in world.source.asked] == ["inbox"]
    world.cycle(60 + 24 * 60 + 1)
    assert [what for what, _ in world.source.asked] == ["inbox", "inbox"]


def test_after_the_end_it_reads_more_seldom() -> None:
    world = World()
    for minute in (69, 69.5, 71, 75, 82, 85):
        world.cycle(minute)
    chat = [what for what, _ in world.source.asked if what == "chat"]
    assert len(chat) == 4, "live twice, one sweep, and one more ten minutes later"
    assert SESSION.ends_at + timedelta(minutes=25) == at(85)


def test_a_repeated_question_does_not_turn_the_clock_back() -> None:
    world = World()
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(HOST, "Q1: What, again? #lrnchat", 6)]
    world.cycle(7)
    with world.storage.work() as work:
        assert [one.text for one in work.sessions.questions(SESSION.id)] == ["What?"]


def test_a_reading_that_is_too_long_for_one_tick_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.listen.PAGES_AT_MOST", 1)
    world = World()
    world.source.size = 2
    world.source.timeline += [post(BEN, f"talk {n}", n / 10) for n in range(3)]
    world.source.mail += [direct(person(f"p{n}"), "@missed HELP", n / 10) for n in range(3)]
    world.cycle(5)
    with world.storage.work() as work:
        row = work.sessions.ensure(SESSION)
    assert row.watched_until is None, "half a reading tells nothing about absence"
    assert len(world.courier.sent) == 2
    world.cycle(5.3)
    with world.storage.work() as work:
        row = work.sessions.ensure(SESSION)
    assert row.watched_until == at(5.3)
    assert len(world.courier.sent) == 3


def test_a_stop_leaves_answers_to_her_own_words() -> None:
    world = World()
    world.join(member())
    world.source.mail += [direct(NORA, "@missed HELP", 1), direct(NORA, "@missed STOP", 2)]
    world.cycle(3)
    assert sorted(text[:5] for _, text, _ in world.courier.sent) == ["Done.", "START"]


def test_calls_for_a_member_who_was_forgotten_are_passed_over() -> None:
    world = World()
    world.join(member())
    called(world)
    world.clock.time = at(10.5)
    world.listen.tick(at(10.5))
    with world.storage.work() as work:
        calls = work.calls.of("member-nora", SESSION.id)
        assert work.calls.add(calls[0].model_copy(update={"member_id": "forgotten", "post_id": "other"}))
    assert world.decide.tick(at(10.5)) == 1


class Counted(tuple[Rule, ...]):
    """Rules that count how often somebody is weighed by them."""

    weighed = 0

    def __iter__(self) -> Iterator[Rule]:
        self.weighed += 1
        return super().__iter__()


def test_the_called_are_weighed_again_once_the_session_takes_place_or_a_minute_has_gone_or_somebody_calls() -> None:
    world = World()
    world.join(member())
    three = Conditions(phase="live", callers_at_least=3)
    world.rules = rules = Counted([Rule(name="when three call", kind="called", when=three)])
    world.use(CHAT)
    posts = {
        3.1: post(ANA, "@nora you are missed", 3),
        3.4: post(HOST, "Q1: What did you unlearn? #lrnchat", 3.3),
        4.7: post(BEN, "@nora you are missed", 4.6),
    }
    weighed = []
    for minute in (3.1, 3.4, 3.5, 3.6, 4.4, 4.5, 4.7, 4.8):
        world.source.timeline += [posts[minute]] if minute in posts else []
        rules.weighed = 0
        world.cycle(minute)
        weighed += [minute] if rules.weighed else []
    assert weighed == [3.4, 4.4, 4.7]
    rules.weighed = 0
    world.decide.tick(at(2))
    assert rules.weighed > 0, "the clock was set back"
    assert reasons(world)[0] == Reason.NOT_HELD


class Brittle(tuple[Rule, ...]):
    """Rules that can fail for whoever is weighed next."""

    will_fail = False

    def __iter__(self) -> Iterator[Rule]:
        if self.will_fail:
            self.will_fail = False
            raise ValueError("nobody foresaw this")
        return super().__iter__()


def test_what_goes_wrong_in_one_session_holds_up_no_other() -> None:
    world = World()
    other = CHAT.model_copy(update={"tag": "edchat"})
    world.join(member(chats=("lrnchat", "edchat")))
    world.rules = rules = Brittle(world.rules)
    world.use(CHAT, other)
    called(world)
    world.source.timeline += [
        one.model_copy(update={"id": f"e{one.id}", "uri": f"{one.uri}/e", "tags": ("edchat",)})
        for one in world.source.timeline
    ]
    world.clock.time = at(10.5)
    world.listen.tick(at(10.5))
    rules.will_fail = True
    with pytest.raises(ValueError, match="nobody foresaw this"):
        world.decide.tick(at(10.5))
    assert len(world.outbox()) == 1
    assert world.decide.tick(at(10.6)) == 1
    assert {one.session_id.partition("@")[0] for one in world.outbox() if one.session_id} == {"lrnchat", "edchat"}


def test_a_reminder_that_another_process_recorded_first_is_not_recorded_again() -> None:
    world = World()
    world.join(member())
    called(world)
    world.cycle(10.5)
    theirs = world.outbox()[0]
    other = World()
    other.join(member())
    called(other)
    other.clock.time = at(10.5)
    other.listen.tick(at(10.5))
    with other.storage.work() as work:
        assert work.outbox.add(theirs.model_copy(update={"session_id": None}))
    other.decide.tick(at(10.5))
    assert len(other.outbox()) == 1
