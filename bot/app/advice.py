"""What an answer adds to what it was asked: when the next session is, and whether quiet hours hide a chat."""

from collections.abc import Mapping
from typing import Final

from bot.domain.chat import Chat, next_session
from bot.domain.model import Member, Moment
from bot.domain.policy import QuietHours, quiet_of
from bot.domain.values import a_moment, a_time, hashtags

ADVISED: Final = frozenset({"started", "started-again", "zone-set", "quiet-set", "quiet-usual", "heads-up-set", "next"})
"""Notes after which a member should know which of their chats their quiet hours hide."""


def advice(note: str, member: Member, chats: Mapping[str, Chat], usual: QuietHours, now: Moment) -> dict[str, str]:
    """Return the words to add to a note about what a member asked for; `usual` are the operator's quiet hours."""
    words: dict[str, str] = {}
    theirs = [chats[tag] for tag in member.chats if tag in chats]
    if note == "next":
        coming = [one for chat in theirs if chat.tag in member.preferences.next_for for one in _next(chat, now)]
        words["dated"] = "yes" if len(coming) == 1 else "no"
        words |= {"at": a_moment(coming[0])} if len(coming) == 1 else {}
    quiet = quiet_of(member, usual)
    hidden = [chat.tag for chat in theirs if _is_hidden(chat, quiet, member, now)]
    if note in ADVISED and hidden:
        words |= {"covered": hashtags(hidden), "start": a_time(quiet.start), "end": a_time(quiet.end)}
    return words


def _next(chat: Chat, now: Moment) -> list[Moment]:
    """Return when a chat begins next; one that is on is not next any more."""
    coming = next_session(chat, now)
    if coming is not None and coming.is_live(now):
        coming = next_session(chat, coming.ends_at)
    return [coming.starts_at] if coming else []


def _is_hidden(chat: Chat, quiet: QuietHours, member: Member, now: Moment) -> bool:
    if member.preferences.is_quiet_lifted:
        return False
    coming = next_session(chat, now)
    return coming is not None and quiet.end_after(coming.starts_at, member.zone) is not None
