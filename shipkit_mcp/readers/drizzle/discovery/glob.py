"""Glob patterns of drizzle-kit and ``--schema`` to the files of a project, without regular expressions."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.readers.drizzle.discovery.name_patterns import NameTest, name_test

EXTENSIONS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
"""What drizzle-kit loads."""

_MAX_PATTERN = 512
_MAX_ALTERNATIVES = 64
_MAGIC = re.compile(r"[*?\[{]|[!@+]\(")
_ONE_OF = re.compile(r"([@?+])\(([^()/]*)\)")


@dataclass(frozen=True)
class Tree:
    """The paths of a project as files and folders."""

    paths: tuple[str, ...]

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """Folder to the files directly in it; the project is ``""``."""
        found: dict[str, list[str]] = {}
        for path in self.paths:
            found.setdefault(posixpath.dirname(path), []).append(path)
        return found

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(self.paths)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file at any depth."""
        found: set[str] = set()
        pending = list(self.children)
        while pending:
            folder = pending.pop()
            if folder and folder not in found and not folder.endswith(".."):
                found.add(folder)
                pending.append(posixpath.dirname(folder))
        return frozenset(found)

    def sources(self, folder: str) -> tuple[str, ...]:
        """The schema files directly in a folder; where it has none, those at any depth."""
        direct = tuple(filter(is_source, self.children.get(folder, ())))
        below = folder + "/" if folder else ""
        return direct or tuple(one for one in self.paths if one.startswith(below) and is_source(one))


def is_source(path: str) -> bool:
    """Whether drizzle-kit would load the file, types and tests aside."""
    name = posixpath.basename(path)
    return name.endswith(EXTENSIONS) and not any(
        part in name for part in (".d.ts", ".d.mts", ".test.", ".spec.")
    )


def expand(pattern: str, base: str, tree: Tree) -> tuple[str, ...]:
    """The files that a path, folder or glob means when it is read in the folder ``base``.

    As in drizzle-kit a folder stands for the files directly in it. ``..`` leads only to what the tree lists
    (the workspace around a project).
    """
    full = posixpath.normpath(posixpath.join(base, pattern)) if pattern else base
    if len(full) > _MAX_PATTERN or full.startswith("/"):
        return ()
    full = "" if full == "." else full
    if _MAGIC.search(full) is None:
        return _expand_plain(full, tree)
    found = {path for one in _alternatives(full) for path in _expand_glob(one, tree)}
    return tuple(sorted(found))


def _expand_plain(path: str, tree: Tree) -> tuple[str, ...]:
    stem, suffix = posixpath.splitext(path)
    swapped = (stem + ".ts", stem + ".mts") if suffix in (".js", ".mjs") else ()
    for one in (path, *(path + end for end in EXTENSIONS), *swapped):
        if one in tree.files:
            return (one,)
    return tree.sources(path) if path in tree.folders or not path else ()


def _expand_glob(pattern: str, tree: Tree) -> Iterable[str]:
    segments = [None if one == "**" else name_test(one) for one in pattern.split("/")]
    start, end = _fixed_ends(pattern)
    for path in tree.paths:
        if path.startswith(start) and path.endswith(end) and is_source(path) and _matches(segments, path):
            yield path
    for folder in tree.folders:
        if folder.startswith(start) and folder.endswith(end) and _matches(segments, folder):
            yield from filter(is_source, tree.children.get(folder, ()))


def _fixed_ends(pattern: str) -> tuple[str, str]:
    """What every match begins and ends with: looked at first, since most paths fail there."""
    magic = [at for at, character in enumerate(pattern) if character in "*?[]!()"]
    if not magic:
        return pattern, pattern
    start = pattern[: magic[0]].rpartition("/")
    return start[0] + start[1], pattern[magic[-1] + 1 :].rpartition("/")[2]


def _matches(segments: Sequence[NameTest | None], path: str) -> bool:
    """All ways through ``**`` at once, so that no pattern can be slow."""
    states = _skip_deep({0}, segments)
    for part in path.split("/"):
        reached: set[int] = set()
        for state in states:
            if state == len(segments):
                continue
            segment = segments[state]
            if segment is None:
                reached |= set() if part.startswith(".") else {state}
            elif segment(part):
                reached.add(state + 1)
        states = _skip_deep(reached, segments)
    return len(segments) in states


def _skip_deep(states: set[int], segments: Sequence[object]) -> set[int]:
    """``**`` may stand for no folder at all."""
    reached = set(states)
    for at, segment in enumerate(segments):
        if segment is None and at in reached:
            reached.add(at + 1)
    return reached


def _alternatives(pattern: str) -> list[str]:
    """``a{b,c}d`` and ``a@(b|c)d`` to ``abd`` and ``acd``; nested braces are taken apart from the inside."""
    done: list[str] = []
    pending = [_ONE_OF.sub(_braced, pattern)]
    while pending and len(done) + len(pending) <= _MAX_ALTERNATIVES:
        one = pending.pop()
        end = one.find("}")
        start = one.rfind("{", 0, end) if end > 0 else -1
        if start < 0:
            done.append(one)
            continue
        pending += [one[:start] + choice + one[end + 1 :] for choice in one[start + 1 : end].split(",")]
    return done


def _braced(found: re.Match[str]) -> str:
    """``?(…)`` may be absent; ``+(…)`` is taken once."""
    choices = found[2].split("|")
    return "{" + ",".join(["", *choices] if found[1] == "?" else choices) + "}"
