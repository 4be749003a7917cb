"""The chats as they really take place: the configuration, and what hosts have called off or moved since."""

from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.app.shelves import ChangeRow, UnitOfWork
from bot.domain.chat import Chat, Slot


class Programme(Mapping[str, Chat]):
    """Chats by tag. It changes when a host changes a date; whoever looks a chat up sees it as it is then."""

    def __init__(self, chats: Mapping[str, Chat]) -> None:
        self._configured = chats
        self._current = dict(chats)

    def refresh(self, work: UnitOfWork) -> None:
        """Take up every change that is kept."""
        rows = work.changes.all()
        self._current = {
            tag: changed(chat, [row for row in rows if row.chat == tag]) for tag, chat in self._configured.items()
        }

    def __getitem__(self, tag: str) -> Chat:
        return self._current[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current)

    def __len__(self) -> int:
        return len(self._current)


def changed(chat: Chat, rows: list[ChangeRow]) -> Chat:
    """Return a chat with its changed dates: the day's session goes, and comes back where it was moved to."""
    slots: list[Slot] = []
    for slot in chat.slots:
        days = "".join(f"\nEXDATE:{row.day.replace('-', '')}T000000" for row in rows)
        slots.append(slot.model_copy(update={"repeats": f"RRULE:{slot.repeats}{days}"}) if rows else slot)
    usual = chat.slots[-1]
    for row in rows:
        if row.moved_to is not None:
            local = row.moved_to.astimezone(ZoneInfo(chat.zone))
            slots.insert(0, _once(usual, local.date(), local.time()))
    return chat.model_copy(update={"slots": tuple(slots)})


def _once(usual: Slot, day: date, time: object) -> Slot:
    once = {"repeats": "FREQ=DAILY;COUNT=1", "time": time, "first": day, "last": day}
    return usual.model_copy(update=once)
