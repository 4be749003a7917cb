"""What a person's message to the bot means, what it changes, and which note answers it.

Ambiguity never opts anybody in: START counts as the first word only, a STOP word in a private message counts
anywhere, and the word back counts only from somebody who had our question before them.
"""

import re
from enum import StrEnum
from typing import Final

from pydantic import Field

from bot.domain.consent import Word, moved_by
from bot.domain.model import Consent, Member, Value


class Command(StrEnum):
    """What members can say; the table is in the README."""

    START = "start"
    STOP = "stop"
    HERE = "here"
    HELP = "help"
    WHY = "why"
    DECLINE = "decline"
    THANKS = "thanks"
    OTHER = "other"


class Intent(Value):
    """A message understood: one command, and the chats it names, if any."""

    command: Command
    chats: tuple[str, ...] = ()


class Reply(Value):
    """What follows from a message: the new consent, the chats opted in to, the note that answers (or silence)."""

    consent: Consent | None
    chats: tuple[str, ...] = ()
    note: str | None = None
    words: dict[str, str] = Field(default_factory=dict)
    is_here: bool = False
    is_why: bool = False
    is_once_a_day: bool = False


FIRST_WORDS: Final[dict[str, Command]] = {
    "start": Command.START,
    "join": Command.START,
    "stop": Command.STOP,
    "leave": Command.STOP,
    "quit": Command.STOP,
    "here": Command.HERE,
    "help": Command.HELP,
    "why": Command.WHY,
    "thanks": Command.THANKS,
    "thank": Command.THANKS,
    "thx": Command.THANKS,
}
STOP_WORDS: Final = frozenset({"stop", "stopp", "unsubscribe"})
NO_WORDS: Final = frozenset(
    {"no", "nope", "nah", "not", "never", "don't", "dont", "didn't", "didnt", "won't", "wont", "can't", "cant"}
    | {"cancel", "off", "away", "forget", "remove", "delete", "wrong", "spam", "later", "maybe", "busy"}
    | {"who", "what", "why", "how", "when", "where"}
)
"""Words after which a message is no consent, whatever else it says."""

YES_WORDS: Final = frozenset(
    {"yes", "yep", "yeah", "yup", "y", "ok", "okay", "sure", "please", "great", "fine", "good", "thanks", "thank", "in"}
)

FEW: Final = 5
"""Any message of so few words back is one; a longer one needs a yes, for it may be about something else."""

COURTESIES: Final = frozenset({"please", "thanks", "bot", "hi", "hello"})
_WORD = re.compile(r"#?[\w'’]+")
_MENTION = re.compile(r"@[\w.-]+(?:@[\w.-]+)?")
_READ_AT_MOST = 2_000


def understand(text: str, *, is_private: bool = True) -> Intent:
    """Read a message (plain text, mentions included). Never fails: what is not understood is OTHER.

    In public only a bare command counts, and STOP as the first word: people talk to each other there, and name the
    bot in passing ("@nora @missed join us, we are at Q3").
    """
    words = _words(text)
    chats = tuple(word[1:] for word in words if word.startswith("#"))
    plain = [word for word in words if not word.startswith("#")]
    if is_private and not STOP_WORDS.isdisjoint(plain):
        return Intent(command=Command.STOP, chats=chats)
    first = FIRST_WORDS.get(plain[0]) if plain else None
    if first is not None and (is_private or first is Command.STOP or COURTESIES.issuperset(plain[1:])):
        return Intent(command=first, chats=chats)
    return Intent(command=Command.DECLINE if is_private and _declines(plain, text) else Command.OTHER, chats=chats)


def _words(text: str) -> list[str]:
    return _WORD.findall(_MENTION.sub(" ", text[:_READ_AT_MOST]).casefold().replace("’", "'"))


def _declines(plain: list[str], text: str) -> bool:
    return "?" not in text and plain[:1] != [] and plain[0] in {"no", "nope", "nah", "never", "cancel"}


def respond(
    member: Member | None, intent: Intent, *, text: str, is_private: bool, is_welcomed: bool, chats: tuple[str, ...]
) -> Reply:
    """Say what follows from a message. `chats` are the tags of all the bot's chats.

    Only a private message is a conversation: a mention in public is answered when it is a command, else left alone.
    `is_welcomed` says that our answer to their START had reached them when they wrote this.
    """
    consent = member.consent if member else None
    enrolled = member.chats if member else ()
    match intent.command:
        case Command.START:
            return _start(consent, enrolled, intent.chats, chats)
        case Command.STOP:
            return _stop(consent, enrolled, intent.chats)
        case Command.HERE | Command.WHY as said if consent is Consent.LIVE or _may_ask(said, consent):
            is_why = said is Command.WHY
            note = "why-nothing" if is_why else "here"
            return Reply(consent=consent, chats=enrolled, note=note, is_here=not is_why, is_why=is_why)
        case Command.HELP:
            return Reply(consent=consent, chats=enrolled, note="help", is_once_a_day=consent is None)
        case _ if not is_private:
            return Reply(consent=consent, chats=enrolled)
        case Command.DECLINE if consent is Consent.ASKED:
            return _stop(consent, enrolled, ())
        case Command.THANKS if consent in {None, Consent.LIVE}:
            return Reply(consent=consent, chats=enrolled)
    if consent is Consent.ASKED:
        return _word_back(enrolled, text, is_welcomed=is_welcomed)
    return _any_word(consent, enrolled, text)


def _may_ask(said: Command, consent: Consent | None) -> bool:
    """Say whether WHY is answered: also to somebody whom our last message made leave."""
    return said is Command.WHY and consent not in {None, Consent.ASKED}


def _start(consent: Consent | None, enrolled: tuple[str, ...], named: tuple[str, ...], chats: tuple[str, ...]) -> Reply:
    known = tuple(tag for tag in named if tag in chats)
    if named and not known:
        return Reply(consent=consent, chats=enrolled, note="no-such-chat", words={"chat": named[0]}, is_once_a_day=True)
    after = moved_by(consent, Word.START)
    keeps = enrolled if consent in {Consent.ASKED, Consent.LIVE, Consent.PAUSED} else ()
    wanted = tuple(tag for tag in chats if tag in keeps or not named or tag in known)
    note = "started" if after is Consent.LIVE else "welcome"
    return Reply(consent=after, chats=wanted, note=note, words=_named(wanted))


def _stop(consent: Consent | None, enrolled: tuple[str, ...], named: tuple[str, ...]) -> Reply:
    """End the chats that are named, or everything where none of theirs is: what is unclear is a full STOP."""
    if consent is None:
        return Reply(consent=None, note="nothing-to-stop", is_once_a_day=True)
    if consent is Consent.STOPPED:
        return Reply(consent=consent, chats=enrolled)
    ended = tuple(tag for tag in enrolled if tag in named)
    left = tuple(tag for tag in enrolled if tag not in named)
    if ended and left:
        return Reply(consent=consent, chats=left, note="stopped-chat", words=_named(ended))
    return Reply(consent=moved_by(consent, Word.STOP), note="stopped")


def _word_back(enrolled: tuple[str, ...], text: str, *, is_welcomed: bool) -> Reply:
    """Open the channel by a word of theirs, if it proves that they saw our question and says no no."""
    words = [word for word in _words(text) if not word.startswith("#")]
    asked = Reply(consent=Consent.ASKED, chats=enrolled)
    if not is_welcomed or not _MENTION.sub("", text).strip():
        return asked
    is_word = len(words) <= FEW or not YES_WORDS.isdisjoint(words)
    if not is_word or "?" in text or not NO_WORDS.isdisjoint(words):
        return asked.model_copy(update={"note": "welcome-explained"})
    return Reply(consent=moved_by(Consent.ASKED, Word.ANY), chats=enrolled, note="started", words=_named(enrolled))


def _any_word(consent: Consent | None, enrolled: tuple[str, ...], text: str) -> Reply:
    if consent is Consent.STOPPED or not _MENTION.sub("", text).strip():
        return Reply(consent=consent, chats=enrolled)
    after = moved_by(consent, Word.ANY)
    if after is not consent:
        return Reply(consent=after, chats=enrolled, note="started", words=_named(enrolled))
    return Reply(consent=after, chats=enrolled, note="help-line", is_once_a_day=True)


def _named(tags: tuple[str, ...]) -> dict[str, str]:
    return {"chats": " ".join(f"#{tag}" for tag in tags)}
