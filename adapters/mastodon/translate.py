"""Mastodon's JSON → Post and Person.

What arrives is whatever some server somewhere wrote, cast by Mastodon.py as far as it would go: a field may hold
None or a wrong type, an item may be null. Shapes: docs.joinmastodon.org/entities/Status, …/Account and …/Tag.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.wire import NO_BOTS, NO_ID, Unreadable, items, opaque, storable, tag_names, text_of, utc
from bot.domain.model import Person, Platform, Post

TEXT_LIMIT: Final = 25_000
"""Characters of plain text kept of one post."""

HTML_LIMIT: Final = 2 * TEXT_LIMIT
"""Characters of HTML that are parsed at all: nesting costs the square of its depth."""

_BREAK: Final = "\x1e"  # stands for a line break until the white space of the markup is gone
_BLOCKS: Final = "p, li, blockquote, pre, div, h1, h2, h3, h4, h5, h6"
_DROPPED: Final = "p.quote-inline, script, style, template"


def plain(html: str) -> str:
    """Turn a status's `content` into plain text (docs.joinmastodon.org/entities/Status/#content).

    Line breaks stay, links give their address in full, mentions and tags stay as they are shown; hostile markup costs
    milliseconds.
    """
    tree = LexborHTMLParser(f"<body>{html[:HTML_LIMIT].replace(_BREAK, ' ')}")
    for node in tree.css(_DROPPED):
        node.decompose()
    for node in tree.css("a"):
        node.replace_with(_link(node))
    for node in tree.css("br"):
        node.replace_with(_BREAK)
    for node in tree.css(_BLOCKS):
        node.insert_after(_BREAK)
    text = tree.body.text(deep=True) if tree.body else ""
    lines = (line.strip() for line in re.sub(r"[ \t\r\n\f]+", " ", text).split(_BREAK))
    return "\n".join(lines).strip()[:TEXT_LIMIT].rstrip()


def _link(node: LexborNode) -> str:
    shown = node.text(deep=True)
    href = node.attributes.get("href") or ""
    if shown.startswith(("@", "#")) or not href.startswith(("http://", "https://")):
        return shown
    return href if shown.strip(" …") in href else f"{shown} {href}"


class Translator:
    """Reads one server's JSON; `domain` is the one its local accounts live on."""

    def __init__(self, domain: str) -> None:
        self._domain = domain

    def handle(self, acct: str) -> str:
        """Return `user@host` in lower case; a local `acct` has no host, except on Takahe."""
        return (acct if "@" in acct else f"{acct}@{self._domain}").lower()

    def person(self, account: object) -> Person | None:
        """Translate an Account, or what a status's `mentions` hold of one; None for anything else."""
        if not isinstance(account, Mapping):
            return None
        key, acct = opaque(account.get("id")), account.get("acct")
        if key is None or not isinstance(acct, str) or not acct.strip("@ "):
            return None
        return Person(
            platform=Platform.MASTODON,
            id=key,
            handle=storable(self.handle(acct.lstrip("@"))),
            name=text_of(account.get("display_name")),
            is_bot=account.get("bot") is True,
            wants_no_bots=_wants_no_bots(account.get("note")),
        )

    def post(self, status: object) -> Post:
        """Translate a Status. A boost is a repost: its text is the boosted post's, its author who boosted.

        Raises:
            Unreadable: it lacks an id, an author, a time or a text.
        """
        if not isinstance(status, Mapping):
            raise Unreadable(NO_ID)
        key, author, at = opaque(status.get("id")), self.person(status.get("account")), utc(status.get("created_at"))
        boosted = status.get("reblog")
        said: Mapping[str, Any] = boosted if isinstance(boosted, Mapping) else status
        content = said.get("content")
        if key is None or author is None or at is None or not isinstance(content, str):
            raise Unreadable(key or NO_ID)
        url = status.get("url")
        return Post(
            platform=Platform.MASTODON,
            id=key,
            uri=opaque(status.get("uri")) or opaque(url) or key,
            url=text_of(url),
            author=author,
            text=storable(plain(content)),
            created_at=at,
            mentions=tuple(person for one in items(said.get("mentions")) if (person := self.person(one))),
            tags=tag_names(said.get("tags"), "name"),
            in_reply_to_id=opaque(status.get("in_reply_to_id")),
            in_reply_to_author_id=opaque(status.get("in_reply_to_account_id")),
            is_direct=status.get("visibility") == "direct",
            is_repost=said is not status,
            language=text_of(said.get("language")) or None,
        )


def _wants_no_bots(note: object) -> bool:
    """Say whether a profile's text holds #nobot (docs.joinmastodon.org/entities/Account/#note, in HTML)."""
    return isinstance(note, str) and "nobot" in note.casefold() and NO_BOTS.search(plain(note)) is not None
