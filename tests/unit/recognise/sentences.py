"""Sentences of another language, many to a line: what a test file holds is data."""

from collections.abc import Mapping


def each(kinds: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (kind, sentence) for every sentence; between two of them stands a |."""
    return [(kind, " ".join(text.split())) for kind, block in kinds.items() for text in block.split("|")]
