"""A post's clauses, and who is meant in them.

Targets are attached by clause: "thanks @ana, great point @ben; where is @cleo?" is about cleo only. Whom a clause
addresses stands in it, at its beginning or end; or alone beside it ("@nora, you are missed"); or at the beginning of
the sentence or the post, or alone at the end of the post. Else, in a reply, it is the person who is answered.
"""

from bot.domain.model import Person
from bot.domain.recognise.clauses import Clause, Clauses
from bot.domain.recognise.matcher import Match, Who
from bot.domain.recognise.normalise import MENTION, SYMBOL, TAG


class Targets(Clauses):
    """Tells who is meant."""

    def meant(self, match: Match, about: str = "you") -> tuple[Person, ...]:
        """Return whom a matched phrase is about; nobody if that cannot be told."""
        who = match.who or Who(is_you=True)
        if not who.is_you:
            return who.people
        number = self.clause_of[match.start]
        addressed = self.addressed(number, match)
        if not addressed and about == "named" and match.who is None:
            addressed = self._nearby(number)
        if addressed or who.is_crowd or self.parent is None or self.named_in(self.clauses[number]):
            return addressed
        return (self.parent,)

    def _nearby(self, number: int) -> tuple[Person, ...]:
        """Return who is named in the clause of this number, else after it, else before it; nobody if several are."""
        for clause in (self.clauses[n] for n in (number, number + 1, number - 1) if 0 <= n < len(self.clauses)):
            begin = max(clause.start, self.prefix)
            named = [self._run_at[at].people() for at in range(begin, clause.end) if at in self._run_starts]
            named += [
                (owner.person,) for at in range(begin, clause.end) if (owner := self._owners.get(at)) and owner.person
            ]
            if named:
                return named[0] if len(named) == 1 else ()
        return ()

    def addressed(self, number: int, match: Match) -> tuple[Person, ...]:
        """Return whom the clause of this number speaks to, by name."""
        clause = self.clauses[number]
        own = self._lead(clause, match.start) or self._tail(clause, match.end) or self._tail(clause, match.start)
        if own or self.named_in(clause):
            return own
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(self.clauses)]
        same = [self.clauses[n] for n in beside if self.clauses[n].sentence == clause.sentence]
        sentence = [c for c in self.clauses if c.sentence == clause.sentence]
        found = next(filter(None, map(self._alone, same)), ()) or self._lead(sentence[0])
        found = found or next(filter(None, (self._tail(c) for c in same)), ())
        if found or any(self.named_in(c) for c in sentence):
            return found
        before = self.clauses[max(number - 1, 0)]
        return self._lead(self.clauses[0]) or self._alone(self.clauses[-1]) or self._alone(before)

    def _lead(self, clause: Clause, begins: int | None = None) -> tuple[Person, ...]:
        """Return who is addressed at the beginning of a clause; `begins` is where a phrase begins."""
        at = clause.start
        while at < clause.end and (at < self.prefix or self._is_skipped(at)):
            at += 1
        run = self._run_at.get(at)
        if run is None:
            return ()
        after = run.end
        while after < clause.end and self.tokens[after].kind in {TAG, SYMBOL}:
            after += 1
        is_open = after == begins or all(map(self._is_skipped, range(after, clause.end)))
        is_open = is_open or self._is_opener(after, run.end)
        spoken_to = is_open or any(word in self.lexicon.second for word in self.words[after : clause.end])
        return run.people() if spoken_to else ()

    def _is_opener(self, at: int, name_ends: int) -> bool:
        """Say whether this word, the first after a name that ends there, shows that the name is spoken to."""
        if self.words[at] in self.lexicon.openers:
            return True
        is_mention = self.tokens[name_ends - 1].kind == MENTION
        return is_mention and bool(self.lexicon.verbs) and self.words[at] not in self.lexicon.verbs

    def _alone(self, clause: Clause) -> tuple[Person, ...]:
        """Return who is addressed by a clause that does nothing else ("hey @nora")."""
        run = next((run for run in self._runs if run.start >= clause.start), None)
        return self._lead(clause) if run is not None and self._is_over(run.end, clause) else ()

    def _tail(self, clause: Clause, ends: int = -1) -> tuple[Person, ...]:
        """Return who is addressed at the end of a clause, or directly after the phrase, which ends at `ends`."""
        after = self._run_at.get(ends)
        if after is not None and after.start < clause.end:
            return after.people()
        for run in reversed(self._runs):
            if run.start < clause.start or run.start < ends:
                break
            if run.end <= clause.end and self._is_over(run.end, clause):
                before = run.start - 1
                is_safe = self.tokens[before].kind in {TAG, SYMBOL} or self.words[before] in self.lexicon.here
                return run.people() if is_safe or self._is_called_after(before, clause) else ()
        return ()

    def _is_called_after(self, before: int, clause: Clause) -> bool:
        """Say whether a closing mention is an address because the clause says "you" and no word ties it in."""
        is_mention = self.tokens[before + 1].kind == MENTION
        if not (self.lexicon.ties and is_mention) or self.words[before] in self.lexicon.ties:
            return False
        return any(word in self.lexicon.second for word in self.words[clause.start : before])

    def _is_skipped(self, at: int) -> bool:
        return self.tokens[at].kind in {TAG, SYMBOL} or self.words[at] in self.lexicon.greetings

    def _is_over(self, at: int, clause: Clause) -> bool:
        return all(self.tokens[n].kind in {TAG, SYMBOL} for n in range(at, clause.end))
