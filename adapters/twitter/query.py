"""One search for many chats and people, in as few queries as X's 512 characters allow.

docs.x.com/x-api/posts/search/integrate/build-a-query
"""

from collections.abc import Iterable, Sequence
from typing import Final

LONGEST: Final = 512
_LEFT_OUT: Final = " -is:retweet"
_OR: Final = " OR "


def packed(terms: Iterable[str], *, suffix: str = _LEFT_OUT, longest: int = LONGEST) -> tuple[str, ...]:
    """Join operators by OR into the fewest queries, each within the limit; a term that alone is too long is left out.

    First fit, the longest first: it needs at most 11/9 of the best possible number, and in practice the best.
    """
    room = longest - len(f"(){suffix}")
    bins: list[list[str]] = []
    sizes: list[int] = []
    for term in sorted(dict.fromkeys(terms), key=lambda one: (-len(one), one)):
        if len(term) > room:
            continue
        for place, size in enumerate(sizes):
            if size + len(_OR) + len(term) <= room:
                bins[place].append(term)
                sizes[place] += len(_OR) + len(term)
                break
        else:
            bins.append([term])
            sizes.append(len(term))
    return tuple(_query(one, suffix) for one in bins)


def _query(terms: Sequence[str], suffix: str) -> str:
    joined = _OR.join(sorted(terms, key=lambda one: (not one.startswith("#"), one)))
    return (joined if len(terms) == 1 else f"({joined})") + suffix
