"""The story, played for real, as `make demo` plays it."""

import json
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

MISSED = Path(sys.executable).with_name("missed")


@pytest.mark.parametrize("platform", ["mastodon", "x", "both"])
def test_she_hears_it_once_in_time(platform: str) -> None:
    speed = "240" if platform == "mastodon" else "120"
    command = [str(MISSED), "demo", "--json", "--speed", speed, "--platform", platform]
    played = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert played.returncode == 0, played.stdout + played.stderr
    outcome = json.loads(played.stdout)
    assert set(outcome) == {
        "posts",
        "people",
        "calls",
        "callers",
        "called_on",
        "direct_messages",
        "text",
        "minutes_into_session",
        "requests",
        "seconds",
        "why",
        "stopped",
    }
    assert outcome["direct_messages"] == 1
    assert 22 < outcome["minutes_into_session"] < 55
    assert (outcome["calls"], len(outcome["callers"])) == (15, 6)
    on = {"mastodon": ["mastodon"], "x": ["x"], "both": ["mastodon", "x"]}[platform]
    assert sorted(outcome["called_on"]) == on, "she is called on each network"
    assert sorted(chain(*outcome["called_on"].values())) == sorted(outcome["callers"]), "by different friends"
    assert outcome["people"] >= 22
    assert outcome["posts"] >= 190
    assert "miss you at #lrnchat right now. Q" in outcome["text"]
    assert any(name in outcome["text"] for name in outcome["callers"])
    assert re.search(r"\d people called you at #lrnchat while you were not there", outcome["why"])
    assert "Done. You will hear nothing more from me." in outcome["stopped"]
    assert "Traceback" not in played.stderr
