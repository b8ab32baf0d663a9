"""Texts that do not tokenise plainly to why they must not be parsed here: the one module that starts a process.

The grammar can hold the interpreter's lock, and a lock that is held for ever stops the server. So such a text is first
parsed by a fresh interpreter that knows the grammar alone and that is killed when it takes too long.
That is the reason for each ``nosec`` here: the program is fixed and our own.
"""

from __future__ import annotations

import hashlib
import os
import subprocess  # nosec B404
import sys
import time
from collections.abc import MutableMapping, Sequence

LIMIT = 2.0
"""Seconds of wall clock, the start of the interpreter with them."""
RUN_SECONDS = 4.0
"""That one run waits for workers; beyond that, the budget of the parse in this process has to do."""
CRASHED = 256
"""Windows tells a crash by a code beyond what a program can exit with; elsewhere it is negative."""
PROGRAM = """
import faulthandler, sys
faulthandler.dump_traceback_later(float(sys.argv[1]), exit=True)
import tree_sitter, tree_sitter_typescript as grammar
language = tree_sitter.Language(getattr(grammar, "language_" + sys.argv[2])())
given, size = sys.stdin.buffer.read(), int(sys.argv[3])
for start in range(0, len(given), size):
    tree_sitter.Parser(language).parse(given[start : start + size])
"""
"""Ends itself, lock or no lock, should the server be gone before it could kill it."""
NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""All that the worker is told of our environment: nothing secret."""


class ParseWorker:
    """Asked by the readers of one run. ``known`` keeps the answers by content between runs."""

    def __init__(self, known: MutableMapping[str, object], command: Sequence[str] | None = None) -> None:
        self._known = known
        self._command = tuple(command or (sys.executable, "-I", "-c", PROGRAM))
        self._left = RUN_SECONDS

    def __call__(self, texts: Sequence[bytes], grammar: str) -> str | None:
        """Why texts, all of one length, must not be parsed in this process.

        Nothing where they may, or where no process can be had.
        """
        given = b"".join(texts)
        key = f"parses:{grammar}:{len(texts)}:{hashlib.sha256(given).hexdigest()}"
        if key not in self._known and self._left > 0:
            started = time.monotonic()
            arguments = (*self._command, str(LIMIT + 1), grammar, str(len(texts[0])))
            self._known[key] = _try(arguments, given)
            self._left -= time.monotonic() - started
        why = self._known.get(key)
        return why if isinstance(why, str) else None


def _try(arguments: Sequence[str], given: bytes) -> str | None:
    environ = {name: os.environ[name] for name in NEEDED if name in os.environ}
    try:
        # Safe: no shell, a fixed program of ours; the text is only ever its input.
        done = subprocess.run(  # noqa: S603  # nosec B603
            arguments,
            input=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environ,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"not parsed within {LIMIT:g} s"
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return "the parser crashed on it" if not 0 <= done.returncode < CRASHED else None
