"""A path to the open folder that its last name stands in, made where it is missing, never through a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from shipkit_mcp.errors import OutsideProject
from shipkit_mcp.project import names
from shipkit_mcp.project.folder import Folder, open_folder
from shipkit_mcp.project.listing import DEPTH
from shipkit_mcp.project.place import Project


@contextmanager
def folder_of(project: Project, path: str) -> Iterator[tuple[Folder, str]]:
    """The folder of a document of the project, and the document's name in it."""
    *steps, name = path.split("/")
    if len(steps) > DEPTH:
        raise OutsideProject(f"`{names.shown(path)}` lies too deep.")
    for step in (*steps, name):
        if names.refusal(step) or names.is_never_entered(step):
            raise OutsideProject(f"`{names.shown(path)}` is not a path inside the project.")
    with project.opened() as root, _walked(root, steps, path) as folder:
        yield folder, name


@contextmanager
def named_folder(folder: Path) -> Iterator[Folder]:
    """A folder a person named: what exists of its path is resolved, the rest is made."""
    existing = next(one for one in (folder, *folder.parents) if one.is_dir())
    root = open_folder(os.path.realpath(existing))
    try:
        with _walked(root, folder.relative_to(existing).parts, str(folder)) as found:
            yield found
    finally:
        root.close()


@contextmanager
def _walked(root: Folder, steps: Sequence[str], path: str) -> Iterator[Folder]:
    folder = root
    try:
        for step in steps:
            below = _enter(folder, step, path)
            if folder is not root:
                folder.close()
            folder = below
        yield folder
    finally:
        if folder is not root:
            folder.close()


def _enter(folder: Folder, step: str, path: str) -> Folder:
    """A folder in another, made where it is missing; a link in its place is refused."""
    try:
        kind = folder.status(step).st_mode
    except FileNotFoundError:
        with suppress(FileExistsError):
            folder.make(step)
        folder.sync()
        kind = folder.status(step).st_mode
    if not stat.S_ISDIR(kind):
        shown = names.shown(path)
        raise OutsideProject(f"`{shown}` was not written: `{step}` is a link or a file, not a folder.")
    return folder.folder(step)
