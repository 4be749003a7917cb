"""The phrase file of one language: what people say when somebody is missed, and what only looks like it.

A speaker of a language writes such a file (`config/phrases/en.toml` is the model); no code changes. A phrase says:

    says = ["{who} (is|are|was|were) [so|really] missed {close}"]

    missed            the word itself. Capitals, accents, look-alike letters and apostrophes do not count ("you're" is
                      "youre"); slips of the finger are forgiven in cues of six letters and more.
    (is|are)          one of these; more than one word may stand in each place
    [so|really]       one of these, or nothing
    *                 up to three words, whatever they are, within a clause
    .                 an edge: the clause begins or ends here, or a mention, hashtag, emoji or name stands here
    ?                 the clause ends here, with a question mark
    {who}             somebody: a mention, a name, several of them, "you" with or without them, or "she" after a name
    {you}             "you" only             {whose}  "your", "@nora's", "Nora's", or "her" after a name
    {chat}            the chat's hashtag, or one of the words under `chat`
    {elsewhere}       a word or hashtag that is neither of the chat nor about when (not under `chat` or `here`)
    {close}           a part: a piece of pattern that is named once under [parts] and used in many phrases

A phrase without {who}, {you} and {whose} means the person whom its clause addresses, as does "you" alone; with
`about = "named"` else the only one who is named in its clause or beside it ("somebody is AWOL ... @nora").
Every phrase has words of its own: posts without those of any phrase are put aside unread. The rarer its rarest word
(or set of alternatives) is in ordinary posts, the faster. Slips of the finger are forgiven in the `cues`.

A guard refuses the calls of its own clause; `over = "post"` those of the whole post; `over = "person"` those to the
people its clause is about, or everybody's where it names nobody. `against` names the kinds it refuses, else all.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from bot.domain.model import Value
from bot.domain.recognise.normalise import cut, tokens
from bot.domain.recognise.patterns import SLOTS, Grammar, Pieces, has_words, literals
from bot.domain.recognise.spelling import Spelling

Kind = Literal[
    "missed", "where", "join", "wish", "paging", "without", "long-time", "absence", "awol", "waiting", "chair"
]
Words = tuple[str, ...]
LISTS = (
    "you",
    "your",
    "they",
    "their",
    "crowd",
    "joins",
    "ties",
    "greetings",
    "openers",
    "verbs",
    "chat",
    "here",
    "names_too",
)
"""The fields that hold single words."""


class Phrase(Value):
    """One way to call somebody. `name` is unique in its file and is what decisions and `missed replay` show.

    `about` is for phrases without {who}: they mean "you", or are so telling ("awol") that they mean whoever is named.
    """

    name: str = Field(min_length=1)
    kind: Kind
    says: Words = Field(min_length=1)
    about: Literal["you", "named"] = "you"


class Guard(Value):
    """Words that show that something is not a call."""

    name: str = Field(min_length=1)
    says: Words = Field(min_length=1)
    over: Literal["clause", "person", "post"] = "clause"
    against: tuple[Kind, ...] = ()


class Phrasebook(Value):
    """All phrases and guards of a language, and the little words that clauses are read by.

    `you`, `your`: second person; `they`, `their`: third ("she", "him"; "her", "his"); `crowd`: what turns "you" into
    nobody in particular ("you all"); `joins`: what stands between names; `ties`: what binds a closing name to its
    clause ("thanks to @nora"), so that it is no address; `suffixes`: what follows a name and belongs to it ("さん");
    `greetings`: what may stand before somebody who is addressed; `openers`: what follows an address at the beginning
    of a clause, and never the subject of a sentence ("@nora the chat is on", but not "@nora wrote");
    `verbs`: what follows a name that is a subject ("@nora says"); where a file gives some, a mention that begins a
    clause is an address before any other word ("@nora kettle is on");
    `here`: words after which a closing name is an address ("join us tonight @nora"), and words about when;
    `names_too`: words that are also first names, and so are names only inside a clause and with a capital;
    `spellings`: other forms of a word; `real_words`: words that are no slip of a cue ("messed").
    """

    language: str = Field(min_length=2)
    cues: Words = Field(min_length=1)
    you: Words = ()
    your: Words = ()
    they: Words = ()
    their: Words = ()
    crowd: Words = ()
    joins: Words = ()
    ties: Words = ()
    suffixes: Words = ()
    greetings: Words = ()
    openers: Words = ()
    verbs: Words = ()
    chat: Words = ()
    here: Words = ()
    names_too: Words = ()
    real_words: Words = ()
    parts: dict[str, str] = Field(default_factory=dict)
    spellings: dict[str, Words] = Field(default_factory=dict)
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    guards: tuple[Guard, ...] = ()

    @field_validator("cues", *LISTS)
    @classmethod
    def _folded(cls, words: Words) -> Words:
        return tuple(_one_word(word) for word in words)

    @field_validator("spellings")
    @classmethod
    def _folded_forms(cls, forms: dict[str, Words]) -> dict[str, Words]:
        return {_one_word(word): tuple(_one_word(other) for other in others) for word, others in forms.items()}

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        """Refuse a file in which a phrase cannot be read, or can never be found."""
        for name in self.parts:
            if name in SLOTS:
                raise ValueError(f"part {name!r} has the name of a slot")
        names = [*(phrase.name for phrase in self.phrases), *(guard.name for guard in self.guards)]
        for name in {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{name!r} stands there more than once")
        patterns = (*self.phrase_patterns, *self.guard_patterns)  # reading them refuses those that cannot be read
        for number, pieces in patterns[: len(self.phrase_patterns)]:
            if not has_words(pieces):
                raise ValueError(f"phrase {self.phrases[number].name!r} has no words of its own")
        return self

    @cached_property
    def grammar(self) -> Grammar:
        """Return what reads the patterns; their parts are read once."""
        return Grammar(self.parts, {form: word for word, forms in self.spellings.items() for form in forms})

    @cached_property
    def phrase_patterns(self) -> Sequence[tuple[int, Pieces]]:
        """Return the patterns of phrases, each with the number of its phrase."""
        return tuple(self._patterns(self.phrases))

    @cached_property
    def guard_patterns(self) -> Sequence[tuple[int, Pieces]]:
        """Return the patterns of guards, each with the number of its guard."""
        return tuple(self._patterns(self.guards))

    def _patterns(self, entries: Sequence[Phrase | Guard]) -> Iterator[tuple[int, Pieces]]:
        for number, entry in enumerate(entries):
            for says in entry.says:
                try:
                    yield number, self.grammar.parse(says)
                except ValueError as problem:
                    raise ValueError(f"{entry.name!r} {problem}: {says!r}") from None

    def spelling(self) -> Spelling:
        """Return how the file's words are spelled; only cues are looked for behind slips of the finger."""
        lists = (
            self.cues,
            self.you,
            self.your,
            self.they,
            self.their,
            self.crowd,
            self.joins,
            self.greetings,
            self.openers,
        )
        others = {word for words in (*lists, self.chat, self.here, self.names_too) for word in words}
        return Spelling(
            others | literals(pieces for _, pieces in (*self.phrase_patterns, *self.guard_patterns)),
            forms=self.spellings,
            typos_of=self.cues,
            real=self.real_words,
        )


def _one_word(written: str) -> str:
    """Fold one word of a list, as texts are folded."""
    found = tokens(cut(written))
    if len(found) != 1:
        raise ValueError(f"{written!r} is not one word")
    return found[0].word
