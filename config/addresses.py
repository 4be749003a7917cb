"""Addresses as people write them, of servers and databases."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

POSTGRESQL: Final = ("postgresql", "postgresql+psycopg")
NOT_ONE: Final = "is not a server's address; write it like 'https://example.social'"


def server(url: str) -> str:
    """Refuse what is not a server's address, and what would send the token in the clear.

    Raises:
        ValueError: what is wrong with it.
    """
    try:
        parts = urlsplit(url.rstrip("/"))
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ValueError(NOT_ONE) from error
    if parts.scheme not in {"http", "https"} or not host or parts.path or parts.query or parts.fragment:
        raise ValueError(NOT_ONE)
    if parts.username is not None:
        raise ValueError("should not hold a name or a password; write it like 'https://example.social'")
    if parts.scheme == "http" and not _is_near(host):
        raise ValueError("would send the token unencrypted; use https")
    return url.rstrip("/")


def _is_near(host: str) -> bool:
    """Say whether a host is this machine, or a name without a dot: a container beside this one."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return "." not in host or host.endswith(".localhost")


def database(url: str) -> str:
    """Refuse what names neither a file for SQLite nor a database of PostgreSQL.

    Raises:
        ValueError: it does not; the address itself, which may hold a password, is not repeated.
    """
    if url.startswith("sqlite:///") and len(url) > len("sqlite:///"):
        return url
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in POSTGRESQL and bool(parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:
        is_one = False
    if not is_one:
        raise ValueError(
            "is not a database's address; write it like 'sqlite:///missed.db' or "
            "'postgresql+psycopg://user:password@host/database'"
        )
    return url


def has_password(url: object) -> bool:
    """Say whether a database's address spells a password."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    except ValueError:
        return False
    return bool(parts.password) or "password=" in parts.query
