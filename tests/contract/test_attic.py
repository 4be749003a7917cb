"""What is too old goes, a few rows at a time, and nothing else does."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.app.prune import BATCH, Prune
from bot.app.shelves import SessionRow, Storage, UnitOfWork
from bot.domain.attendance import Gap
from bot.domain.chat import Session
from bot.domain.outbox import ANSWER, State
from bot.domain.recognise.observations import Asked
from tests.contract.samples import NOW, a_call, a_decision, a_message, a_post, an_attendance
from tests.contract.test_storage import storage, work  # noqa: F401 # the fixtures of all implementations

DAY = timedelta(days=1)


def session_of(days_ago: int) -> Session:
    starts_at = NOW - days_ago * DAY
    return Session(chat="lrnchat", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


def keep(some: UnitOfWork, days_ago: int, *, is_erased: bool = True, state: State = State.SENT) -> str:
    """Keep one row of every shelf about a session, erased a day after it; return its id."""
    one = session_of(days_ago)
    name, at = one.id, one.starts_at
    some.sessions.put(SessionRow(session=one, settled_at=at, erased_at=at + DAY if is_erased else None, held=True))
    key = f"of {days_ago}"
    assert some.posts.add(a_post(key, uri=key, created_at=at), name)
    assert some.sessions.miss(Gap(session_id=name, begins_at=at, ends_at=at))
    assert some.sessions.ask(name, Asked(number=1, text="", post_id=key, url="", at=at))
    some.attendances.add(an_attendance(session_id=name))
    some.calls.add(a_call(key, session_id=name))
    some.decisions.add(a_decision(session_id=name))
    some.outbox.add(a_message(key, session_id=name, state=state, created_at=at))
    some.cursors.set(f"somewhere/{name}", "7")
    return name


def left(some: UnitOfWork, days_ago: int) -> dict[str, Any]:
    """What is left of such a session."""
    name, key = session_of(days_ago).id, f"of {days_ago}"
    return {
        "session": some.sessions.get(name),
        "post": some.posts.belongs_to(a_post().platform, key, name),
        "gaps": some.sessions.gaps(name),
        "questions": some.sessions.questions(name),
        "attendance": some.attendances.of_session(name),
        "calls": some.calls.counts(name),
        "decisions": some.decisions.of("sam", name),
        "message": some.outbox.get(key),
        "cursor": some.cursors.get(f"somewhere/{name}"),
    }


def test_an_old_session_goes_whole_and_a_younger_one_stays_whole(work: UnitOfWork) -> None:  # noqa: F811 # a fixture
    for days in (100, 50):
        keep(work, days)
    before = left(work, 50)
    assert all(before.values())
    assert work.attic.prune(NOW - 60 * DAY, NOW - 60 * DAY, 99) == 8
    assert not any(left(work, 100).values())
    assert left(work, 50) == before
    assert work.attic.prune(NOW - 60 * DAY, NOW - 60 * DAY, 99) == 0


def test_at_most_so_many_go_at_once_and_the_session_itself_last(work: UnitOfWork) -> None:  # noqa: F811 # a fixture
    for days in (100, 90):
        keep(work, days)
    gone = []
    while number := work.attic.prune(NOW - 60 * DAY, NOW - 60 * DAY, 3):
        assert number <= 3
        gone.append(number)
        assert work.sessions.get(session_of(90).id) is not None or work.sessions.get(session_of(100).id) is None
    assert sum(gone) == 16
    assert not any((*left(work, 100).values(), *left(work, 90).values()))


def test_what_is_not_closed_stays_however_old(work: UnitOfWork) -> None:  # noqa: F811 # a fixture
    keep(work, 100, is_erased=False, state=State.UNCERTAIN)
    before = left(work, 100)
    assert work.attic.prune(NOW, NOW, 99) == 0
    assert left(work, 100) == before


def test_posts_go_before_the_rest(work: UnitOfWork) -> None:  # noqa: F811 # a fixture
    keep(work, 100)
    for key, days in (("old", 40), ("new", 20)):
        assert work.posts.add(a_post(key, uri=key, created_at=NOW - days * DAY), None)
    assert work.attic.prune(NOW - 500 * DAY, NOW - 30 * DAY, 99) == 2
    found = left(work, 100)
    assert not found.pop("post")
    assert all(found.values())
    assert not work.posts.add(a_post("new", uri="new"), None), "it is still known"
    assert work.posts.add(a_post("old", uri="old"), None), "it is not known any more"


@pytest.mark.parametrize("state", State)
def test_answers_go_when_they_are_done_with(work: UnitOfWork, state: State) -> None:  # noqa: F811 # a fixture
    at = {"session_id": None, "kind": ANSWER, "state": state}
    work.outbox.add(a_message("old", created_at=NOW - 100 * DAY, **at))
    work.outbox.add(a_message("new", created_at=NOW - 50 * DAY, **at))
    work.attic.prune(NOW - 60 * DAY, NOW - 60 * DAY, 99)
    is_done = state in {State.SENT, State.FAILED, State.EXPIRED, State.SUPPRESSED}
    assert (work.outbox.get("old") is None) is is_done
    assert work.outbox.get("new") is not None


def test_the_service_prunes_batch_by_batch(storage: Storage) -> None:  # noqa: F811 # a fixture
    def fill(number: int, created_at: datetime) -> None:
        with storage.work() as some:
            for place in range(number):
                some.posts.add(a_post(f"p{place}", uri=f"p{place}", created_at=created_at), None)

    prune = Prune(storage, timedelta(days=760), timedelta(days=30))
    fill(BATCH + 10, NOW - 31 * DAY)
    assert prune.tick(NOW) == BATCH + 10
    assert prune.tick(NOW) == 0
    fill(3, NOW - 29 * DAY)
    assert prune.tick(NOW) == 0
