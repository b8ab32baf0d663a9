"""What every step of the search looks at: the files, their tree, the packages, what other files say."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.drizzle.discovery.beyond import Beyond, beyond
from shipkit_mcp.readers.drizzle.discovery.glob import Tree
from shipkit_mcp.readers.drizzle.discovery.packages import dependencies, read_package

_REEXPORT = re.compile(r"""\bexport\s[^;"']{0,500}?\bfrom\s*["'](\.[^"'\n]{1,200})["']""")


@dataclass(frozen=True)
class Project:
    """A project while its schema is looked for."""

    files: Files
    tree: Tree
    packages: frozenset[str]
    """The folders that hold a package.json; the project's own is ``""``."""
    beyond: Beyond

    @cached_property
    def needed(self) -> frozenset[str]:
        """The workspace packages around the project that its own package.json depends on."""
        around = [folder for folder in self.packages if is_outside(folder)]
        names = dependencies(read_package(self.files, "")) if around else {}
        return frozenset(one for one in around if read_package(self.files, one).get("name") in names)

    def is_needed(self, path: str) -> bool:
        """Whether a file belongs to the project or to a package that it depends on."""
        return not is_outside(path) or any(path.startswith(folder + "/") for folder in self.needed)

    def text(self, path: str) -> str:
        """The text of a file; empty where it cannot be read."""
        source = self.files.get(path)
        return source.text if source is not None else ""

    def with_reexports(self, paths: Sequence[str], *, most: int) -> Iterator[str]:
        """The paths and the files that they re-export by relative paths, each once."""
        pending, seen = list(reversed(paths)), set[str]()
        while pending and len(seen) < most:
            path = pending.pop()
            if path not in seen:
                seen.add(path)
                yield path
                names = _REEXPORT.findall(self.text(path))
                pending += (one for name in names for one in _beside(path, name) if one in self.tree.files)


def _beside(path: str, name: str) -> tuple[str, ...]:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    stem = posixpath.splitext(target)[0] if target.endswith(".js") else target
    return (target, f"{stem}.ts", f"{stem}/index.ts", f"{stem}.js")


def is_outside(path: str) -> bool:
    """Whether a path leads out of the project, into the workspace around it."""
    return path.startswith("../")


def survey(files: Files) -> Project:
    """Lists the project once."""
    tree = Tree(tuple(files.under("")))
    packages = (path for path in tree.paths if posixpath.basename(path) == "package.json")
    return Project(files, tree, frozenset(posixpath.dirname(path) for path in packages), beyond(files))
