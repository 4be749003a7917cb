"""What came of a storm, read in the recipients' inboxes; the bot is not asked."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from tests.chaos.plan import FIRST_AT
from tests.chaos.town import Town, watched

NEEDS: Final = timedelta(minutes=4)
"""So long somebody has to have been watching, in a reminder's useful life, so that it could be delivered."""

ON_ITS_WAY: Final = timedelta(minutes=3)
"""A request that began in time may be slow (a minute), and the bot's clock be wrong by up to two."""

FEW: Final = 5
"""So many of each are named; the seed brings back all."""

_TAG: Final = re.compile(r"#(storm\d+)")


def verdict(town: Town, spans: list[tuple[datetime, datetime]]) -> dict[str, Any]:
    """Count what was lost, doubled, late, or never due, over all members; `spans` are times somebody was watching."""
    talks = {talk.tag: talk for talk in town.plan.talks}
    got: Counter[tuple[str, int]] = Counter()
    helped: Counter[str] = Counter()
    late: list[str] = []
    for member in range(town.plan.scale.members):
        for one in town.received(member):
            if one.created_at < FIRST_AT:
                continue  # from when they signed up
            tag = _TAG.search(one.text)
            if tag is not None:
                got[tag[1], member] += 1
                if one.created_at > talks[tag[1]].useful_until + ON_ITS_WAY:
                    late.append(f"{tag[1]} to {member} at {one.created_at:%H:%M:%S}")
            elif "sign up" in one.text and one.in_reply_to_id is not None:
                helped[one.in_reply_to_id] += 1
    due = town.plan.due
    missing = sorted(due - got.keys())
    deliverable = [
        (tag, member)
        for tag, member in missing
        if watched(spans, town.called_at[tag, member] + timedelta(minutes=3), talks[tag].useful_until) >= NEEDS
    ]
    asked = [one.post_id for one in town.asked]
    return {
        "due": len(due),
        "received": len(due & got.keys()),
        "undeliverable": len(missing) - len(deliverable),
        "lost": len(deliverable),
        "doubled": sum(count - 1 for count in got.values()),
        "late": len(late),
        "never_due": len(got.keys() - due),
        "over_limits": town.over_limits,
        "answers_due": len(asked),
        "answers_lost": sum(helped[post_id] == 0 for post_id in asked),
        "answers_doubled": sum(max(0, helped[post_id] - 1) for post_id in asked),
        "which": {
            "lost": named(deliverable),
            "undeliverable": named(one for one in missing if one not in deliverable),
            "doubled": named(sorted(one for one, count in got.items() if count > 1)),
            "late": late[:FEW],
        },
    }


FAULTS: Final = ("lost", "doubled", "late", "never_due", "over_limits", "answers_lost", "answers_doubled", "broke")
"""What has to be zero."""


def named(some: Iterable[tuple[str, int]]) -> list[str]:
    """Name a few reminders for whoever looks for the cause."""
    return [f"{tag} to {member}" for tag, member in islice(some, FEW)]
