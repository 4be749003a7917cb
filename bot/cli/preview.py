"""`missed preview`: what the bot says, in a language, with everyday names."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import typer

from bot.cli import exits, show
from bot.domain.pace import Progress
from bot.domain.recap import RecapWords, recap
from bot.domain.values import a_choice, a_day, a_list, a_moment, a_number, a_time, hashtags
from bot.domain.wording import ReminderWords, Wording
from config import catalogue

KINDS: Final = ("called", "lapsed", "heads-up", "reminder-next", "recap")
ZONE: Final = "Europe/Berlin"
NEXT: Final = datetime(2027, 3, 4, 19, 30, tzinfo=UTC)
WORDS: Final[dict[str, str]] = {
    "chats": hashtags(("lrnchat", "tea")),
    "chat": "#lrnchat",
    "zone": ZONE,
    "zones": a_choice(("America/Toronto", "America/New_York")),
    "choices": a_choice(("AWAY", "BACK")),
    "one": a_day(NEXT.date()),
    "two": a_day(NEXT.date().replace(month=4, day=3)),
    "at": a_moment(NEXT),
    "before": a_moment(NEXT - timedelta(days=1)),
    "since": a_day(NEXT.date().replace(year=2026)),
    "start": a_time(NEXT.time().replace(hour=22, minute=0)),
    "end": a_time(NEXT.time().replace(hour=7, minute=0)),
    "consent": "live",
    "away": "no",
    "guess": "yes",
    "quiet": "some",
    "lifted": "no",
    "headsup": "some",
    "headsups": a_list(("#lrnchat (15)",)),
    "next": "none",
    "recap": "none",
    "accounts": a_list(("nora@learn.example",)),
    "example": "CANCEL #lrnchat",
    "code": "K7QF-3M9P",
    "covered": hashtags(("lrnchat",)),
    "dated": "yes",
    "until": a_day(NEXT.date()),
    "phase": "live",
    "links": "https://learn.example/@ana/1",
    "is-on": "yes",
    "language": "de",
    **{name: a_number(3) for name in ("callers", "calls", "count", "live", "people", "here", "called")},
    **{name: a_number(12) for name in ("minutes", "sessions", "reminders")},
}

RECAP: Final = RecapWords(
    hashtag="#lrnchat",
    starts_at=NEXT - timedelta(days=7),
    questions=(
        (1, "What does an hour look like that you have really protected?"),
        (2, "Who helps you to keep it?"),
        (3, "What would you learn if nobody ever asked you for a result, a report or a reason?"),
    ),
    friends=("Ana Ferreira", "Ben Achterberg"),
    said=("https://learn.example/@ana/2", "https://learn.example/@ben/3"),
    link="https://learn.example/@hana/1",
    zone=ZONE,
    next_at=NEXT,
)


@exits.told
def preview(
    kind: Annotated[
        str,
        typer.Option(help="A reminder (called, lapsed, heads-up, reminder-next, recap), or a note such as welcome."),
    ],
    language: Annotated[str, typer.Option(help="de, en, es, fr, ja, nl, pt.")] = "en",
    after: Annotated[bool, typer.Option("--after", help="A reminder once the session is over.")] = False,
) -> None:
    """Show one message as a member would read it, and how long it is.

    Example: missed preview --kind called --language de
    """
    wording = Wording(catalogue.messages())
    if language not in wording.languages:
        exits.fail(f"there is no {language!r}; choose one of {', '.join(wording.languages)}", exits.WRONG_USE)
    notes = sorted(note for note in wording.notes(language) if not note.startswith("pattern-"))
    if kind in KINDS:
        is_live = not after
        if after and kind == "lapsed":
            exits.fail("a lapsed reminder is sent only while the session is on: leave out --after", exits.WRONG_USE)
        words = _reminder("next" if kind == "reminder-next" else kind, is_live=is_live)
        text = recap(wording, RECAP, language) if kind == "recap" else wording.remind(words, language)
    elif kind in notes:
        text = wording.say(kind, WORDS, language, ZONE)
    else:
        exits.fail(f"there is no {kind!r}; choose one of {', '.join((*KINDS, *notes))}", exits.WRONG_USE)
    show.say(f"{text}\n\n({len(text)} characters)")


def _reminder(kind: str, *, is_live: bool) -> ReminderWords:
    return ReminderWords(
        kind=kind,
        is_live=is_live,
        callers=("Ana Ferreira", "Ben Achterberg", "Chiara", "Dee"),
        hashtag="#lrnchat",
        progress=Progress(
            number=3,
            of=6,
            text="What does an hour look like that you have really protected?",
            url="",
            on_for=timedelta(minutes=4),
            left_for=timedelta(minutes=34),
            next_in=None,
        ),
        link="https://learn.example/@hana/1",
        zone=ZONE,
        next_at=NEXT,
    )
