"""Secrets in files: whole or not at all, for their owner's eyes, and refusals in words."""

import errno
import os
import stat
from pathlib import Path

import pytest

from adapters import secretfile
from bot.app.errors import Misconfigured, Transient


def test_a_secret_is_its_owners_and_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    secretfile.try_to_keep(path)
    assert list(tmp_path.iterdir()) == []
    for text in ("one", "two"):
        secretfile.keep(path, text)
        assert path.read_text(encoding="utf-8") == text
    assert stat.S_IMODE(path.stat().st_mode) == secretfile.OWNER_ONLY
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_is_said_before_and_when_writing(tmp_path: Path) -> None:
    for attempt in (secretfile.try_to_keep, lambda path: secretfile.keep(path, "x")):
        with pytest.raises(Misconfigured, match="cannot be written: No such file or directory"):
            attempt(tmp_path / "nowhere" / "secret")
    with pytest.raises(Misconfigured, match="Is a directory"):
        secretfile.try_to_keep(tmp_path)


def test_a_full_disk_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "secret"
    secretfile.keep(path, "old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Transient, match="make room"):
        secretfile.keep(path, "new")
    assert path.read_text(encoding="utf-8") == "old"


def test_open_is_what_is_ours_and_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert not secretfile.is_open(path)
    secretfile.keep(path, "x")
    assert not secretfile.is_open(path)
    path.chmod(0o604)
    assert secretfile.is_open(path)
