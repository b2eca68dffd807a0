"""The guard before every route: which host may be meant, which page may ask, how large a request may be, and what every answer says."""

import asyncio
import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graphkit import limits

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BODY_SECONDS: Final = 10.0
_HEADERS: Final = (
    (b"server", b"graphkit"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may ask.

    ``hosts`` are names that the Host header may give beside loopback's own; ``origins`` pages of other places ("https://a.example")
    whose scripts may read answers; ``any_address`` lets any numeric address stand in the Host header, for a server bound to all.
    """

    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    any_address: bool = False

    def is_host(self, header: str) -> bool:
        """Say whether a Host header names this server: a page whose name was pointed at loopback (DNS rebinding) does not."""
        try:
            name = (urlsplit(f"//{header}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if name in self.hosts or name == "localhost":
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self.any_address or address.is_loopback

    def is_origin(self, origin: str, host: str) -> bool:
        """Say whether a page may ask: this server's own, or one that was allowed."""
        return origin in self.origins or urlsplit(origin).netloc == host


@dataclass(slots=True)
class Guard:
    """ASGI middleware that keeps the rules."""

    app: "ASGIApp"
    rules: Rules
    most: int = field(default=limits.SERVED_BODY_BYTES)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = scope["headers"]
        origin = _header(headers, b"origin")
        refusal = self._refusal(headers, origin, _header(headers, b"host") or "")
        allowed = origin if origin in self.rules.origins else None

        async def guarded_send(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS, *_cors(allowed)]
            await send(message)

        if refusal is not None:
            await _refuse(guarded_send, *refusal)
        elif allowed is not None and scope["method"] == "OPTIONS":
            await _refuse(guarded_send, 204, "")
        elif scope["method"] in {"POST", "PUT", "PATCH", "DELETE"}:
            await self._with_body(scope, receive, guarded_send)
        else:
            await self.app(scope, receive, guarded_send)

    def _refusal(self, headers: list[tuple[bytes, bytes]], origin: str | None, host: str) -> tuple[int, str] | None:
        if sum(key == b"host" for key, _ in headers) != 1 or not self.rules.is_host(host):
            return 421, "this server is not called that; use the address that it printed when it started\n"
        if origin is not None and not self.rules.is_origin(origin, host):
            return 403, "pages of other places may not ask this server; --allow-origin lets one\n"
        length = _header(headers, b"content-length")
        if length is not None and length.isdecimal() and int(length[:12]) > self.most:
            return 413, f"a request may have {self.most} bytes\n"
        return None

    async def _with_body(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Read the whole body first, so that neither its size nor its slowness reaches a route."""
        body = b""
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return
                    body += message.get("body", b"")
                    if len(body) > self.most:
                        await _refuse(send, 413, f"a request may have {self.most} bytes\n")
                        return
                    if not message.get("more_body"):
                        break
        except TimeoutError:
            await _refuse(send, 408, "the request did not come in time\n")
            return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> "Message":
            return pending.pop() if pending else await receive()

        await self.app(scope, replay, send)


def _header(headers: list[tuple[bytes, bytes]], name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in headers if key == name), None)


def _cors(origin: str | None) -> list[tuple[bytes, bytes]]:
    if origin is None:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-methods", b"GET, HEAD, POST"),
        (b"access-control-allow-headers", b"Accept, Content-Type"),
        (b"vary", b"Origin"),
    ]


async def _refuse(send: "Send", status: int, text: str) -> None:
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    if status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
