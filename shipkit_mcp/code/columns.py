"""A column of the plan -> its line of Drizzle TypeScript."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from shipkit_mcp.code.builders import NEEDS_MODE, Builder, builder_of, dimensions, element_type
from shipkit_mcp.code.defaults import default_call
from shipkit_mcp.code.difference import derived_unique
from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.names import literal, member, property_key, remark, template
from shipkit_mcp.code.scope import Scope
from shipkit_mcp.facts import Column, ForeignKey, Schema, Table
from shipkit_mcp.mapping.types import type_by_name

ANY_COLUMN = {"postgresql": "AnyPgColumn", "mysql": "AnyMySqlColumn", "sqlite": "AnySQLiteColumn"}
ACTIONS = frozenset(("cascade", "set null", "set default", "restrict", "no action"))
SQLITE_MODES = {"boolean": "boolean", "timestamp": "timestamp"}
"""Family of a name to the mode of an integer."""
_ENUM = re.compile(r"enum\((.*)\)", re.DOTALL)
_RESTATES = re.compile(
    r"^(?:fk\b.*|uuid|jsonb?|text|integer|timestamp|boolean|primary key|pk|foreign key.*|references .*)$",
    re.IGNORECASE,
)
"""Comments that say what the code beside them says."""


@dataclass(frozen=True)
class Book:
    """Where every table and enum of the target is declared, and as what. Filled before files are written."""

    target: Schema
    tables: Mapping[str, tuple[str, str]]
    """Table to (file, constant)."""
    enums: Mapping[str, tuple[str, str]]
    """Enum to (file, constant)."""
    keys: Mapping[tuple[str, str], str]
    """(table, column) to its property."""
    looped: frozenset[tuple[str, str]]
    """(table, table) whose reference would go round in a circle of types."""
    left_out: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(table, column) to what it refers to, where nobody declares that."""
    enum_file: str = ""
    """Where enums stand that no table's file may hold."""

    def reference(self, table: str, column: str, scope: Scope) -> str:
        path, name = self.tables[table]
        return member(scope.local(path, name), self.keys[table, column], scope.habits.quote)


@dataclass(frozen=True, slots=True)
class Written:
    """A column as TypeScript, its chain link by link."""

    key: str
    links: tuple[str, ...]
    comment: str | None = None
    gap: bool = False

    def text(self) -> str:
        return ".".join(self.links)


def write_column(column: Column, table: Table, book: Book, scope: Scope, param: str | None = None) -> Written:
    """The column of a table; ``param`` is the parameter of ``(t) => ({ … })`` where columns stand in one."""
    key = book.keys[table.name, column.name]
    root, builder, mode = write_root(column, key, book, scope, param)
    links = [root, *_arrays(column, scope), *constraints(column, table, book, scope, builder, mode)]
    return Written(key, tuple(links), _comment(column, table, book, scope))


def _comment(column: Column, table: Table, book: Book, scope: Scope) -> str | None:
    missing = book.left_out.get((table.name, column.name))
    if missing:
        return f"refers to {remark(missing, 60)}, which nobody declares yet: its constraint is left out"
    return comment_of(column) if scope.habits.comments else None


def comment_of(column: Column) -> str | None:
    said = remark(column.comment, 70)
    return said if said and not _RESTATES.match(said) else None


def write_root(
    column: Column, key: str, book: Book, scope: Scope, param: str | None = None
) -> tuple[str, str, str | None]:
    """``varchar("name", { length: 255 })``, the builder's plain name, and its mode."""
    habits = scope.habits
    name = None if _name_follows(column, key, scope) else literal(column.name, habits.quote)
    own = _ENUM.fullmatch(column.type)
    if column.enum and column.enum in book.enums and not own:
        path, constant = book.enums[column.enum]
        return f"{scope.local(path, constant)}({name or ''})", "enum", None
    if own and column.enum_values:
        return _call(_builder_name("mysqlEnum", scope, param), name, _values(column, scope)), "enum", None
    return _plain_root(column, name, scope, param)


def _plain_root(
    column: Column, name: str | None, scope: Scope, param: str | None
) -> tuple[str, str, str | None]:
    builder = builder_of(element_type(column.type), scope.habits.dialect)
    if builder.custom is not None:
        return f"{_custom(builder.custom, scope)}({name or ''})", "customType", None
    mode = _mode(column, builder, scope)
    options = dict(builder.options)
    if mode is not None:
        options["mode"] = literal(mode, scope.habits.quote)
    if column.enum_values:
        options["enum"] = _values(column, scope)
    inside = ", ".join(f"{one}: {value}" for one, value in options.items())
    root = _call(_builder_name(builder.name, scope, param), name, f"{{ {inside} }}" if inside else None)
    return root, builder.name, mode


def _builder_name(name: str, scope: Scope, param: str | None) -> str:
    return f"{param}.{name}" if param else scope.core(name)


def _call(callee: str, *arguments: str | None) -> str:
    return f"{callee}({', '.join(one for one in arguments if one is not None)})"


def _values(column: Column, scope: Scope) -> str:
    return f"[{', '.join(literal(one, scope.habits.quote) for one in column.enum_values or ())}]"


def _custom(type_: str, scope: Scope) -> str:
    """drizzle-orm has no builder for every type: what it gives is then a string, or bytes."""
    data = "Uint8Array" if type_ in ("bytea", "blob") else "string"
    made = scope.core("customType")
    return f"{made}<{{ data: {data} }}>({{ dataType: () => `{template(type_)}` }})"


def _name_follows(column: Column, key: str, scope: Scope) -> bool:
    """Whether the column's name may be left to its key."""
    if scope.habits.names_columns:
        return False
    return snake(key) == column.name if scope.habits.casing == "snake_case" else key == column.name


def snake(key: str) -> str:
    """drizzle-orm's ``toSnakeCase`` of an identifier."""
    words = re.findall(r"[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+", key)
    return "_".join(word.lower() for word in words)


def _mode(column: Column, builder: Builder, scope: Scope) -> str | None:
    if builder.name in NEEDS_MODE:
        return scope.habits.bigint_mode
    if builder.name == "timestamp" and scope.habits.dialect == "postgresql":
        return scope.habits.timestamp_mode
    if scope.habits.dialect == "sqlite" and builder.name == "integer" and not column.primary_key:
        default = column.default if isinstance(column.default, str) else ""
        if default.lower() in ("true", "false"):
            return "boolean"
        is_key = bool(column.references)
        return None if is_key else SQLITE_MODES.get(type_by_name(column.name).family)
    return None


def _arrays(column: Column, scope: Scope) -> list[str]:
    count = dimensions(column.type, column.array)
    if not count:
        return []
    if scope.habits.is_second_generation:
        return [f"array({literal('[]' * count, scope.habits.quote)})"]
    return ["array()"] * count


def constraints(
    column: Column, table: Table, book: Book, scope: Scope, builder: str, mode: str | None
) -> list[str]:
    """What is chained on the builder, in the project's order."""
    habits = scope.habits
    default = default_call(column, builder, habits.dialect, habits.quote, mode)
    if default and "sql`" in default:
        scope.orm("sql")
    key = _key(column, habits) if column.primary_key else []
    null = ["notNull()"] if column.not_null and not column.primary_key else []
    given = [default] if default else []
    if builder in ("serial", "bigserial", "smallserial"):
        null = []
    made = [*key, *given] if habits.key_first else [*given, *key]
    made = made if key else [*null, *given] if habits.null_first else [*given, *null]
    return [*made, *_unique(column, table, scope), *_reference(column, table, book, scope)]


def _key(column: Column, habits: Habits) -> list[str]:
    """``.primaryKey()``, with what makes it count by itself."""
    if not column.auto_increment:
        return ["primaryKey()"]
    if habits.dialect == "sqlite":
        return ["primaryKey({ autoIncrement: true })"]
    return ["primaryKey()", "autoincrement()"] if habits.key_first else ["autoincrement()", "primaryKey()"]


def _unique(column: Column, table: Table, scope: Scope) -> list[str]:
    return ["unique()"] if column.name in inline_uniques(table, scope.habits) else []


def inline_uniques(table: Table, habits: Habits) -> frozenset[str]:
    """Columns that say ``.unique()`` themselves."""
    told = {one.name for one in table.columns if one.unique}
    if habits.unique_on_column:
        told |= {
            one.columns[0]
            for one in table.unique
            if len(one.columns) == 1
            and not one.nulls_not_distinct
            and one.name in (None, derived_unique(table, one.columns, by_key=not habits.names_columns))
        }
    return frozenset(told)


def inline_key(column: Column, table: Table) -> ForeignKey | None:
    """The foreign key that a column says itself: its only one, under the derived name."""
    keys = [one for one in table.foreign_keys if one.columns == (column.name,) and not one.explicit_name]
    return keys[0] if keys else None


def _reference(column: Column, table: Table, book: Book, scope: Scope) -> list[str]:
    key = inline_key(column, table)
    if key is None or key.table not in book.tables or (key.table, key.foreign_columns[0]) not in book.keys:
        return []
    return [reference_call(key, table, book, scope)]


def reference_call(key: ForeignKey, table: Table, book: Book, scope: Scope) -> str:
    """``references(() => users.id, { onDelete: "cascade" })``."""
    looped = (table.name, key.table) in book.looped
    typed = f": {scope.core('type ' + ANY_COLUMN[scope.habits.dialect])}" if looped else ""
    target = book.reference(key.table, key.foreign_columns[0], scope)
    actions = [
        f"{name}: {literal(action, scope.habits.quote)}"
        for name, action in (("onDelete", key.on_delete), ("onUpdate", key.on_update))
        if action in ACTIONS
    ]
    more = f", {{ {', '.join(actions)} }}" if actions else ""
    return f"references((){typed} => {target}{more})"


def column_lines(written: Written, indent: str, scope: Scope) -> list[str]:
    """The property, broken at its dots as Prettier does: many calls with a function inside, or too long."""
    habits = scope.habits
    key = property_key(written.key, habits.quote)
    line = f"{indent}{key}: {written.text()},"
    comment = f" // {written.comment}" if written.comment else ""
    broken = len(written.links) > 2 and any("=>" in one for one in written.links[1:])
    if len(line) <= habits.width and not broken:
        if len(line) + len(comment) <= habits.width or not comment:
            return [line + comment]
        return [f"{indent}//{comment[3:]}", line]
    deeper = indent + habits.unit
    links = [f"{deeper}.{one}" for one in written.links[1:]]
    above = [f"{indent}//{comment[3:]}"] if comment else []
    lines = [*above, f"{indent}{key}: {written.links[0]}", *links]
    lines[-1] += ","
    return lines
