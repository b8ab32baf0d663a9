"""How long one run goes on with texts that do not parse: beyond that, what is slow is left out at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from shipkit_mcp.readers.typescript import limits

Guard = Callable[[Sequence[bytes], str], str | None]
"""Asked of texts that do not tokenise plainly, and the grammar's name: why not to parse them in this process."""


@dataclass
class Patience:
    """Seconds that are left for parses that come to nothing."""

    left: float = limits.RUN_SECONDS
    guard: Guard | None = None

    def lose(self, seconds: float) -> None:
        self.left -= seconds


_OF_RUN: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def one_run(guard: Guard | None = None) -> Iterator[None]:
    """All parses inside share one patience: a hundred files that never end cost no more than a few."""
    token = _OF_RUN.set(Patience(guard=guard))
    try:
        yield
    finally:
        _OF_RUN.reset(token)


def patience() -> Patience:
    """What is left; a parse outside of any run has its own."""
    return _OF_RUN.get() or Patience()
