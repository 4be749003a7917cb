"""What a person's message to the bot means, what it changes, and which note answers it.

Ambiguity never opts anybody in: START counts as the first word only, a STOP word
in a direct message counts anywhere.
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
    DECLINE = "decline"
    THANKS = "thanks"
    OTHER = "other"


class Intent(Value):
    """A message understood: one command, and the chat it names, if any."""

    command: Command
    chat: str | None = None


class Reply(Value):
    """What follows from a message: the new consent, the chats opted in to, the note that answers (or silence)."""

    consent: Consent | None
    chats: tuple[str, ...] = ()
    note: str | None = None
    words: dict[str, str] = Field(default_factory=dict)
    is_here: bool = False
    is_once_a_day: bool = False


FIRST_WORDS: Final[dict[str, Command]] = {
    "start": Command.START,
    "join": Command.START,
    "stop": Command.STOP,
    "leave": Command.STOP,
    "quit": Command.STOP,
    "here": Command.HERE,
    "help": Command.HELP,
    "thanks": Command.THANKS,
    "thank": Command.THANKS,
    "thx": Command.THANKS,
}
STOP_WORDS: Final = frozenset({"stop", "unsubscribe"})
NO_WORDS: Final = frozenset({"no", "nope", "not", "never", "don't", "dont", "cancel"})
_WORD = re.compile(r"#?[\w'’]+")
_MENTION = re.compile(r"@[\w.-]+(?:@[\w.-]+)?")
_READ_AT_MOST = 2_000


def understand(text: str, *, is_direct: bool = True) -> Intent:
    """Read a message (plain text, mentions included). Never fails: what is not understood is OTHER.

    In public only the first word counts: people talk to each other there, and name the bot in passing.
    """
    words = _WORD.findall(_MENTION.sub(" ", text[:_READ_AT_MOST]).casefold().replace("’", "'"))
    chat = next((word[1:] for word in words if word.startswith("#")), None)
    plain = [word for word in words if not word.startswith("#")]
    if is_direct and not STOP_WORDS.isdisjoint(plain):
        return Intent(command=Command.STOP, chat=chat)
    if plain and plain[0] in FIRST_WORDS:
        return Intent(command=FIRST_WORDS[plain[0]], chat=chat)
    if not plain or "?" in text:
        return Intent(command=Command.OTHER, chat=chat)
    return Intent(command=Command.OTHER if NO_WORDS.isdisjoint(plain) else Command.DECLINE, chat=chat)


def respond(member: Member | None, intent: Intent, *, text: str, is_direct: bool, chats: tuple[str, ...]) -> Reply:
    """Say what follows from a message. `chats` are the tags of all the bot's chats.

    Only a direct message is a conversation: a mention in public is answered when it is a command, else left alone.
    """
    consent = member.consent if member else None
    enrolled = member.chats if member else ()
    match intent.command:
        case Command.START:
            return _start(consent, enrolled, intent.chat, chats)
        case Command.STOP:
            return _stop(consent, enrolled, intent.chat)
        case Command.HERE if consent is Consent.LIVE:
            return Reply(consent=consent, chats=enrolled, note="here", is_here=True)
        case Command.HELP:
            return Reply(consent=consent, chats=enrolled, note="help", is_once_a_day=consent is None)
        case _ if not is_direct:
            return Reply(consent=consent, chats=enrolled)
        case Command.DECLINE if consent is Consent.ASKED:
            return _stop(consent, enrolled, None)
        case Command.THANKS if consent in {None, Consent.LIVE}:
            return Reply(consent=consent, chats=enrolled)
    return _any_word(consent, enrolled, text)


def _start(consent: Consent | None, enrolled: tuple[str, ...], named: str | None, chats: tuple[str, ...]) -> Reply:
    if named is not None and named not in chats:
        return Reply(consent=consent, chats=enrolled, note="no-such-chat", words={"chat": named}, is_once_a_day=True)
    after = moved_by(consent, Word.START)
    keeps = enrolled if consent in {Consent.ASKED, Consent.LIVE, Consent.PAUSED} else ()
    wanted = tuple(tag for tag in chats if tag in keeps or named is None or tag == named)
    note = "started" if after is Consent.LIVE else "welcome"
    return Reply(consent=after, chats=wanted, note=note, words={"chats": " ".join(f"#{tag}" for tag in wanted)})


def _stop(consent: Consent | None, enrolled: tuple[str, ...], named: str | None) -> Reply:
    if consent is None:
        return Reply(consent=None, note="nothing-to-stop", is_once_a_day=True)
    if consent is Consent.STOPPED:
        return Reply(consent=consent, chats=enrolled)
    left = tuple(tag for tag in enrolled if tag != named) if named else ()
    if left and len(left) == len(enrolled):
        return Reply(consent=consent, chats=enrolled, note="not-enrolled", words={"chat": named or ""})
    if left:
        return Reply(consent=consent, chats=left, note="stopped-chat", words={"chat": named or ""})
    return Reply(consent=moved_by(consent, Word.STOP), note="stopped")


def _any_word(consent: Consent | None, enrolled: tuple[str, ...], text: str) -> Reply:
    if consent is Consent.ASKED and "?" in text:
        return Reply(consent=consent, chats=enrolled, note="welcome-explained")
    if not _MENTION.sub("", text).strip():
        return Reply(consent=consent, chats=enrolled)
    after = moved_by(consent, Word.ANY)
    if after is Consent.LIVE and consent is not Consent.LIVE:
        return Reply(
            consent=after,
            chats=enrolled,
            note="started",
            words={"chats": " ".join(f"#{tag}" for tag in enrolled)},
        )
    if consent is Consent.STOPPED:
        return Reply(consent=consent, chats=enrolled)
    return Reply(consent=after, chats=enrolled, note="help-line", is_once_a_day=True)
