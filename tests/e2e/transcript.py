"""A conversation from START to FORGET, really held: the bot on the sandbox, a person who knows nothing but the answers.

Run it to renew the README's transcripts: python -m tests.e2e.transcript
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.app.journal import silence
from bot.cli.demo.theatre import Theatre, open_theatre
from sandbox.play import DirectMessage

_ADDRESS: Final = re.compile(r"/\d{9,}")
"""Posts are named anew in every performance."""

README: Final = Path(__file__).parents[2] / "README.md"
SAYS: Final = {
    "English": (
        "START",
        "ok",
        "STATUS",
        "I'm away until March 3rd",
        "BACK",
        "*",
        "why?",
        "STOP",
        "START",
        "yes",
        "FORGET",
        "FORGET",
    ),
    "Deutsch": (
        "Hallo, bitte anmelden",
        "ja gern",
        "HILFE",
        "zurück in zwei Wochen",
        "ZURÜCK",
        "*",
        "WARUM",
        "VERGISS",
        "VERGISS",
    ),
}


def hold(language: str) -> Iterator[tuple[str, str]]:
    """Yield what she says and what she is answered, read with her own token; `*` is a friend who calls her."""
    with TemporaryDirectory() as folder, open_theatre(Path(folder), 11, silence) as theatre:
        theatre.clock.jump(theatre.tonight.starts_at - timedelta(minutes=30))
        with theatre.stage.member(theatre.play.absentee) as her:
            for words in SAYS[language]:
                before = len(her.inbox())
                if words == "*":
                    _call(theatre)
                else:
                    her.say(words)
                    theatre.bot.cycle(theatre.clock.now())
                for answer in her.inbox()[before:]:
                    if answer.author.startswith("missed"):
                        yield words, _ADDRESS.sub("/…", answer.text.removeprefix("@nora "))
                theatre.clock.jump(theatre.clock.now() + timedelta(minutes=1))


def _call(theatre: Theatre) -> None:
    """Play the evening up to its first call, and wait until the bot has told her."""
    sent = len(_inbox(theatre))
    while len(_inbox(theatre)) == sent:
        now = theatre.clock.now()
        assert now < theatre.tonight.ends_at, "nobody called her, or nobody told her"
        minute = (now - theatre.tonight.starts_at).total_seconds() / 60
        for line in theatre.stage.due(minute):
            theatre.stage.perform(line)
        theatre.bot.cycle(now)
        theatre.clock.jump(now + timedelta(minutes=2))


def _inbox(theatre: Theatre) -> list[DirectMessage]:
    with theatre.stage.member(theatre.play.absentee) as her:
        return her.inbox()


def written(language: str) -> str:
    """Return the transcript as the README shows it."""
    lines = []
    for words, answer in hold(language):
        if words != "*":
            lines.append(f"**{words}**")
        lines.append("\n".join(f"> {line}  " for line in answer.splitlines()).rstrip())
    return "\n\n".join(lines)


def main() -> None:
    """Put fresh transcripts between their marks."""
    text = README.read_text(encoding="utf-8")
    for language in SAYS:
        begin, end = f"<!-- transcript {language} -->\n\n", f"\n\n<!-- end {language} -->"
        head, _, rest = text.partition(begin)
        text = f"{head}{begin}{written(language)}{end}{rest.partition(end)[2]}"
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
