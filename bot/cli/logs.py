"""One line a change, on standard error, with names of phrases: never a text, a token, or who a member is."""

import logging
import sys

from bot.app.journal import Decided, Event, Moved, PostRead, PostsSkipped, QuestionAsked, SourceChanged
from bot.domain.rules import Remind

log = logging.getLogger("missed")


def begin(level: int = logging.INFO) -> None:
    """Write the log to standard error. The platforms' libraries stay quiet: at DEBUG they would print tokens."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.handlers = [handler]
    log.setLevel(level)
    log.propagate = False
    for noisy in ("mastodon", "tweepy", "oauthlib", "requests_oauthlib", "urllib3", "httpx", "httpcore", "requests"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def journal(event: Event) -> None:
    """Write an event as one line."""
    level, line = _line(event)
    log.log(level, "%s", line)


def _line(event: Event) -> tuple[int, str]:
    match event:
        case PostRead(calls=()):
            return logging.DEBUG, f"post {event.post.id}"
        case PostRead(calls=calls):
            return logging.INFO, "call: " + ", ".join(f"post {c.post_id}: {c.kind}, phrase {c.phrase!r}" for c in calls)
        case QuestionAsked():
            return logging.INFO, f"question {event.number} in {event.session_id}"
        case Decided():
            level = logging.INFO if event.is_news else logging.DEBUG
            return level, f"decision in {event.session_id}: {_said(event)}"
        case Moved(message=message):
            why = f" ({message.reason})" if message.reason else ""
            return logging.INFO, f"message {message.id} ({message.kind}) is {message.state}{why}"
        case PostsSkipped():
            return logging.WARNING, f"{event.source}: cannot be read, skipped: {', '.join(event.ids)}"
        case SourceChanged(trouble=""):
            return logging.INFO, f"{event.source} answers again"
        case SourceChanged():
            return logging.WARNING, f"{event.source}: {event.trouble}; next try at {event.retry_at}"


def _said(event: Decided) -> str:
    decision = event.decision
    return f"remind, rule {decision.rule!r}" if isinstance(decision, Remind) else f"skip, {decision.reason}"
