"""A post with its clauses, and who is named where in it."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.matcher import Who
from bot.domain.recognise.normalise import COMMA, MENTION, SENTENCE, Token, tag_word
from bot.domain.recognise.observations import Scene
from bot.domain.recognise.people import parent, runs, units
from bot.domain.recognise.roster import Roster
from bot.domain.recognise.words import Lexicon

QUESTIONS = frozenset("?？")


class Clause(NamedTuple):
    """Tokens start to end; `sentence` counts sentences."""

    start: int
    end: int
    sentence: int


class Clauses:
    """One post, read with one language's words."""

    def __init__(
        self, text: str, found: Sequence[Token], post: Post, scene: Scene, roster: Roster, lexicon: Lexicon
    ) -> None:
        self.text = text
        self.tokens = found
        self.lexicon = lexicon
        self.chat = tag_word(scene.chat.tag)
        self.words = [lexicon.spelling.canonical(token.word) for token in found]
        self.marks = [] if QUESTIONS.isdisjoint(text) else ["?"]
        self.gaps = [token.gap for token in found]
        self.units = units(text, found, post, roster, lexicon.no_names, lexicon.suffixes)
        self.parent = parent(post, scene)
        self.prefix = self._prefix(post)
        named = [unit for unit in self.units if unit.start >= self.prefix]
        self._runs = runs(found, named, lexicon.joins)
        self._named = {at for run in self._runs for at in range(run.start, run.end)}
        self._run_at = {unit.start: run for run in self._runs for unit in run.units}
        self._run_starts = {run.start for run in self._runs}
        self._owners = {unit.start: unit for unit in named if unit.is_owner}
        self._filled: dict[tuple[str, int], tuple[int, Who | None] | None] = {}
        self._starts: dict[str, list[int]] = {}
        self.clauses = self._clauses()
        self.clause_of = [number for number, c in enumerate(self.clauses) for _ in range(c.start, c.end)]

    def _prefix(self, post: Post) -> int:
        """Count the mentions that a reply begins with because it is one. Those name people who are in the thread.

        A platform puts the person who is answered among them; mentions without that person were typed on purpose.
        """
        if post.in_reply_to_id is None and post.in_reply_to_author_id is None and self.parent is None:
            return 0
        count = 0
        while count < len(self.tokens) and self.tokens[count].kind == MENTION:
            count += 1
        leading = [unit.person for unit in self.units if unit.start < count]
        if self.parent is None and post.in_reply_to_author_id is None and len(leading) == 1:
            self.parent = leading[0]  # nobody told us who is answered, but it can only be this one
        if self.parent is None:
            return 0 if post.in_reply_to_author_id is not None else count
        return count if any(p is not None and p.id == self.parent.id for p in leading) else 0

    def _clauses(self) -> list[Clause]:
        inside = self._named - {run.start for run in self._runs}
        begins = [at for at, gap in enumerate(self.gaps) if at == 0 or (gap >= COMMA and at not in inside)]
        result: list[Clause] = []
        sentence = 0
        for begin, end in zip(begins, [*begins[1:], len(self.tokens)], strict=True):
            sentence += begin > 0 and self.gaps[begin] == SENTENCE
            result.append(Clause(begin, end, sentence))
        return result

    def named_in(self, clause: Clause) -> tuple[Person, ...]:
        """Return who is named in a clause, in whatever role."""
        inside = (u for u in self.units if max(clause.start, self.prefix) <= u.start < clause.end)
        return tuple(unit.person for unit in inside if unit.person is not None)
