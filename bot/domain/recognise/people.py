"""Who is named where in a post: by mention, or by a display name that can only be one person."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.normalise import (
    COMMA,
    MENTION,
    NO_GAP,
    SYMBOL,
    TAG,
    WORD,
    Token,
    script,
)
from bot.domain.recognise.observations import Scene
from bot.domain.recognise.roster import Roster

LONGEST_LIST = 50
"""Of a longer list of names only so many are meant; it keeps hostile lists cheap."""


class Unit(NamedTuple):
    """One name at tokens start to end. `person` is missing where nobody is known by it; `is_owner` for "Nora's"."""

    start: int
    end: int
    person: Person | None
    is_owner: bool = False


class Run(NamedTuple):
    """Names in a row, as in "@ana, @ben and @cleo"."""

    start: int
    end: int
    units: tuple[Unit, ...]

    def people(self, at: int | None = None) -> tuple[Person, ...]:
        """Return who is named, from the token `at` on."""
        begin = self.start if at is None else at
        return tuple(u.person for u in self.units if u.person is not None and u.start >= begin)


def parent(post: Post, scene: Scene) -> Person | None:
    """Return whom the post answers, where that is known and somebody else."""
    answered = scene.replied_to or next((p for p in post.mentions if p.id == post.in_reply_to_author_id), None)
    return None if answered is None or answered.id == post.author.id else answered


def units(
    text: str,
    found: Sequence[Token],
    post: Post,
    roster: Roster,
    no_names: Collection[str],
    suffixes: Collection[Sequence[str]] = (),
) -> list[Unit]:
    """Return everybody who is named, in order.

    `no_names` are words that are names only with more reason; `suffixes` follow a name and belong to it.
    """
    mentioned = _by_mention(post.mentions)
    named = roster.by_word
    result: list[Unit] = []
    at = 0
    while at < len(found):
        token = found[at]
        unit: Unit | None = None
        if token.kind == MENTION:
            end, _ = _past_suffix(found, at + 1, suffixes)
            unit = Unit(at, end, _mentioned(token.word, mentioned), bool(token.stem))
        elif token.kind == WORD and (people := named.get(token.stem or token.word)):
            unit = _named(text, found, at, people, no_names, suffixes)
        if unit is not None:
            result.append(unit)
        at = at + 1 if unit is None else unit.end
    return result


def runs(found: Sequence[Token], names: Sequence[Unit], joins: Collection[str]) -> list[Run]:
    """Group names that stand in a row. A name in the possessive is part of none."""
    rows: list[list[Unit]] = []
    starts = {unit.start for unit in names}
    for unit in names:
        if unit.is_owner:
            continue
        if rows and len(rows[-1]) < LONGEST_LIST and _continues(found, rows[-1], unit, joins, starts):
            rows[-1].append(unit)
        else:
            rows.append([unit])
    return [Run(row[0].start, row[-1].end, tuple(row)) for row in rows]


def _continues(
    found: Sequence[Token], row: Sequence[Unit], unit: Unit, joins: Collection[str], starts: Collection[int]
) -> bool:
    """Say whether a list goes on. After a comma it does only if no new clause begins with the name."""
    between = found[row[-1].end : unit.start]
    gap = max(token.gap for token in found[row[-1].end : unit.start + 1])
    if len(between) > 1 or gap > COMMA or any(token.word not in joins for token in between):
        return False
    if gap == NO_GAP or (between and len(row) > 1) or unit.end == len(found):
        return True
    after = found[unit.end]
    return after.gap > NO_GAP or after.kind in {TAG, SYMBOL} or after.word in joins or unit.end in starts


def _by_mention(mentions: Sequence[Person]) -> dict[str, Person | None]:
    """Index people by full handle and by its first part; a first part that two people share names neither."""
    result: dict[str, Person | None] = {}
    for person in mentions:
        handle = f"@{person.handle.casefold()}"
        for key in {handle, handle[: handle.find("@", 1)] if "@" in handle[1:] else handle}:
            known = result.setdefault(key, person)
            if known is not None and known.id != person.id:
                result[key] = None
    return result


def _mentioned(word: str, mentioned: dict[str, Person | None]) -> Person | None:
    """Find a mention, also where something was glued to it ("@nora.Where", "a @nora-shaped hole")."""
    return mentioned[word] if word in mentioned else mentioned.get(word.partition(".")[0].partition("-")[0])


def _named(
    text: str,
    found: Sequence[Token],
    at: int,
    people: Sequence[tuple[tuple[str, ...], Person]],
    no_names: Collection[str],
    suffixes: Collection[Sequence[str]],
) -> Unit | None:
    """Read a display name: as much of it as stands there, if that can only be one person."""
    for length in range(max(len(name) for name, _ in people), 0, -1):
        window = found[at : at + length]
        if any(token.gap for token in window[1:]) or len(window) < length:
            continue
        words = (*(token.word for token in window[:-1]), window[-1].stem or window[-1].word)
        meant = {person.id: (name, person) for name, person in people if name[:length] == words}
        end, has_suffix = _past_suffix(found, at + length, suffixes)
        if meant and all(_is_name(text, window, no_names, name, has_suffix=has_suffix) for name, _ in meant.values()):
            ((_, only), *others) = meant.values()
            return None if others else Unit(at, end, only, bool(window[-1].stem))
    return None


def _past_suffix(found: Sequence[Token], at: int, suffixes: Collection[Sequence[str]]) -> tuple[int, bool]:
    """Return where a suffix that begins at this token ends, and whether there is one.

    One that is drawn out ("さーん") is a shout: it marks a name, but stands for itself.
    """
    for suffix in suffixes:
        window = found[at : at + len(suffix)]
        if [token.word for token in window] == [*suffix] and not any(token.gap for token in window):
            is_drawn = window[-1].end - window[0].start > len("".join(suffix))
            return (at if is_drawn else at + len(suffix)), True
    return at, False


def _is_name(
    text: str, window: Sequence[Token], no_names: Collection[str], name: Sequence[str], *, has_suffix: bool
) -> bool:
    """Say whether words are written as a name.

    A name of one word may be written small; the first of several only by people who write everything small ("digital"
    names nobody because of a "Digital Nomad"). A single word that is ordinary or short needs a capital inside
    a clause.
    """
    first = window[0]
    if script(text[first.start]):
        return _is_unspaced_name(text, window, name, has_suffix=has_suffix)
    word, written = first.stem or first.word, text[first.start : first.end]
    is_plain = len(window) == 1 and (word in no_names or len(word) < 3)
    if is_plain:
        inside = bool(first.stem) or (first.start > 0 and first.gap == NO_GAP)
        return inside and written[0].isupper() and not written.isupper()
    return len(name) == 1 or not written.islower() or text.islower()


def _is_unspaced_name(text: str, window: Sequence[Token], name: Sequence[str], *, has_suffix: bool) -> bool:
    """Say whether letters among others are a name: a suffix follows, or the script changes on both sides.

    A hiragana name may follow a particle where a suffix marks it; part of a name is one only with a suffix.
    """
    before, after = _script_at(text, window[0].start - 1), _script_at(text, window[-1].end)
    if before == _script_at(text, window[0].start) and not (has_suffix and before == "hiragana"):
        return False
    if has_suffix:
        return len(window) > 1 or len(name) == 1
    return len(window) == len(name) > 1 and after != _script_at(text, window[-1].start)


def _script_at(text: str, at: int) -> str:
    return script(text[at]) if 0 <= at < len(text) else ""
