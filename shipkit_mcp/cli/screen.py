"""What a person sees: text on stdout in UTF-8, progress and errors on stderr, colour where there is a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from shipkit_mcp.server.outgoing import clean, clean_all

STYLES = (("✅", "green"), ("⚠️", "yellow"), ("❌", "red"), ("+ ", "green"), ("- ", "red"), ("@@", "cyan"))
"""Line start to colour."""


def print_json(value: Any) -> None:
    """A JSON value, whatever the console's encoding."""
    _write(json.dumps(clean_all(value), ensure_ascii=False, indent=2) + "\n")


def print_lines(lines: Sequence[str], *, diff: bool = False) -> None:
    """Lines of text; in colour at a terminal."""
    lines = clean("\n".join(lines)).split("\n") if lines else []  # together: a key spans lines
    if not sys.stdout.isatty():
        _write("".join(f"{line}\n" for line in lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(Text(line, style=_style(line, diff=diff)))


def print_error(message: str) -> None:
    """One error on stderr."""
    sys.stderr.buffer.write(f"shipkit-mcp: {clean(message)}\n".encode("utf-8", "replace"))
    sys.stderr.buffer.flush()


@contextmanager
def progress() -> Iterator[Any]:
    """A function that tells the stage reached; a spinner at a terminal, silent elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage: None
        return
    from rich.console import Console

    with Console(stderr=True).status("shipkit-mcp") as status:
        yield lambda stage: status.update(f"{stage} …")


def _style(line: str, *, diff: bool) -> str:
    text = line.lstrip()
    if text.startswith("#"):
        return "bold"
    signs = STYLES if diff else STYLES[:3]
    return next((style for start, style in signs if (line if diff else text).startswith(start)), "")


def _write(text: str) -> None:
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader has seen enough (`| head`); click would call that a failure
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
