"""Members steer everything by replying: each command, its answer, and what holds afterwards."""

import itertools
from typing import Any

import pytest

from bot.app.errors import Transient
from bot.app.manners import ANSWERS_AN_HOUR
from bot.domain.model import Consent, Member, Person, Platform, Preferences
from bot.domain.outbox import ANSWER, State
from bot.domain.policy import Drop
from bot.domain.rules import Reason, Skip
from tests.world import ANA, BEN, CHAT, DOWN, HOST, NORA, SESSION, World, at, direct, member, person, post

FAR = Person(platform=Platform.X, id="x-nora", handle="nora_x@x.com", name="Nora on X")
numbers = itertools.count()


def live(**more: Any) -> World:
    world = World()
    world.join(member(**more))
    return world


def say(world: World, text: str, minute: float, who: Person = NORA, **more: Any) -> list[str]:
    """Let somebody write to the bot, and return what they are answered."""
    name = f"s{next(numbers)}"
    before = len(world.courier.sent)
    mail = direct(who, f"@missed {text}", minute, **{"id": name, "uri": name, **more})
    world.clock.time = at(minute + 0.1)
    world.converse.take(mail, at(minute + 0.1))
    world.dispatch.tick(at(minute + 0.1))
    return [said for _, said, _ in world.courier.sent[before:]]


def nora(world: World) -> Member | None:
    with world.storage.work() as work:
        return work.members.by_account(NORA.platform, NORA.id)


def preferences(world: World) -> Preferences:
    found = nora(world)
    assert found is not None
    return found.preferences


# --- What they ask for ------------------------------------------------------------------------------------------------


def test_an_answer_says_what_was_understood() -> None:
    world = live()
    assert say(world, "back in two weeks", -900) == ["Away until Thursday 3 December 2026. BACK ends it sooner."]
    assert say(world, "I'm back", -899)[0].startswith("Welcome back.")
    assert say(world, "QUIET 23:00-06:30", -898)[0].startswith("Quiet from 23:00 to 06:30")
    assert say(world, "HEADS-UP 15", -897)[0].startswith("Before every session of #lrnchat you hear from me 15 minutes")
    (said,) = say(world, "zone Berlin", -896)
    assert said == (
        "Your clock is that of Europe/Berlin now. All times I name are by it.\n"
        "In your quiet hours (23:00 to 06:30) begins: #lrnchat. You would hear nothing of it; QUIET EXCEPT SESSIONS "
        "lets it through."
    )
    assert preferences(world).heads_up == {"lrnchat": 15}


def test_a_day_may_be_named_before_what_is_then() -> None:
    world = live(language="de")
    assert say(world, "ich bin bis Freitag weg", -900)[0].startswith("Weg bis Freitag, 20. November 2026.")
    away = preferences(world).away_until
    which = "AWAY oder BACK?"
    assert which in say(world, "bin in zwei Wochen wieder da", -890)[0]
    assert preferences(world).away_until == away
    assert say(world, "ich bin jetzt endlich wieder da", -880)[0].startswith("Ich bin nur ein kleiner Bot")
    assert preferences(world).away_until == away
    assert "AWAY or BACK?" in say(live(), "I am back on Friday", -860)[0]
    assert "AWAY ou BACK" in say(live(language="pt"), "estou de volta em duas semanas", -850)[0]
    assert say(live(language="fr"), "je reviens dans deux semaines", -840)[0].startswith("En pause")


def test_a_language_is_spoken_from_its_own_answer_on() -> None:
    world = live()
    say(world, "LANGUAGE Deutsch", -900)
    found = nora(world)
    assert found is not None
    assert found.language == "de"
    assert world.outbox()[0].language == "de"


def test_who_is_away_is_left_alone() -> None:
    world = live()
    say(world, "AWAY", -60)
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    for minute in (10.5, 14):
        world.cycle(minute)
    assert {one.kind for one in world.outbox()} == {ANSWER}
    with world.storage.work() as work:
        (skipped,) = {row.decision.reason for row in work.decisions.of("member-nora") if isinstance(row.decision, Skip)}
    assert skipped == Reason.EXCUSED
    say(world, "BACK", 15)
    world.source.timeline.append(post(BEN, "@nora you are missed", 16))
    world.cycle(16.5)
    assert "called" in {one.kind for one in world.outbox()}


def test_who_goes_away_between_the_decision_and_the_message_is_left_alone_too() -> None:
    world = live()
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    world.cycle(10.5)
    say(world, "AWAY", 11)
    world.cycle(14)
    assert next(one.reason for one in world.outbox() if one.kind != ANSWER) == str(Drop.AWAY)


def test_quiet_hours_are_the_members_own_and_a_session_may_be_let_in() -> None:
    for text, arrives in (("QUIET 20:00-23:00", False), ("QUIET 20:00-23:00 EXCEPT SESSIONS", True)):
        world = live()
        say(world, text, -60)
        world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
        for minute in (10.5, 14):
            world.cycle(minute)
        assert (len(world.courier.sent) == 2) is arrives


def test_status_shows_what_is_known_and_asked_for() -> None:
    world = live()
    say(world, "HEADS-UP 15", -900)
    say(world, "NEXT", -899)
    said = say(world, "STATUS", -898)[0]
    assert said.startswith("You are in: #lrnchat.")
    assert "Zone America/New_York (a guess), quiet 22:00 to 07:00." in said
    assert "Heads-up: #lrnchat (15). Next: #lrnchat. Recap: off." in said
    assert said.endswith("you have come to no session yet, and I sent you no reminder. FORGET deletes all that.")
    say(world, "AWAY", -897)
    assert "Away until BACK." in say(world, "STATUS", -896)[0]
    say(world, "AWAY 2 weeks", -895)
    assert "Away until Thursday 3 December, 00:00." in say(world, "STATUS", -894)[0]
    say(world, "STOP", -893)
    assert say(world, "STATUS", -892)[0].startswith("You are out: I send you nothing.")


def test_chats_tells_when_they_are_in_the_members_zone() -> None:
    world = live(zone="Europe/Berlin")
    assert say(world, "CHATS", -900) == ["#lrnchat: Friday 20 November, 02:30\n(times in Europe/Berlin)"]
    on = "#lrnchat: on now, until 03:30; next on Friday 27 November, 02:30\n(times in Europe/Berlin)"
    assert say(world, "CHATS", 5) == [on]
    last = World(CHAT.model_copy(update={"slots": (CHAT.slots[0].model_copy(update={"last": at(0).date()}),)}))
    assert say(last, "CHATS", 5) == ["#lrnchat: on now, until 21:30\n(times in America/New_York)"]
    assert say(World(), "CHATS", -900, ANA) == ["#lrnchat: Thursday 19 November, 20:30\n(times in America/New_York)"]
    over = World(
        CHAT.model_copy(update={"slots": tuple(one.model_copy(update={"last": START_DAY}) for one in CHAT.slots)})
    )
    assert "no date in the next two months" in say(over, "CHATS", 5000, ANA)[0]


START_DAY = SESSION.starts_at.date()


def test_the_zone_is_asked_for_once() -> None:
    world = World()
    say(world, "START", -900)
    assert "ZONE Europe/Berlin" in say(world, "yes", -899)[0]
    say(world, "ZONE Berlin", -898)
    say(world, "STOP", -897)
    say(world, "START", -896)
    assert "ZONE" not in say(world, "yes", -895)[0]


def test_who_is_not_live_yet_sets_nothing_but_the_language() -> None:
    world = World()
    say(world, "START", -900)
    assert say(world, "HEADS-UP 15", -899)[0].startswith("I write to you only when")
    say(world, "LANGUAGE français", -898)
    found = nora(world)
    assert found is not None
    assert (found.consent, found.language, found.preferences.heads_up) == (Consent.ASKED, "fr", {})


def test_a_newcomer_is_answered_in_the_language_they_write_in() -> None:
    world = World()
    say(world, "Hallo, bitte anmelden", -900, language="en")
    found = nora(world)
    assert found is not None
    assert found.language == "de"
    again = World()
    say(again, "START", -900, ANA, language="nl-BE")
    assert again.outbox()[0].language == "nl"
    odd = World()
    say(odd, "lalala lalala", -900, ANA, language="tlh")
    assert odd.outbox()[0].language == "en"


def test_strangers_are_told_that_nothing_is_known_of_them() -> None:
    for text in ("FORGET", "STATUS"):
        assert len(say(World(), text, -900)) == 1
    assert say(World(), "FORGET", -900) == ["I know nothing about you. START signs you up."]


# --- Two readings -----------------------------------------------------------------------------------------------------


def test_two_readings_are_asked_back_once() -> None:
    world = live()
    assert say(world, "AWAY until 3/4", -900) == [
        (
            "I can read that as Thursday 4 March 2027 or as Saturday 3 April 2027. "
            "Write it with the month’s name, like this: AWAY until 3 March"
        )
    ]
    assert say(world, "AWAY 3/4", -899)[0].startswith("I am only a small bot")
    assert say(world, "AWAY until 3 April", -898)[0].startswith("Away until Saturday 3 April 2027")


def test_do_not_stop_is_asked_back_and_so_is_one_or_the_other() -> None:
    world = live()
    assert say(world, "please don't stop", -900)[0].startswith("Shall I stop?")
    assert say(world, "away or back?", -899) == [
        "I can read that in two ways. Which is it: AWAY or BACK? Write that word alone."
    ]
    say(world, "STOP", -898)
    assert say(world, "don't stop", -897) == []


# --- WHY --------------------------------------------------------------------------------------------------------------


def called() -> World:
    world = live()
    world.source.timeline += [
        post(HOST, "Q1: What? #lrnchat", 4),
        post(ANA, "@nora you are missed", 10),
        post(BEN, "@nora you are missed", 10.2),
    ]
    for minute in (10.5, 14):
        world.cycle(minute)
    return world


def test_why_answers_for_the_message_that_is_replied_to() -> None:
    world = called()
    reminder = next(one for one in world.outbox() if one.session_id is not None)
    say(world, "HELP", 15)
    answer = next(one for one in world.outbox() if one.note == "help")
    assert "2 people called" in say(world, "why", 16, in_reply_to_id=reminder.receipt_id)[0]
    assert say(world, "why", 17, in_reply_to_id=answer.receipt_id)[0].startswith("That was an answer")
    assert "2 people called" in say(world, "why", 18, in_reply_to_id="unknown")[0]


def test_why_without_a_reminder_says_so() -> None:
    assert say(live(), "WHY", -900)[0].startswith("I have not sent you any reminder")


# --- LINK -------------------------------------------------------------------------------------------------------------


def code_of(world: World, minute: float) -> str:
    return say(world, "LINK", minute)[0].partition("LINK ")[2].split()[0]


def from_x(world: World, text: str, minute: float, who: Person = FAR) -> str:
    """Say something from X, and return the note that answers."""
    name = f"x{next(numbers)}"
    mail = direct(who, text, minute, id=name, uri=name, platform=Platform.X)
    world.converse.take(mail, at(minute))
    return world.outbox()[0].note


def test_two_accounts_become_one_person_when_both_have_said_so() -> None:
    world = live()
    code = code_of(world, -900)
    assert from_x(world, f"LINK {code.lower()}", -899) == "link-claimed"
    assert say(world, "LINK YES", -898) == [
        (
            "Done: nora＠x.example and nora_x＠x.com are one person for me now. "
            "You get one reminder, not two. FORGET deletes both."
        )
    ]
    found = nora(world)
    assert found is not None
    assert {one.platform for one in found.identities} == {Platform.MASTODON, Platform.X}
    assert all(one.thread_post_id for one in found.identities)
    assert say(world, "LINK YES", -897)[0].startswith("That is not a code")


def test_a_member_on_both_sides_becomes_one_with_all_chats() -> None:
    world = live()
    one = member(FAR).model_copy(update={"id": "other", "chats": ("tea", "lrnchat")})
    world.join(one)
    code = code_of(world, -900)
    from_x(world, f"LINK {code}", -899)
    say(world, "LINK YES", -898)
    with world.storage.work() as work:
        assert [found.chats for found in work.members.everybody()] == [("lrnchat", "tea")]


def test_a_link_needs_the_other_account_a_live_one_and_another_platform() -> None:
    world = live()
    assert say(World(), "LINK", -900)[0].startswith("Write START first")
    code = code_of(world, -900)
    assert say(world, "LINK YES", -899.8)[0].startswith("No account has said your code yet")
    assert say(world, f"LINK {code}", -899.6)[0].startswith("That code has to come from your other account")
    assert say(world, f"LINK {code}", -899.4, ANA)[0].startswith("Both accounts have to be on different platforms")
    assert from_x(world, f"LINK {code}", -899.2) == "link-claimed"
    assert from_x(world, f"LINK {code}", -899, FAR.model_copy(update={"id": "thief"})) == "link-wrong"
    say(world, "LINK YES", -898.8)
    again = code_of(world, -898.6)
    assert from_x(world, f"LINK {again}", -898.4, FAR.model_copy(update={"id": "third"})) == "link-claimed"
    assert say(world, "LINK YES", -898.2)[0].startswith("Both accounts have to be on different platforms")


def test_a_code_is_good_for_ten_minutes_and_five_tries() -> None:
    world = live()
    code = code_of(world, -900)
    assert from_x(world, f"LINK {code}", -889) == "link-wrong"
    code = code_of(world, -870)
    forged = [from_x(world, f"LINK AAAA-AAA{digit}", -869.9 + digit / 10) for digit in range(2, 7)]
    assert set(forged) == {"link-wrong"}
    assert from_x(world, f"LINK {code}", -869) == "link-many"


# --- FORGET -----------------------------------------------------------------------------------------------------------


def test_forget_is_asked_once_and_then_nothing_is_left() -> None:
    world = called()
    say(world, "LINK", 15)
    assert say(world, "FORGET", 16)[0].startswith("FORGET deletes everything")
    assert say(world, "FORGET", 17)[0].startswith("Everything about you is deleted")
    rows = world.storage.rows
    assert (rows.members, rows.outbox, rows.calls, rows.decisions, rows.attendances, rows.links) == ({},) * 6
    assert rows.tallies == {"forgotten": 1}


def test_a_forget_of_long_ago_is_asked_again() -> None:
    world = live()
    say(world, "FORGET", -4000)
    assert say(world, "FORGET", -900)[0].startswith("FORGET deletes everything")


# --- Manners ----------------------------------------------------------------------------------------------------------


def test_a_profile_that_wants_no_bots_is_left_alone() -> None:
    world = World()
    shy = NORA.model_copy(update={"wants_no_bots": True})
    assert say(world, "START", -900, shy)[0].startswith("Your profile says #nobot")
    assert nora(world) is None
    say(world, "START", -890)
    assert say(world, "yes", -889, shy) == []  # said once a day
    found = nora(world)
    assert found is not None
    assert found.consent is Consent.ASKED


def test_a_member_whose_profile_came_to_say_nobot_gets_no_reminder() -> None:
    world = live()
    say(world, "HELP", -60, NORA.model_copy(update={"wants_no_bots": True}))
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    for minute in (10.5, 14):
        world.cycle(minute)
    assert world.outbox()[0].reason == str(Drop.NO_BOTS)


def test_twenty_commands_an_hour_then_one_word_of_it_and_stop_still_works() -> None:
    world = live()
    notes = ["AWAY 2 weeks", "BACK", "CHATS", "STATUS", "HELP", "NEXT", "RECAP ON"]
    answers = [say(world, notes[turn % len(notes)], -900 + turn) for turn in range(ANSWERS_AN_HOUR + 4)]
    assert sum(map(len, answers)) == ANSWERS_AN_HOUR + 1
    assert "That was a lot" in answers[ANSWERS_AN_HOUR][0]
    assert say(world, "FORGET", -871)[0].startswith("FORGET deletes everything")
    assert say(world, "STOP", -870)[0].startswith("Done.")
    assert say(world, "FORGET", -869)[0].startswith("Everything about you is deleted")
    assert say(live(), "HELP", -800)


def test_the_same_is_not_said_four_times_within_minutes() -> None:
    world = live()
    assert [len(say(world, "HELP", -900 + turn)) for turn in range(5)] == [1, 1, 1, 0, 0]
    assert len(say(world, "HELP", -880)) == 1


def test_an_echo_of_our_own_words_is_neither_obeyed_nor_answered() -> None:
    world = live()
    said = say(world, "HELP", -900)[0]
    assert say(world, said, -899) == []
    found = nora(world)
    assert found is not None
    assert found.consent is Consent.LIVE


def test_bots_are_not_talked_to() -> None:
    world = World()
    assert say(world, "START", -900, person("robot", is_bot=True)) == []


# --- Taken back and odd -----------------------------------------------------------------------------------------------


def test_a_start_that_was_deleted_before_the_word_back_is_withdrawn() -> None:
    world = World()
    say(world, "START", -900, id="the start")
    say(world, "HELP", -899)
    world.lookup.gone.add("the start")
    assert say(world, "yes please", -898)[0].startswith("I am only a small bot")
    assert nora(world) is None


def test_whether_a_start_was_deleted_has_to_be_seen() -> None:
    world = World()
    say(world, "START", -900)
    world.lookup.trouble = DOWN
    with pytest.raises(Transient):
        say(world, "yes please", -898)
    world.lookup.trouble = None
    assert say(world, "yes please", -897)[0].startswith("You are in")


def test_an_edited_stop_still_stops() -> None:
    world = live()
    say(world, "STOP", -900, id="a stop")
    assert say(world, "I love this", -899, id="a stop") == []
    found = nora(world)
    assert found is not None
    assert found.consent is Consent.STOPPED


@pytest.mark.parametrize("text", ["", "@ana @ben", "👍", "STATUS of nothing", "x" * 1_000_000])
def test_odd_messages_of_strangers_get_one_line_at_most_and_leave_nothing(text: str) -> None:
    world = World()
    assert len(say(world, text, -900)) <= 1
    assert world.storage.rows.members == {}


@pytest.mark.parametrize(
    "text", ["@ana @ben", "👍", "👎", "x" * 1_000_000, "STOP\u0301ping by " * 20_000, "LINK " * 99_999]
)
@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.LIVE, Consent.STOPPED])
def test_odd_messages_of_members_open_nothing_and_get_one_answer_at_most(consent: Consent, text: str) -> None:
    world = live(consent=consent)
    said = say(world, text, -900, in_reply_to_author_id=None)
    assert len(said) <= 1
    assert all(len(one) <= 500 for one in said)
    found = nora(world)
    assert found is not None
    assert found.consent is not Consent.LIVE or consent is Consent.LIVE


def test_a_command_that_is_edited_or_deleted_after_it_was_obeyed_stays_obeyed() -> None:
    world = live()
    say(world, "AWAY until 3 March", -900, id="a wish")
    assert say(world, "RECAP ON", -899, id="a wish") == []
    world.lookup.gone.add("a wish")
    assert say(world, "STATUS", -898)[0].count("Away until") == 1
    assert preferences(world).recap == ()


@pytest.mark.parametrize(
    "text", ["AWAY", "BACK", "HERE", "NEXT", "RECAP ON", "QUIET OFF", "ZONE Berlin", "WHY", "CANCEL", "WHO"]
)
def test_commands_of_people_who_are_no_members_change_nothing(text: str) -> None:
    world = World()
    assert len(say(world, text, -900)) == 1
    assert world.storage.rows.members == {}
    assert world.outbox()[0].state is State.SENT


# --- Hosts ------------------------------------------------------------------------------------------------------------


def test_a_host_calls_tonight_off_and_nobody_is_written_to() -> None:
    world = live()
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 10)]
    world.cycle(10.5)
    world.converse.take(direct(NORA, "@missed HELP", 10.6), at(10.6))
    assert say(world, "CANCEL tonight", 11, HOST)[1:] == [
        (
            "#lrnchat on Friday 20 November, 01:30 is called off. "
            "Nobody will be counted as absent, and nobody hears from me."
        )
    ]
    world.cycle(14)
    assert [one.reason for one in world.outbox() if one.session_id] == ["a host called the session off"]
    world.use(CHAT)
    assert "Thursday 26 November" in say(world, "CHATS", 15)[0]


def test_a_host_moves_a_session_of_the_same_evening() -> None:
    world = live()
    assert (
        "is on Friday 20 November, 03:00 this time, instead of Friday 20 November, 01:30"
        in say(world, "MOVE to 22:00", -300, HOST)[0]
    )
    assert say(world, "CHATS", -299)[0].startswith("#lrnchat: Thursday 19 November, 22:00")
    assert say(world, "MOVE 26 November to 9 pm", -298, HOST)[0].startswith("#lrnchat is on Friday 27 November, 02:00")


def test_a_day_without_a_session_is_said_and_no_other_one_is_called_off() -> None:
    world = live()
    assert say(world, "CANCEL 26 November", -300, HOST)[0].startswith("#lrnchat on Friday 27 November, 01:30 is called")
    assert say(world, "CANCEL 26 November", -299, HOST) == ["There is no session of #lrnchat on that day."]
    assert [row.moved_to for row in world.storage.rows.changes.values()] == [None]


def test_a_session_that_was_moved_can_be_called_off_and_moved_again() -> None:
    world = live()
    say(world, "MOVE to 22:00", -300, HOST)
    say(world, "MOVE to 23:00", -299, HOST)
    assert say(world, "CHATS", -298)[0].startswith("#lrnchat: Thursday 19 November, 23:00")
    assert "is called off" in say(world, "CANCEL", -297, HOST)[0]
    assert say(world, "CHATS", -296)[0].startswith("#lrnchat: Thursday 26 November")


def test_a_session_is_not_moved_by_weeks_ahead() -> None:
    world = live()
    for day in ("19 November", "26 November", "3 December"):
        say(world, f"CANCEL {day}", -300, HOST)
    assert say(world, "MOVE 20 November 21:30", -299, HOST)[0].startswith("Tell me the time")


@pytest.mark.parametrize("text", ["MOVE", "MOVE later", "MOVE to 3:00", "MOVE to 1/2 or so 21:00"])
def test_a_move_that_cannot_be_read_or_is_over_is_asked_back(text: str) -> None:
    world = live()
    assert say(world, text, -300, HOST)[0].startswith("Tell me the time")
    assert world.storage.rows.changes == {}


def test_a_host_learns_counts_only() -> None:
    world = called()
    assert say(world, "WHO", 15, HOST) == [
        "#lrnchat: one member signed up. Now there: 3 people, of them 0 members; one member called. I only tell counts."
    ]
    assert say(world, "WHO", -300, HOST) == ["#lrnchat: one member signed up. I only tell counts."]


def test_a_host_of_several_chats_names_one_and_of_none_there_is_nothing() -> None:
    tea = CHAT.model_copy(update={"tag": "tea"})
    world = live()
    world.use(CHAT, tea)
    assert say(world, "CANCEL", -300, HOST) == ["Which of your chats? Name it, like this: CANCEL #lrnchat"]
    assert say(world, "CANCEL #tea", -299, HOST)[0].startswith("#tea on")
    over = CHAT.model_copy(update={"slots": tuple(one.model_copy(update={"last": START_DAY}) for one in CHAT.slots)})
    world.use(over)
    assert say(world, "CANCEL", 5000, HOST)[0].startswith("There is no session")


def test_a_host_who_is_a_member_too_is_both() -> None:
    world = World()
    world.join(member(HOST))
    assert say(world, "WHO", -300, HOST)[0].startswith("#lrnchat: one member")
    assert say(world, "STATUS", -299, HOST)[0].startswith("You are in")
    assert say(world, "CANCEL 26 November", -298, HOST)[0].startswith("#lrnchat on Thursday 26 November")
