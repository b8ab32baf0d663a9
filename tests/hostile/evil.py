"""A server one of whose tools misbehaves: ``python -c "from hostile.evil import main; main('print')" serve …``."""

from __future__ import annotations

import ctypes
import logging
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shipkit_mcp.server import answers
from shipkit_mcp.server.replies import GuideReply


def _print() -> str:
    print("from print")
    sys.stdout.write("from write\n")
    sys.stdout.flush()
    os.write(1, b"from the descriptor\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    subprocess.run("echo from a shell", shell=True, check=True)  # noqa: S602
    warnings.warn("from a warning", stacklevel=1)
    logging.getLogger("x").error("from logging")
    return "done"


def _print_in_c() -> str:
    libc = ctypes.CDLL(None)
    libc.printf(b"from printf\n")
    libc.fflush(None)
    return "done"


def _recurse() -> str:
    return _recurse()


def _deep() -> Any:
    inner: Any = "x"
    for _ in range(5_000):
        inner = [inner]
    return inner


def _raise(error: BaseException) -> Callable[[], str]:
    def tool() -> str:
        raise error

    return tool


def _slow() -> str:
    time.sleep(0.3)
    return "slow done"


WAYS: dict[str, Callable[[], Any]] = {
    "print": _print,
    "print in C": _print_in_c,
    "exit": _raise(SystemExit(3)),
    "interrupt": _raise(KeyboardInterrupt()),
    "recursion": _recurse,
    "memory": _raise(MemoryError()),
    "error": _raise(RuntimeError("secret sk_live_51HabcdEFGH of /root/project")),
    "generator exit": _raise(GeneratorExit()),
    "surrogate": lambda: "bad \ud800 text",
    "nul": lambda: "a\x00b",
    "separator": lambda: "a\u2028b\u2029c",
    "long line": lambda: "x" * 100_000,
    "file name": lambda: os.fsdecode(b"caf\xe9.md"),
    "not a number": lambda: float("nan"),
    "infinite": lambda: float("inf"),
    "deep": _deep,
    "slow": _slow,
}


def main(way: str) -> None:
    """Serve, with ``mentor_guide`` behaving that way."""

    def mentor_guide(_desk: Any, _call: Any, **_arguments: Any) -> GuideReply:
        said = WAYS[way]()
        return GuideReply.model_construct(
            text="ok" if not isinstance(said, str) else said, made=said, warnings=[]
        )

    answers.ANSWERS = {**answers.ANSWERS, "mentor_guide": mentor_guide}
    from shipkit_mcp.__main__ import main as serve

    serve()


def code(way: str) -> str:
    """To be given to ``python -c``."""
    tests = str(Path(__file__).resolve().parents[1])
    return f"import sys; sys.path.insert(0, {tests!r}); from hostile.evil import main; main({way!r})"
