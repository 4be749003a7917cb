"""Is a post one of the chat's numbered questions, and which? Is it an answer to one?"""

import html
import re
from functools import lru_cache

from bot.domain.chat import Chat
from bot.domain.model import Post
from bot.domain.recognise.normalise import LIMIT
from bot.domain.recognise.observations import Asked

MOST = 20
"""A higher number is a year, a price or a room."""

_TEN = "🔟"
_LEADING = rf"(?>(?:[@#＠＃]\w++(?>(?:[.@-]\w++)*)|[^\w@#＠＃\"'“”„‘’«»‹›>/{_TEN}])*)"
"""Mentions, tags, emoji, spaces and the like; not quotation marks, behind which somebody else speaks."""

_TAG = re.compile(r"[#＃]\w++")
_ABOUT = re.compile(r"\s*+(?:was|were|is|and|or|from|by|already|now|without|needs)\b", re.IGNORECASE)
_ANSWER = re.compile(rf"{_LEADING}(?:a\s?|answer\s)\d{{1,2}}+(?![\w%])", re.IGNORECASE)


def find_question(post: Post, chat: Chat) -> Asked | None:
    """Return the question that a post puts to the chat, if it does.

    Its number stands at the beginning, after mentions, tags and emoji, as the chat writes it ("Q{n}") or as
    "Question 1", "1/6" or an emoji digit. After the number comes a separator, or the text asks something: "Q1 was
    great" puts no question. Where a chat names its hosts, only they ask.
    """
    if chat.hosts and post.author.handle not in chat.hosts:
        return None
    text = post.text[:LIMIT]
    head = _head(chat.question_pattern).match(text)
    if head is None:
        return None
    written = head["n"] or head["ten"] or head["alone"]
    number = 10 if written == _TEN else int(written)
    rest = text[head.end() :]
    is_sure = bool(head["keycap"] or head["ten"] or (head["sep"] and (head["n"] or not head["of"])))
    if not 1 <= number <= MOST or not (is_sure or _asks(rest)):
        return None
    return Asked(number=number, text=_plain(rest, chat.tag), post_id=post.id, url=post.url, at=post.created_at)


def is_answer(text: str) -> bool:
    """Say whether a text begins as an answer does ("A1 ...")."""
    return _ANSWER.match(text) is not None


@lru_cache(maxsize=256)
def _head(pattern: str) -> re.Pattern[str]:
    """Compile what a question begins with. The only unbounded repetition is possessive: it takes linear time."""
    before, _, after = (part.strip() for part in pattern.partition("{n}"))
    own_sign = f"|{re.escape(after)}" if after else ""
    own_name = "|".join(filter(None, (re.escape(before.lstrip("([{-–•#")), "[qＱｑ]", "question")))
    return re.compile(
        rf"{_LEADING}(?:(?:{own_name})\s?(?P<n>\d{{1,2}}|{_TEN})"
        rf"|(?P<ten>{_TEN})|(?P<alone>\d{{1,2}})(?=\ufe0f?\u20e3|/\d{own_sign}))"
        r"(?P<keycap>\ufe0f?\u20e3)?(?!\w)"
        r"(?P<of>/\d{1,2}(?!\w))?"
        rf"\s{{0,3}}(?P<sep>[:)\]：）．]|\.(?!\d)|[-–—](?=\s){own_sign})?",
        re.IGNORECASE,
    )


def _asks(rest: str) -> bool:
    return ("?" in rest or "？" in rest) and _ABOUT.match(rest) is None


def _plain(rest: str, tag: str) -> str:
    """Return the question alone: no tags around it, and those inside it as the words they are."""
    own = f"#{tag}"
    words = [word for word in html.unescape(rest).split() if word.replace("＃", "#").casefold() != own]
    while words and _TAG.fullmatch(words[-1]):
        words.pop()
    while words and _TAG.fullmatch(words[0]):
        del words[0]
    return " ".join(word.lstrip("#＃") if _TAG.match(word) else word for word in words)
