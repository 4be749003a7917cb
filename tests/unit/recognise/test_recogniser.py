"""What one post tells, and why."""

import pytest

from bot.domain.chat import Chat
from bot.domain.recognise import Explained, Recogniser, has_tag
from bot.domain.recognise.observations import Asked, Attended, Called, Scene
from bot.domain.recognise.phrasebook import Phrasebook
from tests.unit.recognise.conftest import Say, Somebody, targets


def kinds(seen: tuple[object, ...]) -> list[str]:
    return [type(one).__name__ for one in seen]


@pytest.mark.parametrize(
    "text", ["hello #lrnchat", "hello #LrnChat!", "hello#lrnchat", "hello ＃lrnchat", "#lrnchat's on", "日本#LRNCHAT日"]
)
def test_a_post_with_the_tag_attends_however_the_tag_is_written(
    recogniser: Recogniser, scene: Scene, say: Say, text: str
) -> None:
    expected = "日" not in text  # a tag goes on as long as letters do
    post = say(text, tags=())
    assert has_tag(post, "lrnchat") is expected
    assert kinds(recogniser.observe(post, scene)) == (["Attended"] if expected else [])


@pytest.mark.parametrize("text", ["hello", "hello lrnchat", "#lrnchats", "#lrnchat_uk", "#lrn", "a # lrnchat"])
def test_a_post_without_the_tag_does_not_attend(recogniser: Recogniser, scene: Scene, say: Say, text: str) -> None:
    assert recogniser.observe(say(text, tags=()), scene) == ()


def test_the_platforms_own_tags_are_enough(recogniser: Recogniser, scene: Scene, say: Say) -> None:
    (seen,) = recogniser.observe(say("hello", tags=("lrnchat",)), scene)
    assert isinstance(seen, Attended)
    assert (seen.person.id, seen.how, seen.post_id) == ("id-ida", "post", "p1")


def test_a_reply_into_the_thread_attends_without_the_tag(recogniser: Recogniser, chat: Chat, say: Say) -> None:
    (seen,) = recogniser.observe(say("hello"), Scene(chat=chat, is_chat_thread=True))
    assert isinstance(seen, Attended)
    assert seen.how == "reply"


def test_a_post_tells_attendance_then_question_or_calls(recogniser: Recogniser, scene: Scene, say: Say) -> None:
    assert kinds(recogniser.observe(say("Q1: why? #lrnchat"), scene)) == ["Attended", "Asked"]
    assert kinds(recogniser.observe(say("where are @ana and @ben? #lrnchat"), scene)) == [
        "Attended",
        "Called",
        "Called",
    ]
    assert kinds(recogniser.observe(say("Q1: where are @ana and @ben? #lrnchat"), scene)) == ["Attended", "Asked"]


def test_a_question_outside_the_chat_is_none(recogniser: Recogniser, chat: Chat, say: Say) -> None:
    assert recogniser.observe(say("Q1: why?"), Scene(chat=chat, is_to_us=True)) == ()
    seen = recogniser.observe(say("Q1: why?"), Scene(chat=chat, is_chat_thread=True))
    assert isinstance(seen[1], Asked)


@pytest.mark.parametrize("fields", [{"is_repost": True}, {"is_direct": True}, {"by": "bell"}])
def test_reposts_direct_messages_and_our_own_posts_tell_nothing(
    recogniser: Recogniser, chat: Chat, say: Say, fields: dict[str, object]
) -> None:
    scene = Scene(chat=chat, bots=frozenset({"id-bell"}), is_chat_thread=True)
    assert recogniser.observe(say("Q1: where is @ana? #lrnchat", **fields), scene) == ()
    assert recogniser.observe(say("where is @ana? #lrnchat", **fields), scene) == ()


def test_another_bot_attends_but_calls_nobody(recogniser: Recogniser, scene: Scene, say: Say) -> None:
    assert kinds(recogniser.observe(say("where is @ana? #lrnchat", by="bell"), scene)) == ["Attended"]
    assert recogniser.explain(say("where is @ana? #lrnchat", by="bell"), scene) == [
        Explained("where are you", "where is @ana", "refused: written-by-a-bot")
    ]


def test_a_call_needs_the_chat_its_thread_the_bot_or_our_mentions(recogniser: Recogniser, chat: Chat, say: Say) -> None:
    post = say("where is @ana?")
    assert recogniser.observe(post, Scene(chat=chat)) == ()
    assert kinds(recogniser.observe(post, Scene(chat=chat, is_chat_thread=True))) == ["Attended", "Called"]
    assert kinds(recogniser.observe(post, Scene(chat=chat, is_to_us=True))) == ["Called"]
    to_the_bot = say("@sam where is @ana?")
    seen = recogniser.observe(to_the_bot, Scene(chat=chat, bots=frozenset({"id-sam"})))
    assert [one.target.id for one in seen if isinstance(one, Called)] == ["id-ana"]


def test_the_bot_itself_is_never_called(recogniser: Recogniser, chat: Chat, say: Say) -> None:
    scene = Scene(chat=chat, bots=frozenset({"id-sam"}))
    assert kinds(recogniser.observe(say("where is @sam? #lrnchat"), scene)) == ["Attended"]


def test_a_person_is_called_once_a_post_however_often(recogniser: Recogniser, scene: Scene, say: Say) -> None:
    seen = recogniser.observe(say("where is @ana? paging @ana and @ben #lrnchat"), scene)
    assert [(one.target.id, one.kind) for one in seen if isinstance(one, Called)] == [
        ("id-ana", "where"),
        ("id-ben", "paging"),
    ]


EXPLAINED = [
    ("where is @ana? #lrnchat", [("where are you", "where is @ana", "calls Ana")]),
    ("paging @ana and @ben #lrnchat", [("paging", "paging @ana and @ben", "calls Ana, Ben Ost")]),
    ("where is @ana?", [("where are you", "where is @ana", "refused: not-about-the-chat")]),
    ("@ana, come join us next week #lrnchat", [("another day", "next week", "refuses come join us: come join us")]),
    ('@ana "come join us" #lrnchat', [("quoted", '"come join us"', "refuses come join us: come join us")]),
    ("come join us @nobody #lrnchat, says @ana", [("come join us", "come join us", "refused: nobody-is-meant")]),
    ("where is @ida? #lrnchat", [("where are you", "where is @ida", "refused: oneself-or-a-bot")]),
    ("A1 where is @ana? #lrnchat", [("where are you", "where is @ana", "refused: answer-to-a-question")]),
    ("Q1: where is @ana? #lrnchat", [("where are you", "where is @ana", "refused: question-to-the-chat")]),
    ("A1 come join us #lrnchat", []),
    ("good evening @ana #lrnchat", []),
    ("no coming and no going @ana #lrnchat", []),
    ("sooo coool @ana #lrnchat", []),
]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("A1 Trust, and time. Where is @nora tonight? #lrnchat", ["id-nora"]),
        ("A1: trust and time! Does anybody know where Ben is? #lrnchat", ["id-ben"]),
        ("A1. Where is @nora tonight? #lrnchat", []),
        ("A1 @nora said trust, and time. Where are you? #lrnchat", []),
        ("Q2: What do you make time for? Where is @ana tonight? #lrnchat", ["id-ana"]),
        ("Q2: What do you make time for, and where is @ana in it? #lrnchat", []),
    ],
)
def test_behind_a_question_or_an_answer_somebody_may_be_called_who_is_named_there(
    recogniser: Recogniser, chat: Chat, say: Say, person: Somebody, text: str, called: list[str]
) -> None:
    hosted = chat.model_copy(update={"hosts": ("ida@home.example",)})
    scene = Scene(chat=hosted, roster=tuple(map(person, ("ben", "nora"))))
    assert targets(recogniser.observe(say(text), scene)) == called


@pytest.mark.parametrize(("text", "expected"), EXPLAINED)
def test_every_phrase_is_explained_by_its_words_and_what_follows(
    recogniser: Recogniser, scene: Scene, say: Say, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert [tuple(one) for one in recogniser.explain(say(text), scene)] == expected


def test_a_post_that_can_mean_nobody_is_not_even_read(recogniser: Recogniser, scene: Scene, say: Say) -> None:
    assert recogniser.explain(say("where are you? #lrnchat"), scene) == []


def test_the_posts_own_language_is_read_first(chat: Chat, say: Say, book: Phrasebook, recogniser: Recogniser) -> None:
    other = Phrasebook.model_validate(
        {
            "language": "xx",
            "cues": ["where"],
            "phrases": [{"name": "wo", "kind": "missed", "says": ["where is {who}"]}],
        }
    )
    both = Recogniser([book, other])
    for language, found in (("xx-YY", "xx"), ("en", "en"), (None, "en")):
        calls = both.observe(say("where is @ana? #lrnchat", language=language), Scene(chat=chat))[1:]
        assert [one.language for one in calls if isinstance(one, Called)] == [found]
