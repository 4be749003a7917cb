"""Why did a member hear from us in a session, or not? Told from the rows that were kept when it was decided.

Of other people only what the product keeps: that there was a call, by which phrase, when and where. Never their words.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal
from zoneinfo import ZoneInfo

from bot.app.queries import MessageView, SessionView, message_view, session_view
from bot.app.shelves import CallRow, DecisionRow, SessionRow, Storage, UnitOfWork
from bot.domain.chat import Chat
from bot.domain.conditions import Check, Wanted
from bot.domain.model import Consent, Member, Moment, Platform, Value
from bot.domain.outbox import State
from bot.domain.rules import Decision, Reason, Remind, Trial

LOOK_BACK: Final = 1000
"""So many of the latest sessions are searched for a date."""

ID_AT_LEAST: Final = 6
"""Characters of a member's id that are enough to look for it."""

SAYS: Final[Mapping[str, tuple[str, str]]] = {
    Reason.NOT_CONFIRMED: ("had confirmed", "had not confirmed yet: no word came back after START"),
    Reason.OPTED_OUT: ("had not opted out", "had opted out"),
    Reason.NOT_ENROLLED: ("had signed up for this chat", "had not signed up for this chat"),
    Reason.IS_BOT: ("is a person", "is marked as a bot"),
    Reason.HAS_MOVED: ("is not known to have moved", "has moved to another account"),
    Reason.EXCUSED: ("had not excused themselves", "had excused themselves"),
    Reason.ALREADY_REMINDED: ("had no reminder in this session yet", "had a reminder in this session already"),
    Reason.PRESENT: ("was not there", "was there"),
    Reason.NOT_OBSERVED: ("the bot was watching", "the bot was not watching"),
    Reason.NOT_HELD: ("the session took place", "there was no sign that the session took place"),
    Reason.REMINDED_BEFORE: (
        "had no reminder in the session before, or came since",
        "had a reminder in the session before, and has not been there since",
    ),
    Reason.UNANSWERED: (
        "was not silent through three reminders in a row",
        "has neither shown up nor written after three reminders in a row",
    ),
}
"""What a guard says when it lets pass, and when it forbids; one that there is no more says its name."""


class NotFound(LookupError):
    """There is no such member or session; the text says what to do."""


class Guard(Value):
    """One of the promises, as it was found: `says` is about the member or the session, in the past tense."""

    name: str
    is_passed: bool
    says: str


class DecisionView(Value):
    """A decision: `because` is the rule that held, or the reason that forbade.

    `guards` end with the one that forbade; `rules` were tried in this order and end with the one that decided;
    `conditions` are those of the rule that decided, or that came nearest.
    """

    at: Moment
    outcome: Literal["remind", "skip"]
    because: str
    not_before: Moment | None = None
    expires_at: Moment | None = None
    guards: tuple[Guard, ...]
    rules: tuple[Trial, ...]
    conditions: tuple[Check, ...]
    facts: dict[str, Wanted | None]


class CallView(Value):
    """A call for the member, without its words and its caller's name."""

    at: Moment
    kind: str
    phrase: str
    post: str
    platform: Platform
    link: str


class Explanation(Value):
    """What was known and decided of one member in one session."""

    member: str
    handles: tuple[str, ...]
    consent: Consent
    is_enrolled: bool
    session: SessionView
    present_since: Moment | None
    present_by: Literal["post", "reply", "here"] | None
    calls: tuple[CallView, ...]
    decisions: tuple[DecisionView, ...]
    messages: tuple[MessageView, ...]


def explain(
    storage: Storage, chats: Mapping[str, Chat], now: Moment, who: str, session: date | str | None = None
) -> tuple[Explanation, ...]:
    """Explain one session to whoever asks; several where a date has several, none where none was watched yet.

    `who` is a handle, its first part, or the beginning of a member's id. `session` is its id, its date (in the
    chat's zone, else the member's, else UTC), or None for the latest in which something was decided.

    Raises:
        NotFound: there is no such member, or no such session.
    """
    with storage.work() as work:
        member = find_member(work, who)
        rows = _sessions(work, member, session, chats)
        return tuple(_explanation(work, member, row, chats, now) for row in rows)


def find_member(work: UnitOfWork, who: str) -> Member:
    """Return the member of a handle (with or without @, with or without server) or of the beginning of an id.

    Raises:
        NotFound: nobody or more than one is meant.
    """
    wanted = who.strip().removeprefix("@").lower()
    exact = work.members.by_handle(wanted) or work.members.get(wanted)
    if exact is not None:
        return exact
    found = [member for member in work.members.everybody() if _is_meant(member, wanted)]
    if not found:
        raise NotFound(f"nobody called {who} is a member. `missed members` lists them.")
    if len(found) > 1:
        named = ", ".join(f"@{member.identities[0].handle}" for member in found)
        raise NotFound(f"{who} could be {named}. Write the whole handle.")
    return found[0]


def _is_meant(member: Member, wanted: str) -> bool:
    is_id = len(wanted) >= ID_AT_LEAST and member.id.startswith(wanted)
    return is_id or any(one.handle.partition("@")[0] == wanted for one in member.identities)


def _sessions(
    work: UnitOfWork, member: Member, wanted: date | str | None, chats: Mapping[str, Chat]
) -> list[SessionRow]:
    if isinstance(wanted, str):
        row = work.sessions.get(wanted)
        if row is None:
            raise NotFound(f"there is no session {wanted}. `missed sessions` lists them.")
        return [row]
    decided = {decision.session_id for decision in work.decisions.of(member.id)}
    rows = [
        row
        for row in work.sessions.latest(None, LOOK_BACK)
        if row.session.chat in member.chats or row.session.id in decided
    ]
    if wanted is not None:
        return _on(wanted, rows, member, chats)
    return ([row for row in rows if row.session.id in decided] or rows)[:1]


def _on(day: date, rows: list[SessionRow], member: Member, chats: Mapping[str, Chat]) -> list[SessionRow]:
    """Return the sessions that began on that day, oldest first."""

    def begins(row: SessionRow, zone: str) -> date:
        return row.session.starts_at.astimezone(ZoneInfo(zone)).date()

    in_chat = [row for row in rows if row.session.chat in chats and begins(row, chats[row.session.chat].zone) == day]
    in_member = [row for row in rows if begins(row, member.zone) == day]
    found = in_chat or in_member or [row for row in rows if begins(row, "UTC") == day]
    if not found:
        raise NotFound(f"no session of theirs was watched on {day}. `missed sessions` lists those that were.")
    return found[::-1]


def _explanation(
    work: UnitOfWork, member: Member, row: SessionRow, chats: Mapping[str, Chat], now: Moment
) -> Explanation:
    its = row.session.id
    presence = work.attendances.get(member.id, its)
    messages = [one for state in State for one in work.outbox.of_member(member.id, state) if one.session_id == its]
    return Explanation(
        member=member.id,
        handles=tuple(one.handle for one in member.identities),
        consent=member.consent,
        is_enrolled=row.session.chat in member.chats,
        session=session_view(work, row, chats, now),
        present_since=presence.first_at if presence else None,
        present_by=presence.how if presence else None,
        calls=tuple(_call(call) for call in work.calls.of(member.id, its)),
        decisions=tuple(_decision(one) for one in work.decisions.of(member.id, its)),
        messages=tuple(message_view(one) for one in sorted(messages, key=lambda one: one.created_at)),
    )


def _call(call: CallRow) -> CallView:
    return CallView(
        at=call.at, kind=call.kind, phrase=call.phrase, post=call.post_id, platform=call.platform, link=call.url
    )


def _decision(row: DecisionRow) -> DecisionView:
    decision = row.decision
    due = decision if isinstance(decision, Remind) else None
    return DecisionView(
        at=row.at,
        outcome="remind" if isinstance(decision, Remind) else "skip",
        because=decision.rule if isinstance(decision, Remind) else decision.reason,
        not_before=due.not_before if due else None,
        expires_at=due.expires_at if due else None,
        guards=_guards(decision),
        rules=decision.trials,
        conditions=decision.checks,
        facts=row.facts,
    )


def _guards(decision: Decision) -> tuple[Guard, ...]:
    """Return the guards that were asked, in their order; those behind the one that forbade were not.

    The row itself says which, whatever the guards are today; rows of the first release say only which one forbade.
    """
    forbade = "" if isinstance(decision, Remind) else decision.reason
    asked = decision.guards or ((forbade,) if forbade in SAYS else ())
    return tuple(
        Guard(name=name, is_passed=name != forbade, says=SAYS.get(name, (name, name))[name == forbade])
        for name in asked
    )
