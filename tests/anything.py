"""Anything that may come instead of what was asked for, and what every translation of it has to keep to."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from adapters.wire import Unreadable
from bot.domain.model import Post

ANY = st.characters(exclude_categories=())
TEXTS = st.text(ANY) | st.sampled_from(["a\0b", "\ud800", "\u200f", "9" * 10_000])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = TEXTS | st.integers()


def shaped(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with such fields, of which each may be anything or missing."""
    return st.fixed_dictionaries({}, optional={name: field | JSON for name, field in fields.items()})


def assert_can_be_kept(one: Post) -> None:
    words = [one.id, one.uri, one.url, one.text, one.author.id, one.in_reply_to_id, one.in_reply_to_author_id]
    for who in (one.author, *one.mentions):
        words += [who.id, who.handle, who.name]
    for text in (*words, *one.tags, one.language):
        assert text is None or ("\0" not in text and text.encode("utf-8") is not None)


def assert_kept_or_named(translate: Callable[[], Post]) -> None:
    try:
        one = translate()
    except Unreadable as error:
        name = error.id
    else:
        assert_can_be_kept(one)
        name = one.id
    assert name.encode("utf-8")
