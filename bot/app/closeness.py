"""Ties between members: strengthened by what they write to each other, asked for when somebody calls."""

from collections.abc import Sequence

from bot.app.shelves import CallRow, UnitOfWork
from bot.domain.model import Consent, Member, Moment, Person, Platform, Post
from bot.domain.recognise.observations import Called
from bot.domain.ties import MENTION, REPLY, met

Account = tuple[Platform, str]


def strengthen(work: UnitOfWork, post: Post, replied_to: Person | None, calls: Sequence[Called], chat: str) -> None:
    """Count a post as meetings of its author with members whom it answers or names.

    A call is no meeting: it would make everybody who calls an old friend, the stranger before the friend.
    """
    answered = post.in_reply_to_author_id or (replied_to.id if replied_to else None)
    weights = {one.id: MENTION for one in post.mentions}
    if answered is not None:
        weights[answered] = REPLY
    met_with = weights.keys() - {call.target.id for call in calls}
    author = _member(work, (post.platform, post.author.id), chat) if met_with else None
    if author is None:
        return
    for account_id in met_with:
        other = _member(work, (post.platform, account_id), chat)
        if other is not None and other.id != author.id:
            tie = work.ties.get(author.id, other.id)
            work.ties.put(author.id, other.id, met(tie, weights[account_id], post.created_at))


def weights(work: UnitOfWork, member_id: str, calls: Sequence[CallRow], now: Moment) -> dict[Account, float]:
    """Return how strongly the member is tied to each caller at `now`; 0 to who is no member, or is forgotten."""
    ties = work.ties.of(member_id)
    found: dict[Account, float] = {}
    for account in {(call.platform, call.caller_id) for call in calls}:
        caller = work.members.by_account(*account)
        tie = ties.get(caller.id) if caller else None
        found[account] = tie.weight_at(now) if tie else 0.0
    return found


def _member(work: UnitOfWork, account: Account, chat: str) -> Member | None:
    member = work.members.by_account(*account)
    is_theirs = member is not None and member.consent is Consent.LIVE and chat in member.chats
    return member if is_theirs else None
