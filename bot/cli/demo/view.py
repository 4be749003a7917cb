"""The live view: posts flow by, calls light up, the decision says why, and the message stands as she sees it."""

import threading
from collections import deque
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.layout import Layout
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.app.journal import Decided, Event, Moved, PostRead, QuestionAsked
from bot.cli.demo.proof import Outcome
from bot.cli.demo.theatre import Theatre
from bot.domain.conditions import Check
from bot.domain.outbox import ANSWER
from bot.domain.rules import Decision, Remind

FLOW: Final = 40
SMALL: Final = 24
"""Rows of a terminal below which posts are simply printed one after the other."""


class View:
    """Draws what the bot tells. Events come from the bot's threads, drawing happens in Rich's."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._lock = threading.Lock()
        self._posts: deque[Text] = deque(maxlen=FLOW)
        self._theatre: Theatre | None = None
        self._question = Text("no question yet", style="dim")
        self._calls = 0
        self._decisions: deque[Text] = deque(maxlen=4)
        self._message: Text | None = None
        self._live: Live | None = None

    def say(self, text: str) -> None:
        """Print a line of the stage directions."""
        self._console.print(text, style="dim", highlight=False)

    def curtain_up(self, theatre: Theatre) -> None:
        """Begin to draw the evening; on a small or dumb terminal, print it line by line."""
        self._theatre = theatre
        if self._console.is_terminal and self._console.height >= SMALL:
            self._live = Live(get_renderable=self._draw, console=self._console, refresh_per_second=8, screen=True)
            self._live.start()

    def curtain_down(self) -> None:
        """Stop drawing; the terminal is as it was."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def listen(self, event: Event) -> None:
        """Take up an event of the bot's."""
        theatre = self._theatre
        if theatre is None:
            return
        with self._lock:
            line = self._take(event, theatre)
        if line is not None and self._live is None:
            self._console.print(line, highlight=False)

    def _take(self, event: Event, theatre: Theatre) -> Text | None:
        match event:
            case PostRead(post=post, calls=calls):
                self._calls += len(calls)
                mark = ("call ▸ ", "bold red") if calls else ("       ", "")
                said = (post.text.replace("\n", " "), "bold yellow" if calls else "")
                line = Text.assemble(mark, (f"{post.author.called:>18.18}  ", "cyan"), said)
                self._posts.append(line)
                return line
            case QuestionAsked(number=number, text=text):
                self._question = Text.assemble((f"Q{number}  ", "bold green"), text)
            case Decided(decision=decision, called=called) if event.is_news:
                line = Text.assemble((f"{theatre.minute():4.0f}'  ", "dim"), _said(called, decision))
                self._decisions.append(line)
                return line
            case Moved(message=message) if message.kind != ANSWER and message.text is not None:
                self._message = Text(message.text)
                return Text.assemble(("   reminder ", "bold"), f"is {message.state}")
        return None

    def _draw(self) -> RenderableType:
        with self._lock:
            minute = self._theatre.minute() if self._theatre else 0.0
            rows = max(4, self._console.height - 4)
            posts = list(self._posts)[-rows:]
            side = Layout()
            side.split_column(
                Layout(Panel(self._question, title=_when(minute)), size=6),
                Layout(Panel(Text(f"{self._calls} calls so far", style="yellow"), title="her network"), size=3),
                Layout(Panel(Group(*self._decisions), title="decisions")),
                Layout(Panel(self._message or Text("nothing yet", style="dim"), title="her phone"), size=12),
            )
            flow = Table.grid(padding=(0, 0))
            for post in posts:
                post.no_wrap, post.overflow = True, "ellipsis"
                flow.add_row(post)
            whole = Layout()
            whole.split_row(Layout(Panel(flow, title="#lrnchat"), ratio=3), Layout(side, ratio=2))
            return whole


def _said(called: str, decision: Decision) -> Text:
    if isinstance(decision, Remind):
        facts = ", ".join(_held(check) for check in decision.checks)
        return Text.assemble(("remind ", "bold green"), f"{called}: {decision.rule} ({facts})")
    return Text.assemble(("skip ", "bold"), f"{called}: {decision.reason}")


def _when(minute: float) -> str:
    return f"{-minute:.0f} minutes before" if minute < 0 else f"minute {minute:.0f} of 60"


def _held(check: Check) -> str:
    name = check.name.removesuffix("_at_least").replace("_", " ")
    if isinstance(check.actual, str):
        return f"{name}: {check.actual}"
    return f"{name}: {check.actual:.0f}, at least {check.wanted:.0f}"


def summary(outcome: Outcome, her: str) -> RenderableType:
    """Say what came of the evening for the person of that name."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_row("read", f"{outcome.posts} posts by {outcome.people} people")
    table.add_row("heard", f"{outcome.calls} calls for {her} by {len(outcome.callers)}: {', '.join(outcome.callers)}")
    at = f" in minute {outcome.minutes_into_session:.0f}" if outcome.minutes_into_session is not None else ""
    table.add_row("sent", f"{outcome.direct_messages} direct message{'' if outcome.direct_messages == 1 else 's'}{at}")
    table.add_row("cost", f"{outcome.requests} requests, {outcome.seconds:.0f} seconds of your time")
    verdict = (
        Text("She heard it once, in time.", style="bold green")
        if outcome.is_right
        else Text("That was not one message in time.", style="bold red")
    )
    phone = Panel(Text(outcome.text or "nothing"), title="her phone, read with her own token", expand=False)
    return Group("", phone, table, "", verdict)
