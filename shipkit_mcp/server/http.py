"""The same server over HTTP, for this machine alone: loopback, exact hosts and origins, a bearer token."""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
import socket
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

from shipkit_mcp.server.desk import HUNG_UP

LOOPBACK = "127.0.0.1"
CALLS_A_MINUTE = 600
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
"""No star: the SDK takes what begins alike, and ``http://localhost:*`` would let ``http://localhost:1@evil.com`` in."""

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


class Watch:
    """Notes in the scope of a request, as an event, that its client hung up, so that the work for it stops.

    The SDK cancels such calls of 2026-07-28 itself. Those of earlier versions it lets run for a client that comes back
    for the answer; that takes stored events, we store none, so nobody could ever be given it.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        gone = threading.Event()

        async def watched() -> MutableMapping[str, Any]:
            message = await receive()
            if message["type"] == "http.disconnect":
                gone.set()
            return message

        await self._app({**scope, HUNG_UP: gone} if scope["type"] == "http" else scope, watched, send)


def open_app(server: MCPServer[Any], port: int, origins: Sequence[str] = ()) -> App:
    """The server as an ASGI app for one port: exact hosts, and of a browser's origins only the given ones, exactly."""
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[f"{LOOPBACK}:{port}", f"localhost:{port}"],
        allowed_origins=[one for one in origins if ORIGIN.fullmatch(one)],
    )
    return Watch(server.streamable_http_app(transport_security=security, host=LOOPBACK))


def guarded_app(
    server: MCPServer[Any],
    token: str,
    port: int,
    calls_a_minute: int = CALLS_A_MINUTE,
    origins: Sequence[str] = (),
) -> App:
    """The same for those who have the token."""
    return Guard(open_app(server, port, origins), token, calls_a_minute)


def run_http(
    server: MCPServer[Any], *, port: int, token: str, tell: Callable[[str], None], origins: Sequence[str] = ()
) -> None:
    """Serve until interrupted; ``tell`` is given the address. Raises OSError where the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen()  # who reads the address may call at once
        bound = listener.getsockname()[1]
        tell(f"http://{LOOPBACK}:{bound}/mcp")
        app = guarded_app(server, token, bound, origins=origins)
        config = uvicorn.Config(app, log_config=None, log_level="warning", access_log=False)
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


def _authorization(scope: Scope) -> bytes:
    found: list[bytes] = [value for name, value in scope["headers"] if name.lower() == b"authorization"]
    return found[0] if len(found) == 1 else b""


async def _answer(send: Send, status: int, text: bytes, header: tuple[bytes, bytes]) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode()), header]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})
