"""Who is named where in a post: by mention, or by a display name that can only be one person."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.normalise import COMMA, MENTION, NO_GAP, SYMBOL, TAG, WORD, Token, cut, tokens
from bot.domain.recognise.observations import Scene

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


def units(text: str, found: Sequence[Token], post: Post, scene: Scene, no_names: Collection[str]) -> list[Unit]:
    """Return everybody who is named, in order. `no_names` are words that are names only with more reason."""
    mentioned = _by_mention(post.mentions)
    named = _by_name(scene.roster, {token.stem or token.word for token in found if token.kind == WORD})
    result: list[Unit] = []
    at = 0
    while at < len(found):
        token = found[at]
        unit: Unit | None = None
        if token.kind == MENTION:
            unit = Unit(at, at + 1, _mentioned(token.word, mentioned), bool(token.stem))
        elif token.kind == WORD and (people := named.get(token.stem or token.word)):
            unit = _named(text, found, at, people, no_names)
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
    """Find a mention, also where the next sentence was glued to it by a full stop ("@nora.Where")."""
    return mentioned[word] if word in mentioned else mentioned.get(word.partition(".")[0])


def _by_name(roster: Sequence[Person], words: Collection[str]) -> dict[str, list[tuple[tuple[str, ...], Person]]]:
    result: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
    for person in roster:
        name = _name_words(person.name or person.handle)  # not `called`: rosters are long
        if name and name[0] in words:
            result.setdefault(name[0], []).append((name, person))
    return result


@lru_cache(maxsize=16_384)
def _name_words(name: str) -> tuple[str, ...]:
    """Return a display name's words; of a handle only the first part is a name."""
    return tuple(token.word for token in tokens(cut(name.partition("@")[0] or name)) if token.kind == WORD)


def _named(
    text: str,
    found: Sequence[Token],
    at: int,
    people: Sequence[tuple[tuple[str, ...], Person]],
    no_names: Collection[str],
) -> Unit | None:
    """Read a display name: as much of it as stands there, if that can only be one person."""
    for length in range(max(len(name) for name, _ in people), 0, -1):
        window = found[at : at + length]
        if any(token.gap for token in window[1:]) or len(window) < length:
            continue
        words = (*(token.word for token in window[:-1]), window[-1].stem or window[-1].word)
        meant = {person.id: (name, person) for name, person in people if name[:length] == words}
        if meant and all(_is_name(text, window, no_names, name) for name, _ in meant.values()):
            ((_, only), *others) = meant.values()
            return None if others else Unit(at, at + length, only, bool(window[-1].stem))
    return None


def _is_name(text: str, window: Sequence[Token], no_names: Collection[str], name: Sequence[str]) -> bool:
    """Say whether words are written as a name.

    A name of one word may be written small; the first of several only by people who write everything small ("digital"
    names nobody because of a "Digital Nomad"). A single word that is ordinary or short has to be the whole name and
    needs a capital inside a clause.
    """
    first = window[0]
    word, written = first.stem or first.word, text[first.start : first.end]
    is_plain = len(window) == 1 and (word in no_names or len(word) < 3)
    if is_plain:
        inside = first.start > 0 and first.gap == NO_GAP
        return len(name) == 1 and inside and written[0].isupper() and not written.isupper()
    return len(name) == 1 or not written.islower() or text.islower()
