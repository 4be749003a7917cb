"""Who the bot signs in as: OAuth 1.0a keys, which do not expire, or an OAuth 2.0 token that has to be renewed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from adapters.twitter.session import bend, hush, tweepy


class Credentials(Protocol):
    """Makes signed requests possible. Nothing of it shows in a repr."""

    @property
    def is_signed(self) -> bool:
        """Say whether requests are signed (OAuth 1.0a) rather than sent with a bearer token."""
        ...

    def client(self, base_url: str) -> tweepy.Client:
        """Return a client of its own, for one thread."""
        ...

    def bearer(self, now: datetime) -> str | None:
        """Return the token that is good now, None where requests are signed. Raises Transient or Misconfigured."""
        ...

    def renew(self, now: datetime) -> bool:
        """The token was refused: get another one; False where there is no way to."""
        ...

    def scopes(self) -> frozenset[str] | None:
        """Return what the token allows, as X said when it handed it out; None where it did not say."""
        ...

    def secrets(self) -> tuple[str, ...]:
        """Return everything that must never be shown."""
        ...


@dataclass(frozen=True)
class Keys:
    """OAuth 1.0a user context (docs.x.com/fundamentals/authentication/oauth-1-0a)."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)

    is_signed = True

    def client(self, base_url: str) -> tweepy.Client:
        """Return a client that signs."""
        return _bent(
            tweepy.Client(
                consumer_key=self.consumer_key,
                consumer_secret=self.consumer_secret,
                access_token=self.access_token,
                access_token_secret=self.access_token_secret,
                return_type=dict,
                wait_on_rate_limit=False,
            ),
            base_url,
        )

    def bearer(self, now: datetime) -> None:
        """Return no token: every request is signed."""

    def renew(self, now: datetime) -> bool:  # noqa: ARG002 - the protocol's
        """Say no: keys that are refused stay refused."""
        return False

    def scopes(self) -> None:
        """Return nothing: what keys allow X says with its answers."""

    def secrets(self) -> tuple[str, ...]:
        """Return all four."""
        return (self.consumer_key, self.consumer_secret, self.access_token, self.access_token_secret)


@dataclass(frozen=True)
class Bearer:
    """A token that is renewed elsewhere or never; `read` returns what is good now, `renewed` another one or None."""

    read: Callable[[datetime], str] = field(repr=False)
    renewed: Callable[[datetime], str | None] = field(default=lambda _now: None, repr=False)
    known: Callable[[], tuple[str, ...]] = field(default=lambda: (), repr=False)
    granted: Callable[[], frozenset[str] | None] = field(default=lambda: None, repr=False)

    is_signed = False

    def client(self, base_url: str) -> tweepy.Client:
        """Return a client; its token is set before every request."""
        return _bent(tweepy.Client(bearer_token="", return_type=dict, wait_on_rate_limit=False), base_url)

    def bearer(self, now: datetime) -> str:
        """Return the token that is good now."""
        return self.read(now)

    def renew(self, now: datetime) -> bool:
        """Get another token."""
        return self.renewed(now) is not None

    def scopes(self) -> frozenset[str] | None:
        """Return what X said that the token allows."""
        return self.granted()

    def secrets(self) -> tuple[str, ...]:
        """Return every token that was ever used here."""
        return self.known()


def fixed(token: str) -> Bearer:
    """Return credentials of one token that never changes."""
    return Bearer(read=lambda _now: token, known=lambda: (token,))


def _bent(client: tweepy.Client, base_url: str) -> tweepy.Client:
    bend(client.session, base_url)
    hush()
    return client
