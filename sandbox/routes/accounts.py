"""Accounts: https://docs.joinmastodon.org/methods/accounts/."""

from starlette.responses import Response

from sandbox import feeds
from sandbox.call import Call, Endpoint, Needs, answer, paged
from sandbox.entities.account import account, credential_account
from sandbox.entities.status import status
from sandbox.refusal import NOT_FOUND, error

DEFAULT_STATUSES = 20


def verify_credentials(call: Call) -> Response:
    """Return the caller's own account."""
    return answer(credential_account(call.network, call.user))


def update_credentials(call: Call) -> Response:
    """Change ``display_name``, ``note``, ``bot`` or ``locked``; what is not sent stays."""
    person = call.user
    if (name := call.params.text("display_name")) is not None:
        person.display_name = name
    if (note := call.params.text("note")) is not None:
        person.note = note
    if call.params.text("bot") is not None:
        person.is_bot = call.params.flag("bot")
    if call.params.text("locked") is not None:
        person.is_locked = call.params.flag("locked")
    return answer(credential_account(call.network, person))


def lookup(call: Call) -> Response:
    """Return the account of an ``acct``, known ones only, without asking other servers."""
    handle = call.params.text("acct") or ""
    if call.network.dialect.local_acct_has_domain and "@" not in handle:
        raise call.network.dialect.refuse("unknown_path")
    found = call.network.find_handle(handle)
    if found is None:
        raise error(404, NOT_FOUND)
    return answer(account(call.network, found))


def show(call: Call) -> Response:
    """Return one account."""
    return answer(account(call.network, call.account()))


def statuses(call: Call) -> Response:
    """Return what an account posted, as far as the caller may see it."""
    author = call.account()
    # Pinned posts and media do not exist here, so asking for only those finds nothing.
    is_empty = call.params.flag("pinned") or call.params.flag("only_media")
    found = [] if is_empty else list(feeds.written_by(call.network, author, call.viewer))
    if call.params.flag("exclude_reblogs"):
        found = [post for post in found if post.reblog_of_id is None]
    if call.params.flag("exclude_replies"):
        # An answer to oneself continues a thread and is no reply.
        found = [post for post in found if post.in_reply_to_account_id in {None, author.id}]
    if tagged := (call.params.text("tagged") or "").lower():
        found = [post for post in found if tagged in post.tags]
    return paged(
        call,
        found,
        lambda post: status(call.network, post, call.viewer),
        lambda post: post.id,
        default=DEFAULT_STATUSES,
        needs_full_page=True,
    )


def follow_requests(call: Call) -> Response:
    """Return the accounts that wait for the caller's consent to follow."""
    people = [call.network.accounts[person_id] for person_id in call.user.requested_by]
    return answer([account(call.network, person) for person in people])


_ACCOUNTS = "/api/v1/accounts"

ENDPOINTS = (
    Endpoint("GET", f"{_ACCOUNTS}/verify_credentials", verify_credentials, "read:accounts"),
    Endpoint("PATCH", f"{_ACCOUNTS}/update_credentials", update_credentials, "write:accounts"),
    Endpoint("GET", f"{_ACCOUNTS}/lookup", lookup, "read:accounts", Needs.SCOPE_IF_ANY),
    Endpoint("GET", f"{_ACCOUNTS}/{{id}}/statuses", statuses, "read:statuses", Needs.SCOPE_IF_ANY),
    Endpoint("GET", "/api/v1/follow_requests", follow_requests, "read:follows"),
    Endpoint("GET", f"{_ACCOUNTS}/{{id}}", show, "read:accounts", Needs.SCOPE_IF_ANY),
)
