"""Whatever is sent, the server answers with a reason and never with a crash."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import Sandbox
from sandbox.routes import ALL

KEYS = [
    *("status", "visibility", "in_reply_to_id", "limit", "min_id", "max_id", "since_id", "types[]", "q", "type"),
    *("resolve", "id[]", "acct", "note", "bot", "for_private_mentions", "grant_type", "code", "scope", "client_name"),
    *("redirect_uris", "scopes", "client_id", "account", "exclude_replies", "sensitive", "spoiler_text"),
]
value = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["1", "-1", "true", "direct", "@ana hi #x", "read", "accounts", "0x1", "9" * 40]),
)
fields = st.dictionaries(st.sampled_from(KEYS), value, max_size=5)
json_body = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), value),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with Sandbox(lambda: datetime(2026, 11, 19, 20, tzinfo=UTC), limits=False) as sandbox:
        ana = sandbox.add_account("ana")
        headers = {"Authorization": f"Bearer {ana.token}"}
        with httpx.Client(base_url=sandbox.base_url, headers=headers, trust_env=False, verify=False) as made:
            made.post("/api/v1/statuses", data={"status": "hello #lrnchat"})
            yield made


def test_the_addresses_are_known() -> None:
    assert len(ALL) == len({(one.method, one.path) for one in ALL}) > 40


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ALL), st.sampled_from(["1", "lrnchat", "ana", "%00", "\u00e9"]), fields, json_body, st.booleans()
)
def test_no_request_breaks_the_server(
    client: httpx.Client, endpoint: Any, name: str, query: dict[str, str], body: Any, by_json: bool
) -> None:
    path = endpoint.path.format(id=name, hashtag=name)
    sent: dict[str, Any] = {"json": body} if by_json else {"data": query}
    response = client.request(endpoint.method, path, params=query, **sent)
    assert response.status_code < 500, (endpoint.method, path, query, body, response.text)
    if response.status_code >= 400 and path.startswith("/api/"):
        assert response.json()["error"]
