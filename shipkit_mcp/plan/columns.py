"""A wanted column -> the column as it will stand in the database."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

from shipkit_mcp.facts import Column, DbEnum, Role
from shipkit_mcp.findings import ColumnMapping, Group, Origin
from shipkit_mcp.mapping.names import singular, to_snake
from shipkit_mcp.patterns.columns import JOB_STATUSES, ColumnPattern
from shipkit_mcp.patterns.tables import BY_ROLE
from shipkit_mcp.plan.column_types import family
from shipkit_mcp.plan.style import Style

SHARED = ("job_status", "workflow_job_status")
"""Names for an enum of the mission's five statuses."""
DEFAULTS: dict[str, dict[str, str | None]] = {
    "now()": {"postgresql": "now()", "mysql": "(now())", "sqlite": "(unixepoch())"},
    "gen_random_uuid()": {"postgresql": "gen_random_uuid()", "mysql": None, "sqlite": None},
}
"""SQL of PostgreSQL to that of each dialect; None where the application makes the value."""
_BARE = re.compile(r"[A-Za-z_][\w-]*|\d[\w.-]*")
NO_TEXT = frozenset(
    (
        *("null", "true", "false", "none", "empty", "auto", "generated", "unset", "undefined"),
        *("current_timestamp", "current_date", "current_time", "localtime", "localtimestamp"),
        *("current_user", "session_user", "user"),
    )
)
"""Words that are SQL, or say that there is no default."""
STAMPS = ("created_at", "updated_at")
"""Columns that the database fills by itself."""


def make_column(wanted: ColumnMapping, role: Role, style: Style) -> Column:
    """The column without its enum and without its reference, which need the other tables."""
    pattern = _pattern(wanted, role)
    wanted = _as_the_mission_has_it(wanted, pattern, style.dialect)
    default = wanted.default if wanted.default is not None else (pattern.default if pattern else None)
    if wanted.primary_key and default is None and wanted.type == "uuid":
        default = "gen_random_uuid()"
    if default is None and to_snake(wanted.name) in STAMPS and wanted.not_null is not False:
        default = "now()"
    default = _fitting(default, wanted)
    type_ = _type(wanted, style)
    default = as_text(default, type_) if default and not wanted.values else default
    own = DEFAULTS.get(default, {}).get(style.dialect, default) if default else None
    is_key = wanted.primary_key and not wanted.references
    return Column(
        name=wanted.name,
        key=style.key(wanted.name),
        type=type_,
        not_null=_not_null(wanted, pattern, default),
        primary_key=wanted.primary_key,
        unique=False,
        has_default=default is not None,
        default=own,
        auto_increment=style.counts_keys and is_key and own is None and family(type_) == "integer",
        array=wanted.type.count("["),
        enum_values=wanted.values,
        references=wanted.references,
        comment=wanted.note,
    )


def _pattern(wanted: ColumnMapping, role: Role) -> ColumnPattern | None:
    table = BY_ROLE.get(role)
    if table is None:
        return None
    name = to_snake(wanted.name)
    return table.column(name) or next((one for one in table.columns if name in one.near), None)


BINDING = (Group.OWNER, Group.TRACKING, Group.TIMESTAMPS)
"""Columns that a new table has as the mission wants them, whatever a document writes."""


def _as_the_mission_has_it(
    wanted: ColumnMapping, pattern: ColumnPattern | None, dialect: str
) -> ColumnMapping:
    if pattern is None or pattern.group not in BINDING or wanted.origin is Origin.ASSISTANT:
        return wanted
    update: dict[str, Any] = {}
    if pattern.group is not Group.OWNER:
        update["references"] = None
    if pattern.null_matters:
        update["not_null"] = pattern.not_null
    if pattern.group is not Group.OWNER and family(wanted.type) != pattern.type.family and not wanted.values:
        update["type"] = pattern.type.named(dialect)
    return wanted.model_copy(update=update)


def _type(wanted: ColumnMapping, style: Style) -> str:
    return style.timestamp if wanted.group is Group.TIMESTAMPS and _is_moment(wanted.type) else wanted.type


def _is_moment(type_: str) -> bool:
    return type_.startswith(("timestamp", "datetime")) or type_ == "integer"


def _fitting(default: str | None, wanted: ColumnMapping) -> str | None:
    """A default outside the column's values gives way to the first value."""
    return as_value(default, wanted.values, wanted.values[0]) if default and wanted.values else default


def as_value(default: str, values: Sequence[str], other: str | None = None) -> str | None:
    """A default, written with or without quotes, as the SQL of one of the values; another where it is none."""
    bare = default[1:-1].replace("''", "'") if default[:1] == default[-1:] == "'" else default.strip('"')
    value = bare if bare in values else other
    return None if value is None else quoted(value)


def as_text(default: str, type_: str) -> str:
    """A word or a number written bare as the default of text (``default usd``) in quotes; SQL stays as it is."""
    if family(type_) != "text" or type_.endswith("]") or default.lower() in NO_TEXT:
        return default
    if default[:1] == default[-1:] == '"' and len(default) > 1:
        return quoted(default[1:-1])
    return quoted(default) if _BARE.fullmatch(default) else default


def quoted(text: str) -> str:
    """A string literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _not_null(wanted: ColumnMapping, pattern: ColumnPattern | None, default: str | None) -> bool:
    if wanted.primary_key or (pattern and pattern.null_matters and wanted.not_null is None):
        return pattern.not_null if pattern else True
    if wanted.not_null is not None:
        return wanted.not_null
    if wanted.group in (Group.OWNER, Group.KEY):
        return wanted.on_delete != "set null"
    return pattern.not_null if pattern else default is not None


def choose_enum(
    table: str, column: Column, style: Style, shared: Sequence[DbEnum], taken: Collection[str]
) -> tuple[Column, DbEnum | None]:
    """The column with a database enum, and that enum where it is new; as it was where text serves.

    ``shared`` may be used again; ``taken`` are the names of all enums and tables.
    """
    values = column.enum_values
    if not values or style.enums != "database" or column.enum:
        return column, None
    fitting = (column.name, f"{singular(table)}_{column.name}", *(SHARED if values == JOB_STATUSES else ()))
    known = next((one for one in shared if one.values == values and one.name in fitting), None)
    if known:
        return column.model_copy(update={"type": known.name, "enum": known.name}), None
    name = _enum_name(table, column, taken)
    made = DbEnum(name=name, values=values, key=f"{name}_enum", path="", line=0)
    return column.model_copy(update={"type": name, "enum": name}), made


def _enum_name(table: str, column: Column, taken: Collection[str]) -> str:
    """All jobs tables share the mission's statuses; any other list is its own column's."""
    own = f"{singular(table)}_{column.name}"
    wishes = (*(SHARED if column.enum_values == JOB_STATUSES else ()), own)
    numbered = (f"{own}_{number}" for number in range(2, len(taken) + 3))
    return next((name for name in chain(wishes, numbered) if name not in taken), own)
