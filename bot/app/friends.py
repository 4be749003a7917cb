"""What a member's own ties said in a session: who of them spoke, from what is kept, and where, by looking it up.

Texts are never kept, so what somebody said is looked at when it is told, and only linked to.
"""

from collections.abc import Mapping
from typing import Final

from bot.app.errors import Misconfigured, Transient
from bot.app.ingest import COUNTS_UNTIL
from bot.app.ports import Witness
from bot.app.shelves import UnitOfWork
from bot.domain.chat import WATCHED_BEFORE, Session
from bot.domain.model import Consent, Member, Moment, Platform

QUOTED_AT_MOST: Final = 2
"""Friends whose words are looked up: each costs a request, and a message has room for no more links."""


def friends_at(work: UnitOfWork, member: Member, session: Session, now: Moment) -> list[Member]:
    """Return the members with a tie to a member who spoke in a session, the strongest tie first.

    Who only read along said so to us alone, and is not named; nor is who has left.
    """
    ties = work.ties.of(member.id)
    known = (work.members.get(one) for one in sorted(ties))
    there = [one for one in known if one is not None and one.consent is Consent.LIVE and _spoke(work, one, session)]
    return sorted(there, key=lambda one: -ties[one.id].weight_at(now))


def _spoke(work: UnitOfWork, member: Member, session: Session) -> bool:
    accounts = [(one.platform, one.account_id) for one in member.identities]
    return bool(work.posts.by_authors(session.id, accounts))


def said_by(friend: Member, session: Session, witnesses: Mapping[Platform, Witness]) -> str:
    """Return the link to a friend's longest post with the session's tag (the least likely to be a mere hello).

    Nothing where there is none, or nobody can look just now: a recap is not worth waiting for that.
    """
    begin, end = session.starts_at - WATCHED_BEFORE, session.ends_at + COUNTS_UNTIL
    for identity in friend.identities:
        if identity.platform not in witnesses:
            continue
        try:
            posts = witnesses[identity.platform].latest_posts(identity.account_id, begin)
        except (Transient, Misconfigured):
            continue
        found = [one for one in posts if session.chat in one.tags and one.created_at < end and one.url]
        if found:
            return max(found, key=lambda one: len(one.text)).url
    return ""
