"""The HTTP face lets in who has the token and means this address, and nobody else."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import anyio
import pytest
import uvicorn
from hostile.faces import listening_process
from hostile.stdio import SERVE

from shipkit_mcp.server.app import build_server
from shipkit_mcp.server.desk import Launch
from shipkit_mcp.server.http import Guard, guarded_app, new_token

TOKEN = "a-token-for-tests-only"
HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "hostile", "version": "1"},
    },
}
JSON = {"content-type": "application/json", "accept": "application/json, text/event-stream"}


@contextlib.contextmanager
def listening(root: Path, calls_a_minute: int = 10_000, origins: Sequence[str] = ()) -> Iterator[int]:
    """A server on a free port of this machine."""
    server = build_server(Launch(project=str(root), environ={}, cwd="/"))
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
        app = guarded_app(server, TOKEN, port, calls_a_minute, origins)
        running = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
        thread = threading.Thread(target=lambda: anyio.run(running.serve, [listener]), daemon=True)
        thread.start()
        while not running.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield port
        finally:
            running.should_exit = True
            running.force_exit = True
            thread.join(5)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with listening(tmp_path_factory.mktemp("http")) as one:
        yield one


def post(port: int, headers: dict[str, str], body: bytes | None = None, *, host: str | None = "own") -> int:
    """The status of one request, with exactly these headers."""
    body = json.dumps(HELLO).encode() if body is None else body
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest("POST", "/mcp", skip_host=True, skip_accept_encoding=True)
    if host is not None:
        connection.putheader(
            "Host", f"127.0.0.1:{port}" if host == "own" else host.replace("PORT", str(port))
        )
    for name, value in {**JSON, **headers, "content-length": str(len(body))}.items():
        connection.putheader(name, value.replace("PORT", str(port)))
    connection.endheaders()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.send(body)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


BEARER = {"authorization": f"Bearer {TOKEN}"}

PLACES: dict[str, tuple[str | None, dict[str, str]]] = {
    "host that continues ours": ("localhost:PORT.evil.com", {}),
    "host of another port": ("127.0.0.1:1", {}),
    "host without a port": ("127.0.0.1", {}),
    "evil host": ("evil.example", {}),
    "any address": ("0.0.0.0:PORT", {}),
    "ipv6 host": ("[::1]:PORT", {}),
    "host with a user": ("127.0.0.1:PORT@evil.com", {}),
    "no host": (None, {}),
    "origin with a user": ("own", {"origin": "http://localhost:80@evil.com"}),
    "null origin": ("own", {"origin": "null"}),
    "origin of a dev server": ("own", {"origin": "http://localhost:3000"}),
    "evil origin": ("own", {"origin": "https://evil.example"}),
    "origin of a file": ("own", {"origin": "file://"}),
    "own origin": ("own", {"origin": "http://127.0.0.1:PORT"}),
    "own origin by name": ("own", {"origin": "http://localhost:PORT"}),
    "two hosts": ("127.0.0.1:PORT, evil.example", {}),
}
TOKENS: dict[str, dict[str, str]] = {
    "none": {},
    "wrong": {"authorization": "Bearer wrong"},
    "longer": {"authorization": f"Bearer {TOKEN}x"},
    "start": {"authorization": f"Bearer {TOKEN[:-1]}"},
    "other scheme": {"authorization": f"Basic {TOKEN}"},
    "bare": {"authorization": TOKEN},
    "empty": {"authorization": ""},
    "other case": {"authorization": f"Bearer {TOKEN.upper()}"},
    "in a cookie": {"cookie": f"token={TOKEN}"},
}


def test_who_has_the_token_and_means_us_is_let_in(port: int) -> None:
    assert post(port, BEARER) == 200
    assert post(port, BEARER, host="localhost:PORT") == 200


@pytest.mark.parametrize("place", PLACES)
def test_another_host_or_any_origin_is_refused(port: int, place: str) -> None:
    host, headers = PLACES[place]

    assert 400 <= post(port, {**BEARER, **headers}, host=host) < 500


def test_an_origin_is_let_in_only_where_it_was_named_and_then_exactly(tmp_path: Path) -> None:
    page = "http://localhost:3000"
    with listening(tmp_path, origins=(page, "http://localhost:*", "*", "null")) as port:
        assert post(port, {**BEARER, "origin": page}) == 200
        assert post(port, {"origin": page}) == 401
        for other in (
            f"{page}0",
            f"{page}.evil.com",
            "http://localhost:80@evil.com",
            "http://localhost:3001",
            "null",
            "*",
        ):
            assert post(port, {**BEARER, "origin": other}) == 403


@pytest.mark.parametrize("token", TOKENS)
def test_no_token_or_a_wrong_one_is_refused(port: int, token: str) -> None:
    assert post(port, TOKENS[token]) == 401


def test_a_body_of_five_megabytes_is_refused(port: int) -> None:
    assert post(port, BEARER, b'{"jsonrpc":"2.0","id":1,"method":"' + b"x" * 5_000_000 + b'"}') == 413


def test_a_body_that_is_no_json_is_refused(port: int) -> None:
    assert post(port, BEARER, b"hello") == 400
    assert 400 <= post(port, {**BEARER, "content-type": "text/plain"}) < 500


def test_only_so_many_calls_a_minute_are_answered(tmp_path: Path) -> None:
    with listening(tmp_path, calls_a_minute=5) as port:
        answers = [post(port, BEARER) for _ in range(8)]

    assert answers[:5] == [200] * 5
    assert 429 in answers[5:]


def test_wrong_tokens_do_not_use_up_the_calls_of_the_owner(tmp_path: Path) -> None:
    with listening(tmp_path, calls_a_minute=5) as port:
        for _ in range(10):
            assert post(port, {}) == 401

        assert post(port, BEARER) == 200


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads what listens in /proc")
def test_the_process_listens_on_loopback_alone(tmp_path: Path) -> None:
    with listening_process(tmp_path, SERVE, {}) as (port, _):
        found = {address for address, at in _listeners() if at == port}

    assert found == {"0100007F"}


def _listeners() -> Iterator[tuple[str, int]]:
    """(address, port) of everything that listens on this machine, addresses as the kernel spells them."""
    for table in ("tcp", "tcp6"):
        path = Path("/proc/net", table)
        lines = path.read_text(encoding="ascii").splitlines()[1:] if path.exists() else []
        for _, local, _, state, *_ in map(str.split, lines):
            if state == "0A":
                yield local.partition(":")[0], int(local.partition(":")[2], 16)


def serve(*arguments: str, environ: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`serve --http` that is not to start."""
    command = [sys.executable, "-m", "shipkit_mcp", "serve", "--http", "--port", "0", *arguments]
    usual = {name: value for name, value in os.environ.items() if not name.startswith("SHIPKIT")}
    return subprocess.run(
        command, env={**usual, **(environ or {})}, capture_output=True, text=True, timeout=60, check=False
    )


def test_without_a_place_for_the_token_nothing_is_served_and_none_is_printed() -> None:
    done = serve()

    assert done.returncode == 2
    assert "--token-file" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Bearer" not in done.stderr


@pytest.mark.parametrize(
    "origin", ["*", "http://localhost:*", "localhost:3000", "http://a@b", "null", "http://a/b"]
)
def test_what_is_no_exact_origin_cannot_be_allowed(tmp_path: Path, origin: str) -> None:
    done = serve("--token-file", str(tmp_path / "token"), "--allow-origin", origin)

    assert done.returncode == 2
    assert "exact origin" in done.stderr
    assert not (tmp_path / "token").exists()


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert min(map(len, tokens)) >= 43


@pytest.mark.anyio
@pytest.mark.parametrize("kind", ["lifespan", "websocket"])
async def test_a_web_socket_is_closed_and_the_start_of_the_server_is_not(kind: str) -> None:
    seen: list[str] = []
    sent: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["type"])

    async def receive() -> Any:
        return {}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await Guard(app, TOKEN)({"type": kind, "headers": []}, receive, send)

    assert seen == (["lifespan"] if kind == "lifespan" else [])
    assert sent == ([] if kind == "lifespan" else ["websocket.close"])
