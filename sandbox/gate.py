"""The way of one request: counted, struck by a fault, limited, authorised, answered."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sandbox.call import Call, Endpoint, Needs, answer
from sandbox.damage import Cut, mangled, replacement
from sandbox.faults import Faults
from sandbox.limits import Allowance, Caller, Limiter
from sandbox.model import Account
from sandbox.network import Network
from sandbox.oauth import Token, covers
from sandbox.params import Params, read_params
from sandbox.refusal import Refusal, error
from sandbox.stats import Stats


@dataclass(frozen=True)
class _Sender:
    """Who sent a request: the token as sent, what it is, and the account of a live one."""

    sent: str | None
    token: Token | None
    account: Account | None


@dataclass(frozen=True)
class Gate:
    """Stands before every endpoint of the API."""

    network: Network
    faults: Faults
    limiter: Limiter
    stats: Stats
    cut: Cut

    def guard(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint as Starlette calls it."""

        async def guarded(request: Request) -> Response:
            sender = self._sender(request)
            self.stats.count(sender.sent, sender.account, request.method, request.url.path)
            fault = self.faults.pick(request.method, request.url.path, sender.account)
            if fault is not None and not fault.takes_effect:
                return self._dated(replacement(fault, now=self.network.now, cut=self.cut))
            parsed = await _parsed(request)  # a request that has arrived goes on without whoever sent it
            if fault is not None and fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            response = self._answer(endpoint, request, parsed, sender)
            if fault is not None and fault.kind == "mangle":
                response = mangled(response, fault.mangling)
            elif fault is not None and fault.kind != "slow":
                response = replacement(fault, now=self.network.now, cut=self.cut)
            return self._dated(response)

        return guarded

    def _sender(self, request: Request) -> _Sender:
        sent = _sent_token(request)
        token = self.network.tokens.get(sent or "")
        is_live = token is not None and not token.is_revoked
        account = self.network.accounts.get(token.account_id or "") if token and is_live else None
        return _Sender(sent, token, account)

    def _answer(
        self, endpoint: Endpoint, request: Request, parsed: tuple[Params, Params] | Refusal, sender: _Sender
    ) -> Response:
        query, params = (Params(), Params()) if isinstance(parsed, Refusal) else parsed
        address = request.client.host if request.client else ""
        known = sender.sent if sender.account else None
        allowance, may_pass = self.limiter.charge(
            Caller(request.method, request.url.path, query, address, known, sender.account)
        )
        try:
            if not may_pass:
                raise error(429, "Too many requests")
            if isinstance(parsed, Refusal):
                raise parsed
            self._authorise(endpoint, sender)
            response = endpoint.handler(self._call(request, query, params, sender))
        except Refusal as refusal:
            if refusal.status == 429:
                self.stats.count_over(sender.account)
            response = _refused(refusal)
        if endpoint.spends_posts and sender.account is not None:
            allowance = _tighter(allowance, self.limiter.posting_allowance(sender.account))
        if allowance is not None:
            response.headers.update(allowance.headers())
        return response

    def _call(self, request: Request, query: Params, params: Params, sender: _Sender) -> Call:
        return Call(
            network=self.network,
            limiter=self.limiter,
            url=str(request.url.replace(query="")),
            base_url=str(request.base_url).rstrip("/"),
            path=request.path_params,
            query=query,
            params=params,
            headers=request.headers,
            token=sender.token,
            viewer=sender.account,
        )

    def _authorise(self, endpoint: Endpoint, sender: _Sender) -> None:
        dialect, token = self.network.dialect, sender.token
        if endpoint.needs is Needs.NOTHING:
            return
        if token is None:
            # Mastodon takes an unknown token for none where none is needed.
            if endpoint.needs is Needs.SCOPE_IF_ANY and not dialect.requires_token:
                return
            raise dialect.refuse("bad_token" if sender.sent else "no_token")
        if token.is_revoked:
            raise dialect.refuse("revoked_token")
        if endpoint.scope is not None and not covers(token.scopes, endpoint.scope):
            raise error(403, "This action is outside the authorized scopes")
        if endpoint.needs is Needs.USER and token.account_id is None:
            raise error(422, "This method requires an authenticated user")

    def _dated(self, response: Response) -> Response:
        # Clients measure a limit's reset against this header, so it tells the injected time.
        response.headers["Date"] = format_datetime(self.network.now(), usegmt=True)
        return response


def _sent_token(request: Request) -> str | None:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    return request.query_params.get("access_token")


async def _parsed(request: Request) -> tuple[Params, Params] | Refusal:
    try:
        return await read_params(request)
    except Refusal as refusal:
        return refusal


def _refused(refusal: Refusal) -> Response:
    if isinstance(refusal.body, str):
        return HTMLResponse(refusal.body, refusal.status)
    return answer(refusal.body, refusal.status)


def _tighter(one: Allowance | None, other: Allowance | None) -> Allowance | None:
    if one is None or other is None:
        return one or other
    return other if other.remaining <= one.remaining else one
