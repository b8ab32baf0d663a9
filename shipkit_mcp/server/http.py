"""The same server over HTTP, for this machine alone: loopback, exact hosts and origins, a bearer token."""

from __future__ import annotations

import asyncio
import hmac
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

LOOPBACK = "127.0.0.1"
CALLS_A_MINUTE = 600

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def new_token() -> str:
    """32 random bytes, as text for a header."""
    return secrets.token_urlsafe(32)


class Guard:
    """Lets a request in only with the token, and only so many a minute."""

    def __init__(self, app: App, token: str, calls_a_minute: int = CALLS_A_MINUTE) -> None:
        self._app = app
        self._wanted = f"Bearer {token}".encode()
        self._rate = calls_a_minute / 60
        self._most = float(calls_a_minute)
        self._left = self._most
        self._seen = time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "websocket":  # nothing of ours is one
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not hmac.compare_digest(_authorization(scope), self._wanted):
            await _answer(send, 401, b"This server wants its bearer token.", (b"www-authenticate", b"Bearer"))
        elif not self._admits():
            await _answer(send, 429, b"Too many calls a minute.", (b"retry-after", b"1"))
        else:
            await self._app(scope, receive, send)

    def _admits(self) -> bool:
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._seen) * self._rate)
        self._seen = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def guarded_app(server: MCPServer[Any], token: str, port: int, calls_a_minute: int = CALLS_A_MINUTE) -> App:
    """The server as an ASGI app for one port: exact hosts, and of origins none but its own.

    The own one is what the protocol's conformance suite sends; no other page of a browser can have it.
    """
    hosts = [f"{LOOPBACK}:{port}", f"localhost:{port}"]
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=hosts,
        allowed_origins=[f"http://{one}" for one in hosts],
    )
    return Guard(
        server.streamable_http_app(transport_security=security, host=LOOPBACK), token, calls_a_minute
    )


def run_http(server: MCPServer[Any], *, port: int, token: str, tell: Callable[[str], None]) -> None:
    """Serve until interrupted; ``tell`` is given the address. Raises OSError where the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        bound = listener.getsockname()[1]
        tell(f"http://{LOOPBACK}:{bound}/mcp")
        app = guarded_app(server, token, bound)
        config = uvicorn.Config(app, log_config=None, log_level="warning", access_log=False)
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


def _authorization(scope: Scope) -> bytes:
    found: list[bytes] = [value for name, value in scope["headers"] if name.lower() == b"authorization"]
    return found[0] if len(found) == 1 else b""


async def _answer(send: Send, status: int, text: bytes, header: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode()), header]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
