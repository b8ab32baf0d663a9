"""Source files to task ids, imports of the schema and `drizzle(` calls, by their text alone."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import CodeFacts, Evidence, Task
from shipkit_mcp.project import names
from shipkit_mcp.project.files import ProjectFiles
from shipkit_mcp.project.kept import Mark, is_settled
from shipkit_mcp.project.schema_imports import Import, Name, Targets, find_imports
from shipkit_mcp.project.source_text import SourceText

FILES, BYTES, EACH = 3_000, 32 << 20, 1 << 20

_TASK = re.compile(rb"\b(?:schemaTask|schedules\.task|task)\s*(?:<[^(){};]{0,200}>)?\(\s*\{")
_ID = re.compile(rb"""(?<![\w.])["']?id["']?\s*:\s*(["'`])([\w.:/-]{1,128})\1""")
_CALL = re.compile(rb"drizzle\s*(?:<[^(){};]{0,200}>)?\(")
_SDK = b"@trigger.dev/sdk"


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in one file."""

    path: str
    size: int
    tasks: tuple[Task, ...] = ()
    imports: tuple[Import, ...] = ()
    names: tuple[Name, ...] = ()
    calls: tuple[Evidence, ...] = ()


@dataclass
class ScanMemory:
    """What was found in files, as long as neither they nor the schema change. One belongs to one server."""

    key: tuple[object, ...] = ()
    found: dict[str, tuple[Mark, _Found]] = field(default_factory=dict)

    def of(self, key: tuple[object, ...]) -> dict[str, tuple[Mark, _Found]]:
        """What is known with this schema."""
        if self.key != key:
            self.key, self.found = key, {}
        return self.found


def scan_code(
    files: ProjectFiles, schema_files: Sequence[str] = (), memory: ScanMemory | None = None
) -> CodeFacts:
    """Task ids, imports of ``schema_files`` and ``drizzle(`` calls below the project. Never raises.

    At most 3,000 files or 32 MiB (design section 4); ``not_scanned`` says what was left out.
    """
    targets = Targets(files, schema_files)
    known = (memory or ScanMemory()).of(targets.key)
    every = [path for path in files.own() if names.is_source(path)]
    found, room, cut = [], BYTES, None
    for one in _scan_all(files, _first(every), targets, known):
        if one.size > room:
            cut = one.path
            break
        room -= one.size
        found.append(one)
    tasks = {task.id: task for one in reversed(found) for task in reversed(one.tasks)}
    return CodeFacts(
        tasks=tuple(reversed(tasks.values())),
        imports=tuple(chain.from_iterable(one.imports for one in found)),
        imported_names=tuple(chain.from_iterable(one.names for one in found)),
        drizzle_calls=tuple(chain.from_iterable(one.calls for one in found)),
        scanned=len(found),
        not_scanned=_left_out(len(every), len(found), cut),
    )


def _first(paths: Sequence[str]) -> Sequence[str]:
    """As many as are scanned; where that leaves some out, not those in which tasks are expected."""
    if len(paths) <= FILES:
        return paths
    return sorted(sorted(paths, key=lambda path: "trigger" not in path.split("/"))[:FILES])


def _left_out(every: int, scanned: int, cut: str | None) -> str | None:
    said = []
    if cut is not None:
        said.append(f"what follows `{cut}`: {BYTES >> 20} MiB were scanned")
    if every > FILES:
        said.append(f"{every - FILES:,} more source files: at most {FILES:,} are scanned")
    elif scanned < every and cut is None:
        said.append(f"{every - scanned} source files that are too big or could not be opened")
    return "; ".join(said) or None


def _scan_all(
    files: ProjectFiles, paths: Sequence[str], targets: Targets, known: dict[str, tuple[Mark, _Found]]
) -> Iterator[_Found]:
    """Folder by folder, so that each is opened once; what is known is not read again."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition("/")
        folders[folder].append(name)
    for folder, beside in folders.items():
        marks = files.marks(folder, beside)
        fresh = [name for name in beside if not _is_known(known, posixpath.join(folder, name), marks[name])]
        read = dict(files.raw(folder, fresh, EACH))
        for name in beside:
            path = posixpath.join(folder, name)
            beat()
            if name in read:
                one = _scan(SourceText(path, read[name]), targets)
                yield one
                _remember(known, path, marks[name], one)
            elif name not in fresh:
                yield known[path][1]


def _is_known(known: dict[str, tuple[Mark, _Found]], path: str, mark: Mark) -> bool:
    return mark is not None and path in known and known[path][0] == mark


def _remember(known: dict[str, tuple[Mark, _Found]], path: str, mark: Mark, found: _Found) -> None:
    if is_settled(mark):
        known[path] = (mark, found)


def _scan(text: SourceText, targets: Targets) -> _Found:
    tasks: tuple[Task, ...] = ()
    if b"task" in text.data.lower() and ("trigger" in text.path.split("/")[:-1] or _SDK in text.data):
        tasks = tuple(_find_tasks(text))
    calls = (text.at(one.start()) for one in text.words(_CALL)) if b"drizzle" in text.data else ()
    imports, named = find_imports(text, targets) if targets else ((), ())
    return _Found(text.path, len(text.data), tasks, tuple(imports), tuple(named), tuple(calls))


def _find_tasks(text: SourceText) -> Iterator[Task]:
    starts = [one.end() for one in text.matches(_TASK)]
    named = {one.start(): one for one in text.matches(_ID)} if starts else {}
    for start, following in pairwise((*starts, len(text.data))):
        at = next((place for place in named if start <= place < min(following, start + 2_000)), None)
        if at is not None:
            yield Task(id=named[at][2].decode(), evidence=text.at(at))
