"""Folder and file names that schemas usually have, to the schemas that a project keeps there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shipkit_mcp.readers.drizzle.discovery.glob import EXTENSIONS, Tree, is_source
from shipkit_mcp.readers.drizzle.discovery.project import Project, is_outside

CONVENTIONS = (
    "lib/drizzle/schema",
    "src/db/schema",
    "db/schema",
    "drizzle/schema",
    "src/lib/drizzle/schema",
    "src/drizzle/schema",
    "lib/db/schema",
    "src/lib/db/schema",
    "src/server/db/schema",
    "server/db/schema",
    "server/database/schema",
    "src/database/schema",
    "database/schema",
    "app/db/schema",
    "src/schema",
    "schema",
)
"""In a package's folder; each is a folder or, with an extension, a file."""

_CORE = re.compile(r"""["']drizzle-orm/[a-z]{1,20}-core["']""")
_TELLING = frozenset(("schema", "schemas", "tables", "table", "models", "entities"))
_MOST_READ = 60


@dataclass(frozen=True)
class Found:
    """Schema files and the place that gave them away."""

    place: str
    files: tuple[str, ...]


def find_conventional(project: Project) -> tuple[Found, ...]:
    """The schemas in the usual places of every package, the project's own first; else in any file whose name
    speaks of a schema."""
    folders = dict.fromkeys(("", *sorted(project.packages, key=lambda one: _order(project, one))))
    usual = [found for folder in folders for found in _in_package(project, folder)]
    distinct = {one.files: one for one in reversed(usual)}
    return tuple(reversed(distinct.values())) or tuple(_by_name(project))


def _order(project: Project, folder: str) -> tuple[bool | int | str, ...]:
    """The project's own folders first, then those it depends on, the shallow ones before the deep."""
    return (is_outside(folder), not project.is_needed(folder + "/"), folder.count("/"), folder)


def _in_package(project: Project, folder: str) -> Iterator[Found]:
    """At most one: the first convention that holds a table."""
    for convention in CONVENTIONS:
        place = posixpath.join(folder, convention)
        paths = _at(project.tree, place)
        if paths and _makes_tables(project, paths):
            yield Found(place, paths)
            return


def _at(tree: Tree, place: str) -> tuple[str, ...]:
    single = next((place + end for end in EXTENSIONS if place + end in tree.files), None)
    if single is not None:
        return (single,)
    below = place + "/"
    return tuple(path for path in tree.paths if path.startswith(below) and is_source(path))


def _by_name(project: Project) -> Iterator[Found]:
    """Grouped by folder."""
    groups: dict[str, list[str]] = {}
    for path in project.tree.paths:
        if is_source(path) and _tells(path):
            groups.setdefault(posixpath.dirname(path), []).append(path)
    for folder, paths in sorted(groups.items(), key=lambda one: _order(project, one[0]))[:_MOST_READ]:
        if _makes_tables(project, paths):
            yield Found(folder or posixpath.basename(paths[0]), tuple(paths))


def _tells(path: str) -> bool:
    parts = path.split("/")
    words = [*parts[-1].split(".")[:-1], *parts[-2:-1]]
    return not _TELLING.isdisjoint(word.lower() for one in words for word in one.replace("_", "-").split("-"))


def _makes_tables(project: Project, paths: Sequence[str]) -> bool:
    """Whether one of the files, or what they re-export, imports from a dialect of drizzle-orm."""
    return any(_CORE.search(project.text(path)) for path in project.with_reexports(paths, most=_MOST_READ))
