"""What became of the people in a rehearsed season: who was there, and what they did after a message would have gone.

Nothing was sent in the past, so whoever came after a message would have come without it.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.app.shelves import SessionRow
from bot.app.transcript import Line
from bot.domain.chat import WATCHED_BEFORE, Session
from bot.domain.model import Moment, Value

CAME_BACK_WITHIN: Final = 3
"""Held sessions after a message in which a return by oneself is counted."""


RETURNS: Final[Mapping[int | None, str]] = {
    None: "stayed away",
    1: "came to the next one",
    2: "came to the one after",
    3: "came to the third after",
}


class Aftermath(Value):
    """What somebody did around a message. `was_there`: they had written in the session before it, where the bot could
    not see it. `came_after_minutes`: they came in the same session, so much later. `came_back_after`: held sessions
    until they came, at most `CAME_BACK_WITHIN`.
    """

    was_there: bool = False
    came_after_minutes: float | None = None
    came_back_after: int | None = None

    @property
    def says(self) -> str:
        """The same in words."""
        if self.was_there:
            return "was there"
        if self.came_after_minutes is not None:
            return f"came {self.came_after_minutes:.0f} min later"
        return RETURNS[self.came_back_after]

    @property
    def is_false_alarm(self) -> bool:
        """Whether the message would have told somebody who needed no telling."""
        return self.was_there or self.came_after_minutes is not None


class SessionSum(Value):
    """One session: who and what was in it, and what would have gone out."""

    session_id: str
    starts_at: Moment
    held: bool
    posts: int
    people: int
    calls: int = 0
    due: int = 0
    sent: int = 0


class PersonSum(Value):
    """One person: in how many sessions they were, how often they were called, what they would have got."""

    member_id: str
    name: str
    sessions: int
    calls: int = 0
    due: int = 0
    sent: int = 0
    false_alarms: int = 0


class Season:
    """Who wrote when, session by session. `names` are what people call themselves, else their handles, by id."""

    def __init__(self) -> None:
        self._wrote: dict[str, dict[str, list[Moment]]] = {}
        self._there: dict[str, set[str]] = {}
        self._posts: Counter[str] = Counter()
        self.sessions: dict[str, Session] = {}
        self.names: dict[str, str] = {}

    def add(self, session: Session, line: Line, *, is_taken: bool) -> None:
        """Count a line, in order of time. What the bot would not have read (`is_taken`) may still show somebody."""
        self.sessions.setdefault(session.id, session)
        author, at = line.post.author.id, line.post.created_at
        self._wrote.setdefault(session.id, {}).setdefault(author, []).append(at)
        if is_taken:
            self._posts[session.id] += 1
            self._there.setdefault(session.id, set()).add(author)

    def aftermath(self, member_id: str, session_id: str, at: Moment, held: Sequence[str]) -> Aftermath:
        """Say what a member did around a message at that time; `held` are the sessions that took place, in order."""
        session = self.sessions[session_id]
        wrote = self._wrote[session_id].get(member_id, [])
        before = bisect_right(wrote, at)
        was_there = before > bisect_left(wrote, session.starts_at - WATCHED_BEFORE)
        is_there_later = member_id in self._there.get(session_id, ()) and before < len(wrote)
        following = [one for one in held if self.sessions[one].starts_at > session.starts_at][:CAME_BACK_WITHIN]
        came = (place for place, one in enumerate(following, start=1) if member_id in self._there.get(one, ()))
        return Aftermath(
            was_there=was_there,
            came_after_minutes=(wrote[before] - at) / timedelta(minutes=1) if is_there_later else None,
            came_back_after=next(came, None),
        )

    def session_sums(self, rows: Mapping[str, SessionRow | None]) -> list[SessionSum]:
        """Return the sessions in order of time, with what was in them."""
        ordered = sorted(self.sessions.values(), key=lambda one: one.starts_at)
        return [
            SessionSum(
                session_id=one.id,
                starts_at=one.starts_at,
                held=bool((row := rows.get(one.id)) and row.held),
                posts=self._posts[one.id],
                people=len(self._there.get(one.id, ())),
            )
            for one in ordered
        ]

    def attended(self, sessions: Iterable[str]) -> Counter[str]:
        """Count in how many of those sessions each person was."""
        return Counter(who for one in sessions for who in self._there.get(one, ()))
