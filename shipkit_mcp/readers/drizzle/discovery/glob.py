"""Glob patterns of drizzle-kit and ``--schema`` to the files of a project, without regular expressions."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

EXTENSIONS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
"""What drizzle-kit loads."""

_MAX_PATTERN = 512
_MAX_ALTERNATIVES = 64
_MAGIC = frozenset("*?[{")

Test = Callable[[str], bool]


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
    if _MAGIC.isdisjoint(full):
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
    segments = [_segment(one) for one in pattern.split("/")]
    start, end = _fixed_ends(pattern)
    for path in tree.paths:
        if path.startswith(start) and path.endswith(end) and is_source(path) and _matches(segments, path):
            yield path
    for folder in tree.folders:
        if folder.startswith(start) and folder.endswith(end) and _matches(segments, folder):
            yield from filter(is_source, tree.children.get(folder, ()))


def _fixed_ends(pattern: str) -> tuple[str, str]:
    """What every match begins and ends with: looked at first, since most paths fail there."""
    magic = [at for at, character in enumerate(pattern) if character in "*?[]"]
    if not magic:
        return pattern, pattern
    start = pattern[: magic[0]].rpartition("/")
    return start[0] + start[1], pattern[magic[-1] + 1 :].rpartition("/")[2]


def _matches(segments: Sequence[Sequence[Test | None] | None], path: str) -> bool:
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
            elif _name_matches(segment, part):
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


def _name_matches(segment: Sequence[Test | None], name: str) -> bool:
    """The two-pointer match: on a mismatch only the last star gives way."""
    at = star = mark = 0
    seen_star = False
    position = 0
    if name.startswith(".") and (not segment or segment[0] is None):
        return False
    while position < len(name):
        test = segment[at] if at < len(segment) else _never
        if test is None:
            seen_star, star, mark = True, at, position
            at += 1
        elif test(name[position]):
            at += 1
            position += 1
        elif seen_star:
            mark += 1
            at, position = star + 1, mark
        else:
            return False
    return all(test is None for test in segment[at:])


def _never(_character: str) -> bool:
    return False


def _segment(text: str) -> list[Test | None] | None:
    """Tests of one name, character by character; None in it is ``*``, None for it is ``**``."""
    if text == "**":
        return None
    tests: list[Test | None] = []
    at = 0
    while at < len(text):
        character = text[at]
        end = text.find("]", at + 2) if character == "[" else -1
        if end > 0:
            tests.append(_one_of(text[at + 1 : end]))
            at = end
        elif character == "*":
            tests.append(None)
        else:
            tests.append(_any if character == "?" else _exactly(character))
        at += 1
    return tests


def _any(_character: str) -> bool:
    return True


def _exactly(wanted: str) -> Test:
    return lambda character: character == wanted


def _one_of(members: str) -> Test:
    negated = members[:1] in ("!", "^")
    rest = members[1:] if negated else members
    ranges = [(rest[at - 1], rest[at + 1]) for at in range(1, len(rest) - 1) if rest[at] == "-"]

    def test(character: str) -> bool:
        inside = character in rest or any(low <= character <= high for low, high in ranges)
        return inside != negated

    return test


def _alternatives(pattern: str) -> list[str]:
    """``a{b,c}d`` to ``abd`` and ``acd``; nested braces are taken apart from the inside."""
    done: list[str] = []
    pending = [pattern]
    while pending and len(done) + len(pending) <= _MAX_ALTERNATIVES:
        one = pending.pop()
        end = one.find("}")
        start = one.rfind("{", 0, end) if end > 0 else -1
        if start < 0:
            done.append(one)
            continue
        pending += [one[:start] + choice + one[end + 1 :] for choice in one[start + 1 : end].split(",")]
    return done
