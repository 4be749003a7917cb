"""A status's text: what is in it, how long it counts, and the HTML that Mastodon makes of it.

https://docs.joinmastodon.org/user/posting/#text (a link counts 23 characters, a mention only its local part) and
https://docs.joinmastodon.org/spec/activitypub/#sanitization.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

_URL = r"""https?://[^\s<>"]*[^\s<>"'.,;:!?()\[\]…]"""
_MENTION = r"(?<![=/\w])@(?P<username>[a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)(?:@(?P<domain>[\w.-]+\w))?"
_TAG = r"(?<![=/)\w])#(?P<tag>\w*[^\W\d]\w*)"
ENTITIES = re.compile(rf"(?P<url>{_URL})|{_MENTION}|{_TAG}", re.IGNORECASE)

_URL_PREFIX = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)
_SHOWN_URL_CHARACTERS = 30
_JOINER = "\u200d"


@dataclass(frozen=True)
class Link:
    """Where a mention leads: the profile's address and the name shown."""

    url: str
    shown: str


def normalise_mentions(text: str, resolve: Callable[[str, str | None], str | None]) -> str:
    """Spell every mention that resolves by its ``acct``; the others stay as they were written.

    ``resolve(username, domain)`` returns the acct, or None for nobody.
    """

    def spell(match: re.Match[str]) -> str:
        acct = resolve(match["username"], match["domain"]) if match["username"] else None
        return match[0] if acct is None else f"@{acct}"

    return ENTITIES.sub(spell, text)


def tags_in(text: str) -> list[str]:
    """Return the hashtags, lower case, each once, in order."""
    return list(dict.fromkeys(match["tag"].lower() for match in ENTITIES.finditer(text) if match["tag"]))


def counted_length(text: str, url_characters: int) -> int:
    """Return how many characters the server counts.

    Characters as people see them: combining marks and joined emoji count once, by an approximation of Unicode's
    grapheme clusters.
    """

    def shorten(match: re.Match[str]) -> str:
        if match["url"]:
            return "x" * url_characters
        return f"@{match['username']}" if match["username"] else match[0]

    shortened = ENTITIES.sub(shorten, text)
    return sum(
        not _extends(character) and previous != _JOINER
        for previous, character in zip(" " + shortened, shortened, strict=False)
    )


def _extends(character: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    return character == _JOINER or is_skin_tone or unicodedata.category(character) in {"Mn", "Me"}


def to_html(text: str, mentions: Mapping[str, Link], tag_base: str) -> str:
    """Return the content of a status.

    ``mentions`` maps a lower-case acct to its link; a mention that is not in it stays text. ``tag_base`` is the
    address that a hashtag's name is appended to, ending in a slash.
    """
    pieces: list[str] = []
    end = 0
    for match in ENTITIES.finditer(text):
        pieces += [_escape(text[end : match.start()]), _anchor(match, mentions, tag_base)]
        end = match.end()
    pieces.append(_escape(text[end:]))
    return _paragraphs("".join(pieces))


def _anchor(match: re.Match[str], mentions: Mapping[str, Link], tag_base: str) -> str:
    if match["url"]:
        return _url_anchor(match["url"])
    if match["tag"]:
        tag = _escape(match["tag"])
        return f'<a href="{_escape(tag_base)}{tag}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
    link = mentions.get(match[0][1:].lower())
    if link is None:
        return _escape(match[0])
    return (
        f'<span class="h-card" translate="no"><a href="{_escape(link.url)}" class="u-url mention">'
        f"@<span>{_escape(link.shown)}</span></a></span>"
    )


def _url_anchor(url: str) -> str:
    prefix = _URL_PREFIX.match(url)
    start = prefix.end() if prefix else 0
    shown, hidden = url[start : start + _SHOWN_URL_CHARACTERS], url[start + _SHOWN_URL_CHARACTERS :]
    return (
        f'<a href="{_escape(url)}" target="_blank" rel="nofollow noopener noreferrer" translate="no">'
        f'<span class="invisible">{_escape(url[:start])}</span>'
        f'<span class="{"ellipsis" if hidden else ""}">{_escape(shown)}</span>'
        f'<span class="invisible">{_escape(hidden)}</span></a>'
    )


def _paragraphs(html: str) -> str:
    if not html.strip():
        return ""
    lines = html.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(f"<p>{part.replace(chr(10), '<br />')}</p>" for part in re.split(r"\n{2,}", lines))


def _escape(text: str) -> str:
    return escape(text).replace("&#x27;", "&#39;")
