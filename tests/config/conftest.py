import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app.errors import Misconfigured
from config.settings import Settings, load

ACCOUNT = '[mastodon]\nbase_url = "https://a.example"\n'
TOKEN = "sesame-4711"
Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours is set."""
    for name in [name for name in os.environ if name.startswith("MISSED_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to(text: str) -> Path:
        path = tmp_path / "missed.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return to


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("MISSED_MASTODON_TOKEN", TOKEN)
    return TOKEN


def read(path: Path) -> Settings:
    return load(path)


def refused(path: Path | None) -> list[str]:
    """Return the lines that the configuration is refused with, without the file's name."""
    with pytest.raises(Misconfigured) as caught:
        load(path)
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]
