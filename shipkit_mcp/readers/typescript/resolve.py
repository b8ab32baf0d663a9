"""An import as written to the project file it means, or to nothing where it means another package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.typescript.jsonc import read_jsonc

_SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
_BUILT = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}
"""What a compiled suffix was compiled from."""
_CONDITIONS = ("source", "development", "types", "import", "module", "node", "default", "require")
_OUTPUTS = ("dist", "build", "lib", "out")
_MAX_EXTENDS = 8
_DECLARATION = re.compile(r"\.d\.[cm]?ts$")
_SUFFIX = re.compile(r"\.[cm]?[jt]sx?$")


class Resolver:
    """Resolves imports as TypeScript and bundlers do, inside the project only."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._json: dict[str, Mapping[str, Any]] = {}
        self._aliases: dict[str, tuple[tuple[str, str], ...]] = {}
        self._packages: dict[str, tuple[str, Mapping[str, Any]]] | None = None

    def resolve(self, specifier: str, importer: str) -> str | None:
        """The path of the file that ``specifier`` means in ``importer``; None outside the project."""
        folder = posixpath.dirname(importer)
        key = (folder, specifier)
        if key not in self._resolved:
            self._resolved[key] = next(self._matches(specifier, folder), None)
        return self._resolved[key]

    def _matches(self, specifier: str, folder: str) -> Iterator[str]:
        for candidate in self._candidates(specifier, folder):
            found = self._file(candidate)
            if found is not None:
                yield found

    def _candidates(self, specifier: str, folder: str) -> Iterator[str]:
        if specifier.startswith("."):
            yield _joined(folder, specifier)
            return
        if specifier.startswith("#"):
            yield from self._package_imports(specifier, folder)
        yield from self._alias_targets(specifier, folder)
        if not specifier.startswith("#"):
            yield from self._workspace_targets(specifier)

    def _file(self, path: str) -> str | None:
        """The file at a path written with or without suffix, with a compiled one, or as a folder."""
        if path.startswith("../") or path == "..":
            return None
        stem, suffix = posixpath.splitext(path)
        for source in _BUILT.get(suffix, ()):
            if self._exists(stem + source):
                return stem + source
        if suffix in _SUFFIXES and not _DECLARATION.search(path) and self._exists(path):
            return path
        for ending in _SUFFIXES:
            if self._exists(path + ending):
                return path + ending
        for ending in _SUFFIXES:
            index = posixpath.join(path, "index" + ending)
            if self._exists(index):
                return index
        return None

    def _exists(self, path: str) -> bool:
        return self._files.get(path) is not None

    # --- tsconfig.json ---------------------------------------------------------------------

    def _alias_targets(self, specifier: str, folder: str) -> Iterator[str]:
        for config in self._configs_above(folder):
            aliases = self._aliases_of(config)
            for pattern, target in aliases:
                rest = _match(pattern, specifier)
                if rest is not None:
                    yield target.replace("*", rest, 1)
            if aliases:
                return

    def _configs_above(self, folder: str) -> Iterator[str]:
        for one in _folders_above(folder):
            for name in ("tsconfig.json", "jsconfig.json"):
                path = posixpath.join(one, name)
                if self._exists(path):
                    yield path

    def _aliases_of(self, config: str) -> tuple[tuple[str, str], ...]:
        """(pattern, target) in the order they are tried: longest first, the base folder last."""
        if config not in self._aliases:
            self._aliases[config] = tuple(self._read_aliases(config, 0))
        return self._aliases[config]

    def _read_aliases(self, config: str, depth: int) -> list[tuple[str, str]]:
        if depth > _MAX_EXTENDS:
            return []
        options = _mapping(self._read(config).get("compilerOptions"))
        folder = posixpath.dirname(config)
        base = options.get("baseUrl")
        root = _joined(folder, base) if isinstance(base, str) else folder
        found = [
            (pattern, _joined(root, target))
            for pattern, targets in sorted(
                _mapping(options.get("paths")).items(), key=lambda one: -len(one[0])
            )
            for target in (targets if isinstance(targets, list) else ())
            if isinstance(target, str)
        ]
        if not found:
            found = self._inherited_aliases(config, depth)
        if isinstance(base, str):
            found.append(("*", posixpath.join(root, "*")))
        return found

    def _inherited_aliases(self, config: str, depth: int) -> list[tuple[str, str]]:
        """What ``extends`` gives, else what the project's ``references`` give."""
        read, folder = self._read(config), posixpath.dirname(config)
        parents = read.get("extends", ())
        for parent in [parents] if isinstance(parents, str) else _list(parents):
            target = self._config_named(parent, folder)
            if target is not None and (found := self._read_aliases(target, depth + 1)):
                return found
        for reference in _list(read.get("references")):
            target = self._config_named(_mapping(reference).get("path"), folder)
            if target is not None and (found := self._read_aliases(target, depth + 1)):
                return found
        return []

    def _config_named(self, name: Any, folder: str) -> str | None:
        if not isinstance(name, str):
            return None
        if name.startswith("."):
            bases = [_joined(folder, name)]
        else:
            bases = list(self._package_files(name))
        for base in bases:
            for path in (base, base + ".json", posixpath.join(base, "tsconfig.json")):
                if path.endswith(".json") and self._exists(path):
                    return path
        return None

    def _package_files(self, name: str) -> Iterator[str]:
        package, rest = _package_name(name)
        if package in self._workspaces():
            yield posixpath.join(self._workspaces()[package][0], rest)

    # --- package.json ----------------------------------------------------------------------

    def _package_imports(self, specifier: str, folder: str) -> Iterator[str]:
        """``imports`` of the nearest package.json (``#x``)."""
        for one in _folders_above(folder):
            path = posixpath.join(one, "package.json")
            if self._exists(path):
                yield from self._mapped(one, _mapping(self._read(path).get("imports")), specifier)
                return

    def _workspace_targets(self, specifier: str) -> Iterator[str]:
        """The source of another package of the same workspace."""
        package, rest = _package_name(specifier)
        if package not in self._workspaces():
            return
        folder, manifest = self._workspaces()[package]
        exports = manifest.get("exports")
        key = f"./{rest}" if rest else "."
        table = (
            exports
            if isinstance(exports, dict) and any(str(one).startswith(".") for one in exports)
            else None
        )
        yield from self._mapped(folder, table if table is not None else {".": exports}, key)
        if rest:
            yield posixpath.join(folder, rest)
            yield posixpath.join(folder, "src", rest)
            return
        for main in (
            manifest.get("source"),
            manifest.get("types"),
            manifest.get("main"),
            manifest.get("module"),
        ):
            if isinstance(main, str):
                yield from _sources(folder, main)
        yield posixpath.join(folder, "src", "index")
        yield posixpath.join(folder, "index")

    def _mapped(self, folder: str, table: Mapping[str, Any], key: str) -> Iterator[str]:
        """Targets of a package.json ``exports`` or ``imports`` table for one key."""
        for pattern in sorted(table, key=lambda one: (one != key, -len(one))):
            rest = _match(pattern, key)
            if rest is not None:
                for target in _targets(table[pattern]):
                    yield from _sources(folder, target.replace("*", rest))

    def _workspaces(self) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
        """Packages of the project by name, with their folder and package.json."""
        if self._packages is None:
            self._packages = {}
            for path in self._files.under(""):
                if path.endswith("/package.json"):
                    manifest = self._read(path)
                    name = manifest.get("name")
                    if isinstance(name, str):
                        self._packages.setdefault(name, (posixpath.dirname(path), manifest))
        return self._packages

    def _read(self, path: str) -> Mapping[str, Any]:
        if path not in self._json:
            source = self._files.get(path)
            self._json[path] = read_jsonc(source.text) if source is not None else {}
        return self._json[path]


def _sources(folder: str, target: str) -> Iterator[str]:
    """A published file and the source that it was built from."""
    path = _joined(folder, target)
    bare = _SUFFIX.sub("", _DECLARATION.sub("", path))
    inside = posixpath.relpath(bare, folder) if folder else bare
    first, _, rest = inside.partition("/")
    if first in _OUTPUTS and rest:
        yield posixpath.join(folder, "src", rest)
        yield posixpath.join(folder, rest)
    yield path
    yield bare


def _targets(value: Any, depth: int = 0) -> Iterator[str]:
    """The paths in an ``exports`` target, which may nest by condition."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < _MAX_EXTENDS:
        for one in value:
            yield from _targets(one, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_EXTENDS:
        known = [one for one in _CONDITIONS if one in value]
        for condition in known + [one for one in value if one not in known]:
            yield from _targets(value[condition], depth + 1)


def _match(pattern: str, text: str) -> str | None:
    """What the star of a pattern stands for; "" where it has none and is the text."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if pattern == text else None
    fits = len(text) >= len(before) + len(after) and text.startswith(before) and text.endswith(after)
    return text[len(before) : len(text) - len(after)] if fits else None


def _package_name(specifier: str) -> tuple[str, str]:
    parts = specifier.split("/")
    size = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:size]), "/".join(parts[size:])


def _folders_above(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
