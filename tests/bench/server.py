"""The server beside a bare one of the same SDK: from spawn to the first answer, and one call."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.rows import Row

BARE = """
from mcp.server.mcpserver import MCPServer
server = MCPServer("bare")
@server.tool()
def hello(name: str = "x") -> str:
    "Say hello."
    return "hello " + name
server.run("stdio")
"""
HELLO = {
    "protocolVersion": "2025-11-25",
    "capabilities": {},
    "clientInfo": {"name": "bench", "version": "1"},
}


class Spoken:
    """A server process that is spoken to line by line."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0

    def ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        self.send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        assert self._process.stdout is not None
        while True:
            said: dict[str, Any] = json.loads(self._process.stdout.readline())
            if said.get("id") == self._number:
                return said

    def send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def hello(self) -> None:
        self.ask("initialize", HELLO)
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)


def server_rows(scratch: Path, rounds: int) -> Iterator[Row]:
    """Start and round trip."""
    commands = {
        "ours": [sys.executable, "-m", "shipkit_mcp", "serve", "--project", str(scratch)],
        "bare": [sys.executable, "-c", BARE],
    }
    starts = _starts(commands, rounds)
    ratio = median(starts["ours"]) / median(starts["bare"])
    yield Row("spawn to initialize, ours", f"{median(starts['ours']) * 1000:.0f} ms")
    yield Row("spawn to initialize, a bare one-tool MCPServer", f"{median(starts['bare']) * 1000:.0f} ms")
    yield Row("start: ours / bare", f"{ratio:.2f}", "<= 1.15", ratio <= 1.15)
    calls = _calls(commands, 200)
    yield Row("one call of mentor_guide (5 kB), median", f"{median(calls['ours']) * 1000:.2f} ms")
    yield Row("one call of the bare tool, median", f"{median(calls['bare']) * 1000:.2f} ms")


def _starts(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            started = time.perf_counter()
            server = Spoken(command)
            server.ask("initialize", HELLO)
            if turn:
                times[name].append(time.perf_counter() - started)
            server.end()
    return times


def _calls(commands: dict[str, list[str]], number: int) -> dict[str, list[float]]:
    tools = {"ours": "mentor_guide", "bare": "hello"}
    servers = {name: Spoken(command) for name, command in commands.items()}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for server in servers.values():
        server.hello()
    for turn in range(number + 20):
        for name, server in servers.items():
            started = time.perf_counter()
            server.ask("tools/call", {"name": tools[name], "arguments": {}})
            if turn >= 20:
                times[name].append(time.perf_counter() - started)
    for server in servers.values():
        server.end()
    return times
