"""A message is worded when it is sent, from what is true then: who has called by now, which question is on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.app.closeness import Account, weights
from bot.app.shelves import CallRow, Storage
from bot.domain.chat import Chat, next_session
from bot.domain.model import Moment, Platform
from bot.domain.outbox import ANSWER, OutboxMessage
from bot.domain.pace import progress
from bot.domain.ties import MENTION
from bot.domain.wording import LIMIT, ReminderWords, Wording, shortened

UTC: Final = "UTC"

TagPage = Callable[[Platform, str], str]
"""Where a tag can be read on a platform: the link of a reminder when no question has been put yet."""


class Compose:
    """Words answers and reminders."""

    def __init__(self, storage: Storage, wording: Wording, chats: Mapping[str, Chat], tag_page: TagPage) -> None:
        self._storage = storage
        self._wording = wording
        self._chats = chats
        self._tag_page = tag_page

    def text(self, message: OutboxMessage, now: Moment, *, room: int = LIMIT) -> str:
        """Word a message at `now`, within `room` characters."""
        if message.kind == ANSWER or message.session_id is None:
            return self._answer(message, room)
        return self._wording.remind(self._words(message, message.session_id, now), message.language, room=room)

    def _answer(self, message: OutboxMessage, room: int) -> str:
        with self._storage.work() as work:
            member = work.members.get(message.member_id)
        zone = member.zone if member is not None else message.words.get("zone", UTC)
        if message.note == "chats":
            return self._wording.schedule(message.words, message.language, zone, room=room)
        return shortened(self._wording.say(message.note, message.words, message.language, zone), room)

    def _words(self, message: OutboxMessage, session_id: str, now: Moment) -> ReminderWords:
        with self._storage.work() as work:
            row = work.sessions.get(session_id)
            member = work.members.get(message.member_id)
            calls = work.calls.of(message.member_id, session_id)
            questions = work.sessions.questions(session_id)
            close = weights(work, message.member_id, calls, now)
        if row is None or member is None:
            raise LookupError(f"the session or the member of message {message.id} is gone")
        session, chat = row.session, self._chats[row.session.chat]
        clock = progress(chat, session, questions, now)
        coming = next_session(chat, max(now, session.ends_at))
        return ReminderWords(
            kind=message.kind,
            is_live=session.is_live(now),
            callers=callers(calls, close),
            hashtag=chat.hashtag,
            progress=clock,
            link=clock.url or self._tag_page(message.platform, chat.tag),
            zone=member.zone,
            next_at=coming.starts_at if coming else None,
        )


def callers(calls: Sequence[CallRow], close: Mapping[Account, float]) -> tuple[str, ...]:
    """Name who called, each person once: the closest first, then the most insistent, then in order of time.

    `close` are weights of ties; what is less than a mention apart is as close.
    """
    names = {(call.platform, call.caller_id): call.caller_name for call in reversed(calls)}
    often = Counter((call.platform, call.caller_id) for call in calls)
    ordered = sorted(often, key=lambda who: (-round(close.get(who, 0.0) / MENTION), -often[who]))
    return tuple(names[who] for who in ordered)
