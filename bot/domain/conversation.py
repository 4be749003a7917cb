"""What follows from a person's message to the bot: what changes, which note answers it, or who has to look it up.

Ambiguity never opts anybody in: START counts only where hardly anything else is said, a STOP word in a private message
counts anywhere, and the word back counts only from somebody who had our question before them. How a message is read
is in `bot.domain.understanding`, what members ask for in `bot.domain.wishes`.
"""

from typing import Final

from pydantic import Field

from bot.domain.consent import Word, moved_by
from bot.domain.model import Consent, Member, Value
from bot.domain.understanding import MENTION, Intent
from bot.domain.values import a_choice, hashtags
from bot.domain.vocabulary import Command
from bot.domain.wishes import WISHES, Listener, Wish, at_the_end, wish

FEW: Final = 5
"""Any message of so few words back is one; a longer one needs a yes, for it may be about something else."""

LOOKED_UP: Final = frozenset({Command.CHATS, Command.STATUS, Command.WHY, Command.LINK})
"""Commands that are answered from what is kept."""

HOSTS: Final = frozenset({Command.CANCEL, Command.MOVE, Command.WHO})
"""Commands of a chat's hosts; from anybody else they are words like others."""

OPEN: Final = frozenset({Consent.LIVE, Consent.PAUSED})


class Scene(Value):
    """Where a message was said. `chats` are the tags of all the bot's chats.

    `is_welcomed`: our answer to their START had reached them when they wrote this. `is_sure`: they were asked whether
    to forget everything a moment ago. `wants_no_bots`: their profile says #nobot.
    """

    text: str
    ear: Listener
    chats: tuple[str, ...]
    is_private: bool
    is_welcomed: bool = False
    is_host: bool = False
    is_sure: bool = False
    wants_no_bots: bool = False


class Reply(Value):
    """What follows from a message: the new consent, the chats opted in to, the note that answers (or silence).

    `changed` is the member with new preferences; `task` is a command whose answer is looked up, or done, by
    `bot.app.converse`.
    """

    consent: Consent | None
    chats: tuple[str, ...] = ()
    note: str | None = None
    words: dict[str, str] = Field(default_factory=dict)
    changed: Member | None = None
    task: Command | None = None
    is_here: bool = False
    is_once_a_day: bool = False


def respond(member: Member | None, intent: Intent, scene: Scene) -> Reply:
    """Say what follows from a message.

    Only a private message is a conversation: a mention in public is answered when it is a command, else left alone.
    """
    consent = member.consent if member else None
    enrolled = member.chats if member else ()
    same = Reply(consent=consent, chats=enrolled)
    match intent.command:
        case Command.START:
            return _start(same, intent, scene)
        case Command.STOP:
            return _stop(same, intent.chats)
        case Command.HELP | Command.CHATS:
            return _for_everybody(same, intent.command)
        case Command.HERE if consent in OPEN:
            return _awake(same).model_copy(update={"note": "here", "is_here": True})
        case _ if not scene.is_private:
            return same
        case Command.FORGET:
            return _forget(same, is_sure=scene.is_sure)
        case Command.UNCLEAR:
            return _ask_back(same, intent)
    if intent.command in HOSTS and scene.is_host:
        return same.model_copy(update={"task": intent.command})
    return _talk(member, same, intent, scene)


def _for_everybody(same: Reply, command: Command) -> Reply:
    if command is Command.CHATS:
        return same.model_copy(update={"task": command})
    return same.model_copy(update={"note": "help", "is_once_a_day": same.consent is None})


def _talk(member: Member | None, same: Reply, intent: Intent, scene: Scene) -> Reply:
    """Answer in private whatever is neither for everybody nor for hosts."""
    consent, command = same.consent, intent.command
    if command is Command.LINK or (command in LOOKED_UP and consent is not None):
        return _awake(same).model_copy(update={"task": command})
    if member is not None and command in WISHES:
        if consent in OPEN or (command is Command.LANGUAGE and consent is Consent.ASKED):
            return _granted(same, wish(member, intent, scene.ear))
        if consent is Consent.ASKED:
            return same.model_copy(update={"note": "welcome-explained"})
    if consent is Consent.ASKED:
        return _stop(same, ()) if command is Command.DECLINE else _word_back(same, scene)
    if command is Command.THANKS and consent in {None, Consent.LIVE}:
        return same
    if member is not None and consent in OPEN and (found := at_the_end(member, scene.text, scene.ear)):
        return _granted(same, found)
    return _any_word(same, scene.text)


def _granted(same: Reply, granted: Wish) -> Reply:
    update = {"note": granted.note, "words": granted.words, "changed": granted.member}
    return _awake(same).model_copy(update=update)


def _start(same: Reply, intent: Intent, scene: Scene) -> Reply:
    named, consent = intent.chats, same.consent
    known = tuple(tag for tag in named if tag in scene.chats)
    if named and not known:
        return same.model_copy(update={"note": "no-such-chat", "words": {"chat": named[0]}, "is_once_a_day": True})
    if scene.wants_no_bots:
        return same.model_copy(update={"note": "nobot", "is_once_a_day": True})
    after = moved_by(consent, Word.START)
    keeps = same.chats if consent in {Consent.ASKED, *OPEN} else ()
    wanted = tuple(tag for tag in scene.chats if tag in keeps or not named or tag in known)
    note = "started-again" if after is Consent.LIVE else "welcome"
    return Reply(consent=after, chats=wanted, note=note, words=_named(wanted))


def _stop(same: Reply, named: tuple[str, ...]) -> Reply:
    """End the chats that are named, or everything where none of theirs is: what is unclear is a full STOP."""
    if same.consent is None:
        return same.model_copy(update={"note": "nothing-to-stop", "is_once_a_day": True})
    if same.consent is Consent.STOPPED:
        return same
    ended = tuple(tag for tag in same.chats if tag in named)
    left = tuple(tag for tag in same.chats if tag not in named)
    if ended and left:
        return same.model_copy(update={"chats": left, "note": "stopped-chat", "words": _named(ended)})
    return Reply(consent=moved_by(same.consent, Word.STOP), note="stopped")


def _forget(same: Reply, *, is_sure: bool) -> Reply:
    if same.consent is None:
        return same.model_copy(update={"note": "nothing-known", "is_once_a_day": True})
    if not is_sure:
        return same.model_copy(update={"note": "forget-sure"})
    return Reply(consent=moved_by(same.consent, Word.FORGET), note="forgotten")


def _ask_back(same: Reply, intent: Intent) -> Reply:
    if same.consent is Consent.STOPPED:
        return same
    if intent.choices == (Command.STOP,):
        return same.model_copy(update={"note": "which-stop"})
    choices = a_choice(choice.value.upper() for choice in intent.choices)
    return same.model_copy(update={"note": "which-command", "words": {"choices": choices}})


def _word_back(same: Reply, scene: Scene) -> Reply:
    """Open the channel by a word of theirs, if it proves that they saw our question and says no no."""
    if not scene.is_welcomed or not MENTION.sub("", scene.text).strip():
        return same
    if scene.wants_no_bots:
        return same.model_copy(update={"note": "nobot", "is_once_a_day": True})
    if not scene.ear.understanding.is_yes(scene.text, *scene.ear.languages, few=FEW):
        return same.model_copy(update={"note": "welcome-explained"})
    after = moved_by(same.consent, Word.ANY)
    return Reply(consent=after, chats=same.chats, note="started", words=_named(same.chats))


def _any_word(same: Reply, text: str) -> Reply:
    if same.consent is Consent.STOPPED or not MENTION.sub("", text).strip():
        return same
    if same.consent is Consent.PAUSED:
        return _awake(same).model_copy(update={"note": "started-again", "words": _named(same.chats)})
    return same.model_copy(update={"note": "help-line", "is_once_a_day": True})


def _awake(same: Reply) -> Reply:
    """Whoever was left alone for their silence hears from us again as soon as they write."""
    if same.consent is not Consent.PAUSED:
        return same
    return same.model_copy(update={"consent": moved_by(same.consent, Word.ANY)})


def _named(tags: tuple[str, ...]) -> dict[str, str]:
    return {"chats": hashtags(tags)}
