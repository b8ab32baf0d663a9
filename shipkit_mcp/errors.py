"""The ways in which we cannot work at all. An imperfect project is a finding, never one of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Pulse = Callable[[], None]
"""What long work calls now and then; it raises Cancelled where the caller went away."""


class ShipkitError(Exception):
    """We cannot work: the message says what, where, and what to do."""


class ProjectError(ShipkitError):
    """There is no such project, or nothing in it to read."""


class OutsideProject(ShipkitError):
    """A path leaves the project, or is not a plain file in it."""


class UnreadableFile(ShipkitError):
    """A file is too big, not text, or cannot be opened."""


class WouldOverwrite(ShipkitError):
    """The document is not what the caller last saw."""


class CannotWrite(ShipkitError):
    """The disk refused the write; the old document is intact."""


class BadAmendment(ShipkitError):
    """An amendment is wrong; nothing was written."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """``problems``: each what is wrong, where, and what to write instead."""
        self.problems = problems
        super().__init__("\n".join(problems))


class Cancelled(ShipkitError):
    """The caller went away; nothing was written."""


def unwatched() -> None:
    """The pulse of work that nobody can cancel."""


_OF_CALL: ContextVar[Pulse] = ContextVar("pulse", default=unwatched)


@contextmanager
def watched(pulse: Pulse) -> Iterator[None]:
    """All work inside asks ``pulse``, however deep down it is."""
    token = _OF_CALL.set(pulse)
    try:
        yield
    finally:
        _OF_CALL.reset(token)


def beat() -> None:
    """One pulse of the call at hand, for steps that are given none. Raises Cancelled where the caller went away."""
    _OF_CALL.get()()
