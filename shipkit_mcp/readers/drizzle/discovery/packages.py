"""The package.json files of a project to what they say of Drizzle: version, dialect, named configurations."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from shipkit_mcp.facts import Files

DRIVERS = {
    "pg": "postgresql",
    "postgres": "postgresql",
    "@neondatabase/serverless": "postgresql",
    "@vercel/postgres": "postgresql",
    "@electric-sql/pglite": "postgresql",
    "mysql2": "mysql",
    "@planetscale/database": "mysql",
    "@tidbcloud/serverless": "mysql",
    "better-sqlite3": "sqlite",
    "@libsql/client": "sqlite",
    "sql.js": "sqlite",
    "expo-sqlite": "sqlite",
}
"""The packages that drizzle-orm talks to a database with."""

_FLAG = r"""drizzle-kit\b[^&|;"']{0,200}?--%s(?:=|\s+)["']?([^\s"'&|;]{1,300})"""
_CONFIG_FLAG = re.compile(_FLAG % "config")
_CATALOG = re.compile(r"""^\s+["']?drizzle-orm["']?\s*:\s*["']?([^\s"'#]+)""", re.MULTILINE)
_MOST_PACKAGES = 60


def read_package(files: Files, folder: str) -> dict[str, Any]:
    """The package.json of a folder; empty where it is absent or no object."""
    source = files.get(posixpath.join(folder, "package.json"))
    try:
        found = json.loads(source.text) if source is not None else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def find_version(files: Files, folder: str, packages: Iterable[str]) -> str | None:
    """The range of drizzle-orm in the nearest package that names one, else in the first that does."""
    known = tuple(packages)
    for one in (*above(folder), *sorted(known)[:_MOST_PACKAGES]):
        version = dependencies(read_package(files, one)).get("drizzle-orm")
        if version is not None:
            return _catalogued(files, {"", *known}) if version.startswith("catalog:") else version
    return None


def find_dialect(files: Files, folder: str) -> str | None:
    """The dialect of the only kind of driver that the nearest package with a driver names."""
    for one in above(folder):
        names = dependencies(read_package(files, one))
        dialects = {DRIVERS[name] for name in names if name in DRIVERS}
        if dialects:
            return dialects.pop() if len(dialects) == 1 else None
    return None


def named_configs(files: Files, folder: str) -> Iterator[str]:
    """Configurations that scripts give to ``drizzle-kit --config``, relative to the project."""
    scripts = read_package(files, folder).get("scripts")
    for script in scripts.values() if isinstance(scripts, dict) else ():
        for found in _CONFIG_FLAG.finditer(script) if isinstance(script, str) else ():
            yield posixpath.normpath(posixpath.join(folder, found[1]))


def above(folder: str) -> Iterator[str]:
    """A folder and those that hold it, up to the project's ``""``."""
    yield folder
    while folder:
        folder = posixpath.dirname(folder)
        yield folder


def dependencies(package: dict[str, Any]) -> dict[str, str]:
    """The packages that a package.json names, with their ranges; those it needs itself win."""
    return dict(_dependencies(package))


def _dependencies(package: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("peerDependencies", "devDependencies", "dependencies"):
        group = package.get(field)
        for name, version in group.items() if isinstance(group, dict) else ():
            if isinstance(version, str):
                yield name, version


def _catalogued(files: Files, packages: Iterable[str]) -> str | None:
    """The version that a workspace's catalog gives."""
    for folder in sorted(packages, key=lambda one: (not one.endswith(".."), one))[:_MOST_PACKAGES]:
        workspace = files.get(posixpath.join(folder, "pnpm-workspace.yaml"))
        listed = json.dumps(read_package(files, folder).get("workspaces", {}), indent=1)
        found = _CATALOG.search(workspace.text if workspace is not None else "") or _CATALOG.search(listed)
        if found is not None:
            return found[1]
    return None
