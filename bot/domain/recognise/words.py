"""A phrase file's words, ready to be asked."""

from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.recognise.spelling import Spelling


class Lexicon:
    """The little words of one language as sets, and how its words are spelled."""

    def __init__(self, book: Phrasebook) -> None:
        self.spelling: Spelling = book.spelling()
        self.cues = self.spelling.forms_of(book.cues)
        self.you = frozenset(book.you)
        self.your = frozenset(book.your)
        self.second = self.you | self.your
        self.crowd = frozenset(book.crowd)
        self.joins = frozenset(book.joins)
        self.greetings = frozenset(book.greetings)
        self.openers = frozenset(book.openers)
        self.chat = frozenset(book.chat)
        self.here = frozenset((*book.here, *book.chat, *book.you, *book.your))
        self.no_names = frozenset(book.names_too) | self.spelling.known
