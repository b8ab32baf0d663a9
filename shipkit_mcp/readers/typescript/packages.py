"""An import to the files that package.json makes of it: package imports and packages of the workspace."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from shipkit_mcp.readers.typescript.configuration import (
    Configuration,
    joined,
    mapping,
    package_name,
    star,
)

_CONDITIONS = ("source", "development", "types", "import", "module", "node", "default", "require")
_MAINS = ("source", "types", "main", "module")
_OUTPUTS = ("dist", "build", "lib", "out")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies")
_WORKSPACE_FILES = ("pnpm-workspace.yaml", "lerna.json", "rush.json", "nx.json")
_PUBLISHED = re.compile(r"[~^>=v ]*\d|latest$|catalog:|npm:")
_PACKAGE = re.compile(r"(?:@[\w.~-]+/)?[\w~-][\w.~-]*")
"""What can be a package's name: neither ``@/..`` nor ``virtual:db``."""
_MAX_CONDITIONS = 8
_DECLARATION = re.compile(r"\.d\.[cm]?ts$")
_SUFFIX = re.compile(r"\.[cm]?[jt]sx?$")


class Packages:
    """The packages of a project."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._known: dict[str, str] | None = None

    def imports(self, specifier: str, folder: str) -> Iterator[str]:
        """``imports`` of the nearest package.json (``#x``)."""
        path = next(self._configuration.above(folder, "package.json"), None)
        if path is not None:
            table = mapping(self._configuration.read(path).get("imports"))
            yield from _mapped(posixpath.dirname(path), table, specifier)

    def may_hold(self, specifier: str, folder: str) -> bool:
        """Whether a package can be one of the project's own: listing all of them takes long.

        It cannot where nothing declares workspaces, or where the nearest package.json asks for a published
        version of a package of another scope.
        """
        package, _ = package_name(specifier)
        if not _PACKAGE.fullmatch(package):
            return False
        read = self._configuration.read
        manifests = [read(path) for path in self._configuration.above(folder, "package.json")]
        if not any("workspaces" in one for one in manifests) and not self._is_in_workspace(folder):
            return False
        scopes = {str(one.get("name", "")).partition("/")[0] for one in manifests}
        wanted = next((found for one in manifests if (found := _dependency(one, package))), "")
        return not _PUBLISHED.match(wanted) or package.partition("/")[0] in scopes

    def _is_in_workspace(self, folder: str) -> bool:
        above = list(self._configuration.folders_above(folder))
        return any(
            self._configuration.exists(posixpath.join(one, name))
            for name in _WORKSPACE_FILES
            for one in above
        )

    def targets(self, specifier: str, importer: str) -> Iterator[str]:
        """The source of another package of the same workspace."""
        package, rest = package_name(specifier)
        folder = self._guessed(package, importer) or self._folders().get(package)
        if folder is None:
            return
        manifest = self._configuration.read(posixpath.join(folder, "package.json"))
        exports = manifest.get("exports")
        by_path = isinstance(exports, dict) and any(str(one).startswith(".") for one in exports)
        table = exports if isinstance(exports, dict) and by_path else {".": exports}
        yield from _mapped(folder, table, f"./{rest}" if rest else ".")
        if rest:
            yield posixpath.join(folder, rest)
            yield posixpath.join(folder, "src", rest)
        else:
            yield from _mains(folder, manifest)

    def file_of(self, name: str) -> str | None:
        """Where a path into a package (``@acme/tsconfig/base.json``) lies."""
        package, rest = package_name(name)
        folder = self._folders().get(package)
        return posixpath.join(folder, rest) if folder is not None else None

    def _guessed(self, package: str, importer: str) -> str | None:
        """A package that lies where most do: beside the importing one or in ``packages``, by its own name."""
        last = package.rpartition("/")[2]
        own = self._configuration.above(importer, "package.json")
        for one in (*(posixpath.dirname(posixpath.dirname(path)) for path in own), "packages"):
            folder = posixpath.join(one, last)
            if self._configuration.read(posixpath.join(folder, "package.json")).get("name") == package:
                return folder
        return None

    def _folders(self) -> Mapping[str, str]:
        """Folders of the project's packages by name."""
        if self._known is None:
            self._known = {}
            for path in self._configuration.manifests():
                name = self._configuration.read(path).get("name")
                if isinstance(name, str):
                    self._known.setdefault(name, posixpath.dirname(path))
        return self._known


def _dependency(manifest: Mapping[str, Any], package: str) -> str:
    """The version of a package that a package.json asks for; "" where it asks for none."""
    versions = (mapping(manifest.get(kind)).get(package) for kind in _DEPENDENCIES)
    return next((version for version in versions if isinstance(version, str)), "")


def _mains(folder: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    for main in (manifest.get(key) for key in _MAINS):
        if isinstance(main, str):
            yield from _sources(folder, main)
    yield posixpath.join(folder, "src", "index")
    yield posixpath.join(folder, "index")


def _mapped(folder: str, table: Mapping[str, Any], key: str) -> Iterator[str]:
    """Targets of a package.json ``exports`` or ``imports`` table for one key."""
    for pattern in sorted(table, key=lambda one: (one != key, -len(one))):
        rest = star(pattern, key)
        if rest is not None:
            for target in _paths(table[pattern]):
                yield from _sources(folder, target.replace("*", rest))


def _paths(value: Any, depth: int = 0) -> Iterator[str]:
    """The paths in an ``exports`` target, which may nest by condition."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < _MAX_CONDITIONS:
        for one in value:
            yield from _paths(one, depth + 1)
    elif isinstance(value, dict) and depth < _MAX_CONDITIONS:
        known = [one for one in _CONDITIONS if one in value]
        for condition in known + [one for one in value if one not in known]:
            yield from _paths(value[condition], depth + 1)


def _sources(folder: str, target: str) -> Iterator[str]:
    """A published file and the source that it was built from."""
    path = joined(folder, target)
    bare = _SUFFIX.sub("", _DECLARATION.sub("", path))
    inside = posixpath.relpath(bare, folder) if folder else bare
    first, _, rest = inside.partition("/")
    if first in _OUTPUTS and rest:
        yield posixpath.join(folder, "src", rest)
        yield posixpath.join(folder, rest)
    yield path
    yield bare
