"""X's JSON → Post and Person.

Shapes: docs.x.com/x-api/fundamentals/data-dictionary. Authors come as ids alone (an expansion may be billed), so names
come from elsewhere: see `directory`. What is withheld, deleted or broken is named and passed over.
"""

import html
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from adapters.twitter.names import either
from bot.domain.model import Person, Platform, Post

HOST: Final = "x.com"
TEXT_LIMIT: Final = 25_000
LONGEST_ID: Final = 512
"""Characters: X's have 19, and longer ones are passed on as they are; but no index takes a text of any length."""

NO_ID: Final = "(no id)"
YEARS: Final = range(1970, 2200)

_NOBOT: Final = re.compile(r"#nobots?\b", re.IGNORECASE)

Known = Callable[[str], Person]
"""Returns the person of an id, with whatever is known of them."""


class Unreadable(Exception):
    """An item of a page that is no post; `id` names it as far as it says."""

    def __init__(self, id: str) -> None:  # noqa: A002 - the platform's word
        super().__init__(f"post {id} cannot be read")
        self.id = id


def opaque(value: object) -> str | None:
    """Return an id as text, of any length that an id may have; None for what is none, or no database can look for."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if isinstance(value, int) and value.bit_length() > LONGEST_ID:  # Python writes no number of any length
        return None
    text = str(value)
    return text if 0 < len(text) <= LONGEST_ID and text == storable(text) else None


def utc(value: object) -> datetime | None:
    """Return a time as aware UTC; None for what is no time."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if at is None or at.year not in YEARS:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def storable(text: str) -> str:
    """Return a text without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def items(value: object) -> list[Mapping[str, Any]]:
    """Return the objects in a list, without what else is there."""
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def handle(username: str) -> str:
    """Return `user@x.com` in lower case, as handles are written on every platform."""
    return f"{storable(username).lstrip('@').lower()}@{HOST}"


def username(of: str) -> str:
    """Return the user name in a handle, as X writes it."""
    return of.partition("@")[0]


def person(user: object) -> Person | None:
    """Translate a User, or what `entities.mentions` holds of one; None for anything else.

    Only a User that was asked for with its `description` tells whether it wants no bots.
    """
    if not isinstance(user, Mapping):
        return None
    key, name, shown = opaque(user.get("id")), user.get("username"), user.get("name")
    about = user.get("description")
    if key is None or not isinstance(name, str) or not name.strip("@ "):
        return None
    return Person(
        platform=Platform.X,
        id=key,
        handle=handle(name),
        name=storable(shown) if isinstance(shown, str) else "",
        wants_no_bots=isinstance(about, str) and _NOBOT.search(about) is not None,
    )


def mentioned(tweet: Mapping[str, Any]) -> tuple[Person, ...]:
    """Return whom a post mentions, by id; each once."""
    entities = tweet.get("entities")
    found = [person(one) for one in items(entities.get("mentions"))] if isinstance(entities, Mapping) else []
    return tuple({one.id: one for one in found if one is not None}.values())


def post(tweet: object, known: Known) -> Post:
    """Translate a Tweet. A repost keeps its own author; an edit is known by the id of its first version.

    Raises:
        Unreadable: it lacks an id, an author, a time or a text, or is withheld.
    """
    if not isinstance(tweet, Mapping):
        raise Unreadable(NO_ID)
    key, author, at = opaque(tweet.get("id")), opaque(tweet.get("author_id")), utc(tweet.get("created_at"))
    text = _text(tweet)
    if key is None or author is None or at is None or text is None:
        raise Unreadable(key or NO_ID)
    entities = tweet.get("entities")
    hashtags = items(entities.get("hashtags")) if isinstance(entities, Mapping) else []
    names = (one.get("tag") for one in hashtags)
    language = tweet.get("lang")
    references = {str(one.get("type")): opaque(one.get("id")) for one in items(either(tweet, "referenced_{}s"))}
    history = either(tweet, "edit_history_{}_ids")
    first = opaque(history[0]) if isinstance(history, list) and history else None
    return Post(
        platform=Platform.X,
        id=key,
        uri=f"https://{HOST}/i/status/{first or key}",
        url=f"https://{HOST}/i/status/{key}",
        author=known(author),
        text=text,
        created_at=at,
        mentions=mentioned(tweet),
        tags=tuple(dict.fromkeys(name.casefold() for name in names if isinstance(name, str) and name)),
        in_reply_to_id=references.get("replied_to"),
        in_reply_to_author_id=opaque(tweet.get("in_reply_to_user_id")),
        is_repost=references.get("retweeted") is not None,
        language=language if isinstance(language, str) and language != "und" else None,
    )


def _text(tweet: Mapping[str, Any]) -> str | None:
    """Return the whole text, also of a long post; None where it is withheld or missing."""
    note = either(tweet, "note_{}")
    long = note.get("text") if isinstance(note, Mapping) else None
    text = long if isinstance(long, str) else tweet.get("text")
    if not isinstance(text, str) or (not text and tweet.get("withheld")):
        return None
    # The text comes with &amp;, &lt; and &gt; escaped.
    return storable(html.unescape(text[: 2 * TEXT_LIMIT]))[:TEXT_LIMIT]


def message(event: object, me: Person, known: Known) -> Post:
    """Translate a direct message to the bot.

    Raises:
        Unreadable: it lacks an id, a sender, a time or a text.
    """
    if not isinstance(event, Mapping):
        raise Unreadable(NO_ID)
    key, sender, at = opaque(event.get("id")), opaque(event.get("sender_id")), utc(event.get("created_at"))
    text = event.get("text")
    if key is None or sender is None or at is None or not isinstance(text, str):
        raise Unreadable(key or NO_ID)
    return Post(
        platform=Platform.X,
        id=key,
        uri=f"https://{HOST}/i/messages/{key}",
        author=known(sender),
        text=storable(html.unescape(text[: 2 * TEXT_LIMIT]))[:TEXT_LIMIT],
        created_at=at,
        mentions=(me,),
        is_direct=True,
    )
