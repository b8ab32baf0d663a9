"""A process that flips a name between what it is and a link to the outside."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def flip(target: Path, outside: Path) -> None:
    """For ever: a real thing, then a link to its twin outside, each put in place in one step."""
    real, link, aside = (target.with_name(f"{target.name}.{end}") for end in ("real", "link", "aside"))
    print("ready", flush=True)
    while True:
        link.symlink_to(outside)
        if target.is_dir():
            target.rename(real)
            link.rename(target)
            target.rename(aside)
            real.rename(target)
            aside.unlink()
        else:
            os.link(target, real)
            link.rename(target)
            real.rename(target)


if __name__ == "__main__":
    flip(Path(sys.argv[1]), Path(sys.argv[2]))
