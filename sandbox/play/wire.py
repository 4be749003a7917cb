"""How the play's people speak to the network: Mastodon's REST dialect, one request a line.

https://docs.joinmastodon.org/methods/statuses/
"""

import httpx
from pydantic import AwareDatetime, BaseModel, ConfigDict

TIMEOUT = 20.0
"""Seconds that a request may take."""


class StageError(RuntimeError):
    """The network refused a request. The message holds who, what, the status and the answer's first words."""


class PostedStatus(BaseModel):
    """What the network says about a post it took. Times are aware; `url` is None where it shows no page."""

    model_config = ConfigDict(frozen=True)

    id: str
    uri: str
    url: str | None = None
    created_at: AwareDatetime
    in_reply_to_id: str | None = None


def connect(base_url: str) -> httpx.Client:
    """Return a client for one network. It takes no proxy from the environment: the sandbox is on loopback."""
    # The server hangs up on idle lines after 5 seconds; a request on one that it is just closing would be lost.
    limits = httpx.Limits(keepalive_expiry=2)
    return httpx.Client(base_url=base_url, timeout=TIMEOUT, limits=limits, trust_env=False)


def bearer(token: str) -> dict[str, str]:
    """Return the header that says who speaks."""
    return {"Authorization": f"Bearer {token}"}


def accepted(response: httpx.Response) -> httpx.Response:
    """Return the response when it is a success, else raise StageError with what the server said."""
    if not response.is_success:
        request = response.request
        raise StageError(f"{request.method} {request.url.path}: {response.status_code} {response.text[:200]}")
    return response


def post_status(
    client: httpx.Client,
    token: str,
    text: str,
    *,
    visibility: str = "public",
    in_reply_to_id: str | None = None,
    language: str | None = None,
    key: str | None = None,
) -> PostedStatus:
    """Write a post. With `key`, the network keeps a repeated request from becoming a second post."""
    body = {"status": text, "visibility": visibility, "in_reply_to_id": in_reply_to_id, "language": language}
    headers = bearer(token) | ({"Idempotency-Key": key} if key else {})
    response = client.post(
        "/api/v1/statuses", json={name: value for name, value in body.items() if value is not None}, headers=headers
    )
    return PostedStatus.model_validate(accepted(response).json())


def repost(client: httpx.Client, token: str, status_id: str) -> PostedStatus:
    """Pass somebody's post on; returns the repost, which has an id of its own."""
    response = client.post(f"/api/v1/statuses/{status_id}/reblog", headers=bearer(token))
    return PostedStatus.model_validate(accepted(response).json())
