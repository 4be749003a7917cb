"""Whatever happens in whatever order: only who is live hears from us unasked, and a command is answered once."""

from typing import Any

from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.app.ports import Receipt
from bot.domain.model import Consent
from bot.domain.outbox import ANSWER, OutboxMessage, State
from tests.world import ANA, BEN, CHAT, HOST, NORA, FakeCourier, World, at, direct, post

CLEAR = ("START", "START #lrnchat", "please start")
UNCLEAR = (
    "Stark!",
    "when does it start?",
    "I might start one day",
    "who is this?",
    "no",
    "what?",
    "",
    "👍",
    "STOP",
    "stop it",
)
ASKING = ("STATUS", "CHATS", "WHY", "QUIET OFF", "AWAY 2 weeks", "BACK", "RECAP ON", "LINK", "LINK YES", "FORGET")
OTHERS = ("ok", "yes please", "HELP", "HERE", "thanks", "hello there", "CANCEL", "don't stop", "LANGUAGE de")
WORDS = (*CLEAR, *UNCLEAR, *OTHERS, *ASKING)
WEEK = 7 * 24 * 60


class Guard(FakeCourier):
    """A courier that looks at whom it sends to, at the very moment."""

    def __init__(self, world: World) -> None:
        super().__init__(world.clock)
        self.storage = world.storage
        self.answered: list[str | None] = []

    def send(self, message: OutboxMessage, text: str) -> Receipt:
        with self.storage.work() as work:
            member = work.members.get(message.member_id)
        assert message.kind == ANSWER or (member is not None and member.consent is Consent.LIVE)
        if message.kind == ANSWER:
            self.answered.append(message.in_reply_to_id)
        event(f"sends {'an answer' if message.kind == ANSWER else 'a reminder'}")
        return super().send(message, text)


class Talk(RuleBasedStateMachine):
    """Nora writes, friends call, the clock jumps, the process starts anew; what is sent is held against her words."""

    @initialize()
    def begin(self) -> None:
        self.world = World()
        self.guard = Guard(self.world)
        self.world.courier = self.guard
        self.world.use(CHAT)
        self.minute = -300.0
        self.written = 0
        self.has_said_start = False

    def _advance(self, minutes: float) -> None:
        self.minute += minutes

    @rule(words=st.sampled_from(WORDS), after=st.sampled_from([0.2, 3, 61]), answers=st.booleans())
    def writes(self, words: str, after: float, answers: bool) -> None:
        self._advance(after)
        more: dict[str, Any] = {"id": f"n{self.written}", "uri": f"n{self.written}"}
        if answers:
            more["in_reply_to_author_id"] = "id-missed"
        self.world.source.mail.append(direct(NORA, f"@missed {words}", self.minute, **more))
        self.written += 1
        self.has_said_start = self.has_said_start or words in CLEAR

    @rule()
    def signs_up(self) -> None:
        self.writes("START", 3, answers=False)
        self.time_passes(0.5)
        self.writes("yes please", 3, answers=False)

    @rule()
    def is_missed(self) -> None:
        week = max(0, round(self.minute / WEEK)) * WEEK
        self.minute = max(self.minute, week + 5)
        self.world.source.timeline += [
            post(HOST, "Q1: What? #lrnchat", self.minute),
            post(ANA, "@nora you are missed", self.minute + 0.1),
            post(BEN, "@nora you are missed too", self.minute + 0.2),
        ]
        self._advance(0.3)

    @rule(minutes=st.sampled_from([0.5, 4, 30, 600, WEEK - 60, WEEK]))
    def time_passes(self, minutes: float) -> None:
        self._advance(minutes)
        self.world.cycle(self.minute)

    @rule()
    def only_listens(self) -> None:
        now = self.world.clock.time = at(self.minute)
        self.world.listen.tick(now)
        self.world.decide.tick(now)

    @rule()
    def starts_anew(self) -> None:
        self.world.use(CHAT)

    @rule(minutes=st.sampled_from([-5, 180]))
    def the_clock_jumps(self, minutes: float) -> None:
        now = self.world.clock.time = at(self.minute + minutes)
        self.world.dispatch.tick(now)

    def _consent(self) -> Consent | None:
        with self.world.storage.work() as work:
            found = work.members.by_account(NORA.platform, NORA.id)
        return found.consent if found else None

    @invariant()
    def nothing_waits_that_a_stop_forbids(self) -> None:
        if self._consent() is Consent.STOPPED:
            with self.world.storage.work() as work:
                waiting = [one for one in work.outbox.in_state(State.PENDING) if one.kind != ANSWER]
            assert waiting == []

    @invariant()
    def nobody_is_live_without_start(self) -> None:
        assert self.has_said_start or self._consent() is None

    @invariant()
    def no_message_of_hers_is_answered_twice(self) -> None:
        answered = self.guard.answered
        assert len(answered) == len(set(answered)) <= self.written


Talk.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestTalk = Talk.TestCase
