"""What every step of the search looks at: the files, their tree, the packages, what other files say."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from shipkit_mcp.facts import Files
from shipkit_mcp.readers.drizzle.discovery.beyond import Beyond, beyond
from shipkit_mcp.readers.drizzle.discovery.glob import Tree


@dataclass(frozen=True)
class Project:
    """A project while its schema is looked for."""

    files: Files
    tree: Tree
    packages: frozenset[str]
    """The folders that hold a package.json; the project's own is ``""``."""
    beyond: Beyond

    def text(self, path: str) -> str:
        """The text of a file; empty where it cannot be read."""
        source = self.files.get(path)
        return source.text if source is not None else ""


def survey(files: Files) -> Project:
    """Lists the project once."""
    tree = Tree(tuple(files.under("")))
    packages = (path for path in tree.paths if posixpath.basename(path) == "package.json")
    return Project(files, tree, frozenset(posixpath.dirname(path) for path in packages), beyond(files))
