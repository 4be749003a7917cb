"""The command `missed demo`."""

from typing import Annotated

import typer

from bot.cli import exits


@exits.told
def demo(
    speed: Annotated[
        float, typer.Option(min=1, max=600, help="How many times faster than life the evening runs.")
    ] = 120,
    seed: Annotated[int, typer.Option(help="Another seed, a slightly different evening.")] = 11,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of the view.")] = False,
    platform: Annotated[str, typer.Option(help="Where it plays: mastodon, x or both.")] = "mastodon",
    keep: Annotated[bool, typer.Option("--keep", help="Stay up afterwards, to look around.")] = False,
) -> None:
    """Play the story for real: one evening, fifteen mentions, one message.

    A small social network starts on this machine (with --platform both two of them, and she has an account on each);
    people chat; the real bot watches. What arrives is read back through the account of the person who was missed.
    Ends with 0 only if that is exactly one message, in time.

    Example: missed demo --speed 120
    """
    try:
        from bot.cli.demo.performance import perform
        from bot.cli.demo.venues import Where
    except ModuleNotFoundError as error:
        exits.fail(f"the demo needs {error.name}: pip install 'you-were-missed[demo]'", exits.WRONG_USE)

    if platform not in list(Where):
        exits.fail(f"--platform is one of {', '.join(Where)}, not {platform!r}", exits.WRONG_USE)
    if not perform(speed=speed, seed=seed, as_json=as_json, keep=keep, where=Where(platform)):
        raise typer.Exit(exits.FAILED)
