"""A phrase file's words, ready to be asked."""

from bot.domain.recognise.normalise import cut, tokens
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.recognise.spelling import Spelling


class Lexicon:
    """The little words of one language as sets, and how its words are spelled."""

    def __init__(self, book: Phrasebook) -> None:
        self.spelling: Spelling = book.spelling()
        self.you = frozenset(book.you)
        self.your = frozenset(book.your)
        self.they = frozenset(book.they)
        self.their = frozenset(book.their)
        self.persons = frozenset((*book.you, *book.your, *book.they, *book.their))
        self.second = self.you | self.your
        self.crowd = frozenset(book.crowd)
        self.joins = frozenset(book.joins)
        self.suffixes = tuple(tuple(token.word for token in tokens(cut(suffix))) for suffix in book.suffixes)
        self.goes_on = frozenset((*book.joins, *book.crowd, *(word for suffix in self.suffixes for word in suffix)))
        self.ties = frozenset(book.ties)
        self.greetings = frozenset(book.greetings)
        self.openers = frozenset(book.openers)
        self.verbs = frozenset(book.verbs)
        self.chat = frozenset(book.chat)
        self.here = frozenset((*book.here, *book.chat, *book.you, *book.your))
        self.common = frozenset(
            (*self.here, *self.ties, *self.they, *self.their, *self.joins, *self.greetings, *self.openers)
        )
        self.no_names = frozenset(book.names_too) | self.spelling.known
