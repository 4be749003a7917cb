"""Time zones as people name them: Europe/Berlin, Wien, New York, CET, Eastern Time. All of it is CLDR's, from Babel."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import Locale, get_global

from bot.domain.vocabulary import fold

LOCALES: Final = ("en", "en_GB", "en_AU", "es", "fr", "de", "pt", "nl", "ja")
"""Whose names of cities and of clocks are known: the languages that are spoken here."""

LONGEST: Final = 4
"""Words of the longest name that is looked for among others."""

SHORTEST: Final = 4
"""Letters of the shortest name that is looked for among others, unless it is written in capitals."""

NAMELESS: Final = "∅∅∅"
"""What CLDR writes where a language has no short name."""

_CLOCKS: Final = (datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC))
"""Zones of one name that go alike in winter and in summer are one to whoever names them."""


def zones_called(name: str) -> tuple[str, ...]:
    """Return the IANA zones that a text names: none, one, or several that differ. Words around a name do not matter."""
    for wanted in _candidates(name):
        found = tuple(zone for zone in _by_name().get(wanted, ()) if _exists(zone))
        if found:
            return found
    return ()


def _candidates(text: str) -> Iterator[str]:
    """Yield the whole text, then stretches of it, the longest first."""
    yield _plain(text)
    words = re.findall(r"[\w/+'’.-]+", text)
    for size in range(min(LONGEST, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            said = " ".join(words[at : at + size]).strip(".-'")
            if len(said) >= SHORTEST or (said.isupper() and len(said) > 1):
                yield _plain(said)


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    named: dict[str, list[str]] = {"utc": ["UTC"], "gmt": ["UTC"]}
    for zone in sorted(get_global("zone_territories")):
        if "/" in zone and not zone.startswith("Etc/"):
            for name in (_plain(zone), _plain(zone.rpartition("/")[2])):
                named.setdefault(name, []).append(zone)
    for old, zone in get_global("zone_aliases").items():  # Asia/Calcutta, US/Eastern
        if "/" in old and zone in get_global("zone_territories"):
            for name in (_plain(old), _plain(old.rpartition("/")[2])):
                named.setdefault(name, []).append(zone)
    for name, zones in _in_languages():
        named.setdefault(name, list(zones))
    return {name: tuple(dict.fromkeys(found)) for name, found in named.items()}


def _in_languages() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what each language calls the zones' cities, and their clocks (British Summer Time, CET, Eastern Time)."""
    clocks = _clocks()
    for locale in map(Locale.parse, LOCALES):
        for zone in sorted(locale.time_zones):
            if "/" in zone and not zone.startswith("Etc/"):
                its = locale.time_zones[zone]
                for said in (*_names(its), *([its["city"]] if "city" in its else [])):
                    yield _plain(said), (zone,)
        for clock, zones in clocks.items():
            for said in _names(locale.meta_zones.get(clock, {})):
                yield _plain(said), zones


def _names(known: Mapping[str, Any]) -> list[str]:
    return [said for width in ("long", "short") for said in known.get(width, {}).values() if said != NAMELESS]


def _clocks() -> dict[str, tuple[str, ...]]:
    """Return the zones that a clock's name means: that which CLDR calls just so, else each that goes differently."""
    english, of_zone, found = Locale.parse("en_GB"), get_global("meta_zones"), dict[str, list[str]]()
    best_known = get_global("windows_zone_mapping")
    for zone in sorted(set(best_known.values())):
        found.setdefault(of_zone.get(zone, ""), []).append(zone)
    clocks: dict[str, tuple[str, ...]] = {}
    for clock, zones in found.items():
        names = english.meta_zones.get(clock, {})
        usual = best_known.get(names.get("long", {}).get("standard", ""))
        own = names.get("short", {}).get("standard", "")  # CET is a zone itself
        likely = [usual] if usual in zones else _that_differ(zones)
        is_own = len(likely) == 1 and _exists(own) and _going(own) == _going(likely[0])
        clocks[clock] = (own,) if is_own else tuple(likely)
    return clocks


def _that_differ(zones: Sequence[str]) -> list[str]:
    """Return one zone for each way in which clocks go."""
    return sorted({_going(zone): zone for zone in reversed(zones) if _exists(zone)}.values())


def _going(zone: str) -> tuple[timedelta | None, ...]:
    return tuple(at.astimezone(ZoneInfo(zone)).utcoffset() for at in _CLOCKS)


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("_", " ").split())


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
