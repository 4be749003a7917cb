"""Run the kill test: python -m tests.chaos [--seed N]; one line of JSON, and 1 where anything was lost or doubled."""

import argparse
import json
import os
import secrets
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

from tests.chaos.plan import Plan, Scale
from tests.chaos.storm import Storm
from tests.postgres import empty_database


def main() -> None:
    """Play one storm."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="replay that storm")
    parser.add_argument("--database-url", default="", help="an empty database; by default a SQLite file of its own")
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--keep", type=Path, help="a folder for what is left: database, logs, configuration")
    for one in fields(Scale):
        parser.add_argument(f"--{one.name.replace('_', '-')}", type=type(one.default), default=one.default)
    given = vars(parser.parse_args())
    plan = Plan(given["seed"], Scale(**{one.name: given[one.name] for one in fields(Scale)}))
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        url = stack.enter_context(empty_database()) if given["postgresql"] else given["database_url"]
        folder = given["keep"] or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found = Storm(plan, folder, url).play(environment())
    sys.stdout.write(json.dumps({"chaos": found}) + "\n")
    sys.exit(not found["is_well"])


def environment() -> dict[str, str]:
    """Return ours without switches of the bot's, which would change what is tried."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("MISSED_")}
    return ours | {"NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1")))}


if __name__ == "__main__":
    main()
