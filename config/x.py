"""The bot's account on X, and what X's things cost."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SecretStr

from config.addresses import server
from config.sections import Section

SIGNED: Final = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
"""What OAuth 1.0a needs, all four."""

SECRETS: Final = (*SIGNED, "client_secret")
"""Never in the file: from the environment, or files that it names."""

MILLION: Final = 1_000_000

Secret = Annotated[SecretStr | None, Field(default=None, min_length=1)]


def _not_too_often(seconds: int) -> int:
    """X allows fifteen readings in a quarter of an hour: whoever looks more often is soon deaf for the rest of it."""
    if 0 < seconds < 60:
        raise ValueError("should be 60 or more, for X allows fifteen looks in 15 minutes, or 0 for none")
    return seconds


class XSection(Section):
    """The bot's account on X. It signs in by OAuth 1.0a (four secrets) or OAuth 2.0 (`client_id`, `missed login`)."""

    api_url: Annotated[str, AfterValidator(server)] = Field(
        default="https://api.x.com", description="Where the API is; another server that speaks it for a rehearsal."
    )
    names: Literal["old", "new"] = Field(
        default="old", description="Which names to ask by: old (tweet.fields), or new (post.fields) since August 2026."
    )
    presence: Literal["posts", "counts"] = Field(
        default="posts", description="posts: read everything under the tag; counts: only what speaks to members."
    )
    owns_app: bool = Field(
        default=True, description="Whether the bot's account owns the app: its mentions are cheap then."
    )
    direct_every_seconds: Annotated[int, AfterValidator(_not_too_often)] = Field(
        default=90,
        ge=0,
        le=3600,
        description="How often to look for direct messages, at most once a minute; 0: commands come by mention only.",
    )
    monthly_limit: Decimal | None = Field(
        default=None,
        ge=0,
        description="Dollars a month at which reading stops, chats a twentieth before; messages are still sent.",
    )
    client_id: str = Field(default="", description="The app's OAuth 2.0 client id; empty: OAuth 1.0a.")
    token_file: Path = Field(
        default=Path("x-token.json"),
        description="Where `missed login` keeps the OAuth 2.0 token, for its owner's eyes.",
    )
    consumer_key: Secret = Field(default=None, description="OAuth 1.0a: the app's key.")
    consumer_secret: Secret = Field(default=None, description="OAuth 1.0a: the app's secret.")
    access_token: Secret = Field(default=None, description="OAuth 1.0a: the bot account's token.")
    access_token_secret: Secret = Field(default=None, description="OAuth 1.0a: its secret.")
    client_secret: Secret = Field(default=None, description="OAuth 2.0: the secret of a confidential client.")

    def given(self, name: str) -> str:
        """Return a secret, empty where it is not set."""
        secret: SecretStr | None = getattr(self, name)
        return secret.get_secret_value() if secret else ""

    @property
    def monthly_micros(self) -> int | None:
        """The monthly limit in millionths of a dollar."""
        return None if self.monthly_limit is None else int(self.monthly_limit * MILLION)


class PricesSection(Section):
    """What X bills, in dollars (docs.x.com/x-api/getting-started/pricing). Edit it when X does."""

    as_of: date = Field(default=date(2026, 11, 1), description="When these prices were true.")
    post_read: Decimal = Field(default=Decimal("0.005"), ge=0, description="A post read.")
    user_read: Decimal = Field(default=Decimal("0.010"), ge=0, description="An account read.")
    dm_read: Decimal = Field(default=Decimal("0.010"), ge=0, description="A direct message read.")
    owned_read: Decimal = Field(default=Decimal("0.001"), ge=0, description="A mention of the app's owner read.")
    dm_sent: Decimal = Field(default=Decimal("0.015"), ge=0, description="A direct message sent.")
    count: Decimal = Field(default=Decimal("0.005"), ge=0, description="A request for counts.")

    def micros(self) -> dict[str, int]:
        """Return the prices in millionths of a dollar, by kind."""
        return {name: int(value * MILLION) for name, value in self.model_dump(exclude={"as_of"}).items()}
