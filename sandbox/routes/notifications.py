"""Notifications, their policy and their requests: https://docs.joinmastodon.org/methods/notifications/."""

from starlette.responses import Response

from sandbox import notices
from sandbox.call import Call, Endpoint, Handler, answer, paged
from sandbox.entities.notification import notification, policy, request
from sandbox.model import POLICY_KEYS, POLICY_VALUES, Notification, NotificationRequest
from sandbox.refusal import NOT_FOUND, error

DEFAULT_LIMIT = 40


def index(call: Call) -> Response:
    """Return what the caller was told, by ``types[]``, ``exclude_types[]`` and ``account_id``.

    What is filtered is left out, unless ``include_filtered`` is set.
    """
    types, without = call.params.texts("types"), call.params.texts("exclude_types")
    sender_id = call.params.text("account_id")
    with_filtered = call.params.flag("include_filtered")

    def is_asked_for(item: Notification) -> bool:
        return (
            (not types or item.type in types)
            and item.type not in without
            and sender_id in {None, item.sender_id}
            and (with_filtered or not item.is_filtered)
        )

    return paged(
        call,
        [item for item in call.user.notifications if is_asked_for(item)],
        lambda item: notification(call.network, item, call.user),
        lambda item: item.id,
        default=DEFAULT_LIMIT,
    )


def show(call: Call) -> Response:
    """Return one notification, a filtered one too."""
    for item in call.user.notifications:
        if item.id == call.path["id"]:
            return answer(notification(call.network, item, call.user))
    raise error(404, NOT_FOUND)


def show_policy(call: Call) -> Response:
    """Return the caller's policy."""
    return answer(policy(call.user))


def update_policy(call: Call) -> Response:
    """Change the policy for what comes from now on. Raises Refusal (422) for a word that is no policy."""
    sent = {key: value for key in POLICY_KEYS if (value := call.params.text(key)) is not None}
    for key, value in sent.items():
        if value not in POLICY_VALUES:
            raise error(422, f"Validation failed: {key.replace('_', ' ').capitalize()} is not included in the list")
    call.user.policy |= sent
    return show_policy(call)


def requests(call: Call) -> Response:
    """Return who waits to be heard."""
    return paged(
        call,
        list(call.user.requests.values()),
        lambda item: request(call.network, item, call.user),
        lambda item: item.id,
        default=DEFAULT_LIMIT,
    )


def show_request(call: Call) -> Response:
    """Return one request."""
    return answer(request(call.network, _request(call), call.user))


def accept(call: Call) -> Response:
    """Show what this sender sent, and whatever they will send."""
    notices.accept(call.network, call.user, _request(call))
    return answer({})


def dismiss(call: Call) -> Response:
    """Throw away what this sender sent so far."""
    notices.dismiss(call.user, _request(call))
    return answer({})


def _request(call: Call) -> NotificationRequest:
    for item in call.user.requests.values():
        if item.id == call.path["id"]:
            return item
    raise error(404, NOT_FOUND)


def _if_served(handler: Handler) -> Handler:
    def served(call: Call) -> Response:
        if not call.network.dialect.has_notification_policy:
            raise call.network.dialect.refuse("unknown_path")
        return handler(call)

    return served


_READ, _WRITE = "read:notifications", "write:notifications"
_REQUESTS = "/api/v1/notifications/requests"
_POLICY = "/api/v2/notifications/policy"

ENDPOINTS = (
    Endpoint("GET", "/api/v1/notifications", index, _READ),
    Endpoint("GET", _POLICY, _if_served(show_policy), _READ),
    Endpoint("PATCH", _POLICY, _if_served(update_policy), _WRITE),
    Endpoint("GET", _REQUESTS, _if_served(requests), _READ),
    Endpoint("GET", f"{_REQUESTS}/{{id}}", _if_served(show_request), _READ),
    Endpoint("POST", f"{_REQUESTS}/{{id}}/accept", _if_served(accept), _WRITE),
    Endpoint("POST", f"{_REQUESTS}/{{id}}/dismiss", _if_served(dismiss), _WRITE),
    Endpoint("GET", "/api/v1/notifications/{id}", show, _READ),
)
