"""Import lines of source files to the schema files they mean and the names they take."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import Evidence
from shipkit_mcp.project.files import ProjectFiles
from shipkit_mcp.project.source_text import SourceText
from shipkit_mcp.project.stack import depth, read_json

_NAMED = rb"""\s*(["'])([^"'\n]{1,300})\1"""
_FROM = tuple(re.compile(word + _NAMED) for word in (rb"from", rb"import\s*\(?", rb"require\s*\("))
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_ENDINGS = re.compile(r"(/index)?(\.d)?\.[cm]?[jt]sx?$")
_EXPORT = re.compile(rb"\bexport\s+(?:const|let|var)\s+([A-Za-z_$][\w$]*)")
_ALIAS = re.compile(r"[@~#$][\w-]*/(.+)")
_DEPTH = 3

Import = tuple[str, Evidence]
Name = tuple[str, str, Evidence]


def find_imports(text: SourceText, targets: Targets) -> tuple[list[Import], list[Name]]:
    """(schema file, line) of each import of one, and (schema file, name or ``*``, line) of what it takes."""
    imports: list[Import] = []
    names: list[Name] = []
    found = [one for pattern in _FROM for one in text.words(pattern)]
    for one in sorted(found, key=lambda one: one.start()):
        wanted = targets.of(text.path, one[2].decode(errors="replace"))
        named = list(_imported(text, one.start())) if wanted else []
        for target in wanted:
            mine = [(name, at) for name, at in named if targets.gives(target, name, among=wanted)]
            names += [(target, name, at) for name, at in mine]
            if mine or len(wanted) == 1:
                imports.append((target, text.at(one.start())))
    return imports, names


def _imported(text: SourceText, offset: int) -> Iterator[tuple[str, Evidence]]:
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


class Targets:
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

    @property
    def key(self) -> tuple[object, ...]:
        """What the answers rest on."""
        return tuple(self._exports.items()), self._packages

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
