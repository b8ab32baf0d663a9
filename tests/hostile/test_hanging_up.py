"""A client that closes its HTTP connection in the middle of a call stops the work, in both eras of the protocol."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from calm import wall_seconds
from hostile.largest import A_FIFTH, make_largest
from hostile.stdio import busy

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads times in /proc")
OLD, NEW = "2025-11-25", "2026-07-28"
DOCUMENT = "ai_docs/prep/initial_data_schema.md"
LATE = 0.25
TABLE = {"type": "ref/resource", "uri": "shipkit://schema/{table}"}
REQUESTS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("tools/call", {"name": "assess_schema", "arguments": {}}),
    ("tools/call", {"name": "write_initial_data_schema", "arguments": {}}),
    ("resources/read", {"uri": "shipkit://plan"}),
    ("resources/read", {"uri": "shipkit://schema/users"}),
    ("completion/complete", {"ref": TABLE, "argument": {"name": "table", "value": "us"}}),
)
"""Of each kind of request that analyses the project."""


class Http:
    """The server as a process on a port, spoken to through bare sockets."""

    def __init__(self, address: str, token: str, process: int) -> None:
        self.port = int(address.rpartition(":")[2].partition("/")[0])
        self.process = process
        self._token = token

    def post(self, said: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> socket.socket:
        """A connection on which the request was sent."""
        body = json.dumps({"jsonrpc": "2.0", **said}).encode()
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        connection.sendall(f"POST /mcp HTTP/1.1\r\n{lines}\r\n".encode() + body)
        return connection

    def ask(self, era: str, method: str, params: Mapping[str, Any]) -> socket.socket:
        """A connection on which a request of one era was sent."""
        if era == NEW:
            meta = "io.modelcontextprotocol"
            stated = {f"{meta}/protocolVersion": NEW, f"{meta}/clientCapabilities": {}}
            named = params.get("name", params.get("uri"))
            headers = {"MCP-Protocol-Version": NEW, "Mcp-Method": method}
            headers |= {"Mcp-Name": named} if named else {}
            return self.post({"id": 7, "method": method, "params": {**params, "_meta": stated}}, headers)
        headers = {"Mcp-Session-Id": self._session(), "MCP-Protocol-Version": OLD}
        self.post({"method": "notifications/initialized"}, headers).close()
        return self.post({"id": 7, "method": method, "params": params}, headers)

    def _session(self) -> str:
        hello = {
            "protocolVersion": OLD,
            "capabilities": {},
            "clientInfo": {"name": "hostile", "version": "1"},
        }
        with self.post({"id": 1, "method": "initialize", "params": hello}) as connection:
            head = connection.recv(65_536).decode()
        found = re.search(r"(?i)mcp-session-id: (\S+)", head)
        assert found, head
        return found[1]


@contextlib.contextmanager
def listening(root: Path, folder: Path) -> Iterator[Http]:
    """`serve --http` on a free port."""
    token = folder / "token"
    command = [
        sys.executable,
        "-m",
        "shipkit_mcp",
        "serve",
        "--http",
        "--port",
        "0",
        "--token-file",
        str(token),
    ]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHIPKIT")}
    with subprocess.Popen(
        command, cwd="/", env={**environ, "SHIPKIT_PROJECT_DIR": str(root)}, stderr=subprocess.PIPE
    ) as process:
        try:
            assert process.stderr is not None
            found = re.search(rb"http://\S+", process.stderr.readline())
            assert found
            yield Http(found[0].decode(), token.read_text(encoding="ascii").strip(), process.pid)
        finally:
            process.kill()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_largest(tmp_path_factory.mktemp("hanging") / "project", A_FIFTH)


@pytest.mark.parametrize(("method", "params"), REQUESTS)
@pytest.mark.parametrize("era", [OLD, NEW])
def test_the_work_stops_and_nothing_is_written(
    root: Path, tmp_path: Path, era: str, method: str, params: Mapping[str, Any]
) -> None:
    spent: list[float] = []

    def attempt() -> float:
        with listening(root, tmp_path) as server:
            start = busy(server.process)
            connection = server.ask(era, method, params)
            while busy(server.process) - start < 0.6:
                time.sleep(0.005)
            left = busy(server.process)
            connection.close()
            late = _settled(server.process) - left
            spent.append(late)
            with server.post({"id": 9, "method": "ping"}) as alive:
                assert alive.recv(100).startswith(b"HTTP/1.1")
            return late

    assert wall_seconds(attempt, LATE) < LATE, spent
    assert not (root / DOCUMENT).exists()


@pytest.mark.parametrize("era", [OLD, NEW])
def test_a_client_that_stays_is_answered(root: Path, tmp_path: Path, era: str) -> None:
    with (
        listening(root, tmp_path) as server,
        server.ask(era, "tools/call", {"name": "check_schema", "arguments": {}}) as connection,
    ):
        said = b""
        connection.settimeout(60)
        while b"</untrusted-" not in said:
            more = connection.recv(65_536)
            assert more, said[-2_000:]
            said += more

    assert said.startswith(b"HTTP/1.1 200")


def _settled(process: int) -> float:
    """What the process has used once it does nothing any more."""
    used = busy(process)
    while True:
        time.sleep(0.4)
        now = busy(process)
        if now - used <= 0.01:
            return now
        used = now
