"""What several processes on one storage may rely on: leases, messages in hand, how far each source has read."""

import threading
from contextlib import closing
from typing import Any

from adapters.storage import open_storage
from bot.app.shelves import Reading, Storage
from bot.domain.model import Platform
from bot.domain.outbox import ANSWER, State
from tests.contract.samples import THURSDAY, a_message, at
from tests.contract.test_storage import storage  # noqa: F401 # the fixture of all implementations
from tests.postgres import fresh_database

BOTH = (Platform.MASTODON, Platform.X)


def test_a_lease_is_its_owners_until_it_ends(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.aside() as work:
        assert work.leases.take("inbox", "one", at(0), at(10))
        assert not work.leases.take("inbox", "two", at(9), at(19))
        assert work.leases.take("inbox", "one", at(9), at(19)), "it is renewed"
        assert work.leases.take("other", "two", at(9), at(30))
        assert work.leases.all(at(18)) == {"inbox": "one", "other": "two"}
    with storage.aside() as work:
        assert work.leases.all(at(19)) == {"other": "two"}
        assert work.leases.take("inbox", "two", at(19), at(29)), "its owner is gone"
        assert not work.leases.take("inbox", "one", at(20), at(30))


def test_what_is_given_back_is_free_at_once(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.aside() as work:
        for name in ("inbox", "other"):
            work.leases.take(name, "one", at(0), at(10))
        work.leases.give(["inbox"], "two")
        assert not work.leases.take("inbox", "two", at(1), at(11)), "nobody gives back what is another's"
        work.leases.give(["inbox", "nothing"], "one")
        assert work.leases.take("inbox", "two", at(1), at(11))
        assert work.leases.all(at(2)) == {"inbox": "two", "other": "one"}


def test_messages_are_claimed_once_in_order_of_their_use(storage: Storage) -> None:  # noqa: F811 # a fixture
    those: dict[str, dict[str, Any]]
    with storage.work() as work:
        those = {
            "late": {"expires_at": at(50)},
            "soon": {"expires_at": at(20)},
            "answer": {"kind": ANSWER, "expires_at": at(90)},
            "not yet": {"not_before": at(9)},
            "elsewhere": {"platform": Platform.X},
            "gone": {"state": State.SENT},
        }
        for name, more in those.items():
            work.outbox.add(a_message(name, key=name, **{"not_before": at(0), **more}))
    with storage.aside() as work:
        first = work.outbox.claim(State.PENDING, [Platform.MASTODON], "one", at(1), at(5), 2)
        assert [(m.id, m.owner, m.lease_until) for m in first] == [("answer", "one", at(5)), ("soon", "one", at(5))]
        second = work.outbox.claim(State.PENDING, [Platform.MASTODON], "two", at(1), at(5), 9)
        assert [m.id for m in second] == ["late"]
        assert work.outbox.claim(State.PENDING, [Platform.MASTODON], "two", at(1), at(5), 9) == []
        assert work.outbox.claim(State.PENDING, [], "two", at(1), at(5), 9) == []
    with storage.aside() as work:
        assert {m.id for m in work.outbox.claim(State.PENDING, BOTH, "two", at(5), at(8), 9)} == {
            "answer",
            "soon",
            "late",
            "elsewhere",
        }


def test_who_lost_a_message_cannot_move_it(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.work() as work:
        work.outbox.add(a_message(not_before=at(0)))
        (mine,) = work.outbox.claim(State.PENDING, BOTH, "one", at(1), at(5), 9)
        (theirs,) = work.outbox.claim(State.PENDING, BOTH, "two", at(5), at(9), 9)
        assert not work.outbox.move(mine, mine.model_copy(update={"state": State.SENDING}))
        assert work.outbox.move(theirs, theirs.model_copy(update={"state": State.SENDING}))


def test_what_the_dead_had_in_hand_is_let_go_unless_it_may_be_on_its_way(storage: Storage) -> None:  # noqa: F811
    with storage.work() as work:
        for name, owner, state in (
            ("a", "dead", State.PENDING),
            ("b", "living", State.PENDING),
            ("c", "dead", State.SENDING),
            ("d", "dead", State.UNCERTAIN),
            ("e", None, State.PENDING),
        ):
            work.outbox.add(a_message(name, key=name, owner=owner, state=state, lease_until=at(9), not_before=at(0)))
        assert work.outbox.free(["living"]) == 2
        assert work.outbox.free(["living"]) == 0
        owners = {one.id: (one.owner, one.lease_until) for one in work.outbox.latest(9)}
        assert owners["a"] == owners["d"] == (None, None)
        assert (owners["b"], owners["c"]) == (("living", at(9)), ("dead", at(9)))
        assert work.outbox.free([]) == 1


def test_how_far_each_source_has_read_is_kept(storage: Storage) -> None:  # noqa: F811 # a fixture
    with storage.work() as work:
        assert work.sessions.readings(THURSDAY) == []
        for source, until in (("x", None), ("mastodon", at(1)), ("mastodon", at(2))):
            work.sessions.note(Reading(session_id=THURSDAY, source=source, until=until, sweeps=1))
        work.sessions.note(Reading(session_id="other", source="x", until=at(9)))
        assert work.sessions.readings(THURSDAY) == [
            Reading(session_id=THURSDAY, source="mastodon", until=at(2), sweeps=1),
            Reading(session_id=THURSDAY, source="x", sweeps=1),
        ]


def test_processes_that_claim_at_once_get_different_messages_and_wait_for_nobody() -> None:
    with fresh_database() as url, closing(open_storage(url)) as one, closing(open_storage(url)) as two:
        with one.work() as work:
            for number in range(10):
                work.outbox.add(a_message(str(number), key=str(number), not_before=at(0)))
        with one.aside() as mine, two.aside() as theirs, one.work():
            first = mine.outbox.claim(State.PENDING, BOTH, "one", at(1), at(5), 4)
            second = theirs.outbox.claim(State.PENDING, BOTH, "two", at(1), at(5), 9)
        assert (len(first), len(second)) == (4, 6)
        assert not {m.id for m in first} & {m.id for m in second}


def test_of_many_who_want_a_lease_at_once_one_gets_it() -> None:
    with fresh_database() as url, closing(open_storage(url)) as shared:
        got: list[str] = []

        def want(who: str) -> None:
            with shared.aside() as work:
                if work.leases.take("inbox", who, at(0), at(1)):
                    got.append(who)

        threads = [threading.Thread(target=want, args=(str(number),)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with shared.aside() as work:
            assert work.leases.all(at(0)) == {"inbox": got[0]}
            theirs = work.leases.time()
        assert len(got) == 1
        assert theirs is not None
        assert theirs.utcoffset() is not None
