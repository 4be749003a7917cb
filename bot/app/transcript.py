"""A past chat as JSON lines, read into posts. What cannot be read is told line by line, and the rest goes on.

A line holds `id`, `author` and `text`; and, where it is known, `created_at`, `mentions`, `hashtags`, `in_reply_to` (the
author of the post that is answered), `is_reblog`, `lang`, `is_html`, `in_chat_thread` and `session` (a label of lines
that belong together). People are named by handle, which is all the id they have here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from bot.domain.model import Person, Platform, Post, Value
from bot.domain.recognise import has_tag
from bot.domain.recognise.normalise import LIMIT

EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Where lines without a time begin, one second apart; every label begins a week after the one before."""

STEP: Final = timedelta(seconds=1)
WEEK: Final = timedelta(days=7)

_MENTION: Final = re.compile(r"(?<![\w@/.])@(\w++(?>(?:[.-]\w++)*)(?>(?:@\w++(?>(?:[.-]\w++)*))?))")
_TAG: Final = re.compile(r"(?<![\w/&])[#＃](\w++)")


class Line(Value):
    """A line that could be read. `is_timed` says that its time is more than its place in the file.

    `is_in_chat` says that the bot would have read it: it carries the tag or stands in the chat's thread.
    """

    number: int
    post: Post
    label: str | None = None
    is_timed: bool = True
    is_in_chat: bool = True


class Remark(Value):
    """What there is to say about a line."""

    number: int
    says: str


class Transcript(Value):
    """A file that was read: its lines in order of time, and what was wrong. `repeated` lines bring a known id again.

    `strange` says which keys nobody knows, once a key: their lines are read all the same.
    """

    lines: tuple[Line, ...] = ()
    malformed: tuple[Remark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    strange: tuple[Remark, ...] = ()
    repeated: int = 0

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody who wrote, was mentioned or was answered, in order of appearance."""
        posts = [line.post for line in self.lines]
        return tuple({person.id: person for post in posts for person in (post.author, *post.mentions)}.values())


def handle_of(written: str) -> str:
    """Return a handle as it is compared: without a leading @, in lower case."""
    return written.strip().lstrip("@").strip().lower()


def person(handle: str, names: Mapping[str, str]) -> Person:
    """Return whom a handle stands for; `names` are display names by handle."""
    return Person(platform=Platform.MASTODON, id=handle, handle=handle, name=names.get(handle, ""))


def _filled(text: str) -> str:
    if not text:
        raise ValueError("is empty")
    return text


def _dated(moment: datetime) -> datetime:
    if not 1970 <= moment.year < 2200:
        raise ValueError("is in no year of the internet")
    return moment


_Handle = Annotated[str, AfterValidator(handle_of)]


class _Row(BaseModel):
    """A line as it is written; unknown keys change nothing, but are told."""

    model_config = ConfigDict(coerce_numbers_to_str=True, extra="allow")

    id: Annotated[str, AfterValidator(_filled)]
    author: Annotated[_Handle, AfterValidator(_filled)]
    text: str
    created_at: Annotated[datetime, AfterValidator(_dated)] | None = None
    mentions: list[_Handle] | None = None
    hashtags: list[str] | None = None
    in_reply_to: _Handle | None = None
    is_reblog: bool | None = None
    lang: str | None = None
    is_html: bool | None = None
    in_chat_thread: bool | None = None
    session: str | None = None


LABELS: Final = frozenset({"is_call", "targets", "kind"})
"""Keys of a labelled file, which `missed recognise --gold` reads."""


class Reader:
    """Reads one file. `plain` turns HTML into text; `names` are display names by handle."""

    def __init__(self, tag: str, plain: Callable[[str], str], names: Mapping[str, str]) -> None:
        self._tag = tag
        self._plain = plain
        self._names = names
        self._remarks: list[Remark] = []
        self._latest: dict[str | None, tuple[datetime, bool]] = {}
        self._has_naive = False
        self._strange: dict[str, list[int]] = {}

    def read(self, rows: Iterable[bytes]) -> Transcript:
        """Read lines of UTF-8; empty ones are passed over."""
        lines: dict[str, Line] = {}
        malformed: list[Remark] = []
        repeated = 0
        for number, raw in enumerate(rows, start=1):
            written = raw.removeprefix(b"\xef\xbb\xbf").strip()
            if not written:
                continue
            try:
                row = _Row.model_validate_json(written)
            except ValidationError as error:
                malformed.append(Remark(number=number, says=problem(error)))
                continue
            for name in (row.model_extra or {}).keys() - LABELS:
                self._strange.setdefault(name, []).append(number)
            if row.id in lines:
                repeated += 1
            else:
                lines[row.id] = self._line(number, row)
        return Transcript(
            lines=tuple(sorted(lines.values(), key=lambda line: line.post.created_at)),
            malformed=tuple(malformed),
            remarks=tuple(self._remarks),
            strange=tuple(_unknown(name, numbers) for name, numbers in sorted(self._strange.items())),
            repeated=repeated,
        )

    def _line(self, number: int, row: _Row) -> Line:
        if len(row.text) > LIMIT:
            says = f"a text of {len(row.text):,} characters: no more than {LIMIT:,} of them are read"
            self._remarks.append(Remark(number=number, says=says))
        created_at, is_timed = self._time(number, row)
        post = self._post(row, created_at)
        is_unknown = row.hashtags is None and row.in_chat_thread is None  # then it is here because it is of the chat
        is_tagged = has_tag(post, self._tag)
        is_in_chat = bool(is_tagged or row.in_chat_thread or is_unknown)
        if is_in_chat and not is_tagged:
            post = post.model_copy(update={"tags": (*post.tags, self._tag)})
        return Line(number=number, post=post, label=row.session, is_timed=is_timed, is_in_chat=is_in_chat)

    def _time(self, number: int, row: _Row) -> tuple[datetime, bool]:
        """Return a line's time, or the one after the line before; and whether that is known."""
        at = row.created_at
        if at is None:
            at, is_timed = self._latest.get(row.session, (EPOCH + len(self._latest) * WEEK - STEP, False))
            at += STEP
        else:
            is_timed = True
            if at.tzinfo is None and not self._has_naive:
                self._has_naive = True
                self._remarks.append(Remark(number=number, says="a time without a zone: such times are taken as UTC"))
            at = at.replace(tzinfo=at.tzinfo or UTC)
        self._latest[row.session] = at, is_timed
        return at, is_timed

    def _post(self, row: _Row, created_at: datetime) -> Post:
        text = (self._plain(row.text) if row.is_html else row.text)[:LIMIT]
        mentions = map(handle_of, _MENTION.findall(text)) if row.mentions is None else row.mentions
        named = dict.fromkeys((*mentions, row.in_reply_to))  # whom a post answers is told of it like a mention
        tags = _TAG.findall(text) if row.hashtags is None else row.hashtags
        return Post(
            platform=Platform.MASTODON,
            id=row.id,
            uri=row.id,
            author=person(row.author, self._names),
            text=text,
            created_at=created_at,
            mentions=tuple(person(handle, self._names) for handle in named if handle),
            tags=tuple(dict.fromkeys(tag.lstrip("#").casefold() for tag in tags)),
            in_reply_to_author_id=row.in_reply_to or None,
            is_repost=bool(row.is_reblog),
            language=row.lang,
        )


def _unknown(name: str, numbers: Sequence[int]) -> Remark:
    near = get_close_matches(name, _Row.model_fields, n=1)
    meant = f"; is {near[0]!r} meant?" if near else ""
    more = f", here and on {len(numbers) - 1} more" if len(numbers) > 1 else ""
    return Remark(number=numbers[0], says=f"{name!r} is no key that is known{more}{meant}")


def problem(error: ValidationError) -> str:
    """Say what is wrong with a line, as the end of a sentence."""
    found = error.errors(include_url=False, include_context=False)[0]
    key = ".".join(str(part) for part in found["loc"])
    match found["type"]:
        case "json_invalid":
            return "is not valid JSON"
        case "model_type" | "model_attributes_type":
            return "is not a JSON object"
        case "missing":
            return f"lacks {key!r}"
        case _:
            says = found["msg"].removeprefix("Value error, ")
            return f"{key!r}: {says[:1].lower()}{says[1:]}"
