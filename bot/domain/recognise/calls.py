"""From matched phrases to calls: what a phrase would say, and what refuses it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.matcher import Match, Matcher
from bot.domain.recognise.normalise import MENTION, Token, quoted
from bot.domain.recognise.observations import Scene
from bot.domain.recognise.phrasebook import Guard, Phrase, Phrasebook
from bot.domain.recognise.targets import Reading
from bot.domain.recognise.words import Lexicon

MOST = 50
"""So many phrases of one post are looked at; more is no conversation, and the bound keeps hostile posts cheap."""

NOBODY = "nobody-is-meant"
QUOTED = "quoted"


class Finding(NamedTuple):
    """A phrase that stands in a post. `span` are offsets in the text; `people` who is called.

    `refused_by` names what speaks against it (a guard, or one of the reasons above), `why` where that stands.
    """

    phrase: Phrase
    language: str
    span: tuple[int, int]
    people: tuple[Person, ...] = ()
    refused_by: str = ""
    why: tuple[int, int] = (0, 0)


class Reader:
    """Reads posts with one phrase file."""

    def __init__(self, book: Phrasebook) -> None:
        self.language = book.language
        self.lexicon = Lexicon(book)
        self._phrases = book.phrases
        self._guards = book.guards
        self._find_phrases = Matcher(book.patterns(book.phrases), self.lexicon.you)
        self._find_guards = Matcher(book.patterns(book.guards), self.lexicon.you)

    def may_find(self, words: Collection[str]) -> bool:
        """Say whether these folded words, in any order, could make a phrase. "No" is certain."""
        return bool(self._find_phrases.viable(set(self.lexicon.spelling.all_canonical(words))))

    def findings(self, text: str, found: Sequence[Token], post: Post, scene: Scene) -> list[Finding]:
        """Return every phrase in a text (as `cut` returned it) with its tokens, and what becomes of it."""
        reading = Reading(text, found, post, scene, self.lexicon)
        matches = self._find_phrases.find(reading)[:MOST]
        if not matches:
            return []
        quotations = [*quoted(text), *_reposted(found)]
        guards = [(self._guards[m.entry], m) for m in self._find_guards.find(reading)]
        result = []
        for match in matches:
            finding = Finding(self._phrases[match.entry], self.language, _span(found, match), reading.meant(match))
            result.append(self._judged(finding, match, reading, quotations, guards))
        return result

    def _judged(
        self,
        finding: Finding,
        match: Match,
        reading: Reading,
        quotations: Sequence[tuple[int, int]],
        guards: Sequence[tuple[Guard, Match]],
    ) -> Finding:
        if not finding.people:
            return finding._replace(refused_by=NOBODY)
        start, end = finding.span
        for begin, finish in quotations:
            if begin < end and start < finish:
                return finding._replace(people=(), refused_by=QUOTED, why=(begin, finish))
        for guard, hit in guards:
            if guard.against and finding.phrase.kind not in guard.against:
                continue
            left = _left(guard, hit, match, reading, finding.people)
            if not left:
                return finding._replace(people=(), refused_by=guard.name, why=_span(reading.tokens, hit))
            finding = finding._replace(people=left)
        return finding


def _left(guard: Guard, hit: Match, match: Match, reading: Reading, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Return whom a guard leaves of those a phrase calls."""
    of_guard = {reading.clause_of[at] for at in range(hit.start, hit.end)}
    of_phrase = {reading.clause_of[at] for at in range(match.start, match.end)}
    if guard.over == "post" or of_guard & of_phrase:
        return ()
    if guard.over == "clause":
        return people
    about = {
        person.id
        for number in of_guard
        for person in (*reading.named_in(reading.clauses[number]), *reading.addressed(number, hit))
    }
    return tuple(person for person in people if person.id not in about) if about else ()


def _span(found: Sequence[Token], match: Match) -> tuple[int, int]:
    return found[match.start].start, found[match.end - 1].end


def _reposted(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield what stands after "RT @somebody", as people repost by hand."""
    for token, after in pairwise(found):
        if token.word in {"rt", "mt"} and after.kind == MENTION:
            yield token.start, found[-1].end
            return
