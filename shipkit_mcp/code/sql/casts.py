"""Two types of PostgreSQL -> how the values of one become values of the other."""

from __future__ import annotations

from shipkit_mcp.code.builders import dimensions, element_type
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Column

NUMBERS = ("integer", "smallint", "bigint", "numeric", "real", "double precision", "boolean")
"""Types that PostgreSQL casts into each other by itself (truth only to and from integer)."""


def cast(old: Column, new: Column, words: Words) -> str:
    """The expression behind USING. It fails on a value that the new type cannot hold; then nothing is changed."""
    name, type_ = words.name(new.name), words.type(new)
    if _is_list(old) and not _is_list(new):
        return f"{name}[1]::text::{type_}"
    if _is_list(new) and not _is_list(old):
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE ARRAY[{name}::text]::{type_} END"
    if _is_json(new) and not _is_json(old):
        return f"to_jsonb({name})::{type_}"
    if _is_json(old) and not _is_json(new):
        return f"({name}::jsonb #>> '{{}}')::{type_}"
    if "timestamp" in old.type and "timestamp" in new.type and _zoned(old) != _zoned(new):
        return f"{name} AT TIME ZONE 'UTC'"
    direct = _direct(old, new)
    return f"{name}::{type_}" if direct else f"{name}::text::{type_}"


def _is_list(column: Column) -> bool:
    return dimensions(column.type, column.array) > 0


def _is_json(column: Column) -> bool:
    return element_type(column.type) in ("json", "jsonb")


def _zoned(column: Column) -> bool:
    return "with time zone" in column.type


def _direct(old: Column, new: Column) -> bool:
    types = (old.type, new.type)
    if "boolean" in types:
        return set(types) <= {"boolean", "integer"}
    return all(one.startswith(NUMBERS) for one in types) or all(
        "time" in one or one == "date" for one in types
    )
