"""A message is worded when it is sent, from what is true then: who has called by now, which question is on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.app.closeness import Account, weights
from bot.app.friends import QUOTED_AT_MOST, friends_at, said_by
from bot.app.ports import Witness
from bot.app.shelves import CallRow, Storage
from bot.domain.chat import Chat, next_session
from bot.domain.model import Moment, Platform
from bot.domain.outbox import ANSWER, BEFORE, RECAP, OutboxMessage
from bot.domain.pace import progress
from bot.domain.recap import RecapWords, recap
from bot.domain.ties import MENTION
from bot.domain.wording import LIMIT, ReminderWords, Wording, shortened

UTC: Final = "UTC"

TagPage = Callable[[Platform, str], str]
"""Where a tag can be read on a platform: the link of a reminder when no question has been put yet."""


class Compose:
    """Words answers and reminders."""

    def __init__(
        self,
        storage: Storage,
        wording: Wording,
        chats: Mapping[str, Chat],
        tag_page: TagPage,
        witnesses: Mapping[Platform, Witness] | None = None,
    ) -> None:
        self._storage = storage
        self._wording = wording
        self._chats = chats
        self._tag_page = tag_page
        self._witnesses = witnesses or {}

    def text(self, message: OutboxMessage, now: Moment, *, room: int = LIMIT) -> str:
        """Word a message at `now`, within `room` characters."""
        if message.kind == ANSWER or message.session_id is None:
            return self._answer(message, room)
        if message.kind == RECAP:
            words = self._recap(message, message.session_id, now)
            return recap(self._wording, words, message.language, room=room)
        return self._wording.remind(self._words(message, message.session_id, now), message.language, room=room)

    def _answer(self, message: OutboxMessage, room: int) -> str:
        with self._storage.work() as work:
            member = work.members.get(message.member_id)
        zone = member.zone if member is not None else message.words.get("zone", UTC)
        if message.note == "chats":
            return self._wording.schedule(message.words, message.language, zone, room=room)
        text = self._wording.say(message.note, message.words, message.language, zone)
        if "covered" not in message.words:
            return shortened(text, room)
        hidden = self._wording.say("quiet-covers", message.words, message.language, zone)
        return f"{shortened(text, room - len(hidden) - 1)}\n{hidden}"

    def _words(self, message: OutboxMessage, session_id: str, now: Moment) -> ReminderWords:
        with self._storage.work() as work:
            row = work.sessions.get(session_id)
            member = work.members.get(message.member_id)
            calls = work.calls.of(message.member_id, session_id)
            questions = work.sessions.questions(session_id)
            close = weights(work, message.member_id, calls, now)
        if row is None or member is None:
            raise gone(message)
        session, chat = row.session, self._chats[row.session.chat]
        clock = progress(chat, session, questions, now)
        coming = session if message.kind in BEFORE else next_session(chat, max(now, session.ends_at))
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

    def _recap(self, message: OutboxMessage, session_id: str, now: Moment) -> RecapWords:
        with self._storage.work() as work:
            row = work.sessions.get(session_id)
            member = work.members.get(message.member_id)
            if row is None or member is None:
                raise gone(message)
            asked = work.sessions.questions(session_id)
            friends = friends_at(work, member, row.session, now)
        chat = self._chats[row.session.chat]
        coming = next_session(chat, max(now, row.session.ends_at))
        said = (said_by(one, row.session, self._witnesses) for one in friends[:QUOTED_AT_MOST])
        return RecapWords(
            hashtag=chat.hashtag,
            starts_at=row.session.starts_at,
            questions=tuple((one.number, one.text) for one in asked),
            friends=tuple(one.identities[0].called for one in friends),
            said=tuple(url for url in said if url),
            link=next((one.url for one in asked if one.url), self._tag_page(message.platform, chat.tag)),
            zone=member.zone,
            next_at=coming.starts_at if coming else None,
        )


def gone(message: OutboxMessage) -> LookupError:
    """Say what cannot be worded any more."""
    return LookupError(f"the session or the member of message {message.id} is gone")


def callers(calls: Sequence[CallRow], close: Mapping[Account, float]) -> tuple[str, ...]:
    """Name who called, each person once: the closest first, then the most insistent, then in order of time.

    `close` are weights of ties; what is less than a mention apart is as close.
    """
    names = {(call.platform, call.caller_id): call.caller_name for call in reversed(calls)}
    often = Counter((call.platform, call.caller_id) for call in calls)
    ordered = sorted(often, key=lambda who: (-round(close.get(who, 0.0) / MENTION), -often[who]))
    return tuple(names[who] for who in ordered)
