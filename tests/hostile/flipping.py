"""A process that flips a name between what it is and a link to the outside."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path


def flip(target: Path, outside: Path) -> None:
    """For ever: a real thing, then a link to its twin outside, each put in place in one step."""
    real, link, aside = (target.with_name(f"{target.name}.{end}") for end in ("real", "link", "aside"))
    print("ready", flush=True)
    while True:
        # A writer may have made a folder in the gap between two renames; then the next turn tidies up.
        with suppress(OSError):
            link.symlink_to(outside)
        with suppress(OSError):
            if target.is_dir() and not target.is_symlink():
                _flip_folder(target, link, real, aside)
            else:
                os.link(target, real)
                link.rename(target)
                real.rename(target)


def _flip_folder(target: Path, link: Path, real: Path, aside: Path) -> None:
    target.rename(real)
    try:
        link.rename(target)
        target.rename(aside)
    finally:
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)  # what a writer made in the gap
        real.rename(target)
        aside.unlink(missing_ok=True)


if __name__ == "__main__":
    flip(Path(sys.argv[1]), Path(sys.argv[2]))
