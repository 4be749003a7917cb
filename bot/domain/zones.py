"""Time zones as people name them: Europe/Berlin, berlin, New York. Babel knows them all, without reading a file."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from bot.domain.vocabulary import fold


def zones_called(name: str) -> tuple[str, ...]:
    """Return the IANA zones that a name may mean: none, one, or several that differ."""
    wanted = _plain(name)
    if not wanted:
        return ()
    return tuple(zone for zone in _by_name().get(wanted, ()) if _exists(zone))


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
    return {name: tuple(dict.fromkeys(found)) for name, found in named.items()}


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("_", " ").split())


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
