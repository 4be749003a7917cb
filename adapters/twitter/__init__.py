"""X, by its API v2 (docs.x.com/x-api)."""

from adapters.twitter.account import Options, XAccount
from adapters.twitter.checkup import Finding
from adapters.twitter.client import COMMANDS, LIMITS
from adapters.twitter.credentials import Bearer, Credentials, Keys, fixed
from adapters.twitter.login import ByCode, ByPin
from adapters.twitter.tokens import TokenFile
from bot.app.ports import Clock
from bot.app.till import Till

__all__ = [
    "COMMANDS",
    "LIMITS",
    "Bearer",
    "ByCode",
    "ByPin",
    "Credentials",
    "Finding",
    "Keys",
    "Options",
    "TokenFile",
    "XAccount",
    "connect",
    "fixed",
]


def connect(credentials: Credentials, till: Till, clock: Clock, options: Options) -> XAccount:
    """Return the account that the credentials belong to. Nothing is asked before `open()` or the first use."""
    return XAccount(credentials, till, clock, options)
