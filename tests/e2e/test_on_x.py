"""The real process on X: a post goes in, a direct message comes out, once, though the power was cut in between."""

from datetime import timedelta
from pathlib import Path

from sandbox import Fault
from sandbox.play.elsewhere import XMember
from sandbox.x import XSandbox
from tests.e2e.evening import real_time
from tests.e2e.process import Bot, House, eventually
from tests.e2e.together import at_once


class XHouse(House):
    """A house whose bot lives on X and signs by OAuth 1.0a."""

    def __init__(self, folder: Path, base_url: str, secrets: dict[str, str], **more: list[str]) -> None:
        super().__init__(folder, base_url, "none", hosts=more["hosts"])
        on_mastodon = self.config.read_text(encoding="utf-8")
        self.write(on_mastodon.replace("[mastodon]", "[x]").replace(" base_url =", " api_url =", 1))
        self.secrets = secrets
        for name, secret in secrets.items():
            (folder / name).write_text(secret, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        told = {name: told for name, told in super().environment().items() if name != "MISSED_MASTODON_TOKEN_FILE"}
        return told | {f"MISSED_X_{name.upper()}_FILE": str(self.folder / name) for name in self.secrets}


@at_once
def test_one_message_on_x_though_it_was_cut_off_and_the_process_killed(folder: Path) -> None:
    with XSandbox(real_time, lag=timedelta(), limits=False) as sandbox:
        missed = sandbox.add_person("missed", "You Were Missed", app="bot")
        nora, ana, mara = (sandbox.add_person(name) for name in ("quillnora", "hazelana", "marahost"))
        house = XHouse(folder, sandbox.base_url, missed.secrets, hosts=["marahost@x.com"])
        logs: list[str] = []
        with XMember(sandbox.base_url, nora.token, missed.id, "missed") as her:

            def arrives(number: int) -> str:
                return eventually(lambda: her.inbox()[number - 1 : number], f"message {number} on X")[0].text

            for number, said, answer in ((1, "START", "answer with any word"), (2, "yes", "You are in")):
                her.say(said)
                with Bot(house, "run", "--once") as bot:  # for a running one looks for direct messages in its own time
                    assert bot.ended() == 0
                assert answer in arrives(number)
            with Bot(house) as bot:
                bot.watches()
                sandbox.publish(mara, "Q1: Which hour do you keep? #lrnchat")
                path = "^/2/dm_conversations/with/.*/messages$"
                sandbox.faults.add(Fault("cut_after", method="POST", path=path, times=1))
                sandbox.publish(ana, "@quillnora you are missed #lrnchat")
                eventually(lambda: house.states() == ["uncertain"], "the answer to the reminder is lost")
                bot.kill()
                logs.append(bot.log)
            house.let_pass(2)
            with Bot(house) as bot:
                bot.watches()
                eventually(lambda: house.states() == ["sent"], "the reminder is found again")
                assert bot.stop() == 0
                logs.append(bot.log)
            assert "hazelana" in arrives(3)
            assert len(her.inbox()) == 3
        secrets = [*missed.secrets.values(), nora.token, "Which hour", "quillnora"]
        assert [secret for secret in secrets if any(secret in log for log in logs)] == []
