"""Source files to task ids, imports of the schema and `drizzle(` calls, by their text alone."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from shipkit_mcp.facts import CodeFacts, Evidence, Task
from shipkit_mcp.project import names
from shipkit_mcp.project.files import ProjectFiles
from shipkit_mcp.project.stack import depth, read_json

FILES, BYTES, EACH = 3_000, 32 << 20, 1 << 20
_LINE = 20_000
"""Bytes; what stands on a longer line was made by a machine and is passed by."""
_MATCHES = 500
_DEPTH = 3
"""Of one kind in one file."""

_TASK = re.compile(rb"\b(?:schemaTask|schedules\.task|task)\s*(?:<[^(){};]{0,200}>)?\(\s*\{")
_ID = re.compile(rb"""(?<![\w.])["']?id["']?\s*:\s*(["'`])([\w.:/-]{1,128})\1""")
_NAMED = rb"""\s*(["'])([^"'\n]{1,300})\1"""
_FROM = tuple(re.compile(word + _NAMED) for word in (rb"from", rb"import\s*\(?", rb"require\s*\("))
"""One pattern each: a word that stands first is found fifteen times faster than a choice of three."""
_BEFORE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.$")
_CALL = re.compile(rb"drizzle\s*(?:<[^(){};]{0,200}>)?\(")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_SDK = b"@trigger.dev/sdk"
_ENDINGS = re.compile(r"(/index)?(\.d)?\.[cm]?[jt]sx?$")
_EXPORT = re.compile(rb"\bexport\s+(?:const|let|var)\s+([A-Za-z_$][\w$]*)")
_ALIAS = re.compile(r"[@~#$][\w-]*/(.+)")


@dataclass
class _Found:
    """What a scan has collected."""

    tasks: dict[str, Task] = field(default_factory=dict)
    imports: list[tuple[str, Evidence]] = field(default_factory=list)
    names: list[tuple[str, str, Evidence]] = field(default_factory=list)
    calls: list[Evidence] = field(default_factory=list)


def scan_code(files: ProjectFiles, schema_files: Sequence[str] = ()) -> CodeFacts:
    """Task ids, imports of ``schema_files`` and ``drizzle(`` calls below the project. Never raises.

    At most 3,000 files or 32 MiB (design section 4); ``not_scanned`` says what was left out.
    """
    targets = _Targets(files, schema_files)
    found = _Found()
    scanned, left_out = 0, []
    room = BYTES
    every = [path for path in files.own() if names.is_source(path)]
    for path, data in _contents(files, every[:FILES]):
        if len(data) > room:
            left_out.append(f"what follows `{path}`: {BYTES >> 20} MiB were scanned")
            break
        room -= len(data)
        scanned += 1
        _scan(_Text(path, data), targets, found)
    if len(every) > FILES:
        left_out.append(f"{len(every) - FILES:,} more source files: at most {FILES:,} are scanned")
    elif scanned < len(every) and not left_out:
        left_out.append(f"{len(every) - scanned} source files that are too big or could not be opened")
    return CodeFacts(
        tasks=tuple(found.tasks.values()),
        imports=tuple(found.imports),
        imported_names=tuple(found.names),
        drizzle_calls=tuple(found.calls),
        scanned=scanned,
        not_scanned="; ".join(left_out) or None,
    )


def _contents(files: ProjectFiles, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Folder by folder, so that each is opened once."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition("/")
        folders[folder].append(name)
    for folder, beside in folders.items():
        for name, data in files.raw(folder, beside, EACH):
            yield posixpath.join(folder, name), data


class _Text:
    """The bytes of a file, and its lines where they are asked for."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data

    def at(self, offset: int) -> Evidence:
        """The line of an offset, whatever ends lines in this file."""
        before = self.data[:offset]
        row = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
        if before.endswith(b"\r") and self.data[offset : offset + 1] == b"\n":
            row -= 1
            offset -= 1
        start = max(self.data.rfind(one, 0, offset) for one in (b"\n", b"\r")) + 1
        ends = (self.data.find(one, offset) for one in (b"\n", b"\r"))
        end = min((one for one in ends if one >= 0), default=len(self.data))
        quote = self.data[start:end].decode(errors="replace").strip()
        return Evidence(path=self.path, line=row + 1, quote=quote)

    def matches(self, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
        """Matches that are neither commented out nor on the lines of a machine."""
        return filter(self._is_written, islice(pattern.finditer(self.data), _MATCHES))

    def _is_written(self, found: re.Match[bytes]) -> bool:
        if found.start() and self.data[found.start() - 1] in _BEFORE:
            return False
        start = max(self.data.rfind(one, 0, found.start()) for one in (b"\n", b"\r")) + 1
        if self.data.find(b"\n", start, start + _LINE) < 0 and len(self.data) - start > _LINE:
            return False
        return not self.data[start : found.start()].lstrip().startswith((b"//", b"*", b"/*"))


def _scan(text: _Text, targets: _Targets, found: _Found) -> None:
    if b"task" in text.data.lower() and ("trigger" in text.path.split("/")[:-1] or _SDK in text.data):
        _find_tasks(text, found)
    if b"drizzle" in text.data:
        found.calls += [text.at(one.start()) for one in text.matches(_CALL)]
    if targets:
        _find_imports(text, targets, found)


def _find_tasks(text: _Text, found: _Found) -> None:
    starts = [one.end() for one in text.matches(_TASK)]
    named = {one.start(): one for one in text.matches(_ID)}
    for start, following in pairwise((*starts, len(text.data))):
        at = next((place for place in named if start <= place < min(following, start + 2_000)), None)
        if at is not None:
            name = named[at][2].decode()
            found.tasks.setdefault(name, Task(id=name, evidence=text.at(at)))


def _find_imports(text: _Text, targets: _Targets, found: _Found) -> None:
    found_here = [one for pattern in _FROM for one in text.matches(pattern)]
    for one in sorted(found_here, key=lambda one: one.start()):
        wanted = targets.of(text.path, one[2].decode(errors="replace"))
        named = list(_imported(text, one.start())) if wanted else []
        for target in wanted:
            mine = [(name, at) for name, at in named if targets.gives(target, name, among=wanted)]
            found.names += [(target, name, at) for name, at in mine]
            if mine or len(wanted) == 1:
                found.imports.append((target, text.at(one.start())))


def _imported(text: _Text, offset: int) -> Iterator[tuple[str, Evidence]]:
    """The names between ``import`` (or ``export``) and ``from``; ``*`` for all of them."""
    begin = max(text.data.rfind(word, max(0, offset - 4_000), offset) for word in (b"import", b"export"))
    clause = text.data[begin + 6 : offset] if begin >= 0 else b""
    if b"*" in clause:
        yield "*", text.at(offset)
        return
    if b";" in clause or b"(" in clause:
        return
    position = begin + 6
    for piece in clause.split(b","):
        words = [word for word in _WORD.findall(piece.decode(errors="replace")) if word != "type"]
        if words:
            inner = position + len(piece) - len(piece.lstrip(b" \t\r\n{"))
            yield words[0], text.at(inner)
        position += len(piece) + 1


class _Targets:
    """The schema files, by every way in which an import can name them."""

    def __init__(self, files: ProjectFiles, schema_files: Sequence[str]) -> None:
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._tails: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._exports: dict[str, frozenset[str]] = {}
        for path in schema_files:
            self._add(path)
            self._exports[path] = _exports(files, path)
        self._barrels(schema_files)
        self._packages = tuple(_packages(files)) if schema_files else ()

    def __bool__(self) -> bool:
        return bool(self._exports)

    def _add(self, path: str) -> None:
        module = _ENDINGS.sub("", path)
        self._exact[module].append(path)
        self._tails[posixpath.basename(module)].append((module, path))

    def _barrels(self, schema_files: Sequence[str]) -> None:
        """An index file gives what stands beside and below it."""
        for path in schema_files:
            if posixpath.basename(_ENDINGS.sub(".", path)) and re.search(r"(^|/)index\.[cm]?[jt]sx?$", path):
                module = posixpath.dirname(path)
                for other in schema_files:
                    if other != path and other.startswith(f"{module}/"):
                        self._exact[module].append(other)
                        self._tails[posixpath.basename(module)].append((module, other))

    def of(self, importer: str, specifier: str) -> list[str]:
        """The schema files that an import can mean."""
        specifier = _ENDINGS.sub("", specifier)
        if specifier.startswith("."):
            return self._exact.get(
                posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier)), []
            )
        for name, folder in self._packages:
            if specifier == name or specifier.startswith(f"{name}/"):
                return self._of_package(folder, specifier[len(name) + 1 :])
        known = self._tails.get(specifier.rpartition("/")[2])
        if not known:
            return []
        alias = _ALIAS.fullmatch(specifier)
        tail = alias[1] if alias else specifier
        return [path for module, path in known if f"/{module}".endswith(f"/{tail}") and "/" in specifier]

    def _of_package(self, folder: str, inner: str) -> list[str]:
        below = [path for path in self._exports if path.startswith(f"{folder}/")]
        if not inner:
            return below
        exact = [path for path in below if f"{_ENDINGS.sub('', path)}/".endswith(f"/{inner}/")]
        return exact or [path for path in below if f"/{inner}/" in path]

    def gives(self, target: str, name: str, *, among: Sequence[str]) -> bool:
        """Whether a name comes from this file; with one file to choose from it must."""
        return name == "*" or len(among) == 1 or name in self._exports[target]


def _exports(files: ProjectFiles, path: str) -> frozenset[str]:
    source = files.get(path)
    return frozenset(one.decode() for one in _EXPORT.findall(source.text.encode())) if source else frozenset()


def _packages(files: ProjectFiles) -> Iterator[tuple[str, str]]:
    """(name, folder) of the workspace's packages."""
    for path in files.under():
        if posixpath.basename(path) == "package.json" and "/" in path and depth(path) <= _DEPTH:
            source = files.get(path)
            manifest = read_json(source.text) if source else None
            name = manifest.get("name") if isinstance(manifest, dict) else None
            if isinstance(name, str) and name:
                yield name, posixpath.dirname(path)
