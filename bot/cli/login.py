"""`missed login`: sign the bot in to X, once."""

import shlex
from pathlib import Path
from typing import Annotated, Final

import typer

from adapters import secretfile
from adapters.clock import SystemClock
from bot import accounts
from bot.app.errors import Misconfigured
from bot.cli import exits, options, show
from config.x import XSection

BACK: Final = "http://127.0.0.1:8765/back"


@exits.told
def login(
    config: options.Config = None,
    redirect: Annotated[str, typer.Option("--redirect", help="OAuth 2.0: the app's callback address.")] = BACK,
) -> None:
    """Sign the bot in to X, by its own account.

    With client_id in the configuration by OAuth 2.0; without it by OAuth 1.0a, which does not expire. Open the address
    that is printed as the bot's account, say yes, and paste what you are given. Tokens go to files only.

    Example: missed login --config missed.toml
    """
    section = accounts.x_section(options.settings_of(config, needs_account=False))
    if section.client_id:
        _by_code(section, redirect)
    else:
        _by_pin(section)


def _by_code(section: XSection, redirect: str) -> None:
    way = accounts.x_login_by_code(section, redirect)
    way.tokens.try_to_keep()
    show.say(f"Open this address as the bot's account, and say yes:\n{way.begin()}")
    way.finish(typer.prompt("The address the browser ended at", hide_input=True), SystemClock().now())
    where = section.token_file.absolute()
    show.say(f"Signed in. The token is in {where} and renewed there. As whom, says `missed check`.")


def _by_pin(section: XSection) -> None:
    if not (section.consumer_key and section.consumer_secret):
        raise Misconfigured(
            "x.consumer_key: is missing. Set MISSED_X_CONSUMER_KEY and MISSED_X_CONSUMER_SECRET (or their _FILE): "
            "the key and the secret of your app in X's developer console. For OAuth 2.0 set client_id instead."
        )
    files = {name: Path(f"x-{name.replace('_', '-')}") for name in ("access_token", "access_token_secret")}
    for path in files.values():
        secretfile.try_to_keep(path)
    way = accounts.x_login_by_pin(section)
    show.say(f"Open this address as the bot's account, and say yes:\n{way.begin()}")
    keyring = way.finish(typer.prompt("The PIN that X shows"))
    for name, path in files.items():
        secretfile.keep(path, getattr(keyring, name))
    show.say(f"Signed in{f' as @{keyring.handle}' if keyring.handle else ''}. Set these two:")
    for name, path in files.items():
        show.say(f"export MISSED_X_{name.upper()}_FILE={shlex.quote(str(path.absolute()))}")
    show.say("Then look with `missed check`.")
