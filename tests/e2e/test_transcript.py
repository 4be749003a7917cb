"""The README's transcripts are what is really said, by the bot on the sandbox, to somebody who follows its answers."""

import pytest

from tests.e2e.transcript import README, SAYS, written


@pytest.mark.parametrize("language", SAYS)
def test_from_start_to_forget_by_its_answers_alone(language: str) -> None:
    shown = README.read_text(encoding="utf-8").partition(f"<!-- transcript {language} -->\n\n")[2]
    assert written(language) == shown.partition(f"\n\n<!-- end {language} -->")[0]
