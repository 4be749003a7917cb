"""Problems as X words them (docs.x.com/x-api/fundamentals/response-codes-and-errors)."""

from typing import Any

from sandbox.refusal import Refusal

_TYPES = "https://api.twitter.com/2/problems"


def invalid(message: str, **parameters: Any) -> Refusal:
    """Return the refusal of a parameter: 400."""
    return Refusal(
        400,
        {
            "errors": [{"parameters": parameters, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{_TYPES}/invalid-request",
        },
    )


def problem(status: int, title: str, detail: str, kind: str = "about:blank") -> Refusal:
    """Return any other refusal."""
    name = kind if kind == "about:blank" else f"{_TYPES}/{kind}"
    return Refusal(status, {"title": title, "detail": detail, "type": name, "status": status})


def unauthorized() -> Refusal:
    """Return the refusal of a token that is worth nothing."""
    return problem(401, "Unauthorized", "Unauthorized")


def wrong_context(path: str) -> Refusal:
    """Return the refusal of an app's token where a user's is needed: 403."""
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication "
        f"types are [OAuth 1.0a User Context, OAuth 2.0 User Context]: {path}"
    )
    return problem(403, "Unsupported Authentication", detail, "unsupported-authentication")


def no_credit() -> Refusal:
    """Return the refusal of an app that has no credit left: 402."""
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return problem(402, "CreditsDepleted", detail, "credits")
