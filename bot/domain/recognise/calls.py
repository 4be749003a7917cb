"""From matched phrases to calls: what a phrase would say, and what refuses it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.matcher import Match, Matcher
from bot.domain.recognise.normalise import MENTION, Token, quoted
from bot.domain.recognise.observations import Scene
from bot.domain.recognise.outline import Glance, Outline, people
from bot.domain.recognise.phrasebook import Guard, Phrase, Phrasebook
from bot.domain.recognise.reading import Reading
from bot.domain.recognise.roster import Roster
from bot.domain.recognise.spelling import is_drawn_out
from bot.domain.recognise.words import Lexicon

MOST = 50
"""So many phrases of one post are looked at; more is no conversation, and the bound keeps hostile posts cheap."""

NOBODY = "nobody-is-meant"
QUOTED = "quoted"

MOST_WORDS = 200
"""Of longer texts the order of words is not looked at before they are cut into tokens."""


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
        self.book = book

    @cached_property
    def _find_phrases(self) -> Matcher:
        """Built when a text of the language first comes, as is everything else that takes a while."""
        return Matcher(self.book.phrase_patterns, self.lexicon.you, self.lexicon.common)

    @cached_property
    def _find_guards(self) -> Matcher:
        return Matcher(self.book.guard_patterns, self.lexicon.you, self.lexicon.common)

    def may_find(self, seen: Glance) -> Sequence[int]:
        """Return which patterns a text may match, told from its folded words; no other can."""
        words = [*map(self.lexicon.spelling.canonical, seen.words)]
        if not seen.has_order or len(words) > MOST_WORDS:
            return self._find_phrases.sieve.passed(set(words))
        spoken_of = people(seen, words, self.lexicon)
        numbers = self._find_phrases.sieve.passed_in_order(words, spoken_of)
        if not numbers:
            return ()
        return self._find_phrases.possible(numbers, Outline(seen, words, spoken_of, self.lexicon))

    def knows(self, words: Iterable[str]) -> int:
        """Count the words that stand anywhere in the file: a hint of the language."""
        return len(self.lexicon.spelling.known.intersection(words))

    def knows_at_best(self, words: Sequence[str]) -> int:
        """Count them where letters may be drawn out ("misssed")."""
        is_drawn = is_drawn_out(" ".join(words))
        return self.knows(map(self.lexicon.spelling.canonical, words) if is_drawn else words)

    def findings(
        self, text: str, found: Sequence[Token], post: Post, scene: Scene, roster: Roster, may: Sequence[int]
    ) -> list[Finding]:
        """Return every phrase in a text (as `cut` returned it) with its tokens, and what becomes of it.

        `may` is what `may_find` has returned.
        """
        reading = Reading(text, found, post, scene, roster, self.lexicon)
        matches = (self._find_phrases.find(reading, may) or [])[:MOST]
        guarding = self._find_guards.find(reading) if matches else None
        if guarding is None:
            return []
        quotations = [*quoted(text), *_reposted(found)]
        guards = [(self.book.guards[m.entry], m) for m in guarding]
        result = []
        for match in matches:
            phrase = self.book.phrases[match.entry]
            finding = Finding(phrase, self.language, _span(found, match), reading.meant(match, phrase.about))
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
        for person in (*reading.named_in(reading.clauses[number]), *reading.stood_for(number))
    }
    about = about or {person.id for number in of_guard for person in reading.addressed(number, hit)}
    return tuple(person for person in people if person.id not in about) if about else ()


def _span(found: Sequence[Token], match: Match) -> tuple[int, int]:
    return found[match.start].start, found[match.end - 1].end


def _reposted(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield what stands after "RT @somebody", as people repost by hand."""
    for token, after in pairwise(found):
        if token.word in {"rt", "mt"} and after.kind == MENTION:
            yield token.start, found[-1].end
            return
