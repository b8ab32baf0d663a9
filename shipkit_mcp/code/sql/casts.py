"""Two types of PostgreSQL -> how the values of one become values of the other."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.code.builders import dimensions, element_type
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.facts import Column

NUMBERS = ("integer", "smallint", "bigint", "numeric", "real", "double precision")
"""Types that PostgreSQL casts into each other by itself."""
TEXTS = ("text", "varchar", "char", "character")


def cast(old: Column, new: Column, words: Words) -> str:
    """The expression behind USING. It fails on a value that the new type cannot hold; then nothing is changed."""
    name = words.name(new.name)
    if _is_list(old) and not _is_list(new) and not _is_json(new):
        return _converted(f"{name}[1]", old, new, words)
    if _is_list(new) and not _is_list(old) and not _is_json(old):
        made = _converted(name, old, new, words)
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE ARRAY[{made}] END"
    if _is_list(new) and not _is_list(old):
        return f"({name}::jsonb #>> '{{}}')::{_bare(new, words)}[]"
    if _is_list(old) and _is_list(new):
        return f"{name}::text::{_bare(new, words)}[]"
    return _converted(name, old, new, words)


def losses(old: Column, new: Column) -> Iterator[str]:
    """What the cast leaves of values without failing, each as a comment."""
    if _is_list(old) and not _is_list(new) and not _is_json(new):
        yield "-- Of each list only the first value is kept."
    elif _is_moment(old) and (new.type == "date" or (new.type.startswith("time") and not _is_moment(new))):
        yield f"-- Of each moment only the {'day' if new.type == 'date' else 'time of day'} is kept."


def _converted(value: str, old: Column, new: Column, words: Words) -> str:
    """One value of the old (element's) type as one of the new."""
    type_, before, after = _bare(new, words), element_type(old.type), element_type(new.type)
    if _is_json(new) and not _is_json(old):
        return f"to_jsonb({value})::{type_}"
    if _is_json(old) and not _is_json(new):
        return f"({value}::jsonb #>> '{{}}')::{type_}"
    if before == "boolean" and after.startswith(NUMBERS):
        return f"{value}::integer::{type_}"
    if after == "boolean" and before.startswith(NUMBERS):
        return f"{value} <> 0"
    if after == "bytea":
        return f"convert_to({value}::text, 'UTF8')"
    if before == "bytea":
        return f"convert_from({value}, 'UTF8')::{type_}"
    if _is_moment(old) and _is_moment(new) and _zoned(old) != _zoned(new):
        return f"{value} AT TIME ZONE 'UTC'"
    return f"{value}::{type_}" if _direct(old, new) else f"{value}::text::{type_}"


def _bare(column: Column, words: Words) -> str:
    """The type of one value, without a length: a cast to one would cut what is too long, where storing it fails."""
    type_ = words.type(column).replace("[]", "")
    if column.enum or not type_.startswith(TEXTS):
        return type_
    return "text"


def _is_list(column: Column) -> bool:
    return dimensions(column.type, column.array) > 0


def _is_json(column: Column) -> bool:
    return element_type(column.type) in ("json", "jsonb") and not _is_list(column)


def _is_moment(column: Column) -> bool:
    return column.type.startswith("timestamp")


def _zoned(column: Column) -> bool:
    return "with time zone" in column.type


def _direct(old: Column, new: Column) -> bool:
    """Whether PostgreSQL casts one into the other; the rest goes by way of text."""
    before, after = element_type(old.type), element_type(new.type)
    if before.startswith(NUMBERS) and after.startswith(NUMBERS):
        return True
    if before.startswith(TEXTS) or before == after:
        return True
    return (before.startswith("timestamp") and after.startswith(("date", "time"))) or (
        before == "date" and after.startswith("timestamp")
    )
