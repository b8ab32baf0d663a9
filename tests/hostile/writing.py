"""Processes that write, to be killed or raced: run as `python -m hostile.writing VERB FOLDER …`."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shipkit_mcp.errors import CannotWrite, WouldOverwrite
from shipkit_mcp.project import Project, open_project
from shipkit_mcp.project.writer import save

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
OLD, NEW = b"old\n" * 50_000, b"new!\n" * 50_000
STEPS = ("open", "write", "fsync", "fchmod", "close", "rename", "unlink", "utime", "stat", "mkdir")


def opened(folder: Path) -> Project:
    return open_project(None, launch=str(folder), environ={}, cwd="/")


def none_kept(data: bytes) -> bool:
    return False


def now(folder: Path) -> bytes | None:
    path = folder / DOCUMENT
    return path.read_bytes() if path.exists() else None


def write_for_ever(folder: Path) -> None:
    """Two documents in turn, until somebody ends it."""
    project = opened(folder)
    print("ready", flush=True)
    while True:
        seen = now(folder)
        save(project, DOCUMENT, OLD if seen == NEW else NEW, seen=seen, keep=none_kept)


def write_naively(folder: Path) -> None:
    """The same as people write it: the control, which must tear."""
    path = folder / DOCUMENT
    print("ready", flush=True)
    while True:
        data = OLD if path.read_bytes() == NEW else NEW
        with path.open("wb", buffering=0) as file:
            for start in range(0, len(data), 4_096):
                file.write(data[start : start + 4_096])


def kill_at_each_call(folder: Path) -> None:
    """Kill a child at every call into the system that a write makes; tell what stood there afterwards."""
    number = 0
    while True:
        number += 1
        for copy in (folder / DOCUMENT).parent.glob("*.bak"):
            copy.unlink()
        (folder / DOCUMENT).write_bytes(OLD)
        child = os.fork()
        if child == 0:
            _die_at(number)
            save(opened(folder), DOCUMENT, NEW, seen=OLD, keep=none_kept)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        state = {OLD: "old", NEW: "new"}.get(now(folder) or b"", "torn")
        stray = [one.name for one in (folder / DOCUMENT).parent.iterdir() if one.name.endswith(".new")]
        print(json.dumps({"call": number, "state": state, "stray": stray}), flush=True)
        if not os.WIFSIGNALED(status):
            return


def _die_at(number: int) -> None:
    left = [number]

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return called

    wrapped = {name: wrap(getattr(os, name)) for name in STEPS}
    for name, call in wrapped.items():
        setattr(os, name, call)
    os.supports_dir_fd |= set(wrapped.values())


def count_up(folder: Path, times: int) -> None:
    """Add to a number that stands in the document, with compare-and-swap, until each addition landed."""
    project, landed, again = opened(folder), 0, 0
    while landed < times:
        seen = now(folder)
        number = int((seen or b"0").split()[0])
        data = (b"%d \n" % (number + 1)).ljust(20_000, b".")
        try:
            save(project, DOCUMENT, data, seen=seen, keep=none_kept)
            landed += 1
        except (WouldOverwrite, CannotWrite):
            again += 1
    print(json.dumps({"landed": landed, "again": again}))


def read_on(folder: Path) -> None:
    """Read the document until told to stop; every reading must be whole."""
    torn = read = 0
    while not (folder / "stop").exists():
        data = now(folder)
        if data is not None:
            read += 1
            torn += not (len(data) == 20_000 and data.split()[0].isdigit())
    print(json.dumps({"read": read, "torn": torn}))


def hold_lock(folder: Path) -> None:
    """Hold the lock until somebody ends the process."""
    from shipkit_mcp.project.folder import open_folder
    from shipkit_mcp.project.lock import locked

    with locked(open_folder(str((folder / DOCUMENT).parent)), "initial_data_schema.md", lambda: False):
        print("ready", flush=True)
        time.sleep(60)


def main(verb: str, folder: str, *rest: str) -> None:
    verbs: dict[str, Callable[..., None]] = {
        "ever": write_for_ever,
        "naive": write_naively,
        "kill": kill_at_each_call,
        "read": read_on,
        "lock": hold_lock,
        "count": lambda folder: count_up(folder, int(rest[0])),
    }
    verbs[verb](Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
