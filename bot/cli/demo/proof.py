"""What came of the evening, read back through her own account: never from the bot's database."""

from dataclasses import asdict, dataclass, field
from datetime import timedelta

from bot.app.journal import Event, PostRead
from bot.cli.demo.theatre import Theatre
from bot.cli.demo.venues import BOT
from sandbox.play import DirectMessage


@dataclass
class Tally:
    """What the bot read tonight, counted as it reads."""

    session_id: str = ""
    absentee: str = ""
    posts: int = 0
    people: set[str] = field(default_factory=set)
    callers: list[str] = field(default_factory=list)
    called_on: dict[str, list[str]] = field(default_factory=dict)

    def listen(self, event: Event) -> None:
        """Count an event of tonight's session."""
        if isinstance(event, PostRead) and event.session_id == self.session_id:
            self.posts += 1
            self.people.add(event.post.author.id)
            calls = [call for call in event.calls if call.target.handle.partition("@")[0] == self.absentee]
            self.callers += [call.caller.called for call in calls]
            for call in calls:
                on = self.called_on.setdefault(call.target.platform, [])
                if call.caller.called not in on:
                    on.append(call.caller.called)


@dataclass(frozen=True)
class Outcome:
    """The result, as `--json` prints it. `seconds` are real ones, `requests` the bot's own.

    `called_on` are the callers by network; `why` and `stopped` are what she was answered when she asked why, and when
    she said STOP the morning after.
    """

    posts: int
    people: int
    calls: int
    callers: list[str]
    called_on: dict[str, list[str]]
    direct_messages: int
    text: str
    minutes_into_session: float | None
    requests: int
    seconds: float
    why: str = ""
    stopped: str = ""

    @property
    def is_right(self) -> bool:
        """Exactly one message, while the session was on."""
        return (
            self.direct_messages == 1 and self.minutes_into_session is not None and 0 <= self.minutes_into_session < 60
        )

    def as_json(self) -> dict[str, object]:
        """Return the fields by name."""
        return asdict(self)


def read_back(theatre: Theatre, tally: Tally, seconds: float) -> Outcome:
    """Look into her notifications, with her token, for what the bot sent her since the evening began."""
    begin = theatre.tonight.starts_at - timedelta(hours=1)
    with theatre.stage.member(theatre.play.absentee) as her:
        got = [one for one in her.inbox() if one.created_at >= begin and _is_bots(one)]
    first = got[0] if got else None
    minutes = (first.created_at - theatre.tonight.starts_at).total_seconds() / 60 if first else None
    return Outcome(
        posts=tally.posts,
        people=len(tally.people),
        calls=len(tally.callers),
        callers=list(dict.fromkeys(tally.callers)),
        called_on=tally.called_on,
        direct_messages=len(got),
        text=first.text if first else "",
        minutes_into_session=round(minutes, 1) if minutes is not None else None,
        requests=theatre.venue.requests(),
        seconds=round(seconds, 1),
    )


def _is_bots(message: DirectMessage) -> bool:
    return message.author.partition("@")[0] == BOT
