from hypothesis import given
from hypothesis import strategies as st

from sandbox.paging import Window, link_header, order, page, window_of
from sandbox.params import Params

IDS = [str(number) for number in range(1, 31)]
ids = st.sets(st.integers(1, 10**6)).map(lambda numbers: [str(number) for number in numbers])
cursor = st.integers(0, 10**6).map(str)


def shown(window: Window, items: list[str] = IDS) -> list[int]:
    return [int(item) for item in page(items, window, str)]


def test_a_page_is_newest_first_by_value_not_by_text() -> None:
    assert shown(Window(3)) == [30, 29, 28]
    assert shown(Window(3, max_id="10")) == [9, 8, 7]


def test_since_id_gives_the_newest_page_and_loses_the_older_end_of_the_gap() -> None:
    assert shown(Window(3, since_id="10")) == [30, 29, 28]


def test_min_id_gives_the_page_right_after_it() -> None:
    assert shown(Window(3, min_id="9")) == [12, 11, 10]


def test_min_id_and_max_id_bound_each_other() -> None:
    assert shown(Window(20, min_id="10", max_id="14")) == [13, 12, 11]


@given(ids, cursor, st.integers(1, 7))
def test_following_min_id_reaches_everything_once(items: list[str], start: str, limit: int) -> None:
    found: list[str] = []
    at = start
    while got := page(items, Window(limit, min_id=at), str):
        found = got + found
        at = got[0]
    assert found == sorted((item for item in items if int(item) > int(start)), key=order, reverse=True)


@given(ids, st.integers(1, 7))
def test_following_max_id_reaches_everything_once(items: list[str], limit: int) -> None:
    found: list[str] = []
    at: str | None = None
    while got := page(items, Window(limit, max_id=at), str):
        found += got
        at = got[-1]
    assert found == sorted(items, key=order, reverse=True)


def test_a_limit_is_capped_at_twice_the_default() -> None:
    assert window_of(Params((("limit", "500"),)), 20).limit == 40
    assert window_of(Params(), 20).limit == 20
    assert window_of(Params((("limit", "many"),)), 20).limit == 0


def test_links_keep_the_other_parameters_and_an_empty_page_has_none() -> None:
    query = Params((("limit", "2"), ("types[]", "mention"), ("min_id", "3")))
    assert link_header("http://x/y", query, ["9", "8"]) == (
        '<http://x/y?limit=2&types%5B%5D=mention&max_id=8>; rel="next", '
        '<http://x/y?limit=2&types%5B%5D=mention&min_id=9>; rel="prev"'
    )
    assert link_header("http://x/y", query, []) is None
