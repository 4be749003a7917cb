import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation import Command, Intent, Reply, respond, understand
from bot.domain.model import Consent, Identity, Member, Platform
from tests.unit.test_policy import NOW

CHATS = ("lrnchat", "tea")


def member(consent: Consent, chats: tuple[str, ...] = ("lrnchat",)) -> Member:
    one = Identity(platform=Platform.MASTODON, account_id="7", handle="nora@x.example")
    return Member(id="m", consent=consent, identities=(one,), chats=chats, joined_at=NOW, last_heard_at=NOW)


def say(text: str, who: Member | None = None, *, is_direct: bool = True) -> Reply:
    return respond(who, understand(text, is_direct=is_direct), text=text, is_direct=is_direct, chats=CHATS)


@pytest.mark.parametrize(
    ("text", "command", "chat"),
    [
        ("START", Command.START, None),
        ("@missed start", Command.START, None),
        ("@missed@learn.example Join #LrnChat please", Command.START, "lrnchat"),
        ("hi bot, please stop, I'm busy until March 3rd!", Command.STOP, None),
        ("stop #tea", Command.STOP, "tea"),
        ("unsubscribe me", Command.STOP, None),
        ("Quit", Command.STOP, None),
        ("here", Command.HERE, None),
        ("help!", Command.HELP, None),
        ("Thanks a lot", Command.THANKS, None),
        ("no thanks", Command.DECLINE, None),
        ("please don’t", Command.DECLINE, None),
        ("when does it start?", Command.OTHER, None),
        ("don't start that again?", Command.OTHER, None),
        ("I might start one day", Command.OTHER, None),
        ("👍", Command.OTHER, None),
        ("", Command.OTHER, None),
    ],
)
def test_a_message_is_understood(text: str, command: Command, chat: str | None) -> None:
    assert understand(text) == Intent(command=command, chat=chat)


def test_in_public_a_word_in_passing_is_no_command() -> None:
    assert understand("we can't stop missing @sam", is_direct=False).command is Command.OTHER
    assert understand("@missed stop", is_direct=False).command is Command.STOP


@given(st.text())
def test_no_text_breaks_it_and_nothing_unclear_opts_in(text: str) -> None:
    reply = say(text)
    started = text.casefold().strip().lstrip("@").startswith(("start", "join"))
    assert reply.consent is None or started or understand(text).command is Command.START


def test_start_is_answered_with_the_question_for_one_word() -> None:
    reply = say("START")
    assert (reply.consent, reply.note, reply.chats) == (Consent.ASKED, "welcome", CHATS)
    assert reply.words == {"chats": "#lrnchat #tea"}


def test_start_for_one_chat_enrols_for_that_only_and_keeps_the_others() -> None:
    assert say("START #tea").chats == ("tea",)
    assert say("START #tea", member(Consent.LIVE)).chats == ("lrnchat", "tea")
    assert say("START #tea", member(Consent.STOPPED)).chats == ("tea",)


def test_start_again_while_asked_does_not_confirm() -> None:
    assert say("START", member(Consent.ASKED)).consent is Consent.ASKED


def test_start_while_live_says_that_it_is_on() -> None:
    assert say("START", member(Consent.LIVE)).note == "started"


def test_an_unknown_chat_changes_nothing_and_says_so() -> None:
    reply = say("START #knitting", member(Consent.LIVE))
    assert (reply.consent, reply.chats, reply.note) == (Consent.LIVE, ("lrnchat",), "no-such-chat")
    assert say("START #knitting").consent is None


@pytest.mark.parametrize("word", ["ok", "yes please", "👍", "sure, go ahead!"])
def test_any_word_back_opens_the_channel(word: str) -> None:
    reply = say(word, member(Consent.ASKED))
    assert (reply.consent, reply.note) == (Consent.LIVE, "started")


@pytest.mark.parametrize("word", ["", "@missed", "who are you?", "HELP"])
def test_silence_a_question_or_help_does_not(word: str) -> None:
    assert say(word, member(Consent.ASKED)).consent is Consent.ASKED


def test_a_question_while_asked_is_answered() -> None:
    assert say("who reads this?", member(Consent.ASKED)).note == "welcome-explained"


def test_no_while_asked_is_a_stop() -> None:
    assert say("no thank you", member(Consent.ASKED)).consent is Consent.STOPPED


def test_stop_is_confirmed_once_and_then_there_is_silence() -> None:
    first = say("STOP", member(Consent.LIVE))
    assert (first.consent, first.note, first.chats) == (Consent.STOPPED, "stopped", ())
    assert say("STOP", member(Consent.STOPPED)).note is None
    assert say("hello again", member(Consent.STOPPED)).note is None


def test_stop_for_one_chat_keeps_the_others_and_the_last_one_ends_all() -> None:
    both = member(Consent.LIVE, CHATS)
    assert (say("STOP #tea", both).chats, say("STOP #tea", both).note) == (("lrnchat",), "stopped-chat")
    assert say("STOP #lrnchat", member(Consent.LIVE)).consent is Consent.STOPPED
    assert say("STOP #knitting", member(Consent.LIVE)).note == "not-enrolled"


def test_a_stranger_who_stops_is_told_that_nothing_is_on() -> None:
    reply = say("STOP")
    assert (reply.consent, reply.note, reply.is_once_a_day) == (None, "nothing-to-stop", True)


def test_here_counts_in_only_who_is_live() -> None:
    assert say("HERE", member(Consent.LIVE)).is_here
    assert not say("HERE", member(Consent.STOPPED)).is_here
    assert not say("HERE").is_here


def test_thanks_needs_no_answer() -> None:
    assert say("thank you!", member(Consent.LIVE)).note is None
    assert say("thanks").note is None


def test_what_is_not_understood_gets_one_line_a_day() -> None:
    reply = say("what a lovely evening", member(Consent.LIVE))
    assert (reply.note, reply.is_once_a_day) == ("help-line", True)
    assert say("hello there").note == "help-line"


def test_in_public_only_a_command_is_answered() -> None:
    assert say("@missed where is @sam tonight", member(Consent.ASKED), is_direct=False) == Reply(
        consent=Consent.ASKED, chats=("lrnchat",)
    )
    assert say("@missed help", is_direct=False).note == "help"
