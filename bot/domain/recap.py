"""What a session was about, for a member who missed it and asked to be told: its questions, and who of theirs spoke.

Everything has to fit into one message: what friends said is linked, not quoted, and the questions share what room is
left. The way out is never cut.
"""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.model import Moment, Value
from bot.domain.values import a_day, a_moment
from bot.domain.wording import LIMIT, Wording, harmless, shortened

READABLE: Final = 24
"""Characters below which a question says nothing; rather than that, the links to what friends said go."""


class RecapWords(Value):
    """What a recap speaks of. `questions` by number; `friends` are names, the strongest tie first.

    `said` are links to what friends wrote, `link` is where the session began; `zone` is the reader's.
    """

    hashtag: str
    starts_at: Moment
    questions: tuple[tuple[int, str], ...] = ()
    friends: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    link: str
    zone: str
    next_at: Moment | None = None


def recap(wording: Wording, words: RecapWords, language: str, *, room: int = LIMIT) -> str:
    """Word a recap within `room` characters."""
    values: dict[str, object] = {
        "chat": words.hashtag,
        "day": a_day(words.starts_at.astimezone(ZoneInfo(words.zone)).date()),
        "friends": len(words.friends),
        "names": f"text:{wording.names(words.friends, language)}",
        "linked": "yes" if words.said else "no",
        "said": f"text:{' '.join(words.said)}",
        "link": f"text:{words.link}",
        "coming": "yes" if words.next_at else "no",
        "next": a_moment(words.next_at) if words.next_at else "",
    }

    def say(questions: Sequence[str] = ()) -> str:
        asked = "text:" + "\n".join(questions)
        text = wording.say("recap", {**values, "questions": asked}, language, words.zone)
        return "\n".join(line for line in text.splitlines() if line)

    if len(say()) + READABLE * len(words.questions) > room:
        values["linked"] = "no"
    return say(_shared(words.questions, room - len(say()) - 1))


def _shared(questions: Sequence[tuple[int, str]], room: int) -> list[str]:
    """Cut questions to lines that fill a room together; what short ones leave is for the long ones."""
    lines = {number: f"{number}. {harmless(text)}" for number, text in questions if harmless(text)}
    left = room
    for place, number in enumerate(sorted(lines, key=lambda one: len(lines[one]))):
        share = left // (len(lines) - place) - 1
        lines[number] = shortened(lines[number], max(0, share))
        left -= len(lines[number]) + 1
    return [line for line in lines.values() if line]
