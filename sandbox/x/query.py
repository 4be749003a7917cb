"""Search queries, as far as they are used here: anything else is refused, so that a mistake is seen.

#tag @name from: conversation_id: is:retweet, "quoted words", words; a space is AND and binds closer than OR; a minus
negates one operator or group (docs.x.com/x-api/posts/search/integrate/build-a-query).
"""

import re
from collections.abc import Callable
from typing import Final

from sandbox.x.model import Network, Tweet

LONGEST: Final = 512

Test = Callable[[Tweet], bool]

_TOKEN = re.compile(r'\s*(\(|\)|-?"[^"]*"|-\(|[^\s()"]+)')


class BadQuery(ValueError):
    """A query that X refuses; the text says why."""


def compiled(query: str, network: Network) -> Test:
    """Return what tells the posts that a query finds.

    Raises:
        BadQuery: it is too long, empty, malformed, uses an operator that is not known, or only leaves things out.
    """
    if not query.strip() or len(query) > LONGEST:
        raise BadQuery(f"query length must be between 1 and {LONGEST}, this one has {len(query)}")
    tokens = _tokens(query)
    if all(token.startswith("-") or token in {"(", ")", "OR"} for token in tokens):
        raise BadQuery("a query cannot hold only negated operators")
    parser = _Parser(tokens, network)
    test = parser.either()
    if parser.tokens:
        raise BadQuery(f"unexpected {parser.tokens[0]!r}")
    return test


def _tokens(query: str) -> list[str]:
    found, at = [], 0
    query = query.strip()
    while at < len(query):
        match = _TOKEN.match(query, at)
        if match is None:
            raise BadQuery(f"cannot read {query[at : at + 20]!r}")
        found.append(match[1])
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str], network: Network) -> None:
        self.tokens = tokens
        self._network = network

    def either(self) -> Test:
        tests = [self._all()]
        while self.tokens and self.tokens[0] == "OR":
            self.tokens.pop(0)
            tests.append(self._all())
        return lambda tweet: any(test(tweet) for test in tests)

    def _all(self) -> Test:
        tests = []
        while self.tokens and self.tokens[0] not in {"OR", ")"}:
            tests.append(self._one())
        if not tests:
            raise BadQuery("an operator is missing")
        return lambda tweet: all(test(tweet) for test in tests)

    def _one(self) -> Test:
        token = self.tokens.pop(0)
        is_negated = token.startswith("-")
        word = token.removeprefix("-")
        if word == "(":
            test = self.either()
            if not self.tokens or self.tokens.pop(0) != ")":
                raise BadQuery("a parenthesis is not closed")
        else:
            test = self._operator(word)
        return (lambda tweet: not test(tweet)) if is_negated else test

    def _operator(self, word: str) -> Test:
        name, colon, value = word.partition(":")
        if word.startswith("#") and len(word) > 1:
            return lambda tweet: word[1:].casefold() in {tag.casefold() for tag in tweet.tags}
        if word.startswith("@") and len(word) > 1:
            wanted = word[1:].casefold()
            return lambda tweet: wanted in {one.casefold() for one in tweet.mentions.values()}
        if colon and name == "from" and value:
            return lambda tweet: (
                value == tweet.author_id
                or self._network.people[tweet.author_id].username.casefold() == value.casefold()
            )
        if colon and name == "conversation_id" and value.isdigit():
            return lambda tweet: tweet.conversation_id == value
        if word == "is:retweet":
            return lambda tweet: tweet.retweeted is not None
        if colon:
            raise BadQuery(f"the operator {name}: is not available")
        text = word.strip('"').casefold()
        return lambda tweet: text in tweet.text.casefold()
