"""What every step of the search looks at: the files, their tree, the packages, what other files say."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.drizzle.discovery.beyond import Beyond, beyond
from shipkit_mcp.readers.drizzle.discovery.glob import Tree
from shipkit_mcp.readers.drizzle.discovery.packages import dependencies, read_package


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


def is_outside(path: str) -> bool:
    """Whether a path leads out of the project, into the workspace around it."""
    return path.startswith("../")


def survey(files: Files) -> Project:
    """Lists the project once."""
    tree = Tree(tuple(files.under("")))
    packages = (path for path in tree.paths if posixpath.basename(path) == "package.json")
    return Project(files, tree, frozenset(posixpath.dirname(path) for path in packages), beyond(files))
