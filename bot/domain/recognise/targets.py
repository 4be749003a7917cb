"""A post's clauses, and who is meant in them.

Targets are attached by clause: "thanks @ana, great point @ben; where is @cleo?" is about cleo only. Whom a clause
addresses stands in it, at its beginning or end; or alone beside it ("@nora, you are missed"); or at the beginning of
the sentence or the post, or alone at the end of the post. Else, in a reply, it is the person who is answered.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.matcher import Match, Who
from bot.domain.recognise.normalise import COMMA, MENTION, NO_GAP, SENTENCE, SYMBOL, TAG, WORD, Token, tag_word
from bot.domain.recognise.observations import Scene
from bot.domain.recognise.patterns import ANY, BEGIN, END
from bot.domain.recognise.people import parent, runs, units
from bot.domain.recognise.words import Lexicon


class Clause(NamedTuple):
    """Tokens start to end; `sentence` counts sentences."""

    start: int
    end: int
    sentence: int


class Reading:
    """One post, read with one language's words; what the matcher walks over."""

    def __init__(self, text: str, found: Sequence[Token], post: Post, scene: Scene, lexicon: Lexicon) -> None:
        self.tokens = found
        self.lexicon = lexicon
        self.chat = tag_word(scene.chat.tag)
        self.words = list(lexicon.spelling.all_canonical([token.word for token in found]))
        self.gaps = [token.gap for token in found]
        self.units = units(text, found, post, scene, lexicon.no_names)
        self.parent = parent(post, scene)
        self.prefix = self._prefix(post)
        named = [unit for unit in self.units if unit.start >= self.prefix]
        self._runs = runs(found, named, lexicon.joins)
        self._named = {at for run in self._runs for at in range(run.start, run.end)}
        self._run_at = {unit.start: run for run in self._runs for unit in run.units}
        self._owners = {unit.start: unit for unit in named if unit.is_owner}
        self._filled: dict[tuple[str, int], tuple[int, Who | None] | None] = {}
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

    def fill(self, slot: str, at: int) -> tuple[int, Who | None] | None:
        """Return where a slot that begins at this token ends, and whom it names; nothing if it cannot begin here."""
        key = (slot, at)
        if key not in self._filled:  # many patterns ask the same
            self._filled[key] = self._fill(slot, at)
        return self._filled[key]

    def _fill(self, slot: str, at: int) -> tuple[int, Who | None] | None:
        if slot in {BEGIN, END}:
            return (at, None) if self._is_edge(at, is_end=slot == END) else None
        if at >= len(self.tokens):
            return None
        if slot in {"who", "you"}:
            run = self._run_at.get(at) if slot == "who" else None
            return self._you(at) if run is None else (run.end, Who(run.people(at)))
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
            return owner.end, Who((owner.person,) if owner.person else ())
        return (at + 1, Who(is_you=True)) if self.words[at] in self.lexicon.your else None

    def _is_tag(self, at: int) -> bool:
        return self.tokens[at].kind == TAG and self.tokens[at].word == self.chat

    def _is_elsewhere(self, at: int) -> bool:
        word = self.words[at]
        return at not in self._run_at and word not in self.lexicon.here and not any(c.isdigit() for c in word)

    def _is_edge(self, at: int, *, is_end: bool) -> bool:
        """Say whether a clause could end before this token, or begin with it."""
        beyond = at if is_end else at - 1
        if not 0 <= beyond < len(self.tokens) or (at < len(self.tokens) and self.gaps[at] > NO_GAP):
            return True
        return self.tokens[beyond].kind != WORD or beyond in self._named

    def named_in(self, clause: Clause) -> tuple[Person, ...]:
        """Return who is named in a clause, in whatever role."""
        inside = (u for u in self.units if max(clause.start, self.prefix) <= u.start < clause.end)
        return tuple(unit.person for unit in inside if unit.person is not None)

    def meant(self, match: Match) -> tuple[Person, ...]:
        """Return whom a matched phrase is about; nobody if that cannot be told."""
        who = match.who or Who(is_you=True)
        if not who.is_you:
            return who.people
        number = self.clause_of[match.start]
        addressed = self.addressed(number, match)
        if addressed or who.is_crowd or self.parent is None or self.named_in(self.clauses[number]):
            return addressed
        return (self.parent,)

    def addressed(self, number: int, match: Match) -> tuple[Person, ...]:
        """Return whom the clause of this number speaks to, by name."""
        clause = self.clauses[number]
        own = self._lead(clause, match.start) or self._tail(clause, match.end)
        if own or self.named_in(clause):
            return own
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(self.clauses)]
        same = [self.clauses[n] for n in beside if self.clauses[n].sentence == clause.sentence]
        sentence = [c for c in self.clauses if c.sentence == clause.sentence]
        found = next(filter(None, map(self._alone, same)), ()) or self._lead(sentence[0])
        if found or any(self.named_in(c) for c in sentence):
            return found
        return self._lead(self.clauses[0]) or self._alone(self.clauses[-1])

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
        is_open = after in {begins, clause.end} or self.words[after] in self.lexicon.openers
        spoken_to = is_open or any(word in self.lexicon.second for word in self.words[after : clause.end])
        return run.people() if spoken_to else ()

    def _alone(self, clause: Clause) -> tuple[Person, ...]:
        """Return who is addressed by a clause that does nothing else ("hey @nora")."""
        run = next((run for run in self._runs if run.start >= clause.start), None)
        return self._lead(clause) if run is not None and self._is_over(run.end, clause) else ()

    def _tail(self, clause: Clause, ends: int) -> tuple[Person, ...]:
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
                return run.people() if is_safe else ()
        return ()

    def _is_skipped(self, at: int) -> bool:
        return self.tokens[at].kind in {TAG, SYMBOL} or self.words[at] in self.lexicon.greetings

    def _is_over(self, at: int, clause: Clause) -> bool:
        return all(self.tokens[n].kind in {TAG, SYMBOL} for n in range(at, clause.end))
