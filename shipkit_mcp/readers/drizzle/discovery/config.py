"""One ``drizzle.config.*`` to the settings that say where a schema is; nothing else of it is ever read."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from shipkit_mcp.facts import Evidence, Source, Unread
from shipkit_mcp.readers.drizzle.discovery.beyond import Beyond
from shipkit_mcp.readers.drizzle.discovery.literals import HERE, Literals
from shipkit_mcp.readers.typescript import parse

_NAME = re.compile(r"^(?:[\w-]+[.-])?drizzle(?:[.-][\w-]+)*\.config(?:\.[\w-]+)*\.(?:[cm]?[jt]s|json)$")

DIALECTS = {
    "postgresql": "postgresql",
    "pg": "postgresql",
    "mysql": "mysql",
    "mysql2": "mysql",
    "sqlite": "sqlite",
    "turso": "sqlite",
    "libsql": "sqlite",
    "better-sqlite": "sqlite",
    "d1": "sqlite",
    "d1-http": "sqlite",
    "durable-sqlite": "sqlite",
    "expo": "sqlite",
    "singlestore": "singlestore",
    "mssql": "mssql",
    "cockroach": "cockroach",
    "cockroachdb": "cockroach",
    "gel": "gel",
}
"""What ``dialect`` (and, before drizzle-kit 0.21, ``driver``) names, to the dialect of the tables."""

CASINGS = ("snake_case", "camelCase")

FILTERS = ("tablesFilter", "schemaFilter", "extensionsFilters")
"""What ``push`` and ``pull`` compare of a *database* (``bin.cjs`` of drizzle-kit 0.31.11 and 1.0.0-rc.5: neither
``generate`` nor ``export`` looks at them). So they are stated, and no table of the schema is left out for them."""

_MOST_PATTERNS = 40
_LONGEST_PATTERN = 200
_AT_RUN_TIME = "(only known at run time)"

_MARKS = ("schema", "dialect", "driver", "out", "dbCredentials")
"""Keys that tell a drizzle-kit configuration; ``schema`` and one more are enough."""


@dataclass(frozen=True)
class DrizzleConfig:
    """What a configuration says. Paths are as written; one that starts with ``HERE`` is relative to the
    configuration's own folder, any other to the folder drizzle-kit is run in."""

    path: str
    schema: tuple[str, ...] = ()
    out: str | None = None
    dialect: str | None = None
    casing: str | None = None
    casing_from: Evidence | None = None
    unknown: str | None = None
    """Why ``schema`` is not known (in part), where it is not."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The settings of ``FILTERS`` with their patterns."""


def is_config(path: str) -> bool:
    """Whether a file's name says that it configures drizzle-kit."""
    return _NAME.match(posixpath.basename(path)) is not None


def read_config(source: Source, beyond: Beyond | None = None) -> tuple[DrizzleConfig, ...]:
    """The configuration; more than one where it chooses between several at run time.

    ``beyond`` tells what comes from other files. Never an error: what cannot be told without running it is ``unknown``.
    """
    if source.path.endswith(".json"):
        source, beyond = Source(source.path, "export default " + source.text), None
    parsed = parse(source)
    if isinstance(parsed, Unread):
        return (DrizzleConfig(source.path, unknown=parsed.why),)
    literals = Literals(parsed, beyond)
    objects = list(_objects(literals)) or list(_likely(literals))
    found = [one for node in objects for one in _read_object(node, literals, source)]
    return tuple(found) or (DrizzleConfig(source.path, unknown="no configuration object was found in it"),)


def _objects(literals: Literals) -> Iterator[Node]:
    """The object literals that are exported, through ``defineConfig(...)``, functions and conditions."""
    pending = list(reversed(literals.exported()))
    for _ in range(64):
        if not pending:
            return
        node = literals.follow(pending.pop())
        if node is None:
            continue
        if node.type == "object":
            yield node
        else:
            pending += reversed(literals.results(node))


def _likely(literals: Literals) -> Iterator[Node]:
    for node in literals.nodes("object"):
        keys = literals.properties(node).keys()
        if "schema" in keys and len(keys & set(_MARKS)) > 1:
            yield node


def _read_object(node: Node, literals: Literals, source: Source) -> Iterator[DrizzleConfig]:
    settings = literals.properties(node)
    casing_node = settings.get("casing")
    casing = literals.text(casing_node) if casing_node else None
    dialect = settings.get("dialect") or settings.get("driver")
    out = settings.get("out")
    shared = DrizzleConfig(
        path=source.path,
        out=literals.text(out) if out else None,
        dialect=DIALECTS.get(literals.text(dialect) or "") if dialect else None,
        casing=casing if casing in CASINGS else None,
        casing_from=source.at(casing_node.start_point.row) if casing_node and casing in CASINGS else None,
        filters={name: _patterns(settings[name], literals) for name in FILTERS if name in settings},
    )
    schema = settings.get("schema")
    if schema is None:
        yield replace(shared, unknown="it has no `schema`")
        return
    for one in literals.alternatives(schema):
        paths = literals.texts(one)
        known = tuple(path for path in paths if path is not None)
        line = schema.start_point.row + 1
        lost = None if len(known) == len(paths) else f"its `schema` (line {line}) is only known at run time"
        yield replace(shared, schema=known, unknown=lost)


def _patterns(node: Node, literals: Literals) -> tuple[str, ...]:
    found = literals.texts(node)[:_MOST_PATTERNS]
    return tuple(_AT_RUN_TIME if one is None else one[:_LONGEST_PATTERN] for one in found)


def bases(config: str, path: str, packages: frozenset[str]) -> tuple[str, ...]:
    """The folders in which a path of a configuration may be meant, likeliest first.

    drizzle-kit reads it in the folder it is run in: the nearest package, else the configuration's own, else
    any above it.
    """
    own = posixpath.dirname(config)
    if path.startswith(HERE):
        return (own,)
    above = [own]
    while above[-1]:
        above.append(posixpath.dirname(above[-1]))
    nearest = next((one for one in above if one in packages), own)
    return tuple(dict.fromkeys((nearest, *above)))
