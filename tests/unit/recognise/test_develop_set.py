"""The labelled posts to develop by are recognised as well as they once were; better is welcome, worse is not."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.mastodon.translate import plain
from bot.domain.chat import Chat
from bot.domain.model import Person, Platform, Post
from bot.domain.recognise import Recogniser, matcher
from bot.domain.recognise.calls import Reader
from bot.domain.recognise.observations import Called, Scene
from config import catalogue

DATA = Path(__file__).parents[2] / "data/calls"
SETS = ("develop", "further")
LANGUAGES = sorted(book.language for book in catalogue.phrasebooks())
BOT = "missed"
AT_LEAST = {"en": (0.97, 0.9, 0.95)}
"""By language: precision, recall, and the share of found calls that name exactly the right people."""
ELSE = (0.94, 0.85, 0.93)

Cast = Callable[[str], Person]


def cast(roster: dict[str, str]) -> Cast:
    def somebody(handle: str) -> Person:
        short = handle.casefold()
        return Person(platform=Platform.MASTODON, id=short, handle=short, name=roster.get(handle, ""))

    return somebody


def read(row: dict[str, Any], somebody: Cast) -> Post:
    answered = row.get("in_reply_to")
    return Post(
        platform=Platform.MASTODON,
        id=row["id"],
        uri=row["id"],
        author=somebody(row["author"]),
        text=plain(row["text"]) if row.get("is_html") else row["text"],
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        mentions=tuple(map(somebody, row.get("mentions", ()))),
        tags=tuple(tag.casefold() for tag in row.get("hashtags", ())),
        in_reply_to_id="p0" if answered else None,
        in_reply_to_author_id=answered.casefold() if answered else None,
        is_repost=row.get("is_reblog", False),
        language=row.get("lang"),
    )


def judged(recogniser: Recogniser, chat: Chat, name: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield for each post of a set and language what became of it, and the post."""
    names: dict[str, str] = json.loads((DATA / f"{name}_roster.json").read_text(encoding="utf-8"))
    somebody = cast(names)
    roster = tuple(map(somebody, names))
    for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("lang", "en") != language:
            continue
        answered = row.get("in_reply_to")
        scene = Scene(
            chat=chat,
            roster=roster,
            bots=frozenset({BOT}),
            is_chat_thread=row.get("in_chat_thread", False),
            replied_to=somebody(answered) if answered else None,
        )
        called = {one.target.id for one in recogniser.observe(read(row, somebody), scene) if isinstance(one, Called)}
        wanted = {target.casefold() for target in row["targets"]} if row["is_call"] else set()
        verdict = "right" if called == wanted else "elsewhere" if wanted else "false alarm"
        yield (
            ("quiet" if not called and not wanted else "missed" if not called else verdict),
            f"{row['id']} {row['text']}",
        )


@pytest.fixture(scope="module")
def all_languages() -> Recogniser:
    return Recogniser(catalogue.phrasebooks())


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_recognised_as_well_as_it_was(
    all_languages: Recogniser, chat: Chat, name: str, language: str
) -> None:
    verdicts = list(judged(all_languages, chat, name, language))
    count = Counter(verdict for verdict, _ in verdicts)
    found = count["right"] + count["elsewhere"]
    precision, recall, exact = AT_LEAST.get(language, ELSE)
    wrong = "\n".join(f"{verdict}: {post}" for verdict, post in verdicts if verdict not in {"right", "quiet"})
    assert found >= precision * (found + count["false alarm"]), wrong
    assert found >= recall * (found + count["missed"]), wrong
    assert count["right"] >= exact * found, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_aside_unread_would_have_been_no_call(
    all_languages: Recogniser, chat: Chat, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = list(judged(all_languages, chat, "develop", language))
    monkeypatch.setattr(matcher, "MOST_STEPS", 1_000_000)
    monkeypatch.setattr(Reader, "may_find", lambda reader, _: range(len(reader.book.phrase_patterns)))
    assert list(judged(all_languages, chat, "develop", language)) == verdicts
