"""What people read about the project is true."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.cli.db import app as db
from bot.cli.main import COMMANDS
from bot.domain import consent, outbox

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_diagrams_of_states_are_drawn_from_their_tables() -> None:
    assert f"```mermaid\n{outbox.diagram()}\n```" in read("ARCHITECTURE.md")
    assert f"```mermaid\n{consent.diagram()}\n```" in read("ARCHITECTURE.md")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_is_named_exists(document: str) -> None:
    known = {command.__name__ for command in COMMANDS} | {"db"}
    named = set(re.findall(r"`(?:\.venv/bin/)?missed ([a-z]+)", read(document)))
    assert named <= known


def test_every_command_about_the_database_is_named_in_the_readme() -> None:
    named = {str(command.name or getattr(command.callback, "__name__", "")) for command in db.registered_commands}
    assert named == set(re.findall(r"`missed db (\w+)", read("README.md")))


def test_every_command_is_named_in_the_readme() -> None:
    text = read("README.md") + read("CONTRIBUTING.md") + read("CHANGELOG.md")
    for command in COMMANDS:
        assert re.search(rf"missed {command.__name__}\b|`{command.__name__}`", text), command.__name__


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_and_folder_that_is_named_exists(document: str) -> None:
    text = read(document)
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    spelled = re.findall(r"`((?:bot|adapters|config|sandbox|tests|docs)/[\w./-]*)`", text)
    assert [name for name in [*linked, *spelled] if not (ROOT / name).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {name for document in DOCUMENTS for name in re.findall(r"`?make ([a-z]+)", read(document))}
    assert {name for name in named if name in targets} >= {"demo", "test", "unit", "lock"}


def test_ci_runs_the_readmes_test_command() -> None:
    assert "make test" in read(".ci/run")
    assert "make test" in read("README.md")


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes_and_hold_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z].*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert packages
    assert [one for one in packages if "==" not in one or "--hash=sha256:" not in one] == []
    assert "://" not in text


def test_every_dependency_says_why_it_is_there() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    names = [
        *project["dependencies"],
        *project["optional-dependencies"]["demo"],
        *project["optional-dependencies"]["dev"],
    ]
    lines = read("pyproject.toml").splitlines()
    for name in names:
        line = next(line for line in lines if f'"{name}"' in line)
        assert "#" in line or name.startswith(("you-were-missed", "mypy", "pytest", "ruff")), name


def test_the_container_installs_from_the_same_pinned_files() -> None:
    text = read("Dockerfile")
    for name in re.findall(r"requirements/[a-z]+\.txt", text):
        assert (ROOT / name).exists()
    assert "USER missed" in text


def test_no_pattern_repeats_a_group_possessively() -> None:
    """CPython 3.11.2, which Debian 12 ships, then eats too much; an atomic group says the same and is right."""
    files = [path for room in ("bot", "adapters", "config", "sandbox") for path in (ROOT / room).rglob("*.py")]
    assert len(files) > 100
    found = [path.name for path in files if re.search(r"\)(?:[*+?]|\{[\d,]+\})\+", path.read_text(encoding="utf-8"))]
    assert found == []
