"""What one post tells us: who attended, what was asked, who was called."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from bot.domain.model import Person, Post
from bot.domain.recognise.calls import Finding
from bot.domain.recognise.normalise import LIMIT, SENTENCE, Token, cut, tag_word, tokens
from bot.domain.recognise.observations import Asked, Attended, Called, Observation, Scene
from bot.domain.recognise.phrasebook import Phrasebook
from bot.domain.recognise.questions import find_question, is_answer
from bot.domain.recognise.readers import Able, Readers
from bot.domain.recognise.roster import Roster

NO_CHAT = "not-about-the-chat"
NOT_THEM = "oneself-or-a-bot"
QUESTION = "question-to-the-chat"
ANSWER = "answer-to-a-question"
BY_BOT = "written-by-a-bot"

FEWEST = 3
"""So many words at least has a sentence that asks or answers something."""


class Explained(NamedTuple):
    """Why a phrase in a post is a call or not.

    `name` is the phrase's, or that of the guard which refused it; `words` are the words of the post that show it.
    """

    name: str
    words: str
    verdict: str


class Recogniser:
    """Turns posts into observations. Between two posts it keeps nothing but who stands in the roster."""

    def __init__(self, phrasebooks: Sequence[Phrasebook]) -> None:
        self._readers = Readers(phrasebooks)
        self._roster = Roster(())

    def observe(self, post: Post, scene: Scene) -> tuple[Observation, ...]:
        """Return what a post tells: Attended, Asked and any number of Called, in this order.

        A repost tells nothing; nor does a direct message, which is for the conversation; nor does a post of our own.
        """
        if post.is_repost or post.is_direct or post.author.id in scene.bots:
            return ()
        seen: list[Observation] = []
        is_tagged = has_tag(post, scene.chat.tag)
        asked: Asked | None = None
        if is_tagged or scene.is_chat_thread:
            how: Literal["post", "reply"] = "post" if is_tagged else "reply"
            seen.append(Attended(person=post.author, post_id=post.id, at=post.created_at, how=how))
            asked = find_question(post, scene.chat)
            if asked is not None:
                seen.append(asked)
        if seen or _is_to_us(post, scene):
            able = self._able(post, scene)
            if able:
                seen += _calls(post, self._findings(post, scene, able, "" if asked is None else QUESTION))
        return tuple(seen)

    def explain(self, post: Post, scene: Scene) -> list[Explained]:
        """Return every phrase found in a post, with the words that matched and why it is a call or is not."""
        text = cut(post.text)
        shown = []
        for finding in self._findings(post, scene, self._able(post, scene), self._veto(post, scene)):
            (start, end), (begin, finish) = finding.span, finding.why
            words = text[start:end]
            if finding.people:
                names = ", ".join(person.called for person in finding.people)
                shown.append(Explained(finding.phrase.name, words, f"calls {names}"))
            elif finish:
                verdict = f"refuses {finding.phrase.name}: {words}"
                shown.append(Explained(finding.refused_by, text[begin:finish], verdict))
            else:
                shown.append(Explained(finding.phrase.name, words, f"refused: {finding.refused_by}"))
        return shown

    def _veto(self, post: Post, scene: Scene) -> str:
        """Say why nothing in this post can be a call, if that is so before any phrase is looked at."""
        is_here = scene.is_chat_thread or has_tag(post, scene.chat.tag)
        if not is_here and not _is_to_us(post, scene):
            return NO_CHAT
        return QUESTION if is_here and find_question(post, scene.chat) is not None else ""

    def _able(self, post: Post, scene: Scene) -> Able:
        """Return who may find something; for most posts nobody, after one look at their words."""
        if self._roster.people is not scene.roster and self._roster.people != scene.roster:
            self._roster = Roster(scene.roster)
        is_told = bool(post.mentions) or scene.replied_to is not None
        return self._readers.of(cut(post.text), tag_word(scene.chat.tag), post.language, self._roster, is_told=is_told)

    def _findings(self, post: Post, scene: Scene, able: Able, veto: str) -> Iterator[Finding]:
        """Yield what the phrase files find."""
        text = cut(post.text)
        if not veto and (post.author.is_bot or is_answer(text)):
            veto = BY_BOT if post.author.is_bot else ANSWER
        found = tokens(text)
        beyond = _second_sentence(found) if veto in {QUESTION, ANSWER} else len(text)
        for reader, may in able:
            for finding in reader.findings(text, found, post, scene, self._roster, may):
                is_aside = finding.span[0] >= beyond and all(_is_named(one, text[beyond:]) for one in finding.people)
                yield _cleared(finding, post, scene, "" if is_aside else veto)


def has_tag(post: Post, tag: str) -> bool:
    """Say whether a post carries the chat's tag, in any case, also where it is glued to the word before it."""
    if tag in post.tags:
        return True
    text = post.text[:LIMIT]
    if "#" not in text and "＃" not in text:
        return False
    wanted = tag_word(tag)
    return any(token.kind == "tag" and token.word == wanted for token in tokens(text))


def _second_sentence(found: Sequence[Token]) -> int:
    """Return where the second sentence begins: there a question or an answer may be over and a call come after it.

    Its number is no sentence ("A1. Trust").
    """
    later = (token.start for token in found[FEWEST:] if token.gap == SENTENCE)
    return next(later, found[-1].end if found else 0)


def _is_named(person: Person, text: str) -> bool:
    """Say whether a text names somebody, by handle or with a word of the name."""
    handle = f"@{person.handle.casefold()}"
    names = {handle, handle.rpartition("@")[0], *(token.word for token in tokens(cut(person.name)))}
    return not names.isdisjoint(token.word for token in tokens(text))


def _is_to_us(post: Post, scene: Scene) -> bool:
    return scene.is_to_us or any(person.id in scene.bots for person in post.mentions)


def _cleared(finding: Finding, post: Post, scene: Scene, veto: str) -> Finding:
    """Leave out the author and bots, and everybody where the whole post is no call."""
    if veto and not finding.refused_by:
        return finding._replace(people=(), refused_by=veto)
    people = tuple(p for p in finding.people if p.id != post.author.id and p.id not in scene.bots and not p.is_bot)
    refused_by = finding.refused_by if people or not finding.people else NOT_THEM
    return finding._replace(people=people, refused_by=refused_by)


def _calls(post: Post, findings: Iterator[Finding]) -> list[Called]:
    """Return one call for each person who is called: the first phrase counts."""
    calls: dict[str, Called] = {}
    for finding in findings:
        for person in finding.people:
            if person.id not in calls:
                calls[person.id] = Called(
                    caller=post.author,
                    target=person,
                    kind=finding.phrase.kind,
                    phrase=finding.phrase.name,
                    language=finding.language,
                    words=finding.span,
                    post_id=post.id,
                    url=post.url,
                    at=post.created_at,
                )
    return list(calls.values())
