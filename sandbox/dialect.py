"""How servers that speak Mastodon's API differ, as switches.

Established on GoToSocial 0.20 and Takahe 0.11, played over HTTP; Mastodon's side from its documentation
(https://docs.joinmastodon.org/api/). A dialect changes what the sandbox answers, never what a client may send.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.refusal import NOT_FOUND, Refusal

DialectName = Literal["mastodon", "gotosocial", "takahe"]
Body = dict[str, Any] | str


@dataclass(frozen=True)
class Dialect:
    """One server's habits. The defaults are Mastodon 4.3's.

    ``tag_replies``: which replies the hashtag timeline shows (``own``: only to the author's own posts).
    ``throttle``: which set of rate limits applies; ``None`` sends no limit headers either.
    ``refusals``: status and body by the reason's name, where they differ from Mastodon's.
    """

    name: DialectName = "mastodon"
    version: str = "4.3.0"
    ids: Literal["snowflake", "ulid"] = "snowflake"
    max_characters: int = 500
    url_characters: int = 23
    throttle: Literal["mastodon", "gotosocial"] | None = "mastodon"
    tag_replies: Literal["all", "own", "none"] = "all"
    keeps_idempotency_keys: bool = True
    has_notification_policy: bool = True
    has_instance_v2: bool = True
    requires_token: bool = False
    notifies_self_mention: bool = False
    local_acct_has_domain: bool = False
    lists_directs: bool = True
    repeats_home: bool = False
    refusals: Mapping[str, tuple[int, Body]] = field(default_factory=dict)

    def refuse(self, reason: str) -> Refusal:
        """Return the refusal for a reason named in ``MASTODON_REFUSALS``."""
        status, body = self.refusals.get(reason, MASTODON_REFUSALS[reason])
        return Refusal(status, body)


MASTODON_REFUSALS: Mapping[str, tuple[int, Body]] = {
    "no_token": (401, {"error": "The access token is invalid"}),
    "bad_token": (401, {"error": "The access token is invalid"}),
    "revoked_token": (401, {"error": "The access token was revoked"}),
    "blank": (422, {"error": "Validation failed: Text can't be blank"}),
    "too_long": (422, {"error": "Validation failed: Text character limit of 500 exceeded"}),
    "reply_target": (404, {"error": "The post you are trying to reply to does not appear to exist."}),
    "unknown_status": (404, {"error": NOT_FOUND}),
    "unknown_path": (404, {"error": "Not Found"}),
}


def _page(title: str) -> str:
    return f'<!DOCTYPE html>\n<html lang="en"><head><title>{title}</title></head><body>{title}</body></html>\n'


_GOTOSOCIAL = Dialect(
    name="gotosocial",
    version="0.20.0",
    ids="ulid",
    max_characters=5000,
    url_characters=25,
    throttle="gotosocial",
    tag_replies="own",
    keeps_idempotency_keys=False,
    has_notification_policy=False,
    requires_token=True,
    notifies_self_mention=True,
    refusals={
        "no_token": (401, {"error": "Unauthorized: token not supplied"}),
        "bad_token": (401, {"error": "Unauthorized: token not supplied"}),
        "revoked_token": (401, {"error": "Unauthorized: token not supplied"}),
        "blank": (400, {"error": "Bad Request: status contains no text, media or poll"}),
        "too_long": (400, {"error": "Bad Request: text with spoiler exceed max chars (5000)"}),
        "unknown_status": (404, {"error": "Not Found: target status not found"}),
    },
)

_TAKAHE = Dialect(
    name="takahe",
    version="takahe/0.11.0",
    throttle=None,
    tag_replies="none",
    keeps_idempotency_keys=False,
    has_notification_policy=False,
    has_instance_v2=False,
    requires_token=True,
    local_acct_has_domain=True,
    lists_directs=False,
    repeats_home=True,
    refusals={
        "no_token": (401, {"error": "identity_token_required"}),
        "bad_token": (400, "Invalid Bearer token"),
        "revoked_token": (400, "Invalid Bearer token"),
        "blank": (400, {"error": "Status is empty"}),
        "too_long": (400, {"error": "Status is too long"}),
        "unknown_status": (500, _page("Internal Error")),
        "unknown_path": (404, _page("Not Found")),
    },
)

DIALECTS: Mapping[DialectName, Dialect] = {
    "mastodon": Dialect(),
    "gotosocial": _GOTOSOCIAL,
    "takahe": _TAKAHE,
}

INTERNAL_ERROR = (500, _page("Internal Error"))
"""What Takahe answers where its own code breaks, for instance to GET /api/v2/instance."""
