"""Links, changes, tallies, preferences, and looking up answers: the same of every storage."""

from datetime import time, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from adapters.storage import open_storage
from adapters.storage.schema import VERSION_TABLE
from bot.app.shelves import ChangeRow, LinkRow, Storage
from bot.domain.model import AWAY_OPEN, Consent, Platform, Preferences
from bot.domain.outbox import ANSWER, State
from tests.contract.samples import NOW, a_call, a_member, a_message, an_attendance, an_identity, at
from tests.contract.test_storage import storage  # noqa: F401 # the fixture of all implementations

ROW = LinkRow(code_hash="h1", member_id="sam", platform=Platform.MASTODON, account_id="102", expires_at=at(10))


def test_preferences_come_back_as_they_were(storage: Storage) -> None:  # noqa: F811 # a fixture
    wants = Preferences(
        quiet=(time(23), time(6, 30)),
        is_quiet_lifted=True,
        is_zone_said=True,
        heads_up={"tea": 15},
        next_for=("tea",),
        recap=("lrnchat",),
        away_until=AWAY_OPEN,
    )
    shy = an_identity(wants_no_bots=True)
    with storage.work() as work:
        work.members.put(a_member(preferences=wants, identities=(shy,)))
    with storage.work() as work:
        found = work.members.get("sam")
    assert found is not None
    assert (found.preferences, found.identities) == (wants, (shy,))


def test_a_code_is_found_claimed_and_dropped(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.work() as work:
        work.members.put(a_member())
        work.links.put(ROW)
        work.links.put(ROW.model_copy(update={"code_hash": "h2", "expires_at": at(20)}))
        claimed = ROW.model_copy(
            update={"claimed_platform": Platform.X, "claimed_id": "9", "claimed_handle": "s@x.com"}
        )
        work.links.put(claimed)
        assert work.links.by_code("h1") == claimed
        assert work.links.by_code("h3") is None
        assert [one.code_hash for one in work.links.of("sam")] == ["h2", "h1"]
        work.links.drop("sam")
        assert work.links.of("sam") == []


def test_the_latest_change_of_a_day_counts(storage: Storage) -> None:  # noqa: F811 # a fixture
    moved = ChangeRow(chat="tea", day="2026-11-24", moved_to=at(99), at=NOW)
    with storage.work() as work:
        work.changes.put(moved)
        work.changes.put(ChangeRow(chat="lrnchat", day="2026-11-19", at=NOW))
        work.changes.put(moved.model_copy(update={"moved_to": None}))
        assert [(one.chat, one.moved_to) for one in work.changes.all()] == [("lrnchat", None), ("tea", None)]


def test_a_tally_counts(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.work() as work:
        assert work.tallies.get("forgotten") == 0
        work.tallies.add("forgotten")
        work.tallies.add("forgotten")
        assert work.tallies.get("forgotten") == 2


def test_answers_to_an_account_and_messages_by_their_receipt(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.work() as work:
        for name, minutes in (("old", -90), ("late", -5), ("early", -30)):
            work.outbox.add(a_message(name, kind=ANSWER, created_at=at(minutes)))
        work.outbox.add(a_message("other", kind=ANSWER, account_id="x"))
        work.outbox.add(a_message("reminder", state=State.SENT, receipt_id="r1"))
        answers = work.outbox.answers_to(Platform.MASTODON, a_message().account_id, NOW - timedelta(hours=1))
        assert [one.id for one in answers] == ["early", "late"]
        found = work.outbox.by_receipt(Platform.MASTODON, "r1")
        assert found is not None
        assert found.id == "reminder"
        assert work.outbox.by_receipt(Platform.X, "r1") is None
        work.outbox.drop("reminder")
        assert work.outbox.get("reminder") is None


def test_one_member_takes_over_what_another_had(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.work() as work:
        sam, kim = a_member(), a_member("kim", identities=(an_identity("103"),))
        work.members.put(sam)
        work.members.put(kim)
        work.attendances.add(an_attendance(member_id="kim"))
        work.calls.add(a_call(member_id="kim"))
        work.outbox.add(a_message(member_id="kim"))
        work.members.absorb(sam, kim)
        assert work.members.everybody() == [sam]
        assert (work.attendances.count("sam"), work.attendances.count("kim")) == (1, 0)
        assert [one.member_id for one in work.outbox.latest(9)] == ["sam"]
        assert {"member", "identity", "attendance", "call", "outbox"} <= set(work.members.copy(sam))
        work.members.forget(sam)
        assert (work.members.everybody(), work.outbox.latest(9), work.attendances.count("sam")) == ([], [], 0)


def test_members_of_the_first_release_are_taken_along(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", "adapters.storage:migrations")
        config.attributes.update(connection=connection, version_table=VERSION_TABLE)
        command.upgrade(config, "r1")
        moment = "2026-11-01T00:00:00.000000+00:00"
        connection.execute(text(f"insert into member values ('sam', 'live', 'UTC', 'en', '{moment}', '{moment}')"))
        connection.execute(text("insert into identity values ('mastodon', '7', 'sam', 0, 's@x.example', 'S', 0, 't')"))
    engine.dispose()
    opened = open_storage(f"sqlite:///{tmp_path / 'old.db'}")
    with opened.work() as work:
        found = work.members.get("sam")
    opened.close()
    assert found is not None
    assert (found.consent, found.preferences) == (Consent.LIVE, Preferences())
    assert not found.identities[0].wants_no_bots
