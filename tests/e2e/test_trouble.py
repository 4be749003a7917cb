"""Servers go away, come back, and say strange things: it is told once, nothing is lost, the bot goes on."""

from sandbox import Fault
from sandbox.faults import Mangling
from tests.e2e.evening import Evening
from tests.e2e.process import STARTS_WITHIN, eventually
from tests.e2e.together import scenario

TAG = "/api/v1/timelines/tag/"


@scenario()
def test_a_server_that_is_down_at_the_start_is_waited_for(evening: Evening) -> None:
    evening.sandbox.stop()
    bot = evening.bot()
    bot.says("no answer", within=STARTS_WITHIN)
    evening.sandbox.start()
    bot.watches()
    assert [line.split()[2] for line in bot.log.splitlines()] == ["WARNING", "INFO", "INFO"]
    assert "answers again" in bot.log
    evening.write("START")
    assert "Hello!" in evening.arrives(1).text


@scenario()
def test_while_the_server_is_away_nothing_is_lost(evening: Evening) -> None:
    bot = evening.watching()
    evening.join(evening.nora)
    evening.is_heard(evening.ask())
    away = evening.sandbox.faults.add(Fault("cut_before", account="missed"))
    bot.says("next try at")
    evening.call(evening.nora)
    tries = away.fired
    eventually(lambda: away.fired > tries, "the bot tries again")
    evening.sandbox.faults.remove(away)
    assert "misses you" in evening.arrives(3).text
    bot.says("answers again")
    evening.is_all(3)
    assert bot.log.count("WARNING") == 1
    assert bot.log.count("answers again") == 1


@scenario()
def test_strange_answers_are_passed_over_and_the_next_call_is_heard(evening: Evening) -> None:
    bot = evening.watching()
    evening.join(evening.nora)
    evening.is_heard(evening.ask())
    manglings: tuple[Mangling, ...] = ("huge", "fields", "null")
    for how in manglings:
        breaks = evening.sandbox.faults.add(Fault("mangle", path=TAG, account="missed", mangling=how))
        post = evening.post(evening.ben, f"What an hour, said to a server that breaks posts: {how}")
        if how == "fields":
            bot.says(f"cannot be read, skipped: {post.id}")
        else:
            evening.is_heard(post)
        assert breaks.fired
        evening.sandbox.faults.remove(breaks)
    evening.sandbox.faults.add(Fault("empty", path=TAG, account="missed", times=1))
    bot.says("not what the server's interface promises", times=1)
    bot.says("answers again", times=1)
    evening.sandbox.faults.add(Fault("html", path="/api/v1/notifications", account="missed", status=200, times=1))
    bot.says("not what the server's interface promises", times=2)
    evening.call(evening.nora)
    assert "misses you" in evening.arrives(3).text
    assert "Traceback" not in bot.log


@scenario()
def test_a_member_who_cannot_be_reached_is_told_of_by_id(evening: Evening) -> None:
    bot = evening.watching()
    evening.join(evening.nora)
    evening.is_heard(evening.ask())
    evening.block(evening.nora)
    evening.call(evening.nora)
    bot.says("(called) is failed")
    assert evening.house.states() == ["failed"]
