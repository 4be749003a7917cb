"""The fault book: what goes wrong on purpose, for whom, and how often."""

import random
import re
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field
from itertools import count
from typing import Any, Literal, Protocol

from pydantic import ConfigDict, TypeAdapter


class Struck(Protocol):
    """Somebody whom faults can be meant for, on whichever platform."""

    @property
    def id(self) -> str:
        """The platform's id."""
        ...

    @property
    def acct(self) -> str:
        """The name, as faults give it."""
        ...


FaultKind = Literal["status", "cut_before", "cut_after", "stuck", "slow", "empty", "html", "mangle"]
Mangling = Literal["null", "fields", "huge", "errors", "bare"]


@dataclass
class Fault:
    """One way to fail.

    ``kind``: ``status`` answers ``status`` (with a limit's headers for 429: nothing remains, reset in ``reset_after``
    seconds of the sandbox's clock); ``cut_before`` closes the connection unanswered and nothing happened; ``cut_after``
    does so after the request took effect; ``stuck`` is ``cut_before`` after ``seconds`` of real time; ``slow`` answers
    after ``seconds`` of real time; ``empty`` is 200 without a body; ``html`` is a proxy's error page with ``status``;
    ``mangle`` spoils the answer by ``mangling``: ``null`` puts null for its newest item, ``fields`` leaves that item
    only its id, ``huge`` gives it a content of 1 MB; X also answers 200 with ``errors`` in place of data, or ``bare``
    of ``meta``, too.

    ``method`` and ``path`` say which requests: ``path`` is a prefix, or a regular expression where it begins with ^.
    ``account`` is an id or an acct. The first ``skip`` matching requests pass, then ``times`` ones fail (None: for
    ever), each with ``probability``, drawn from ``seed``. With ``written`` a ``status``, ``empty`` or ``html`` answer
    comes after the request took effect, as from a gateway that lost patience.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    kind: FaultKind
    _: KW_ONLY
    method: str | None = None
    path: str = ""
    account: str | None = None
    times: int | None = None
    skip: int = 0
    probability: float = 1.0
    seed: int = 0
    status: int = 500
    reset_after: float = 60.0
    seconds: float = 1.0
    mangling: Mangling = "null"
    written: bool = False
    id: int = field(default=0, init=False)
    fired: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._pattern = re.compile(self.path if self.path.startswith("^") else re.escape(self.path))
        self._random = random.Random(self.seed)  # noqa: S311 - faults are to be repeatable, not secret

    def strikes(self, method: str, path: str, account: Struck | None) -> bool:
        """Return whether this request fails, and count it then."""
        if not self._matches(method, path, account) or self.times == self.fired:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self._random.random() >= self.probability:
            return False
        self.fired += 1
        return True

    @property
    def takes_effect(self) -> bool:
        """Whether the request is carried out all the same."""
        return self.written or self.kind in {"cut_after", "slow", "mangle"}

    def _matches(self, method: str, path: str, account: Struck | None) -> bool:
        if self.method is not None and self.method.upper() != method:
            return False
        if self.account is not None and (account is None or self.account not in {account.id, account.acct}):
            return False
        return self._pattern.match(path) is not None


_FAULT = TypeAdapter(Fault)


class Faults:
    """The faults in force, in the order they were added; at most one strikes a request."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._ids = count(1)

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force; its ``fired`` says later how often it struck."""
        fault.id = next(self._ids)
        self._faults.append(fault)
        return fault

    def add_json(self, given: Any) -> Fault:
        """Put in force what JSON describes, by the names of Fault. Raises ValueError for anything else."""
        return self.add(_FAULT.validate_python(given))

    def __iter__(self) -> Iterator[Fault]:
        return iter(list(self._faults))

    def remove(self, fault: Fault) -> None:
        """Take one fault out of force. Removing it twice is harmless."""
        self._faults = [kept for kept in self._faults if kept is not fault]

    def clear(self) -> None:
        """Take all faults out of force."""
        self._faults = []

    def pick(self, method: str, path: str, account: Struck | None) -> Fault | None:
        """Return the fault that strikes this request, if any."""
        return next((fault for fault in self if fault.strikes(method, path, account)), None)
