"""Which posts put a numbered question to the chat."""

import pytest

from bot.domain.chat import Chat
from bot.domain.recognise.questions import find_question
from tests.unit.recognise.conftest import Say

ASKED = [
    ("Q1: What is work for?", 1, "What is work for?"),
    ("Q1) What is work for? #lrnchat", 1, "What is work for?"),
    ("Q1 - What is work for?", 1, "What is work for?"),
    ("Q1 – What is work for?", 1, "What is work for?"),
    ("Q1. Tell us about your week.", 1, "Tell us about your week."),
    ("Q1 what is work for?", 1, "what is work for?"),
    ("q2:why?", 2, "why?"),
    ("Q 3: why?", 3, "why?"),
    ("Ｑ４：なぜ？", 4, "なぜ？"),
    ("[Q4] why?", 4, "why?"),
    ("Q4/6: why?", 4, "why?"),
    ("1/6 What is work for?", 1, "What is work for?"),
    ("Question 5 What is work for?", 5, "What is work for?"),
    ("Question 5: your week", 5, "your week"),
    ("1️⃣ What is work for", 1, "What is work for"),
    ("Q2️⃣ your week", 2, "your week"),
    ("🔟 the last one", 10, "the last one"),
    ("Q🔟: the last one", 10, "the last one"),
    ("#lrnchat Q6: your week", 6, "your week"),
    ("@ana @ben #lrnchat 🎉 Q6: your week #edu #work", 6, "your week"),
    ("Q6: #edu #work your #week at #lrnchat in #spring", 6, "your week at in"),
    ("Q6: your #week, really?", 6, "your week, really?"),
    ("Q20: a long night", 20, "a long night"),
    ("Q1: salt &amp; pepper", 1, "salt & pepper"),
    ("Q1: ", 1, ""),
]  # fmt: skip
NOT_ASKED = [
    "A1: work is a verb",
    "Q1 was great",
    "Q1 was great, wasn't it?",
    "re Q3: I disagree",
    "On to Q3: why?",
    "Q0: why?",
    "Q21: why?",
    "Q100: why?",
    "Q1a: why?",
    "Q1.5 is out",
    "Q and A: why?",
    "1/6 of my thread",
    "1/6: of my thread",
    "2 questions?",
    '"Q1: why?" she asked',
    "> Q1: why?",
    "",
    "#lrnchat",
    "Quiz 1: why?",
    "https://far.example/Q1: why?",
]


@pytest.mark.parametrize(("text", "number", "question"), ASKED)
def test_a_numbered_question_is_found_with_its_number_and_bare_text(
    say: Say, chat: Chat, text: str, number: int | None, question: str
) -> None:
    asked = find_question(say(text), chat)
    assert asked is not None
    assert (asked.number, asked.text) == (number, question)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_only_speaks_about_a_question_asks_none(say: Say, chat: Chat, text: str) -> None:
    assert find_question(say(text), chat) is None


def test_only_hosts_ask_where_hosts_are_named(say: Say, chat: Chat) -> None:
    hosted = chat.model_copy(update={"hosts": ("ana@home.example",)})
    assert find_question(say("Q1: why?", by="ida"), hosted) is None
    assert find_question(say("Q1: why?", by="ana"), hosted) is not None


@pytest.mark.parametrize(
    ("pattern", "text", "number"),
    [
        ("Frage {n}", "Frage 2: warum?", 2),
        ("F{n}", "F3 warum?", 3),
        ("Q{n}", "F3: warum?", None),
        ("({n})", "(3) dein Tag", 3),
        ("({n})", "3 Leute?", None),
        ("{n}.", "4. dein Tag", 4),
        ("{n}>", "4> dein Tag", 4),
        ("T{n}", "Q2: why?", 2),
    ],
)
def test_a_chat_may_write_its_questions_its_own_way(
    say: Say, chat: Chat, pattern: str, text: str, number: int | None
) -> None:
    asked = find_question(say(text), chat.model_copy(update={"question_pattern": pattern}))
    assert (asked and asked.number) == number
