"""Who is meant by a call: by clause, not by post."""

import pytest

from bot.domain.chat import Chat
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Scene
from tests.unit.recognise.conftest import Calls, Say, Somebody, targets

TARGETS = [
    # clauses
    ("thanks @ana, great point @ben; where is @cleo tonight?", "cleo"),
    ("great point @ben, you are missed @cleo", "cleo"),
    ("@cleo, you are missed", "cleo"),
    ("you are missed, @cleo", "cleo"),
    ("Hey @cleo! Where are you?", "cleo"),
    ("You are missed tonight! @cleo", "cleo"),
    ("thanks @ana, we miss you", ""),
    ("thanks @ana. Come join us", ""),
    ("thanks @ana we miss you", ""),
    ("Hey @cleo! Thanks @ana we miss you", ""),
    ("@cleo, thanks @ana we miss you", ""),
    ("@ana great point! Come join us", ""),
    ("@cleo the tea is hot, come join us", "cleo"),
    ("@cleo Thought of you today. Come join us!", "cleo"),
    ("@ana is here, come join us @cleo", "cleo"),
    ("@ana wrote that down, come join us", ""),
    ("come join us tonight #edu @cleo", "cleo"),
    ("come join us to hear @ana", ""),
    ("come join us @cleo at #edu for a bit", "cleo"),
    ("come join us with our friends 🎉 @cleo", "cleo"),
    ("Who else is here? Where are you? @cleo", "cleo"),
    ("Hello all. @ana said hi. Where are you?", ""),
    ("where are you 🎉 @cleo", "cleo"),
    ("@cleo 🎉 where are you", "cleo"),
    ("We miss you. @ana made tea", ""),
    ("we miss @ana, and @ben was asking", "ana"),
    ("come join us, and bring @ana", ""),
    # several people
    ("where are @ana and @ben?", "ana ben"),
    ("paging @ana, @ben and @cleo", "ana ben cleo"),
    ("paging @ana, @ben & @cleo, now", "ana ben cleo"),
    ("@ana @ben you are missed", "ana ben"),
    ("@ana, @ben, where are you?", "ana ben"),
    ("where are you @ana @ben", "ana ben"),
    ("we miss you all @ana @ben", "ana ben"),
    ("where are you two, @ana and @ben", "ana ben"),
    ("you guys are missed @ana", "ana"),
    ("thanks @ana, @ben is missed", "ben"),
    ("where is @ana? And where is @ben?", "ana ben"),
    ("where is @ana? Paging @ana", "ana"),
    ("paging @ana @ida @bell", "ana"),
    # possessives are about a thing, but a chair is a person's
    ("we miss @ana's posts, @ben", ""),
    ("@ana's chair is empty", "ana"),
    ("your chair is empty, @ana", "ana"),
    ("the chair is empty", ""),
    ('he said "good evening", where is @ana?', "ana"),
    # nobody we know
    ("paging @stranger", ""),
    ("paging @stranger and @ana", "ana"),
    ("@stranger's chair is empty", ""),
    ("where is @cleo.Anyway, hi", "cleo"),
]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_a_call_goes_to_those_its_clause_is_about(calls: Calls, text: str, expected: str) -> None:
    assert " ".join(calls(f"{text} #lrnchat")) == expected


REPLIES = [
    ("@ana where are you?", "ana", "ana"),
    ("where are you tonight?", "ana", "ana"),
    ("we miss you", "ana", "ana"),
    ("come join us", "ana", "ana"),
    ("@ana @ben where are you?", "ana", "ana"),
    ("@ana where is @ben?", "ana", "ben"),
    ("@ana it is not the same without @cleo", "ana", "cleo"),
    ("@ana @ben is missed", "ana", ""),
    ("@ben where are you?", "ana", "ben"),
    ("@ana we miss you all", "ana", ""),
    ("@ana thanks @ben, we miss you", "ana", "ana"),
    ("@ana thanks @ben we miss you", "ana", ""),
    ("where are you?", "ida", ""),
    ("@ben where are you?", "ida", "ben"),
    ("where are you?", "bell", ""),
]


@pytest.mark.parametrize(("text", "to", "expected"), REPLIES)
def test_a_reply_means_the_person_it_answers_but_its_prefix_names_who_is_there(
    calls: Calls, text: str, to: str, expected: str
) -> None:
    assert " ".join(calls(f"{text} #lrnchat", to=to)) == expected


def test_the_person_answered_is_also_known_by_a_mention(recogniser: Recogniser, scene: Scene, say: Say) -> None:
    assert targets(recogniser.observe(say("@ana @ben we miss you #lrnchat", to="ana"), scene)) == ["id-ana"]


def test_a_reply_to_somebody_unknown_means_its_only_leading_mention(
    recogniser: Recogniser, scene: Scene, say: Say
) -> None:
    alone = say("@ana we miss you #lrnchat", in_reply_to_id="p0")
    crowd = say("@ana @ben we miss you #lrnchat", in_reply_to_id="p0")
    none = say("we miss you #lrnchat, @ana is here", in_reply_to_id="p0")
    assert targets(recogniser.observe(alone, scene)) == ["id-ana"]
    assert targets(recogniser.observe(crowd, scene)) == []
    assert targets(recogniser.observe(none, scene)) == []


def test_mentions_without_the_person_answered_were_typed_on_purpose(
    recogniser: Recogniser, scene: Scene, say: Say
) -> None:
    post = say("@ana we miss you #lrnchat", in_reply_to_id="p0", in_reply_to_author_id="id-somebody")
    assert targets(recogniser.observe(post, scene)) == ["id-ana"]


NAMES = [
    ("where is Ana tonight?", "ana"),
    ("where is ana tonight?", "ana"),
    ("Ana is missed", "ana"),
    ("where is Nora?", "nora"),
    ("where is nora?", "nora"),
    ("Where is nora?", ""),
    ("where is Nora Quill?", "nora"),
    ("where is nora quill?", "nora"),
    ("Where is nora quill?", ""),
    ("Nora's chair is empty", "nora"),
    ("Nora Quill's chair is empty", "nora"),
    ("Nora missing the beginning, really missing you", ""),
    ("Nora, you are missed", "nora"),
    ("you are missed Nora", "nora"),
    ("where is Will tonight?", "will"),
    ("where is will tonight?", ""),
    ("WHERE IS WILL", ""),
    ("Will is missed", ""),
    ("where is Lee Park and Sam?", "lee sam"),
    ("not the same without Sam, Ana and @ben", "sam ana ben"),
    ("where is Ana. Quill is a bird", "ana"),
    ("where is Ida?", ""),
    ("Sam is here. Where are you, Ana?", "ana"),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_display_name_counts_when_it_can_only_be_one_person(calls: Calls, text: str, expected: str) -> None:
    roster = "ana ben cleo nora sam lee will ida"
    assert " ".join(calls(f"{text} #lrnchat", roster=roster)) == expected


def test_a_name_that_two_people_share_names_neither(
    recogniser: Recogniser, chat: Chat, say: Say, person: Somebody
) -> None:
    two = (person("nora"), person("ana").model_copy(update={"name": "Nora Birk"}))
    scene = Scene(chat=chat, roster=two)
    assert targets(recogniser.observe(say("where is Nora tonight? #lrnchat"), scene)) == []
    assert targets(recogniser.observe(say("where is Nora Birk tonight? #lrnchat"), scene)) == ["id-ana"]


def test_a_short_mention_that_two_people_share_names_neither_but_the_full_one_does(
    recogniser: Recogniser, scene: Scene, say: Say, person: Somebody
) -> None:
    twin = person("ana").model_copy(update={"id": "id-twin", "handle": "ana@far.example"})
    people = {"mentions": (person("ana"), twin)}
    assert targets(recogniser.observe(say("where is @ana? #lrnchat", **people), scene)) == []
    assert targets(recogniser.observe(say("where is @Ana@far.example? #lrnchat", **people), scene)) == ["id-twin"]


def test_a_handle_without_a_server_is_found_too(
    recogniser: Recogniser, scene: Scene, say: Say, person: Somebody
) -> None:
    bare = person("ana").model_copy(update={"handle": "ana"})
    assert targets(recogniser.observe(say("where is @ana? #lrnchat", mentions=(bare,)), scene)) == ["id-ana"]
