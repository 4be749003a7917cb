"""What the matcher walks over: a post's words, and what fills the slots of a pattern."""

from bisect import bisect_right
from collections.abc import Collection
from functools import cached_property

from bot.domain.model import Person
from bot.domain.recognise.clauses import QUESTIONS
from bot.domain.recognise.matcher import Who
from bot.domain.recognise.normalise import NO_GAP, TAG, WORD
from bot.domain.recognise.patterns import ANY, ASKS, EDGES, END, PEOPLE
from bot.domain.recognise.targets import Targets

MOST_BESIDE = 20
"""So many mentions, hashtags and emoji may stand between the last word and its question mark."""


class Reading(Targets):
    """One post, read with one language's words."""

    def starts(self, slot: str) -> Collection[int]:
        """Return the tokens at which a slot can begin."""
        if slot not in self._starts:
            places = self._people if slot in PEOPLE else range(len(self.tokens))
            self._starts[slot] = [at for at in places if self.fill(slot, at) is not None]
        return self._starts[slot]

    @cached_property
    def _people(self) -> Collection[int]:
        """Return the only tokens with which somebody's name, or a word for it, can begin."""
        persons = self.lexicon.persons
        spoken = (at for at, word in enumerate(self.words) if word in persons)
        return {*self._run_at, *self._owners, *spoken}

    def fill(self, slot: str, at: int) -> tuple[int, Who | None] | None:
        """Return where a slot that begins at this token ends, and whom it names; nothing if it cannot begin here."""
        key = (slot, at)
        if key not in self._filled:  # many patterns ask the same
            self._filled[key] = self._fill(slot, at)
        return self._filled[key]

    def _fill(self, slot: str, at: int) -> tuple[int, Who | None] | None:
        if slot in EDGES:
            return (
                (at, None)
                if self._is_edge(at, is_end=slot in {END, ASKS}) and (slot != ASKS or self._asks(at))
                else None
            )
        if at >= len(self.tokens):
            return None
        if slot in {"who", "you"}:
            run = self._run_at.get(at) if slot == "who" else None
            if run is not None:
                return run.end, Who(run.people(at))
            return self._you(at) or (self._they(at, self.lexicon.they) if slot == "who" else None)
        if slot == "whose":
            return self._whose(at)
        is_chat = self.words[at] in self.lexicon.chat or self._is_tag(at)
        if slot == ANY or (slot == "chat" and is_chat):
            return at + 1, None
        return (at + 1, None) if slot == "elsewhere" and not is_chat and self._is_elsewhere(at) else None

    def _you(self, at: int) -> tuple[int, Who] | None:
        if self.words[at] not in self.lexicon.you:
            return None
        end = at + 1
        while end < len(self.words) and self.gaps[end] == NO_GAP and self.words[end] in self.lexicon.crowd:
            end += 1
        run = self._run_at.get(end)
        if run is not None and self.clause_of[at] == self.clause_of[end]:
            return run.end, Who(run.people(end))
        return end, Who(is_you=True, is_crowd=end > at + 1)

    def _whose(self, at: int) -> tuple[int, Who] | None:
        owner = self._owners.get(at)
        if owner is not None:
            return owner.end, Who(self._owned_by(at))
        if self.words[at] in self.lexicon.your:
            return at + 1, Who(is_you=True)
        return self._they(at, self.lexicon.their)

    def _they(self, at: int, words: Collection[str]) -> tuple[int, Who] | None:
        """Read "she" as whoever was named last, in this clause, the one before or this or the last sentence."""
        if self.words[at] not in words:
            return None
        number = self.clause_of[at]
        sentence = self.clauses[number].sentence - 1
        before = bisect_right(self._runs, at, key=lambda run: run.end)
        run = self._runs[before - 1] if before else None
        owner = max((start for start in self._owners if start < at), default=-1)
        if owner >= (0 if run is None else run.end):
            people = self._owned_by(owner)
            where = owner
        elif run is None or (run.start and self.words[run.start - 1] in self.lexicon.greetings):
            return None
        else:
            people, where = run.people(), run.start
        is_near = self.clause_of[where] >= number - 1 or self.clauses[self.clause_of[where]].sentence >= sentence
        return (at + 1, Who(people)) if people and is_near else None

    def _owned_by(self, owner: int) -> tuple[Person, ...]:
        person = self._owners[owner].person
        return (person,) if person else ()

    def stood_for(self, number: int) -> tuple[Person, ...]:
        """Return whom the clause of this number speaks about as "she" or "her"."""
        clause = self.clauses[number]
        words = self.lexicon.they | self.lexicon.their
        found = (self._they(at, words) for at in range(clause.start, clause.end))
        return tuple(person for one in found if one is not None for person in one[1].people)

    def _asks(self, at: int) -> bool:
        """Say whether a question mark follows, mentions, hashtags and emoji aside."""
        beyond = range(at, min(at + MOST_BESIDE, len(self.tokens)))
        after = next((n for n in beyond if self.tokens[n].kind == WORD), at + MOST_BESIDE)
        until = self.tokens[after].start if after < len(self.tokens) else len(self.text)
        return not QUESTIONS.isdisjoint(self.text[self.tokens[at - 1].end : until])

    def _is_tag(self, at: int) -> bool:
        return self.tokens[at].kind == TAG and self.tokens[at].word == self.chat

    def _is_elsewhere(self, at: int) -> bool:
        word = self.words[at]
        is_somebody = at in self._run_at or at in self._owners
        return not is_somebody and word not in self.lexicon.here and not any(c.isdigit() for c in word)

    def _is_edge(self, at: int, *, is_end: bool) -> bool:
        """Say whether a clause could end before this token, or begin with it."""
        beyond = at if is_end else at - 1
        if not 0 <= beyond < len(self.tokens) or (at < len(self.tokens) and self.gaps[at] > NO_GAP):
            return True
        return self.tokens[beyond].kind != WORD or beyond in self._named
