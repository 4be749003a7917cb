"""People who may be meant without a mention, and the words of their names."""

from functools import lru_cache

from bot.domain.model import Person
from bot.domain.recognise.normalise import WORD, Token, cut, script, tokens


class Roster:
    """People who may be meant by display name, by the first word of it."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        self.people = people
        self.by_word: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
        self.forms: set[str] = set()
        for person in people:
            for name in _names(person.called):
                self.by_word.setdefault(name[0], []).append((name, person))
                self.forms |= {name[0] + tail for tail in ("", "s", "d", "ll")}  # "Nora", "Nora's", "Nora'll"


@lru_cache(maxsize=16_384)
def _names(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a display name's words, and those of a Japanese given name, which stands last; of a handle the first part.

    The given name ends in nothing, so that it counts as part of a name.
    """
    written = cut(name.partition("@")[0] or name)
    words = [token for token in tokens(written) if token.kind == WORD]
    given = next((at for at in range(1, len(words)) if _begins_given(written, words[at - 1], words[at])), 0)
    full = tuple(token.word for token in words)
    return tuple(filter(None, (full, (*full[given:], "") if given else ())))


def _begins_given(name: str, before: Token, token: Token) -> bool:
    """Say whether a given name begins here: after a family name in kanji, where a space or another script follows."""
    return script(name[before.start]) == "han" and (token.start > before.end or script(name[token.start]) != "han")
