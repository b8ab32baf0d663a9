"""The server as a process on real pipes, spoken to line by line."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

SERVE = "from shipkit_mcp.__main__ import main; main()"
NOTHING = "nothing"
"""What a read gives at the end of the server's output."""


class Server:
    """One server process. ``lines`` holds every line that it wrote to stdout."""

    def __init__(
        self,
        project: Path | str,
        *arguments: str,
        code: str = SERVE,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", "--project", str(project), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=bare_environ(environ),
        )
        self.lines: list[bytes] = []
        self.errors: list[bytes] = []
        self._answers: dict[Any, queue.Queue[dict[str, Any]]] = {}
        self._known = threading.Lock()
        self._number = 0
        for stream, read in ((self.process.stdout, self._read), (self.process.stderr, self._drain)):
            threading.Thread(target=read, args=(stream,), daemon=True).start()

    # --- speaking --------------------------------------------------------------------------

    def send_raw(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, method: str, params: Mapping[str, Any] | None = None, **more: Any) -> None:
        said = {
            "jsonrpc": "2.0",
            "method": method,
            **({"params": params} if params is not None else {}),
            **more,
        }
        self.send_raw(json.dumps(said).encode() + b"\n")

    def start(self, method: str, params: Mapping[str, Any] | None = None) -> int:
        """Send a request and give its number."""
        self._number += 1
        self._queue(self._number)
        self.send(method, params, id=self._number)
        return self._number

    def wait(self, number: int, timeout: float = 30.0) -> dict[str, Any]:
        """The answer to a request. Raises queue.Empty."""
        return self._queue(number).get(timeout=timeout)

    def ask(
        self, method: str, params: Mapping[str, Any] | None = None, timeout: float = 30.0
    ) -> dict[str, Any]:
        return self.wait(self.start(method, params), timeout)

    def call(self, tool: str, timeout: float = 30.0, **arguments: Any) -> dict[str, Any]:
        """The result of a tool."""
        answer = self.ask("tools/call", {"name": tool, "arguments": arguments}, timeout)
        result: dict[str, Any] = answer["result"]
        return result

    def ping(self, timeout: float = 5.0) -> float:
        """Seconds until a ping is answered."""
        started = time.monotonic()
        assert self.ask("ping", timeout=timeout)["result"] is not None
        return time.monotonic() - started

    def hello(self) -> dict[str, Any]:
        params = {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "hostile", "version": "1"},
        }
        answer = self.ask("initialize", params, timeout=60.0)
        self.send("notifications/initialized")
        return answer

    # --- its body --------------------------------------------------------------------------

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def busy(self) -> float:
        """Seconds of processor time it has used (Linux): what a busy machine does not stretch."""
        return busy(self.process.pid)

    def memory(self) -> int:
        """The most memory it has had, in MB (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024

    def memory_now(self) -> int:
        """In KB (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def end(self, timeout: float = 10.0) -> int:
        """Close its input and wait: its exit status."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        return self.process.wait(timeout)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()

    def _queue(self, number: Any) -> queue.Queue[dict[str, Any]]:
        with self._known:
            return self._answers.setdefault(number, queue.Queue())

    def _read(self, stream: Any) -> None:
        with contextlib.suppress(ValueError, OSError):
            for line in stream:
                self.lines.append(line)
                with contextlib.suppress(ValueError):
                    said = json.loads(line)
                    if isinstance(said, dict) and isinstance(said.get("id"), int):
                        self._queue(said["id"]).put(said)

    def _drain(self, stream: Any) -> None:
        with contextlib.suppress(ValueError, OSError):
            self.errors.extend(stream)


def busy(process: int) -> float:
    """Seconds of processor time that a process has used (Linux)."""
    used = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def serving(
    project: Path | str, *arguments: str, code: str = SERVE, environ: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server that has said hello; killed at the end."""
    server = Server(project, *arguments, code=code, environ=environ)
    try:
        server.hello()
        yield server
    finally:
        server.kill()


def write_project(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A project folder with these files."""
    root.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def bare_environ(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The least that a process of ours needs, and what a test adds."""
    least = {"PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent-home", "PYTHONPATH": _here()}
    return {**least, **(more or {})}


def said_in(result: Mapping[str, Any]) -> str:
    """Everything a tool's result says, as one text."""
    return json.dumps(result, ensure_ascii=False)


def _here() -> str:
    package = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join([package, *_given()])


def _given() -> Sequence[str]:
    return [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one]
