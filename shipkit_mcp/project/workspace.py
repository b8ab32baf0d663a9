"""A project folder to the workspace around it (pnpm, npm, yarn) that lists it, where there is one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from shipkit_mcp.project.content import Refused, decode, read_bytes
from shipkit_mcp.project.folder import open_folder

_LEVELS = 6
_LIMIT = 64 << 10
_ITEM = re.compile(r"[ \t]*-[ \t]+(['\"]?)([^'\"#\n]+?)\1[ \t]*(?:#.*)?")


def find_workspace(project: Path, home: Path | None) -> Path | None:
    """The nearest folder above that lists the project as a package; never the home folder or above it.

    A folder of another owner is not believed: anyone could put one into a shared folder.
    """
    for above in tuple(project.parents)[:_LEVELS]:
        if above == Path(above.anchor) or (home and (above == home or above in home.parents)):
            return None
        patterns = _patterns(above)
        if patterns is not None:
            listed = _is_listed(project.relative_to(above), patterns)
            return above if listed and _same_owner(above, project) else None
    return None


def _same_owner(above: Path, project: Path) -> bool:
    try:
        return above.stat().st_uid == project.stat().st_uid
    except OSError:
        return False


def _patterns(folder: Path) -> Sequence[str] | None:
    """What a workspace lists; None where the folder is no workspace."""
    text = _text(folder, "pnpm-workspace.yaml")
    if text is not None:
        return read_pnpm(text)
    return read_workspaces(_text(folder, "package.json") or "")


def _text(folder: Path, name: str) -> str | None:
    try:
        held = open_folder(os.path.realpath(folder))
    except OSError:
        return None
    try:
        return decode(read_bytes(held, name, _LIMIT).data, lenient=False).text
    except Refused:
        return None
    finally:
        held.close()


def read_pnpm(text: str) -> Sequence[str]:
    """The list under ``packages:``."""
    found, inside = [], False
    for line in text.split("\n"):
        if line[:1].strip() and not line.startswith(("#", "-")):
            inside = line.startswith("packages:")
        elif inside and (item := _ITEM.fullmatch(line[:1000])):
            found.append(item[2])
    return tuple(found)


def read_workspaces(text: str) -> Sequence[str] | None:
    """``workspaces`` of a package.json, a list or an object with ``packages``; None where it has none."""
    try:
        package = json.loads(text)
    except (ValueError, RecursionError):
        return None
    listed = package.get("workspaces") if isinstance(package, dict) else None
    if isinstance(listed, dict):
        listed = listed.get("packages")
    return tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else None


def _is_listed(relative: Path, patterns: Sequence[str]) -> bool:
    steps = relative.parts
    wanted = any(_matches(steps, one) for one in patterns if not one.startswith("!"))
    return wanted and not any(_matches(steps, one[1:]) for one in patterns if one.startswith("!"))


def _matches(steps: Sequence[str], pattern: str) -> bool:
    return _matches_parts(steps, PurePosixPath(pattern[:500]).parts[:_LEVELS])


def _matches_parts(steps: Sequence[str], parts: Sequence[str]) -> bool:
    if not parts:
        return not steps
    if parts[0] == "**":
        return any(_matches_parts(steps[used:], parts[1:]) for used in range(len(steps) + 1))
    return bool(steps) and fnmatchcase(steps[0], parts[0]) and _matches_parts(steps[1:], parts[1:])
