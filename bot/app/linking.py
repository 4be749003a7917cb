"""LINK: two accounts of one person, on two platforms, tied by a code that goes from one to the other and back.

The code proves that whoever says it can read the first account; LINK YES proves that the first account agrees to
whom it is tied. Until then nothing changes. Nobody is written to unasked.
"""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Final

from bot.app.answers import Told
from bot.app.shelves import LinkRow, UnitOfWork
from bot.domain.model import Consent, Identity, Member, Moment, Post
from bot.domain.understanding import Intent
from bot.domain.values import a_list
from bot.domain.wishes import Listener

VALID_FOR: Final = timedelta(minutes=10)
TRIES: Final = 5
"""So many wrong codes an account may say in that time."""

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for one another; eight of them are 40 bits."""

_CODE: Final = re.compile(r"(?<![A-Z0-9])([A-Z0-9]{4})[- ]?([A-Z0-9]{4})(?![A-Z0-9])")


def link(work: UnitOfWork, member: Member | None, post: Post, intent: Intent, ear: Listener) -> Told:
    """Give a code, take one, or tie the accounts: whatever this step of LINK is."""
    found = _CODE.search(intent.rest.upper())
    if found is not None:
        return _claim(work, post, found[1] + found[2])
    if member is None or member.consent is not Consent.LIVE:
        return Told(note="link-start")
    if intent.rest and ear.understanding.is_yes(intent.rest, *ear.languages, few=0):
        return _tie(work, member, post.created_at)
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    work.links.drop(member.id)
    work.links.put(
        LinkRow(
            code_hash=_hash(code),
            member_id=member.id,
            platform=post.platform,
            account_id=post.author.id,
            expires_at=post.created_at + VALID_FOR,
        )
    )
    return Told(note="link-code", words={"code": f"{code[:4]}-{code[4:]}"})


def _claim(work: UnitOfWork, post: Post, code: str) -> Told:
    answers = work.outbox.answers_to(post.platform, post.author.id, post.created_at - VALID_FOR)
    if sum(one.note == "link-wrong" for one in answers) >= TRIES:
        return Told(note="link-many")
    row = work.links.by_code(_hash(code))
    if row is None or post.created_at > row.expires_at or row.claimed_id not in {None, post.author.id}:
        return Told(note="link-wrong")
    if row.platform is post.platform:
        return Told(note="link-own" if row.account_id == post.author.id else "link-same")
    claim = {
        "claimed_platform": post.platform,
        "claimed_id": post.author.id,
        "claimed_handle": post.author.handle,
        "claimed_name": post.author.name,
        "claimed_thread_id": post.id,
    }
    work.links.put(row.model_copy(update=claim))
    return Told(note="link-claimed")


def _tie(work: UnitOfWork, member: Member, at: Moment) -> Told:
    row = next((one for one in work.links.of(member.id) if at <= one.expires_at), None)
    if row is None:
        return Told(note="link-wrong")
    if row.claimed_platform is None or row.claimed_id is None:
        return Told(note="link-waiting")
    if member.identity(row.claimed_platform) is not None:
        return Told(note="link-same")
    other = work.members.by_account(row.claimed_platform, row.claimed_id)
    if other is not None:
        work.members.absorb(member, other)
    new = Identity(
        platform=row.claimed_platform,
        account_id=row.claimed_id,
        handle=row.claimed_handle or "",
        name=row.claimed_name or "",
        thread_post_id=row.claimed_thread_id,
    )
    added = tuple(tag for tag in other.chats if tag not in member.chats) if other is not None else ()
    tied = member.model_copy(
        update={"identities": (*member.identities, new), "chats": (*member.chats, *added)},
    )
    work.links.drop(member.id)
    return Told(note="link-done", words={"accounts": a_list(one.handle for one in tied.identities)}, member=tied)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
