import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation import Reply, Scene, respond
from bot.domain.model import Consent, Identity, Member, Platform
from bot.domain.vocabulary import Command
from bot.domain.wishes import Listener
from tests.unit.test_policy import NOW
from tests.world import UNDERSTANDING

CHATS = ("lrnchat", "tea")


def member(consent: Consent, chats: tuple[str, ...] = ("lrnchat",)) -> Member:
    one = Identity(platform=Platform.MASTODON, account_id="7", handle="nora@x.example")
    return Member(id="m", consent=consent, identities=(one,), chats=chats, joined_at=NOW, last_heard_at=NOW)


def say(text: str, who: Member | None = None, *, is_private: bool = True, **more: bool) -> Reply:
    ear = Listener(understanding=UNDERSTANDING, languages=(None,), now=NOW)
    intent = UNDERSTANDING.read(text, is_private=is_private)
    scene = Scene(text=text, ear=ear, chats=CHATS, is_private=is_private, **{"is_welcomed": True, **more})
    return respond(who, intent, scene)


@pytest.mark.parametrize(
    ("text", "command", "chats"),
    [
        ("START", Command.START, ()),
        ("@missed start", Command.START, ()),
        ("@missed@learn.example Join #LrnChat please", Command.START, ("lrnchat",)),
        ("hi bot, please stop, I'm busy until March 3rd!", Command.STOP, ()),
        ("stop #tea", Command.STOP, ("tea",)),
        ("STOP #tea #lrnchat", Command.STOP, ("tea", "lrnchat")),
        ("unsubscribe me", Command.STOP, ()),
        ("Quit", Command.STOP, ()),
        ("here", Command.HERE, ()),
        ("help!", Command.HELP, ()),
        ("Thanks a lot", Command.THANKS, ()),
        ("no thanks", Command.DECLINE, ()),
        ("no?", Command.OTHER, ()),
        ("when does it start?", Command.OTHER, ()),
        ("don't start that again?", Command.OTHER, ()),
        ("I might start one day", Command.OTHER, ()),
        ("👍", Command.OTHER, ()),
        ("", Command.OTHER, ()),
    ],
)
def test_a_message_is_understood(text: str, command: Command, chats: tuple[str, ...]) -> None:
    intent = UNDERSTANDING.read(text)
    assert (intent.command, intent.chats) == (command, chats)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("we can't stop missing @sam", Command.OTHER),
        ("@nora @missed join us, we are at Q3 #lrnchat", Command.OTHER),
        ("@missed Start of #lrnchat in five minutes", Command.OTHER),
        ("@missed here is my answer", Command.OTHER),
        ("@missed help me out, what was Q2", Command.OTHER),
        ("@missed no idea", Command.OTHER),
        ("@missed START", Command.START),
        ("@missed start #lrnchat please", Command.START),
        ("@missed stop", Command.STOP),
        ("@missed stop it now", Command.STOP),
        ("@missed here", Command.HERE),
    ],
)
def test_in_public_a_word_in_passing_is_no_command(text: str, command: Command) -> None:
    assert UNDERSTANDING.read(text, is_private=False).command is command


@given(st.text())
def test_no_text_breaks_it_and_nothing_unclear_opts_in(text: str) -> None:
    reply = say(text)
    started = text.casefold().strip().lstrip("@").startswith(("start", "join"))
    assert reply.consent is None or started or UNDERSTANDING.read(text).command is Command.START


def test_start_is_answered_with_the_question_for_one_word() -> None:
    reply = say("START")
    assert (reply.consent, reply.note, reply.chats) == (Consent.ASKED, "welcome", CHATS)
    assert reply.words == {"chats": "list:#lrnchat\x1f#tea"}


def test_start_for_one_chat_enrols_for_that_only_and_keeps_the_others() -> None:
    assert say("START #tea").chats == ("tea",)
    assert say("START #tea", member(Consent.LIVE)).chats == ("lrnchat", "tea")
    assert say("START #tea", member(Consent.STOPPED)).chats == ("tea",)


def test_start_again_while_asked_does_not_confirm() -> None:
    assert say("START", member(Consent.ASKED)).consent is Consent.ASKED


def test_start_while_live_says_that_it_is_on() -> None:
    assert say("START", member(Consent.LIVE)).note == "started-again"


def test_an_unknown_chat_changes_nothing_and_says_so() -> None:
    reply = say("START #knitting", member(Consent.LIVE))
    assert (reply.consent, reply.chats, reply.note) == (Consent.LIVE, ("lrnchat",), "no-such-chat")
    assert say("START #knitting").consent is None
    assert say("START #knitting #tea").chats == ("tea",)


@pytest.mark.parametrize(
    "word",
    [
        "ok",
        "yes please",
        "👍",
        "👍🏽!",
        "❤️ 👌",
        "sure, go ahead!",
        "thanks",
        "Hello there, bot",
        "any word",
        "I would love that, so yes, and soon",
    ],
)
def test_a_word_back_opens_the_channel(word: str) -> None:
    reply = say(word, member(Consent.ASKED))
    assert (reply.consent, reply.note) == (Consent.LIVE, "started")


@pytest.mark.parametrize("word", ["ok", "yes please", "👍"])
def test_a_word_from_somebody_who_has_not_had_our_question_proves_nothing(word: str) -> None:
    reply = say(word, member(Consent.ASKED), is_welcomed=False)
    assert (reply.consent, reply.note) == (Consent.ASKED, None)


@pytest.mark.parametrize("word", ["", "@missed", "HELP"])
def test_silence_or_help_does_not(word: str) -> None:
    assert say(word, member(Consent.ASKED)).consent is Consent.ASKED


@pytest.mark.parametrize(
    "words",
    [
        "who reads this?",
        "go away",
        "remove me",
        "wrong person",
        "I didn't sign up for this",
        "who is this",
        "spam",
        "off",
        "AWAY 2 weeks",
        "what is this thing that writes to me here",
        "I once had a dog that liked chats",
        "👎",
        "🛑",
        "👍👎",
        "...",
    ],
)
def test_what_may_mean_no_is_answered_with_an_explanation(words: str) -> None:
    reply = say(words, member(Consent.ASKED))
    assert (reply.consent, reply.note) == (Consent.ASKED, "welcome-explained")


@pytest.mark.parametrize("words", ["no thank you", "Nope", "Stopp", "cancel that"])
def test_no_while_asked_is_a_stop(words: str) -> None:
    assert say(words, member(Consent.ASKED)).consent is Consent.STOPPED


def test_stop_is_confirmed_once_and_then_there_is_silence() -> None:
    first = say("STOP", member(Consent.LIVE))
    assert (first.consent, first.note, first.chats) == (Consent.STOPPED, "stopped", ())
    assert say("STOP", member(Consent.STOPPED)).note is None
    assert say("hello again", member(Consent.STOPPED)).note is None


def test_stop_for_one_chat_keeps_the_others_and_the_last_one_ends_all() -> None:
    both = member(Consent.LIVE, CHATS)
    assert (say("STOP #tea", both).chats, say("STOP #tea", both).note) == (("lrnchat",), "stopped-chat")
    assert say("STOP #lrnchat", member(Consent.LIVE)).consent is Consent.STOPPED
    assert say("STOP #lrnchat #tea", both).consent is Consent.STOPPED


@pytest.mark.parametrize("text", ["Please stop writing to me #annoyed", "STOP!!! #spam", "STOP #lrnchats"])
def test_stop_for_a_chat_that_is_not_theirs_is_a_full_stop(text: str) -> None:
    assert say(text, member(Consent.LIVE)).consent is Consent.STOPPED


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
    assert say("@missed where is @sam tonight", member(Consent.ASKED), is_private=False) == Reply(
        consent=Consent.ASKED, chats=("lrnchat",)
    )
    assert say("@missed help", is_private=False).note == "help"


def test_any_word_ends_a_pause() -> None:
    reply = say("hello again", member(Consent.PAUSED))
    assert (reply.consent, reply.note) == (Consent.LIVE, "started-again")
    assert (say("STATUS", member(Consent.PAUSED)).consent, say("HERE", member(Consent.PAUSED)).is_here) == (
        Consent.LIVE,
        True,
    )
    assert say("@missed", member(Consent.PAUSED)).consent is Consent.PAUSED


def test_in_public_what_is_personal_is_left_alone_and_chats_are_told() -> None:
    assert say("@missed CHATS", is_private=False).task is Command.CHATS
    assert say("@missed STATUS", member(Consent.LIVE), is_private=False).note is None


def test_what_hosts_may_is_words_like_others_from_anybody_else() -> None:
    assert say("WHO", member(Consent.LIVE)).note == "help-line"
    assert say("WHO", member(Consent.LIVE), is_host=True).task is Command.WHO


def test_a_wish_of_somebody_who_stopped_is_not_heard() -> None:
    assert say("QUIET OFF", member(Consent.STOPPED)).note is None
    assert say("don't stop", member(Consent.STOPPED)).note is None


def test_no_bots_is_no_bots_also_for_the_word_back() -> None:
    assert say("yes", member(Consent.ASKED), wants_no_bots=True).note == "nobot"


def test_thanks_from_somebody_who_stopped_stays_unanswered_too() -> None:
    assert say("thanks", member(Consent.STOPPED)).note is None
