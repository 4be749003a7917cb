"""The server: https://docs.joinmastodon.org/methods/instance/."""

from starlette.responses import Response

from sandbox.call import Call, Endpoint, Needs, answer
from sandbox.dialect import INTERNAL_ERROR
from sandbox.entities.instance import instance_v1, instance_v2
from sandbox.refusal import Refusal


def v1(call: Call) -> Response:
    """Return the server's description, older form."""
    return answer(instance_v1(call.network, call.base_url))


def v2(call: Call) -> Response:
    """Return the server's description."""
    if not call.network.dialect.has_instance_v2:
        raise Refusal(*INTERNAL_ERROR)
    return answer(instance_v2(call.network, call.base_url))


ENDPOINTS = (
    Endpoint("GET", "/api/v1/instance", v1, None, Needs.NOTHING),
    Endpoint("GET", "/api/v2/instance", v2, None, Needs.NOTHING),
)
