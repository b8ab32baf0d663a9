"""An unexpected error to one line for the log: what was raised and where, and nothing of the project."""

from __future__ import annotations

import logging
import sys
import traceback

from shipkit_mcp.server.outgoing import clean

LONGEST = 500


def place(error: BaseException) -> str:
    """What was raised and where, without its text or a traceback: those may quote the project."""
    while inner := _inner(error):
        error = inner
    frames = traceback.extract_tb(error.__traceback__)
    inside = [one for one in frames if "shipkit_mcp" in one.filename] or frames
    if not inside:
        return type(error).__name__
    last = inside[-1]
    file = last.filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(error).__name__} in {last.name}, line {last.lineno} of {file}"


def _inner(error: BaseException) -> BaseException | None:
    """What an error was made of: the SDK wraps what a resource raised, a group of tasks what one of them did."""
    return error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error.__cause__


class OneLine(logging.Formatter):
    """A record on one line; of an exception, also one that the SDK logs, its kind and place alone."""

    def format(self, record: logging.LogRecord) -> str:
        """As of any formatter."""
        said = " ".join(clean(record.getMessage()).split())[:LONGEST]
        error = record.exc_info[1] if record.exc_info else None
        return f"{said}: {place(error)}" if error else said


def log_to_stderr() -> None:
    """Let this process log to stderr in single lines; what is set first, the SDK and uvicorn leave alone."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
