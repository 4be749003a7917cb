"""Everything about one person, on all shelves: to copy it for them, to hand it to their other account, to forget it.

A new table that may hold somebody's id has to be named here; a test scans them all.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select, update

from adapters.storage.rows import add_once, read
from adapters.storage.tables import (
    attendances,
    billed,
    calls,
    cursors,
    decisions,
    enrolments,
    identities,
    links,
    members,
    outbox,
    posts,
    questions,
    ties,
)
from adapters.storage.ties import SqlTies
from bot.domain.model import Member
from bot.domain.ties import met


def copy(connection: Connection, member: Member) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is about a member, by table; callers of theirs, who are others, are left out."""
    of_id = {table: table.c.member_id == member.id for table in (identities, enrolments, attendances, calls, decisions)}
    found: dict[Table, ColumnElement[bool]] = {
        members: members.c.id == member.id,
        **of_id,
        links: links.c.member_id == member.id,
        ties: _is_tied(member.id),
        outbox: or_(outbox.c.member_id == member.id, _is_theirs(outbox, "account_id", member)),
        posts: _is_theirs(posts, "author_id", member),
    }
    rows = {table.name: read(connection, select(table).where(which)) for table, which in found.items()}
    secret = {"caller_id", "caller_name", "code_hash", "uri_hash", "low_id", "high_id"}
    return {name: [{k: v for k, v in row.items() if k not in secret} for row in some] for name, some in rows.items()}


def forget(connection: Connection, member: Member) -> None:
    """Delete a member and every trace of them: their rows go, and in rows of others they are nobody."""
    written = select(posts.c.id).where(_is_theirs(posts, "author_id", member))
    asked = questions.c.post_id.in_(written)
    connection.execute(update(questions).where(asked).values(text="", url=""))
    called = _is_theirs(calls, "caller_id", member)
    connection.execute(update(calls).where(called).values(caller_id=None, caller_name=None, url=""))
    nobody = {"author_id": None, "author_handle": None, "author_name": None, "author_is_bot": None}
    connection.execute(update(posts).where(_is_theirs(posts, "author_id", member)).values(**nobody))
    connection.execute(delete(outbox).where(_is_theirs(outbox, "account_id", member)))
    claimed = [
        and_(links.c.claimed_platform == one.platform, links.c.claimed_id == one.account_id)
        for one in member.identities
    ]
    connection.execute(delete(links).where(or_(links.c.member_id == member.id, *claimed)))
    connection.execute(delete(ties).where(_is_tied(member.id)))
    for one in member.identities:
        # That somebody's name was paid for today, and whom a host's user name means: at worst it is paid for again.
        connection.execute(delete(billed).where(billed.c.key == one.account_id))
        noted = cursors.c.value.contains(f'"id": "{one.account_id}"', autoescape=True)
        connection.execute(delete(cursors).where(cursors.c.name.contains("/host/"), noted))
    for table in (outbox, decisions, calls, attendances, enrolments, identities):
        connection.execute(delete(table).where(table.c.member_id == member.id))
    connection.execute(delete(members).where(members.c.id == member.id))


def absorb(connection: Connection, member_id: str, other_id: str) -> None:
    """Give the rows of one member to another; of two of the same the other's goes; ties add up."""
    for table in (attendances, calls, decisions):
        for row in read(connection, select(table).where(table.c.member_id == other_id)):
            add_once(connection, table, {**row, "member_id": member_id})
        connection.execute(delete(table).where(table.c.member_id == other_id))
    shelf = SqlTies(connection)
    known = shelf.of(member_id)
    for friend_id, tie in shelf.of(other_id).items():
        if friend_id != member_id:
            shelf.put(member_id, friend_id, met(known.get(friend_id), tie.weight, tie.at))
    connection.execute(delete(ties).where(_is_tied(other_id)))
    connection.execute(update(outbox).where(outbox.c.member_id == other_id).values(member_id=member_id))
    for table in (links, enrolments, identities):
        connection.execute(delete(table).where(table.c.member_id == other_id))
    connection.execute(delete(members).where(members.c.id == other_id))


def _is_tied(member_id: str) -> ColumnElement[bool]:
    return or_(ties.c.low_id == member_id, ties.c.high_id == member_id)


def _is_theirs(table: Table, column: str, member: Member) -> ColumnElement[bool]:
    """Say in SQL that a row is of one of the member's accounts."""
    return or_(
        *(and_(table.c.platform == one.platform, table.c[column] == one.account_id) for one in member.identities)
    )
