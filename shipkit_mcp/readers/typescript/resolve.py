"""An import as written to the project file it means, or to nothing where it means another package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.typescript.aliases import Aliases
from shipkit_mcp.readers.typescript.configuration import Configuration, joined, package_name
from shipkit_mcp.readers.typescript.packages import Packages

_SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
JSON = ".json"
_BUILT = {".js": (".ts", ".tsx"), ".mjs": (".mts",), ".cjs": (".cts",), ".jsx": (".tsx",)}
"""What a compiled suffix was compiled from."""
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


class Resolver:
    """Resolves imports as TypeScript and bundlers do, to files of the project and the workspace around it."""

    def __init__(self, files: Files) -> None:
        self._configuration = Configuration(files)
        self._packages = Packages(self._configuration)
        self._aliases = Aliases(self._configuration, self._packages)
        self._resolved: dict[tuple[str, str], str | None] = {}

    def resolve(self, specifier: str, importer: str) -> str | None:
        """The path of the file that ``specifier`` means in ``importer``; None outside the project."""
        folder = posixpath.dirname(importer)
        key = (folder, specifier)
        if key not in self._resolved:
            found = (self._file(candidate) for candidate in self._candidates(specifier, folder))
            self._resolved[key] = next((one for one in found if one is not None), None)
        return self._resolved[key]

    def _candidates(self, specifier: str, folder: str) -> Iterator[str]:
        if package_name(specifier)[0] in _NEVER_LOCAL or specifier.startswith("node:"):
            return
        if specifier.startswith("."):
            yield joined(folder, specifier)
            return
        if specifier.startswith("#"):
            yield from self._packages.imports(specifier, folder)
        yield from self._aliases.targets(specifier, folder, everywhere=False)
        if not specifier.startswith("#") and self._packages.may_hold(specifier, folder):
            yield from self._packages.targets(specifier, folder)
            yield from self._aliases.targets(specifier, folder, everywhere=True)

    def _file(self, path: str) -> str | None:
        """The file at a path written with or without suffix, with a compiled one, or as a folder."""
        return next((one for one in _spellings(path) if self._configuration.exists(one)), None)


def _spellings(path: str) -> Iterator[str]:
    stem, suffix = posixpath.splitext(path)
    for source in _BUILT.get(suffix, ()):
        yield stem + source
    if (suffix in _SUFFIXES or suffix == JSON) and not _DECLARATION.search(path):
        yield path
    for ending in _SUFFIXES:
        yield path + ending
    for ending in _SUFFIXES:
        yield posixpath.join(path, "index" + ending)
