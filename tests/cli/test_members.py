"""A copy of what is kept for a member, forgetting them, and what the bot would say."""

import pytest

from adapters.storage import open_storage
from bot.cli.preview import WORDS, ZONE
from bot.domain.wording import Wording
from config import catalogue
from tests.cli.conftest import Missed, document

LANGUAGES = Wording(catalogue.messages()).languages


@pytest.mark.usefixtures("filled")
def test_a_member_gets_a_copy_of_all_that_is_kept(missed: Missed) -> None:
    found = document(missed("members", "export", "@nora"))
    kept = {"member", "identity", "enrolment", "attendance", "call", "decision", "outbox", "post", "link", "tie"}
    assert kept == set(found)
    assert found["identity"][0]["handle"].startswith("nora@")
    assert found["member"][0]["joined_at"].endswith("Z")
    assert all("caller_name" not in row for row in found["call"])


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("words", [("forget",), ("members", "forget")])
def test_a_member_is_forgotten_for_good(missed: Missed, words: tuple[str, ...]) -> None:
    assert "Delete everything" in missed(*words, "@nora", exits=1).output
    assert document(missed("members", "export", "@nora"))["member"] != []
    assert "deleted" in missed(*words, "@nora", "--yes").stdout
    assert "nobody called @nora is a member" in missed(*words, "@nora", exits=2).stderr.replace("\n", " ")
    storage = open_storage("sqlite:///missed.db")
    with storage.work() as work:
        assert work.tallies.get("forgotten") == 1
    storage.close()


@pytest.mark.usefixtures("filled")
def test_what_cannot_be_done_is_a_sentence(missed: Missed) -> None:
    assert "name both" in missed("members", "export", exits=2).stderr
    assert "nobody called @zoe is a member" in missed("members", "export", "@zoe", exits=2).stderr.replace("\n", " ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_everyday_words_to_be_looked_at_with(language: str) -> None:
    wording = Wording(catalogue.messages())
    for note in wording.notes(language):
        shown = wording.say(note, WORDS, language, ZONE)
        assert "{" not in shown, (note, shown)


@pytest.mark.parametrize(
    ("language", "kind"), [("de", "lapsed"), ("ja", "heads-up"), ("fr", "recap"), ("nl", "status")]
)
def test_any_message_can_be_looked_at(missed: Missed, language: str, kind: str) -> None:
    assert "characters)" in missed("preview", "--kind", kind, "--language", language).stdout


def test_a_preview_reads_as_the_member_would_read_it(missed: Missed) -> None:
    assert (
        "Ben Achterberg und 2 weitere vermissen dich gerade bei #lrnchat."
        in missed("preview", "--kind", "called", "--language", "de").stdout
    )
    assert "missed you at #lrnchat. It is over" in missed("preview", "--kind", "called", "--after").stdout


def test_a_preview_of_nothing_is_wrong_use(missed: Missed) -> None:
    assert "choose one of called" in missed("preview", "--kind", "hug", exits=2).stderr
    assert "choose one of de, en" in missed("preview", "--kind", "called", "--language", "tlh", exits=2).stderr
    assert "only while" in missed("preview", "--kind", "lapsed", "--after", exits=2).stderr
