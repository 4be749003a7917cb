"""The story, with the real process: a post goes in, a direct message comes out, once."""

from tests.e2e.evening import QUESTION, Evening
from tests.e2e.together import scenario


@scenario()
def test_one_message_names_the_friend_and_the_question_and_stop_ends_it(evening: Evening) -> None:
    bot = evening.watching()
    evening.join(evening.nora)
    evening.ask()
    evening.call(evening.nora)
    reminder = evening.arrives(3)
    assert "Ana Hazel misses you at #lrnchat" in reminder.text
    assert QUESTION in reminder.text
    assert "STOP" in reminder.text
    evening.call(evening.nora)
    evening.is_heard(evening.call(evening.nora, by=evening.ben))
    evening.is_all(3)
    stop = evening.write("please STOP now")
    assert evening.arrives(5).in_reply_to_id == stop
    assert "nothing more" in evening.arrives(5).text
    evening.call(evening.nora, by=evening.ben)
    evening.is_heard(evening.ask(2))
    evening.is_all(5)
    assert bot.stop() == 0
    assert "phrase 'you are missed'" in bot.log
    assert "question 2" in bot.log


@scenario()
def test_a_start_from_before_the_first_run_is_answered(evening: Evening) -> None:
    start = evening.write("START")
    evening.watching()
    assert evening.arrives(1).in_reply_to_id == start
    evening.write("yes", answer_to=evening.arrives(1).id)
    assert "You are in" in evening.arrives(2).text


@scenario("gotosocial")  # where strangers may write to a bot before its first start
def test_one_cycle_at_a_time_comes_to_the_same(evening: Evening) -> None:
    def cycle() -> str:
        bot = evening.bot("run", "--once")
        assert bot.ended() == 0
        return bot.log

    evening.write("START")
    cycle()
    evening.write("yes", answer_to=evening.arrives(1).id)
    evening.ask()
    evening.call(evening.nora)
    cycle()
    assert sum("Ana Hazel misses you" in one.text for one in evening.inbox()) == 1
    assert len(evening.inbox()) == 3
    evening.call(evening.nora, by=evening.ben)
    evening.write("STOP")
    cycle()
    evening.call(evening.nora)
    assert "call: " in cycle()
    assert len(evening.inbox()) == 4
