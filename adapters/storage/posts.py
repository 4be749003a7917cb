"""Posts and the cursors of their readings."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, func, select, tuple_, update

from adapters.storage.rows import add_once, first, put
from adapters.storage.tables import calls, cursors, posts, questions
from bot.domain.model import Moment, Person, Platform, Post


class SqlPosts:
    """Posts, each stored once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, post: Post, session_id: str | None) -> bool:
        """Store a post: who wrote it only where a session needs that, and never its text."""
        values: dict[str, object] = {
            "platform": post.platform,
            "id": post.id,
            "uri_hash": hashlib.sha256(post.uri.encode()).hexdigest(),
            "session_id": session_id,
            "created_at": post.created_at,
        }
        if session_id is not None:
            values |= {
                "author_id": post.author.id,
                "author_handle": post.author.handle,
                "author_name": post.author.name,
                "author_is_bot": post.author.is_bot,
            }
        return add_once(self._connection, posts, values)

    def belongs_to(self, platform: Platform, post_id: str, session_id: str) -> bool:
        """Say whether that post is one of the session's."""
        query = select(posts.c.session_id).where(posts.c.platform == platform, posts.c.id == post_id)
        return self._connection.scalar(query) == session_id

    def author(self, platform: Platform, post_id: str) -> Person | None:
        """Return who wrote it, while that is known."""
        row = first(self._connection, select(posts).where(posts.c.platform == platform, posts.c.id == post_id))
        if row is None or row["author_id"] is None:
            return None
        return Person(
            platform=platform,
            id=row["author_id"],
            handle=row["author_handle"],
            name=row["author_name"],
            is_bot=row["author_is_bot"],
        )

    def people(self, session_id: str, until: Moment) -> int:
        """Count the distinct authors of the session's posts from before then, bots not included."""
        authors = (
            select(posts.c.platform, posts.c.author_id)
            .where(posts.c.session_id == session_id, posts.c.created_at < until, posts.c.author_is_bot.is_(False))
            .distinct()
            .subquery()
        )
        return self._connection.scalar(select(func.count()).select_from(authors)) or 0

    def by_authors(self, session_id: str, authors: Iterable[tuple[Platform, str]]) -> list[tuple[str, Moment]]:
        """Return (author id, time) of the session's posts by those authors, oldest first."""
        wanted = [(str(platform), author_id) for platform, author_id in authors]
        if not wanted:
            return []
        query = (
            select(posts.c.author_id, posts.c.created_at)
            .where(posts.c.session_id == session_id, tuple_(posts.c.platform, posts.c.author_id).in_(wanted))
            .order_by(posts.c.created_at, posts.c.id)
        )
        return [(author_id, at) for author_id, at in self._connection.execute(query)]

    def erase(self, session_id: str) -> int:
        """Forget the authors of the session's posts, the callers, and the questions' words; return how many posts."""
        forget_callers = update(calls).where(calls.c.session_id == session_id)
        self._connection.execute(forget_callers.values(caller_id=None, caller_name=None, url=""))
        forget_words = update(questions).where(questions.c.session_id == session_id)
        self._connection.execute(forget_words.values(text="", url=""))
        known = (posts.c.session_id == session_id, posts.c.author_id.is_not(None))
        forgotten = (
            update(posts).where(*known).values(author_id=None, author_handle=None, author_name=None, author_is_bot=None)
        )
        return self._connection.execute(forgotten).rowcount


class SqlCursors:
    """Where each reading of each source goes on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Return the cursor of that name, if it was ever set."""
        return self._connection.scalar(select(cursors.c.value).where(cursors.c.name == name))

    def set(self, name: str, value: str) -> None:
        """Set the cursor of that name."""
        put(self._connection, cursors, {"name": name, "value": value})
