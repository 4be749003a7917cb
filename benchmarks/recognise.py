"""How fast posts become observations, and how long the worst post takes. Prints one JSON object.

    python -m benchmarks.recognise

The posts are made here: 99.3 % of them ordinary, 0.7 % calls, as in a real chat. The floor is what it costs in the same
run to go through the posts and casefold their texts; the ratio says how many times that the recogniser takes. Time
is that of the processor, since machines are shared.
"""

import gc
import json
import random
import re
import statistics
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial
from pathlib import Path

from bot.domain.chat import Chat, Slot
from bot.domain.model import Person, Platform, Post
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Scene
from config import catalogue

POSTS = 20_000
ROUNDS = 7
CALLS = 0.007
LENGTH = 25_000
WORDS = tomllib.loads((Path(__file__).parent / "posts.toml").read_text(encoding="utf-8"))

CHAT = Chat(tag="orchard", title="Orchard", slots=(Slot(repeats="FREQ=DAILY", time=clock(20), zone="UTC"),))


def person(number: int) -> Person:
    """Make up a person."""
    return Person(platform=Platform.MASTODON, id=f"i{number}", handle=f"p{number}@example.org", name=f"Pat{number} Doe")


PEOPLE = tuple(map(person, range(200)))


def post(number: int, text: str) -> Post:
    """Make a post of a text, as a platform would show it."""
    return Post(
        platform=Platform.MASTODON,
        id=str(number),
        uri=f"https://example.org/{number}",
        author=PEOPLE[number % 20],
        text=text,
        created_at=datetime(2026, 1, 1, 20, tzinfo=UTC),
        mentions=tuple(PEOPLE[int(one)] for one in dict.fromkeys(re.findall(r"@p(\d+)", text))),
        tags=("orchard",),
        language="en",
    )


def posts(rng: random.Random) -> list[Post]:
    """Make the mix: every second ordinary post speaks to somebody."""
    made = []
    for number in range(POSTS):
        somebody = f"p{rng.randrange(20, 200)}"
        if rng.random() < CALLS:
            text = rng.choice(WORDS["calling"]).format(somebody)
        else:
            parts = (
                rng.choice(one)
                for one in (WORDS["beginnings"], WORDS["subjects"], WORDS["verbs"], WORDS["objects"], WORDS["endings"])
            )
            text = " ".join((*((f"@{somebody}",) if number % 2 else ()), *parts))
        made.append(post(number, f"{text} #orchard"))
    return made


def seconds(act: Callable[[], object]) -> float:
    """Return the median of several rounds, without the garbage collector."""
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
        gc.enable()
    return statistics.median(taken)


def all_of(recogniser: Recogniser, mix: Sequence[Post], scene: Scene) -> float:
    """Return how long all posts take."""
    return seconds(lambda: [recogniser.observe(one, scene) for one in mix])


def main() -> None:
    """Measure, and print what was measured."""
    recogniser = Recogniser(catalogue.phrasebooks())
    mix = posts(random.Random(7))
    alone, crowded = Scene(chat=CHAT), Scene(chat=CHAT, roster=PEOPLE)
    floor = seconds(lambda: [one.text.casefold() for one in mix])
    without, with_roster = all_of(recogniser, mix, alone), all_of(recogniser, mix, crowded)
    worst = {piece: seconds(partial(recogniser.observe, hostile, crowded)) for piece, hostile in hostiles()}
    slowest = max(worst, key=worst.__getitem__)
    found = {
        "posts_per_second": {
            "without_roster": round(POSTS / without),
            "with_roster_of_200": round(POSTS / with_roster),
        },
        "floor_posts_per_second": round(POSTS / floor),
        "ratio": round(with_roster / floor, 1),
        "worst_case_ms": round(1000 * worst[slowest], 1),
        "worst_case": slowest,
        "languages": len(catalogue.phrasebooks()),
    }
    print(json.dumps(found))


def hostiles() -> list[tuple[str, Post]]:
    """Make posts of one piece over and over, as long as posts are anywhere."""
    return [(piece, post(1, (piece * LENGTH)[:LENGTH] + " @p1 #orchard")) for piece in WORDS["hostile"]]


if __name__ == "__main__":
    main()
