"""An import as written to the project file it means, or to nothing where it means another package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.typescript.jsonc import read_jsonc

_SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
JSON = ".json"
_BUILT = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}
"""What a compiled suffix was compiled from."""
_CONDITIONS = ("source", "development", "types", "import", "module", "node", "default", "require")
_OUTPUTS = ("dist", "build", "lib", "out")
_MAX_EXTENDS = 8
_DECLARATION = re.compile(r"\.d\.[cm]?ts$")
_NEVER_LOCAL = frozenset(
    {
        "@paralleldrive/cuid2",
        "crypto",
        "drizzle-arktype",
        "drizzle-seed",
        "drizzle-typebox",
        "drizzle-valibot",
        "drizzle-zod",
        "nanoid",
        "ulid",
        "uuid",
        "uuidv7",
        "zod",
    }
)
"""Published packages that most schemas import: not worth looking for."""
_WORKSPACE_FILES = ("pnpm-workspace.yaml", "lerna.json", "rush.json", "nx.json")
_PUBLISHED = re.compile(r"[~^>=v ]*\d|latest$|catalog:|npm:")
_SUFFIX = re.compile(r"\.[cm]?[jt]sx?$")


class Resolver:
    """Resolves imports as TypeScript and bundlers do, to files of the project and the workspace around it."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._json: dict[str, Mapping[str, Any]] = {}
        self._aliases: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}
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
        if _package_name(specifier)[0] in _NEVER_LOCAL or specifier.startswith("node:"):
            return
        if specifier.startswith("."):
            yield _joined(folder, specifier)
            return
        if specifier.startswith("#"):
            yield from self._package_imports(specifier, folder)
        yield from self._alias_targets(specifier, folder, everywhere=False)
        if not specifier.startswith("#") and self._may_be_workspace(specifier, folder):
            yield from self._workspace_targets(specifier, folder)
            yield from self._alias_targets(specifier, folder, everywhere=True)

    def _file(self, path: str) -> str | None:
        """The file at a path written with or without suffix, with a compiled one, or as a folder."""
        stem, suffix = posixpath.splitext(path)
        for source in _BUILT.get(suffix, ()):
            if self._exists(stem + source):
                return stem + source
        known = suffix in _SUFFIXES or suffix == JSON
        if known and not _DECLARATION.search(path) and self._exists(path):
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

    def _alias_targets(self, specifier: str, folder: str, *, everywhere: bool) -> Iterator[str]:
        """Targets by the nearest configuration that has aliases; configurations that are extended from a
        package only ``everywhere``, since finding that package may take long and seldom helps."""
        for config in self._configs_above(folder):
            aliases = self._aliases_of(config, everywhere=everywhere)
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

    def _aliases_of(self, config: str, *, everywhere: bool) -> tuple[tuple[str, str], ...]:
        """(pattern, target) in the order they are tried: longest first, the base folder last."""
        key = (config, everywhere)
        if key not in self._aliases:
            self._aliases[key] = tuple(self._read_aliases(config, 0, everywhere=everywhere))
        return self._aliases[key]

    def _read_aliases(self, config: str, depth: int, *, everywhere: bool) -> list[tuple[str, str]]:
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
            found = self._inherited_aliases(config, depth, everywhere=everywhere)
        if isinstance(base, str):
            found.append(("*", posixpath.join(root, "*")))
        return found

    def _inherited_aliases(self, config: str, depth: int, *, everywhere: bool) -> list[tuple[str, str]]:
        """What ``extends`` gives, else what the project's ``references`` give."""
        read, folder = self._read(config), posixpath.dirname(config)
        parents = read.get("extends", ())
        named = [parents] if isinstance(parents, str) else _list(parents)
        named += [_mapping(reference).get("path") for reference in _list(read.get("references"))]
        for name in named:
            target = self._config_named(name, folder, everywhere=everywhere)
            if target is not None and (found := self._read_aliases(target, depth + 1, everywhere=everywhere)):
                return found
        return []

    def _config_named(self, name: Any, folder: str, *, everywhere: bool) -> str | None:
        if not isinstance(name, str) or not (everywhere or name.startswith(".")):
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
        for path in self._manifests_above(folder):
            table = _mapping(self._read(path).get("imports"))
            yield from self._mapped(posixpath.dirname(path), table, specifier)
            return

    def _may_be_workspace(self, specifier: str, folder: str) -> bool:
        """Whether a package can be one of the project's own: listing all of them takes long.

        It cannot where nothing declares workspaces, or where the nearest package.json asks for a published
        version of a package of another scope.
        """
        package, _ = _package_name(specifier)
        manifests = [self._read(path) for path in self._manifests_above(folder)]
        if not any("workspaces" in one for one in manifests) and not self._has_workspace_file(folder):
            return False
        scopes = {_package_name(str(one.get("name", "")))[0].partition("/")[0] for one in manifests}
        wanted = next((found for one in manifests if (found := _dependency(one, package))), "")
        return not _PUBLISHED.match(wanted) or package.partition("/")[0] in scopes

    def _manifests_above(self, folder: str) -> Iterator[str]:
        for one in _folders_above(folder):
            path = posixpath.join(one, "package.json")
            if self._exists(path):
                yield path

    def _has_workspace_file(self, folder: str) -> bool:
        above = list(_folders_above(folder))
        return any(self._exists(posixpath.join(one, name)) for name in _WORKSPACE_FILES for one in above)

    def _guessed(self, package: str, importer: str) -> tuple[str, Mapping[str, Any]] | None:
        """A package that lies where most do: beside the importing one or in ``packages``, by its own name."""
        last = package.rpartition("/")[2]
        beside = (posixpath.dirname(posixpath.dirname(path)) for path in self._manifests_above(importer))
        for one in (*beside, "packages"):
            folder = posixpath.join(one, last)
            manifest = self._read(posixpath.join(folder, "package.json"))
            if manifest.get("name") == package:
                return folder, manifest
        return None

    def _workspace_targets(self, specifier: str, importer: str) -> Iterator[str]:
        """The source of another package of the same workspace."""
        package, rest = _package_name(specifier)
        found = self._guessed(package, importer) or self._workspaces().get(package)
        if found is None:
            return
        folder, manifest = found
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


def _dependency(manifest: Mapping[str, Any], package: str) -> str:
    """The version of a package that a package.json asks for; "" where it asks for none."""
    for kind in ("dependencies", "devDependencies", "peerDependencies"):
        version = _mapping(manifest.get(kind)).get(package)
        if isinstance(version, str):
            return version
    return ""


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
    """A folder and those that hold it, up to the project or, outside of it, to the workspace around it."""
    while folder and not folder.endswith(".."):
        yield folder
        folder = posixpath.dirname(folder)
    yield folder


def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
