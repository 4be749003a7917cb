"""The HTTP session under tweepy: another address, time-outs, bounds, and no secret in any log.

tweepy's host is a literal and it sets no time-out: both are put right by a transport adapter. Its DEBUG lines hold the
bearer token, those of requests-oauthlib and oauthlib the signed headers; a filter on each of their loggers lets
nothing below a warning through, whatever level somebody sets.
"""

import logging
from typing import Any, Final
from urllib.parse import urlsplit

import requests
import tweepy
from requests_oauthlib import OAuth1Session, OAuth2Session

from adapters.bounded import BoundedAdapter

HOSTS: Final = ("https://api.twitter.com", "https://api.x.com", "https://twitter.com", "https://x.com")
"""The addresses that tweepy has built in."""

TIMEOUT: Final = 20.0
"""Seconds to connect, and to wait for each piece of an answer."""

_TALKATIVE: Final = ("tweepy", "requests_oauthlib", "oauthlib")


class _Redirected(BoundedAdapter):
    """Sends what is meant for X to the configured server, after it was signed for X."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request, with a time-out."""
        parts = urlsplit(request.url or "")
        request.url = f"{self._base_url}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        kwargs["timeout"] = kwargs.get("timeout") or TIMEOUT
        return super().send(request, *args, **kwargs)


def bend(session: requests.Session, base_url: str) -> None:
    """Make a session of tweepy's speak to `base_url`, with time-outs, and follow no redirect."""
    for host in HOSTS:
        session.mount(f"{host}/", _Redirected(base_url.rstrip("/")))
    session.max_redirects = 0
    session.trust_env = session.trust_env and not base_url.startswith("http://")


def _is_worth_it(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def hush() -> None:
    """Keep tokens out of logs: drop what the libraries say below a warning. May be called again."""
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in _TALKATIVE:
            logging.getLogger(name).addFilter(_is_worth_it)


__all__ = ["OAuth1Session", "OAuth2Session", "bend", "hush", "tweepy"]
