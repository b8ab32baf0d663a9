"""An import to the files that ``paths`` and ``baseUrl`` of tsconfig.json make of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from shipkit_mcp.readers.typescript.configuration import Configuration, joined, listed, mapping, star
from shipkit_mcp.readers.typescript.packages import Packages

_MAX_EXTENDS = 8
_NAMES = ("tsconfig.json", "jsconfig.json")


class Aliases:
    """The aliases of a project, by the configuration that is nearest to an importing file."""

    def __init__(self, configuration: Configuration, packages: Packages) -> None:
        self._configuration = configuration
        self._packages = packages
        self._known: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}

    def targets(self, specifier: str, folder: str, *, everywhere: bool) -> Iterator[str]:
        """Targets by the nearest configuration that has aliases; configurations that are extended from a
        package only ``everywhere``, since finding that package may take long and seldom helps."""
        for config in self._configuration.above(folder, *_NAMES):
            aliases = self._aliases_of(config, everywhere=everywhere)
            for pattern, target in aliases:
                rest = star(pattern, specifier)
                if rest is not None:
                    yield joined("", target.replace("*", rest, 1))
            if aliases:
                return

    def _aliases_of(self, config: str, *, everywhere: bool) -> tuple[tuple[str, str], ...]:
        """(pattern, target) in the order they are tried: longest first, the base folder last."""
        key = (config, everywhere)
        if key not in self._known:
            self._known[key] = tuple(self._read(config, 0, everywhere=everywhere))
        return self._known[key]

    def _read(self, config: str, depth: int, *, everywhere: bool) -> list[tuple[str, str]]:
        if depth > _MAX_EXTENDS:
            return []
        options = mapping(self._configuration.read(config).get("compilerOptions"))
        folder, base = posixpath.dirname(config), options.get("baseUrl")
        root = joined(folder, base) if isinstance(base, str) else folder
        paths = mapping(options.get("paths"))
        found = [
            (pattern, joined(root, target))
            for pattern in sorted(paths, key=len, reverse=True)
            for target in listed(paths[pattern])
            if isinstance(target, str)
        ]
        if not found:
            found = self._inherited(config, depth, everywhere=everywhere)
        if isinstance(base, str):
            found.append(("*", posixpath.join(root, "*")))
        return found

    def _inherited(self, config: str, depth: int, *, everywhere: bool) -> list[tuple[str, str]]:
        """What ``extends`` gives, else what the project's ``references`` give."""
        read, folder = self._configuration.read(config), posixpath.dirname(config)
        parents = read.get("extends", ())
        named = [parents] if isinstance(parents, str) else listed(parents)
        named += [mapping(reference).get("path") for reference in listed(read.get("references"))]
        for name in named:
            target = self._named(name, folder, everywhere=everywhere)
            if target is not None and (found := self._read(target, depth + 1, everywhere=everywhere)):
                return found
        return []

    def _named(self, name: Any, folder: str, *, everywhere: bool) -> str | None:
        """The configuration that an ``extends`` or ``references`` entry means."""
        if not isinstance(name, str) or not (everywhere or name.startswith(".")):
            return None
        base = joined(folder, name) if name.startswith(".") else self._packages.file_of(name)
        for path in (base, f"{base}.json", posixpath.join(base, "tsconfig.json")) if base is not None else ():
            if path.endswith(".json") and self._configuration.exists(path):
                return path
        return None
