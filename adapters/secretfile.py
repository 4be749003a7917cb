"""Secrets in files of their owner's: written whole or not at all, readable by nobody else."""

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from bot.app.errors import Misconfigured, Transient

OWNER_ONLY: Final = 0o600
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def keep(path: Path, text: str) -> None:
    """Write it whole beside the old one, wait for the disk, then put it in its place.

    Raises:
        Transient: the disk is full.
        Misconfigured: the file cannot be written.
    """
    new = newer(path)
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise _named(error, path) from None


def newer(path: Path) -> Path:
    """Return where the next text of a file lies until it has its place: what is left there was interrupted."""
    return path.with_name(f"{path.name}.new")


def try_to_keep(path: Path, size: int = 4096) -> None:
    """Find out whether so many bytes could be kept, before a secret is spent to get another one. Raises as `keep`."""
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with tempfile.TemporaryFile(dir=path.parent) as file:
            file.write(b"\0" * size)
            file.flush()
    except OSError as error:
        raise _named(error, path) from None


def is_open(path: Path) -> bool:
    """Say whether a file of ours may be read by others. One of somebody else's is how a container is handed secrets."""
    try:
        about = path.stat()
    except OSError:
        return False
    return about.st_uid == os.geteuid() and bool(about.st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _named(error: OSError, path: Path) -> Transient | Misconfigured:
    text = f"{path.absolute()} cannot be written: {error.strerror}"
    if error.errno in _FULL:
        return Transient(f"{text}; make room there")
    return Misconfigured(f"{text}; name a file that this user may write, in a directory of its own")
