"""How fast a chat asks, as its own past sessions tell."""

from typing import Final

from bot.app.shelves import UnitOfWork
from bot.domain.chat import Chat, Session
from bot.domain.pace import Pace, pace_of

SESSIONS: Final = 8
"""The latest sessions tell; how a chat was run last year does not."""


def pace(work: UnitOfWork, chat: Chat, session: Session) -> Pace:
    """Return the pace to be expected in a session."""
    rows = work.sessions.latest(chat.tag, SESSIONS + 1)
    earlier = [row.session for row in rows if row.session.starts_at < session.starts_at][:SESSIONS]
    return pace_of(chat, session, [(one, work.sessions.questions(one.id)) for one in earlier])
