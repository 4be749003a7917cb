"""The network's state and how things in it are found. Everything that changes it runs on one event loop."""

import re
import secrets
from collections import defaultdict

from sandbox.clock import Now
from sandbox.dialect import Dialect
from sandbox.ids import IdSource
from sandbox.model import Account, Status
from sandbox.oauth import Application, Grant, Token, parse_scopes

_USERNAME = re.compile(r"[a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?", re.IGNORECASE)


class Network:
    """One server and the remote accounts it knows."""

    def __init__(self, now: Now, domain: str, dialect: Dialect, *, shows_blocked_mentions: bool) -> None:
        self.now = now
        self.domain = domain
        self.dialect = dialect
        self.shows_blocked_mentions = shows_blocked_mentions
        self.ids = IdSource(dialect.ids)
        self.accounts: dict[str, Account] = {}
        self.statuses: dict[str, Status] = {}
        self.tagged: dict[str, set[str]] = defaultdict(set)
        self.tokens: dict[str, Token] = {}
        self.applications: dict[str, Application] = {}
        self.grants: dict[str, Grant] = {}
        self._by_handle: dict[tuple[str, str | None], Account] = {}

    def add_account(self, username: str, domain: str | None) -> Account:
        """Add an account. Raises ValueError for a name that is taken or not a user name."""
        home = self._foreign(domain)
        handle = (username.lower(), home)
        if not _USERNAME.fullmatch(username) or handle in self._by_handle:
            raise ValueError(f"not a free user name: {username}")
        now = self.now()
        shown_domain = home or (self.domain if self.dialect.local_acct_has_domain else None)
        acct = f"{username}@{shown_domain}" if shown_domain else username
        account = Account(self.ids.at(now), username, home, acct, now)
        self.accounts[account.id] = self._by_handle[handle] = account
        return account

    def find(self, username: str, domain: str | None = None) -> Account | None:
        """Return the account of this name, in any case; no domain, or ours, means a local one."""
        return self._by_handle.get((username.lower(), self._foreign(domain)))

    def find_handle(self, handle: str) -> Account | None:
        """Return the account of ``ana``, ``@ana`` or ``@pat@far.example``."""
        username, _, domain = handle.strip().removeprefix("@").partition("@")
        return self.find(username, domain or None)

    def new_token(self, account: Account, scopes: str) -> str:
        """Return a new access token. Raises ValueError for an unknown scope."""
        return self.issue(account.id, parse_scopes(scopes), None).value

    def issue(self, account_id: str | None, scopes: frozenset[str], application: Application | None) -> Token:
        """Return a new token, kept."""
        token = Token(secrets.token_urlsafe(32), account_id, scopes, self.now(), application)
        self.tokens[token.value] = token
        return token

    def web_domain(self, account: Account) -> str:
        """Return the domain on which the account lives."""
        return account.domain or self.domain

    def _foreign(self, domain: str | None) -> str | None:
        lowered = domain.lower() if domain else None
        return None if lowered == self.domain.lower() else lowered
