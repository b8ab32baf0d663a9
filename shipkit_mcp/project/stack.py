"""package.json and file names to the tools a project uses."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shipkit_mcp.facts import Evidence, Source, Stack, Statement
from shipkit_mcp.project.files import ProjectFiles

_PACKAGES = re.compile(
    r"@trigger\.dev/.+|drizzle-.+|stripe|@stripe/.+|@supabase/.+|next|postgres|pg|mysql2|better-sqlite3|@libsql/client"
    r"|@neondatabase/serverless|@vercel/postgres|typescript|zod|ai|openai|@ai-sdk/.+"
)
"""Packages whose presence matters to a plan."""
_DEPTH, _MANIFESTS = 3, 40
_FIELDS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Other:
    """A tool that does our part of the stack in another way: recognised, not read."""

    title: str
    packages: re.Pattern[str]
    files: re.Pattern[str]
    still: str
    unless: str = ""
    """A package with whose presence the files are its own."""


_NONE = re.compile(r"(?!)")
_SCHEMA_STILL = "its tables are not read; the workflows and what they need can still be planned"
_JOBS_STILL = "its jobs are not read; run ids and progress are stated as Trigger.dev would need them"
_OTHERS = (
    _Other(
        title="Prisma",
        packages=re.compile(r"prisma|@prisma/client"),
        files=re.compile(r"(?:.*/)?[\w.-]+\.prisma"),
        still=_SCHEMA_STILL,
    ),
    _Other(
        title="SQL files",
        packages=_NONE,
        files=re.compile(r"(?:.*/)?(?:supabase/migrations|migrations|sql|db/migrations|schema)/[^/]+\.sql"),
        still=_SCHEMA_STILL,
        unless="drizzle-",
    ),
    _Other(title="TypeORM", packages=re.compile("typeorm"), files=_NONE, still=_SCHEMA_STILL),
    _Other(title="Sequelize", packages=re.compile("sequelize"), files=_NONE, still=_SCHEMA_STILL),
    _Other(title="Mongoose", packages=re.compile("mongoose"), files=_NONE, still=_SCHEMA_STILL),
    _Other(title="Knex", packages=re.compile("knex"), files=_NONE, still=_SCHEMA_STILL),
    _Other(title="Kysely", packages=re.compile("kysely"), files=_NONE, still=_SCHEMA_STILL),
    _Other(
        title="Inngest",
        packages=re.compile("inngest"),
        files=re.compile(r"(?:.*/)?inngest/[^/]+\.[jt]sx?"),
        still=_JOBS_STILL,
    ),
    _Other(title="BullMQ", packages=re.compile("bullmq|bull"), files=_NONE, still=_JOBS_STILL),
    _Other(title="pg-boss", packages=re.compile("pg-boss"), files=_NONE, still=_JOBS_STILL),
    _Other(title="Graphile Worker", packages=re.compile("graphile-worker"), files=_NONE, still=_JOBS_STILL),
    _Other(title="Temporal", packages=re.compile(r"@temporalio/.+"), files=_NONE, still=_JOBS_STILL),
)
_TRIGGER_CONFIG = re.compile(r"(?:.*/)?trigger\.config\.[cm]?[jt]s")


def read_stack(files: ProjectFiles) -> Stack:
    """The packages that matter, whether Trigger.dev is used, and what else was seen. Never raises."""
    every = files.under()
    packages = dict(_dependencies(_manifests(files, every)))
    wanted = sorted((name, version) for name, (version, _) in packages.items() if _PACKAGES.fullmatch(name))
    trigger = any(name.startswith("@trigger.dev/") for name in packages)
    return Stack(
        packages=tuple(wanted),
        uses_trigger=trigger or any(_TRIGGER_CONFIG.fullmatch(path) for path in every),
        others=tuple(_others(packages, every)),
    )


def _manifests(files: ProjectFiles, every: Sequence[str]) -> Iterator[Source]:
    """The project's own package.json first, then those of its app folders, then its workspace's."""
    found = [path for path in every if posixpath.basename(path) == "package.json" and depth(path) <= _DEPTH]
    for path in sorted(found, key=lambda path: (path.startswith("../"), depth(path), path))[:_MANIFESTS]:
        source = files.get(path)
        if source is not None:
            yield source


def depth(path: str) -> int:
    """Names of a path, its file's among them."""
    return sum(step != ".." for step in path.split("/"))


def _dependencies(sources: Iterator[Source]) -> Iterator[tuple[str, tuple[str, Evidence]]]:
    """(name, (range, line)); of a package that is named twice the first manifest counts."""
    seen: set[str] = set()
    for source in sources:
        for name, version in _listed(read_json(source.text)):
            if name not in seen:
                seen.add(name)
                yield name, (version, source.at(_row(source, f'"{name}"')))


def read_json(text: str) -> Any:
    """The value of a JSON text, or None."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _listed(manifest: Any) -> Iterator[tuple[str, str]]:
    for field in _FIELDS:
        listed = manifest.get(field) if isinstance(manifest, dict) else None
        for name, version in listed.items() if isinstance(listed, dict) else ():
            yield name[:200], str(version)[:80]


def _row(source: Source, word: str) -> int:
    return next((row for row, line in enumerate(source.lines) if word in line), 0)


def _others(packages: dict[str, tuple[str, Evidence]], every: Sequence[str]) -> Iterator[Statement]:
    for other in _OTHERS:
        by_package = (at for name, (_, at) in packages.items() if other.packages.fullmatch(name))
        if other.unless and any(name.startswith(other.unless) for name in packages):
            continue
        by_file = (Evidence(path=path, line=1) for path in every if other.files.fullmatch(path))
        evidence = next(by_file, None) or next(by_package, None)
        if evidence is not None:
            yield Statement(
                text=f"{other.title} was seen (`{evidence.path}`): {other.still}.", evidence=evidence
            )
