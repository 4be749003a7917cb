"""FORGET, on a real database: afterwards no table, and no log line, holds who it was."""

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from adapters.storage import SqlStorage, open_storage
from bot.app.shelves import LinkRow, UnitOfWork
from bot.cli import logs
from bot.domain.model import Consent, Identity, Member, Person, Platform
from bot.domain.ties import Tie
from tests.app.test_steering import say
from tests.world import ANA, BEN, CHAT, HOST, NORA, SESSION, World, at, direct, post


def on_sqlite(folder: Path) -> tuple[World, SqlStorage]:
    storage = open_storage(f"sqlite:///{folder / 'a.db'}")
    world = World()
    world.storage = storage  # type: ignore[assignment] # the real one in the fake one's place
    world.use(CHAT)
    return world, storage


def everything(folder: Path) -> dict[str, str]:
    """Return every row of every table, as text."""
    engine = create_engine(f"sqlite:///{folder / 'a.db'}")
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        found = {name: repr(connection.execute(text(f'select * from "{name}"')).all()) for name in tables}
    engine.dispose()
    return found


def test_nothing_is_left_of_whoever_says_forget_twice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    world, storage = on_sqlite(tmp_path)
    caplog.set_level(logging.DEBUG)
    say(world, "START", -900)
    say(world, "yes please", -899)
    say(world, "AWAY 2 weeks", -898)
    say(world, "BACK", -897)
    say(world, "LINK", -10)
    say(world, "START", -800, ANA)
    say(world, "yes please", -799, ANA)
    world.source.timeline += [
        post(HOST, "Q1: What? #lrnchat", 4),
        post(ANA, "@nora you are missed", 5),
        post(NORA, "@ana good to read you", 11, id="p0"),
        post(NORA, "I am here now", 12, id="p1"),
        post(NORA, "@ana you are missed", 13, id="p2"),
    ]
    for minute in (5.5, 9, 13.5):
        world.cycle(minute)
    with storage.work() as work:
        work.links.put(
            LinkRow(
                code_hash="h",
                member_id=_of(work, NORA).id,
                platform=Platform.X,
                account_id="x",
                expires_at=at(0),
            )
        )
    before = everything(tmp_path)
    assert [name for name, rows in before.items() if NORA.id in rows] == ["call", "identity", "link", "outbox", "post"]
    with storage.work() as work:
        member, ana = _of(work, NORA), _of(work, ANA)
        assert work.ties.of(ana.id).keys() == {member.id}
    assert member.id in before["tie"]
    say(world, "FORGET", 14)
    assert say(world, "FORGET", 15)[0].startswith("Everything about you is deleted")
    for event in world.events:
        logs.journal(event)
    after = everything(tmp_path)
    for secret in (member.id, NORA.id, NORA.handle, "Nora", "Welcome back"):
        assert [name for name, rows in after.items() if secret in rows] == []
        assert secret not in caplog.text
    assert "('forgotten', 1)" in after["tally"]
    assert ana.id in after["member"], "her friend is still there"
    assert after["tie"] == "[]"
    with storage.work() as work:
        assert work.posts.people(SESSION.id, at(99)) == 2
    storage.close()


def test_neither_the_bill_nor_a_note_about_hosts_holds_who_was_forgotten(tmp_path: Path) -> None:
    storage = open_storage(f"sqlite:///{tmp_path / 'a.db'}")
    theirs, others = ("1234567", "7654321")
    account = Identity(platform=Platform.X, account_id=theirs, handle="mara@x.com")
    host = Member(id="h", consent=Consent.LIVE, identities=(account,), joined_at=at(0), last_heard_at=at(0))
    with storage.work() as work:
        work.members.put(host)
        for key in (theirs, others):
            work.ledger.bill("x", at(0).date(), "user_read", "", [key], 10_000)
            work.cursors.set(f"x/host/name{key}", json.dumps({"id": key, "username": f"name{key}", "name": ""}))
    assert sorted(name for name, rows in everything(tmp_path).items() if theirs in rows) == [
        "billed",
        "cursor",
        "identity",
    ]
    with storage.work() as work:
        work.members.forget(host)
    after = everything(tmp_path)
    assert [name for name, rows in after.items() if theirs in rows] == []
    assert sorted(name for name, rows in after.items() if others in rows) == ["billed", "cursor"]
    with storage.work() as work:
        assert work.ledger.owed("x", at(0)) == 20_000, "what was paid stays paid"
    storage.close()


def test_what_is_kept_of_a_member_can_be_copied_for_them(tmp_path: Path) -> None:
    world, storage = on_sqlite(tmp_path)
    say(world, "START", -900)
    say(world, "yes please", -899)
    world.source.timeline += [post(HOST, "Q1: What? #lrnchat", 4), post(ANA, "@nora you are missed", 5)]
    world.cycle(5.5)
    with storage.work() as work:
        copied = work.members.copy(work.members.everybody()[0])
    assert {name for name, rows in copied.items() if rows} >= {"member", "identity", "enrolment", "call", "outbox"}
    assert ANA.name not in repr(copied["call"])
    storage.close()


def test_ties_are_in_the_copy_without_the_friends(tmp_path: Path) -> None:
    world, storage = on_sqlite(tmp_path)
    nora, ana = tied(world, storage, NORA, ANA)
    with storage.work() as work:
        copied = work.members.copy(nora)
    (row,) = copied["tie"]
    assert row["weight"] == pytest.approx(0.5)
    assert ana.id not in repr(copied)
    storage.close()


def test_ties_of_two_accounts_become_those_of_one(tmp_path: Path) -> None:
    world, storage = on_sqlite(tmp_path)
    nora, ana, ben = tied(world, storage, NORA, ANA, BEN)
    with storage.work() as work:
        work.ties.put(ana.id, ben.id, Tie(weight=1.0, at=at(5)))
        before = work.ties.of(ben.id)
        work.members.absorb(nora, ana)
        after = work.ties.of(ben.id)
        assert set(before) == {nora.id, ana.id}
        assert after.keys() == {nora.id}
        assert after[nora.id].weight == pytest.approx(before[nora.id].weight + before[ana.id].weight, rel=1e-3)
        assert work.ties.of(nora.id).keys() == {ben.id}, "nobody is tied to themselves"
    assert ana.id not in repr(everything(tmp_path))
    storage.close()


def tied(world: World, storage: SqlStorage, first: Person, *others: Person) -> list[Member]:
    """Let people sign up, and the first of them speak to the others in the chat."""
    for who in (first, *others):
        say(world, "START", -900, who)
        say(world, "yes please", -899, who)
    world.source.timeline.append(post(HOST, "Q1: What? #lrnchat", 4))
    named = " ".join(f"@{one.name.lower()}" for one in others)
    world.source.timeline.append(post(first, f"{named} good to read you", 5))
    world.cycle(6)
    with storage.work() as work:
        return [_of(work, who) for who in (first, *others)]


def test_two_members_become_one_and_keep_what_each_had(tmp_path: Path) -> None:
    world, storage = on_sqlite(tmp_path)
    for who in (NORA, ANA):
        say(world, "START", -900, who)
        say(world, "yes please", -899, who)
        world.source.mail.append(direct(who, "@missed HERE", 1))
        world.source.timeline.append(post(HOST, f"@{who.name.lower()} you are missed", 5))
    world.cycle(6)
    with storage.work() as work:
        one, other = work.members.everybody()
        work.members.absorb(one, other)
        assert [found.id for found in work.members.everybody()] == [one.id]
        assert work.attendances.count(one.id) == 1
        assert work.attendances.count(other.id) == 0
        assert [*work.calls.counts(SESSION.id)] == [one.id]
        assert len(work.calls.of(one.id, SESSION.id)) == 2
    storage.close()


def _of(work: UnitOfWork, who: Person) -> Member:
    found = work.members.by_account(who.platform, who.id)
    assert found is not None
    return found
