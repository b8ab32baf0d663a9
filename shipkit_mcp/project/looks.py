"""A folder to whether it looks like a project, by names alone: nothing in it is read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from shipkit_mcp.project import names
from shipkit_mcp.project.documents import CONTRACT, kind_of_name
from shipkit_mcp.project.files import ProjectFiles

WANTED = (
    "a folder of planning documents (`ai_docs/prep/`), a `drizzle.config.ts`, "
    "or a `package.json` with a Drizzle schema"
)
"""What makes a project, for messages."""

_CONFIG = re.compile(r"drizzle[\w.-]*\.config\.[cm]?[jt]s|drizzle\.config(\.[\w-]+)?\.[cm]?[jt]s")
_SCHEMA_FOLDERS = tuple(
    posixpath.join(source, place)
    for source in ("", "src", "app", "server", "src/server")
    for place in ("lib/drizzle", "lib/db", "db", "drizzle", "database")
)
_APPS = ("apps", "packages", "services")


def looks_like_project(files: ProjectFiles) -> bool:
    """Whether it (or one of its app folders) holds documents, a Drizzle config, or a schema."""
    return any(_holds_one(files, folder) for folder in _places(files))


def _places(files: ProjectFiles) -> Iterator[str]:
    yield ""
    for group in _APPS:
        for name in sorted(files.names(group)[1]):
            yield f"{group}/{name}"


def _holds_one(files: ProjectFiles, folder: str) -> bool:
    found, folders = files.names(folder)
    if any(map(_CONFIG.fullmatch, found)) or _has_documents(files, folder, folders):
        return True
    return "package.json" in found and _has_schema(files, folder)


def _has_documents(files: ProjectFiles, folder: str, folders: frozenset[str]) -> bool:
    beside = (posixpath.join(folder, name) for name in sorted(folders) if not names.is_passed_by(name))
    for place in (folder, posixpath.join(folder, CONTRACT), *beside):
        if any(names.is_document(name) and kind_of_name(name) for name in files.names(place)[0]):
            return True
    return False


def _has_schema(files: ProjectFiles, folder: str) -> bool:
    for place in _SCHEMA_FOLDERS:
        found, folders = files.names(posixpath.join(folder, place))
        if "schema" in folders or any(posixpath.splitext(name)[0] == "schema" for name in found):
            return True
    return False
