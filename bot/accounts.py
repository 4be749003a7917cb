"""The composition root's part that makes an account on X of what is configured."""

from datetime import timedelta
from typing import Final

from adapters.storage import SqlStorage
from adapters.twitter import COMMANDS, LIMITS, ByCode, ByPin, Credentials, Keys, Options, TokenFile, XAccount
from adapters.twitter import connect as connect_x
from bot.app.errors import Misconfigured
from bot.app.ports import Clock
from bot.app.till import Till
from config.settings import Settings
from config.x import SIGNED, XSection

NAME: Final = "x"
"""The account's name in the rows of limits and costs: there is one at most."""


def x_section(settings: Settings) -> XSection:
    """Return what is configured of X.

    Raises:
        Misconfigured: nothing is.
    """
    if settings.x is None:
        raise Misconfigured("x: no account is configured. Add an [x] table to the configuration.")
    return settings.x


def x_till(settings: Settings, storage: SqlStorage) -> Till:
    """Return what is counted and paid with."""
    return Till(NAME, storage, LIMITS, settings.prices.micros(), x_section(settings).monthly_micros, COMMANDS)


def x_account(settings: Settings, clock: Clock, storage: SqlStorage) -> XAccount:
    """Return the configured account, not connected yet.

    Raises:
        Misconfigured: none is configured, or its secrets are not complete.
    """
    section = x_section(settings)
    options = Options(
        base_url=section.api_url,
        noun="post" if section.names == "new" else "tweet",
        direct_every=timedelta(seconds=section.direct_every_seconds) if section.direct_every_seconds else None,
        owns_app=section.owns_app,
        is_counting=section.presence == "counts",
    )
    return connect_x(_credentials(section), x_till(settings, storage), clock, options)


def _credentials(section: XSection) -> Credentials:
    if section.client_id:
        return _tokens(section).credentials()
    keys = {name: section.given(name) for name in SIGNED}
    if missing := [name for name, secret in keys.items() if not secret]:
        variable = f"MISSED_X_{missing[0].upper()}"
        raise Misconfigured(f"x.{missing[0]}: is missing. Set {variable} or {variable}_FILE.")
    return Keys(**keys)


def _tokens(section: XSection) -> TokenFile:
    return TokenFile(section.token_file, section.api_url, section.client_id, section.given("client_secret"))


def x_login_by_code(section: XSection, redirect: str) -> ByCode:
    """Return the way to sign in by OAuth 2.0."""
    return ByCode(_tokens(section), section.client_id, redirect)


def x_login_by_pin(section: XSection) -> ByPin:
    """Return the way to sign in by OAuth 1.0a."""
    return ByPin(section.api_url, section.given("consumer_key"), section.given("consumer_secret"))
