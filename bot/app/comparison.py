"""Two rehearsals of the same posts under different rules, side by side."""

from collections.abc import Iterator

from bot.app.rehearsal import Outcome, Rehearsal
from bot.domain.model import Moment, Value


class Change(Value):
    """A reminder that one of two rule files sends and the other does not, or for another reason.

    `before` and `after` name the rule, None where nothing goes out; `needless` says that the person needed no telling.
    """

    session_id: str
    member_id: str
    name: str
    at: Moment
    before: str | None
    after: str | None
    needless: bool


def changes(before: Rehearsal, after: Rehearsal) -> tuple[Change, ...]:
    """Return what other rules would change, in order of time."""
    old, new = _sent(before), _sent(after)
    found = [change for key in old.keys() | new.keys() for change in _change(old.get(key), new.get(key))]
    return tuple(sorted(found, key=lambda one: (one.at, one.member_id)))


def _sent(one: Rehearsal) -> dict[tuple[str, str], Outcome]:
    return {(out.session_id, out.member_id): out for out in one.outcomes if out.aftermath is not None}


def _change(old: Outcome | None, new: Outcome | None) -> Iterator[Change]:
    before, after = old.rule if old else None, new.rule if new else None
    one = new or old
    if one is not None and before != after:
        yield Change(
            session_id=one.session_id,
            member_id=one.member_id,
            name=one.name,
            at=one.at,
            before=before,
            after=after,
            needless=one.aftermath is not None and one.aftermath.is_false_alarm,
        )
