from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.mastodon.paging import backward, forward
from bot.app.errors import Transient

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def item(key: str, minute: int) -> dict[str, Any]:
    return {"id": key, "created_at": NOON + timedelta(minutes=minute)}


# Ids that sort by nothing.
TIMELINE = [item(key, minute) for minute, key in enumerate(("z", "10", "9", "01A", "b", "00", "Ω"))]


def serve(span: dict[str, str], size: int = 3, *, oldest_first: bool = False) -> list[dict[str, Any]]:
    keys = [one["id"] for one in TIMELINE]
    if "min_id" in span:
        page = TIMELINE[keys.index(span["min_id"]) + 1 :][:size]
        return page if oldest_first else page[::-1]
    end = keys.index(span["max_id"]) if "max_id" in span else len(TIMELINE)
    return TIMELINE[max(0, end - size) : end][::-1]


@pytest.mark.parametrize("oldest_first", [True, False])
def test_forward_reads_everything_once_in_either_order(oldest_first: bool) -> None:
    seen: list[str] = []
    cursor, turns = "z", 0
    while turns < 10:
        leaf = forward(lambda span: serve(span, oldest_first=oldest_first), cursor)
        seen += [one["id"] for one in leaf.items]
        assert leaf.cursor is not None
        cursor, turns = leaf.cursor, turns + 1
        if not leaf.has_more:
            break
    assert sorted(seen) == sorted(one["id"] for one in TIMELINE[1:])
    assert (cursor, turns) == ("Ω", 3)


def test_forward_stands_still_on_an_empty_page_and_on_one_without_ids() -> None:
    assert forward(lambda span: [], "z").cursor == "z"
    leaf = forward(lambda span: [None, {}], "z")
    assert (leaf.cursor, leaf.has_more, leaf.items) == ("z", False, (None, {}))


def test_forward_steps_over_what_has_only_an_id() -> None:
    assert forward(lambda span: [{"id": "new"}, item("old", 1)], "z").cursor == "new"


def test_a_server_that_ignores_the_cursor_does_not_loop() -> None:
    leaf = forward(lambda span: [item("z", 0)], "z")
    assert (leaf.cursor, leaf.has_more) == ("z", False)


def test_backward_reads_until_a_whole_page_is_too_old() -> None:
    leaf = backward(serve, NOON + timedelta(minutes=5), pages=9)
    assert [one["id"] for one in leaf.items] == ["Ω", "00", "b", "01A", "9", "10"]
    assert (leaf.cursor, leaf.is_whole) == ("Ω", True)


def test_backward_ends_where_the_list_does() -> None:
    leaf = backward(serve, NOON - timedelta(days=1), pages=9)
    assert len(leaf.items) == 7
    assert leaf.is_whole


def test_backward_gives_up_and_says_so() -> None:
    leaf = backward(serve, NOON - timedelta(days=1), pages=2)
    assert len(leaf.items) == 6
    assert (leaf.cursor, leaf.is_whole) == ("Ω", False)


def test_backward_survives_a_server_that_ignores_the_cursor() -> None:
    leaf = backward(lambda span: TIMELINE[-2:], NOON - timedelta(days=1), pages=50)
    assert len(leaf.items) == 4


@pytest.mark.parametrize("page", [None, {}, {"error": "no"}, "text", 7])
def test_what_is_no_list_is_no_page(page: object) -> None:
    with pytest.raises(Transient):
        forward(lambda span: page, "z")
