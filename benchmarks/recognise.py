"""How fast posts become observations, and how long the worst post takes. Prints one JSON object.

    python -m benchmarks.recognise

The posts are made here: 99.3 % of them ordinary, 0.7 % calls, as in a real chat. The floor is what it costs in the same
run to go through the posts and casefold their texts; the ratio says how many times that the recogniser takes.
"""

import gc
import json
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from datetime import time as clock
from functools import partial

from bot.domain.chat import Chat, Slot
from bot.domain.model import Person, Platform, Post
from bot.domain.recognise import Recogniser
from bot.domain.recognise.observations import Scene
from config import catalogue

POSTS = 20_000
ROUNDS = 7
CALLS = 0.007
LENGTH = 25_000

CHAT = Chat(tag="orchard", title="Orchard", slots=(Slot(repeats="FREQ=DAILY", time=clock(20), zone="UTC"),))
BEGINNINGS = ["I think", "We found that", "Honestly,", "In my class", "A2:", "For me", "Great point,", "Agreed:", "Last year", "So"]
SUBJECTS = ["the students", "our team", "people", "a good question", "the library", "my colleagues", "feedback", "practice", "that tool"]
VERBS = ["need", "helps with", "is about", "makes", "takes", "can change", "always beats", "was never", "gets better with", "lives from"]
OBJECTS = ["more time", "trust", "the curriculum", "a clear goal", "conversations here", "small steps", "what you know", "open doors"]
ENDINGS = ["every single day", "when you least expect it", "and that is fine", "for all of us", "I would love to hear more", "right?", "", "👍", "if there is time for it", "as we saw last year", "but who pays for it?", "and it shows", "more than we think", "not only at school", "see https://example.org/a/b", "so that they come back to it", "and I am not the only one"]
CALLING = ["where is @{0} tonight?", "@{0} you are missed", "not the same without @{0}", "paging @{0}", "come join us @{0}"]
HOSTILE = ["we miss you ", "where is @p1? ", "you are missed, ", "@p1, ", "hey miss you ", "not a sorry i miss you. ", "Pat 1 ", "your seat is empty ", "it is not the same without you at the chat ", "does anyone know where she is ", "a.", " 'a", "has anyone here seen @p1 lately ", "the whole gang is still waiting for @p1 to show up ", "misssssed ", "さみしい", "you "]


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
            text = rng.choice(CALLING).format(somebody)
        else:
            parts = (rng.choice(one) for one in (BEGINNINGS, SUBJECTS, VERBS, OBJECTS, ENDINGS))
            text = " ".join((*((f"@{somebody}",) if number % 2 else ()), *parts))
        made.append(post(number, f"{text} #orchard"))
    return made


def seconds(act: Callable[[], object]) -> float:
    """Return the median of several rounds, without the garbage collector."""
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
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
    return [(piece, post(1, (piece * LENGTH)[:LENGTH] + " @p1 #orchard")) for piece in HOSTILE]


if __name__ == "__main__":
    main()
