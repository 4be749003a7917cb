"""What members ask for, as a change of what we keep of them and a note that says what was understood.

Every wish answers with what holds now. What cannot be read changes nothing and is asked back, with an example.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pydantic import ConfigDict, Field

from bot.domain.dates import clock_span, end_of, until
from bot.domain.model import AWAY_OPEN, Member, Moment, Value
from bot.domain.understanding import Intent, Understanding
from bot.domain.values import a_choice, a_day, a_name, a_number, a_time, hashtags
from bot.domain.vocabulary import Command
from bot.domain.zones import zones_called

HEADS_UP_USUALLY: Final = 15
HEADS_UP_AT_MOST: Final = 24 * 60

ZONES_NAMED_AT_MOST: Final = 4

FOR_CHATS: Final = frozenset({Command.NEXT, Command.HEADS_UP, Command.RECAP})

_DIGIT: Final = re.compile(r"\d")
_MINUTES: Final = re.compile(r"(\d{1,4})\s*(h\b|hour|std|stunde|heure|hora|uur|時間)?", re.IGNORECASE)
_AN_HOUR: Final = re.compile(r"\b(hour|stunde|heure|hora|uur)\b", re.IGNORECASE)


class Wish(Value):
    """What becomes of a member, and the note that says it."""

    member: Member
    note: str
    words: dict[str, str] = Field(default_factory=dict)


class Listener(Value):
    """Who understands, and when: what every wish is read with. `languages` are the person's, the likeliest first."""

    understanding: Understanding
    languages: tuple[str | None, ...]
    now: Moment

    model_config = ConfigDict(arbitrary_types_allowed=True)


def wish(member: Member, intent: Intent, ear: Listener) -> Wish:
    """Grant a wish; one for a chat that the member is not in is for no other chat."""
    if intent.command in FOR_CHATS and intent.chats and not any(tag in member.chats for tag in intent.chats):
        return Wish(member=member, note="not-in-chat", words={"chat": f"#{min(intent.chats)}"})
    return WISHES[intent.command](member, intent, ear)


def _away(member: Member, intent: Intent, ear: Listener) -> Wish:
    vocabularies = ear.understanding.in_order(*ear.languages)
    days = until(intent.rest, vocabularies[:3], member.zone, ear.now)
    if len(days) > 1:
        return Wish(member=member, note="which-day", words={"one": a_day(days[0]), "two": a_day(days[1])})
    if not days and _DIGIT.search(intent.rest):
        return Wish(member=member, note="away-how")
    if not days:
        return Wish(member=_with(member, away_until=AWAY_OPEN), note="away-open")
    back_at = end_of(days[0], member.zone)
    if back_at <= ear.now:
        return Wish(member=member, note="away-past")
    return Wish(member=_with(member, away_until=back_at), note="away", words={"until": a_day(days[0])})


def _back(member: Member, intent: Intent, ear: Listener) -> Wish:
    if until(intent.rest, ear.understanding.in_order(*ear.languages)[:3], member.zone, ear.now):
        return _away_or_back(member)  # "I am back on Friday", "back since Friday": away until then, or there again?
    return Wish(member=_with(member, away_until=None), note="back", words=_chats(member.chats))


def at_the_end(member: Member, text: str, ear: Listener) -> Wish | None:
    """Read a text that names a day first and says at its end what is then: "bin bis Freitag weg", "in zwei Wochen
    wieder da". None where it does not.
    """
    vocabularies = ear.understanding.in_order(*ear.languages)[:3]
    for command in (Command.AWAY, Command.BACK):
        before = ear.understanding.before(command, text, *ear.languages)
        if before and until(before, vocabularies, member.zone, ear.now):
            return WISHES[command](member, Intent(command=command, rest=before), ear)
    return None


def _away_or_back(member: Member) -> Wish:
    choices = a_choice(one.value.upper() for one in (Command.AWAY, Command.BACK))
    return Wish(member=member, note="which-command", words={"choices": choices})


def _next(member: Member, intent: Intent, ear: Listener) -> Wish:
    meant = _meant(member, intent)
    if ear.understanding.tells(intent.rest, "off", *ear.languages):
        kept = tuple(tag for tag in member.preferences.next_for if tag not in meant)
        return Wish(member=_with(member, next_for=kept), note="next-off", words=_chats(meant))
    asked = tuple(tag for tag in member.chats if tag in {*member.preferences.next_for, *meant})
    return Wish(member=_with(member, next_for=asked), note="next", words=_chats(meant))


def _heads_up(member: Member, intent: Intent, ear: Listener) -> Wish:
    meant = _meant(member, intent)
    found = _MINUTES.search(intent.rest)
    kept = {tag: minutes for tag, minutes in member.preferences.heads_up.items() if tag not in meant}
    if found is None and ear.understanding.tells(intent.rest, "off", *ear.languages):
        return Wish(member=_with(member, heads_up=kept), note="heads-up-off", words=_chats(meant))
    usually = 60 if _AN_HOUR.search(intent.rest) else HEADS_UP_USUALLY
    minutes = int(found[1]) * (60 if found[2] else 1) if found else usually
    if not 1 <= minutes <= HEADS_UP_AT_MOST:
        return Wish(member=member, note="heads-up-how")
    changed = _with(member, heads_up={**kept, **dict.fromkeys(meant, minutes)})
    return Wish(member=changed, note="heads-up-set", words={"minutes": a_number(minutes), **_chats(meant)})


def _recap(member: Member, intent: Intent, ear: Listener) -> Wish:
    meant = _meant(member, intent)
    is_off = ear.understanding.tells(intent.rest, "off", *ear.languages)
    wanted = {*member.preferences.recap, *meant} if not is_off else {*member.preferences.recap} - {*meant}
    changed = _with(member, recap=tuple(tag for tag in member.chats if tag in wanted))
    return Wish(member=changed, note="recap-off" if is_off else "recap-on", words=_chats(meant))


def _quiet(member: Member, intent: Intent, ear: Listener) -> Wish:
    span = clock_span(intent.rest)
    is_lifted = ear.understanding.tells(intent.rest, "but", *ear.languages)
    if span is not None:
        changed = _with(member, quiet=span, is_quiet_lifted=is_lifted)
    elif is_lifted:
        changed = _with(member, is_quiet_lifted=True)
        return Wish(member=changed, note="quiet-lifted")
    elif ear.understanding.tells(intent.rest, "off", *ear.languages):
        midnight = clock_span("0-0")
        return Wish(member=_with(member, quiet=midnight, is_quiet_lifted=False), note="quiet-off")
    elif ear.understanding.tells(intent.rest, "on", *ear.languages):
        return Wish(member=_with(member, quiet=None, is_quiet_lifted=False), note="quiet-usual")
    else:
        return Wish(member=member, note="quiet-how")
    words = {"start": a_time(span[0]), "end": a_time(span[1])}
    return Wish(member=changed, note="quiet-set-lifted" if is_lifted else "quiet-set", words=words)


def _zone(member: Member, intent: Intent, _ear: Listener) -> Wish:
    if not intent.rest:
        return Wish(member=member, note="zone-now", words={"zone": member.zone})
    found = zones_called(intent.rest)
    if len(found) > 1:
        return Wish(member=member, note="zone-which", words={"zones": a_choice(found[:ZONES_NAMED_AT_MOST])})
    if not found:
        return Wish(member=member, note="zone-how", words={"zone": member.zone})
    changed = _with(member, is_zone_said=True).model_copy(update={"zone": found[0]})
    return Wish(member=changed, note="zone-set", words={"zone": found[0]})


def _language(member: Member, intent: Intent, ear: Listener) -> Wish:
    code = ear.understanding.named_language(intent.rest)
    if code is None:
        return Wish(member=member, note="language-how", words={"language": a_name(member.language)})
    changed = _with(member, is_language_said=True).model_copy(update={"language": code})
    return Wish(member=changed, note="language-set")


WISHES: Final[Mapping[Command, Callable[[Member, Intent, Listener], Wish]]] = {
    Command.AWAY: _away,
    Command.BACK: _back,
    Command.NEXT: _next,
    Command.HEADS_UP: _heads_up,
    Command.RECAP: _recap,
    Command.QUIET: _quiet,
    Command.ZONE: _zone,
    Command.LANGUAGE: _language,
}


def _meant(member: Member, intent: Intent) -> tuple[str, ...]:
    """Return the member's chats that are named, or all of them where none of theirs is."""
    return tuple(tag for tag in member.chats if tag in intent.chats) or member.chats


def _with(member: Member, **changes: object) -> Member:
    return member.model_copy(update={"preferences": member.preferences.model_copy(update=changes)})


def _chats(tags: Sequence[str]) -> dict[str, str]:
    return {"chats": hashtags(tags)}
