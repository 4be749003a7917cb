"""The scenario for real servers, proved on each dialect of the sandbox."""

from functools import partial
from pathlib import Path
from typing import Final

from sandbox import Sandbox
from sandbox.dialect import DialectName
from sandbox.play import Member
from tests.e2e.evening import SCOPES, real_time
from tests.e2e.together import at_once
from tests.live.test_mastodon import Account, Pace, Server, play_evening

ROLES: Final = ("bot", "member", "friend", "host", "peer")
QUICK: Final = Pace(bot=1, people=0.1, patience=60)


def play(dialect: DialectName, folder: Path, *, is_second: bool = False) -> None:
    """Write the file that names a server, read it as the live test does, and play; a second time after a broken one."""
    with Sandbox(real_time, "learn.example", dialect=dialect, limits=False) as sandbox:
        made = {role: sandbox.add_account(f"{role}one", bot=role == "bot", scopes=SCOPES) for role in ROLES}
        accounts = {role: Account(id=one.id, acct=one.acct, token=one.token) for role, one in made.items()}
        file = folder / "accounts.json"
        file.write_text(Server(base_url=sandbox.base_url, accounts=accounts).model_dump_json(), encoding="utf-8")
        if is_second:
            with Member(sandbox.base_url, made["member"].token, bot=made["bot"].acct) as person:
                person.say("START")
                person.say("yes")
        play_evening(Server.model_validate_json(file.read_text(encoding="utf-8")), folder, QUICK)


test_it_holds_on_mastodon = at_once(partial(play, "mastodon"))
test_it_holds_on_gotosocial = at_once(partial(play, "gotosocial", is_second=True))
test_it_holds_on_takahe = at_once(partial(play, "takahe"))
