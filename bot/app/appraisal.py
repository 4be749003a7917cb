"""How well calls are recognised: what was found, held against what a careful reader says.

Confidence intervals are Wilson's (1927) at 95 %, which also hold near 0 and 1 and for few posts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

from bot.app.transcript import Line, person
from bot.domain.chat import Chat
from bot.domain.model import Person, Post, Value
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Called, Scene

Z: Final = 1.96


class Finding(Value):
    """What was recognised in one post. `targets` are handles; `why`: the words that matched, or what refused them."""

    id: str
    is_call: bool
    targets: tuple[str, ...] = ()
    kind: str | None = None
    phrase: str | None = None
    lang: str | None = None
    why: str = ""


class Label(Value):
    """What a careful reader says of one post; `kind` is that of the call, or what it only looks like."""

    id: str
    is_call: bool
    targets: tuple[str, ...] = ()
    kind: str = ""
    lang: str = "und"


class Share(Value):
    """`hits` of `of`, and between which shares the true one lies with 95 % confidence."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval, None of nothing."""
        if not self.of:
            return None
        share, n = self.hits / self.of, self.of
        middle = share + Z * Z / (2 * n)
        spread = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + Z * Z / n)), min(1.0, (middle + spread) / (1 + Z * Z / n))


class Score(Value):
    """Precision and recall of one group of posts, and how many false alarms a thousand of its posts bring."""

    posts: int
    precision: Share
    recall: Share
    targets: Share
    false_alarms: int

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, None where either is unknown or both are 0."""
        p, r = self.precision.value, self.recall.value
        return 2 * p * r / (p + r) if p and r else None

    @property
    def false_alarms_per_1000(self) -> float:
        """False alarms in a thousand posts."""
        return 1000 * self.false_alarms / self.posts if self.posts else 0.0


def recognise(lines: Iterable[Line], chat: Chat, recogniser: Recogniser, names: Mapping[str, str]) -> list[Finding]:
    """Return one finding a line, in the file's order. `names` are the roster: display names by handle."""
    roster = tuple(person(handle, names) for handle in names)
    ordered = sorted(lines, key=lambda line: line.number)
    return [_finding(line, chat, recogniser, roster, names) for line in ordered]


def _finding(
    line: Line, chat: Chat, recogniser: Recogniser, roster: tuple[Person, ...], names: Mapping[str, str]
) -> Finding:
    post = line.post
    parent = post.in_reply_to_author_id
    scene = Scene(
        chat=chat,
        roster=roster,
        is_chat_thread=line.is_in_chat,
        replied_to=person(parent, names) if parent is not None else None,
    )
    calls = [one for one in recogniser.observe(post, scene) if isinstance(one, Called)]
    if not calls:
        return Finding(id=post.id, is_call=False, why=_refusal(post, scene, recogniser))
    first = calls[0]
    return Finding(
        id=post.id,
        is_call=True,
        targets=tuple(call.target.handle for call in calls),
        kind=first.kind,
        phrase=first.phrase,
        lang=first.language,
        why=post.text[slice(*first.words)],
    )


def _refusal(post: Post, scene: Scene, recogniser: Recogniser) -> str:
    return next((one.verdict for one in recogniser.explain(post, scene)), "")


def score(findings: Sequence[Finding], labels: Mapping[str, Label]) -> Score:
    """Hold findings against labels; a finding without a label does not count."""
    pairs = [(one, labels[one.id]) for one in findings if one.id in labels]
    found = [(one, label) for one, label in pairs if one.is_call]
    right = [(one, label) for one, label in found if label.is_call]
    exact = sum(set(one.targets) == set(label.targets) for one, label in right)
    return Score(
        posts=len(pairs),
        precision=Share(hits=len(right), of=len(found)),
        recall=Share(hits=len(right), of=sum(label.is_call for _, label in pairs)),
        targets=Share(hits=exact, of=len(right)),
        false_alarms=len(found) - len(right),
    )


def score_by(
    findings: Sequence[Finding], labels: Mapping[str, Label], group: Callable[[Label], str]
) -> dict[str, Score]:
    """Return the score of each group of labels, by the group's name."""
    groups: defaultdict[str, dict[str, Label]] = defaultdict(dict)
    for label in labels.values():
        groups[group(label)][label.id] = label
    return {name: score(findings, some) for name, some in sorted(groups.items())}
