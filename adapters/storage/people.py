"""Members with their identities and the chats they opted in to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, or_, select
from sqlalchemy.exc import IntegrityError

from adapters.storage.forgetting import absorb, copy, forget
from adapters.storage.rows import put, read
from adapters.storage.tables import enrolments, identities, members
from bot.domain.model import Identity, Member, Person, Platform


class SqlMembers:
    """Members, whole: three tables in, one value out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, member_id: str) -> Member | None:
        """Return the member of that id."""
        return _only(self._load(select(members.c.id).where(members.c.id == member_id)))

    def by_account(self, platform: Platform, account_id: str) -> Member | None:
        """Return the member whose account that is."""
        theirs = (identities.c.platform == platform, identities.c.account_id == account_id)
        return _only(self._load(select(identities.c.member_id).where(*theirs)))

    def by_handle(self, handle: str) -> Member | None:
        """Return the member with that handle; of several (handles are given away) the one heard last."""
        found = self._load(select(identities.c.member_id).where(identities.c.handle == handle))
        return max(found, key=lambda one: (one.last_heard_at, one.id), default=None)

    def of_chat(self, tag: str) -> list[Member]:
        """Return the members of a chat in whatever state of consent, by id."""
        return self._load(select(enrolments.c.member_id).where(enrolments.c.chat == tag))

    def wishing(self, tag: str) -> list[Member]:
        """Return the members of a chat who asked to hear before or after sessions, by id."""
        wants = members.c.preferences
        is_wishing = or_(*(wants[name].as_string().not_in(("{}", "[]")) for name in ("heads_up", "next_for", "recap")))
        theirs = select(enrolments.c.member_id).where(enrolments.c.chat == tag)
        return self._load(select(members.c.id).where(members.c.id.in_(theirs), is_wishing))

    def roster(self, tag: str) -> tuple[Person, ...]:
        """Return the accounts of a chat's members as the people whom posts name, by member and platform."""
        query = (
            select(identities)
            .join(enrolments, enrolments.c.member_id == identities.c.member_id)
            .where(enrolments.c.chat == tag)
            .order_by(identities.c.member_id, identities.c.platform)
        )
        return tuple(
            Person(
                platform=row["platform"],
                id=row["account_id"],
                handle=row["handle"],
                name=row["name"],
                is_bot=row["is_bot"],
                wants_no_bots=row["wants_no_bots"],
            )
            for row in read(self._connection, query)
        )

    def everybody(self) -> list[Member]:
        """Return all members, by id."""
        return self._load(select(members.c.id))

    def put(self, member: Member) -> None:
        """Insert or replace a member, identities and chats included.

        Raises:
            ValueError: an account belongs to another member already, or an account or a chat is named twice.
        """
        kept = member.model_dump(exclude={"identities", "chats", "preferences"})
        put(self._connection, members, {**kept, "preferences": member.preferences.model_dump(mode="json")})
        for table in (identities, enrolments):
            self._connection.execute(delete(table).where(table.c.member_id == member.id))
        try:
            for place, account in enumerate(member.identities):
                values = {"member_id": member.id, "position": place, **account.model_dump()}
                self._connection.execute(insert(identities).values(values))
            for place, tag in enumerate(member.chats):
                self._connection.execute(insert(enrolments).values(member_id=member.id, chat=tag, position=place))
        except IntegrityError as error:
            raise ValueError(f"an account or a chat of member {member.id} is taken or named twice") from error

    def forget(self, member: Member) -> None:
        """Delete a member and every trace of them, on every shelf."""
        forget(self._connection, member)

    def absorb(self, member: Member, other: Member) -> None:
        """Give what is kept of `other` to `member`, and delete `other`."""
        absorb(self._connection, member.id, other.id)

    def copy(self, member: Member) -> dict[str, list[dict[str, Any]]]:
        """Return every row that is about a member, by table."""
        return copy(self._connection, member)

    def _load(self, ids: Select[str]) -> list[Member]:
        """Return the members of those ids, by id, in three queries however many they are."""
        accounts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        chats: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._parts(identities, ids):
            accounts[row["member_id"]].append({name: row[name] for name in Identity.model_fields})
        for row in self._parts(enrolments, ids):
            chats[row["member_id"]].append(row["chat"])
        return [
            Member.model_validate({**row, "identities": accounts[row["id"]], "chats": chats[row["id"]]})
            for row in read(self._connection, select(members).where(members.c.id.in_(ids)).order_by(members.c.id))
        ]

    def _parts(self, table: Table, ids: Select[str]) -> list[dict[str, Any]]:
        return read(self._connection, select(table).where(table.c.member_id.in_(ids)).order_by(table.c.position))


def _only(found: Iterable[Member]) -> Member | None:
    return next(iter(found), None)
