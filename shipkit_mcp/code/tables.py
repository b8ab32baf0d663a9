"""A table of the plan -> its Drizzle statement, with the enums and the exported types beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shipkit_mcp.code.columns import (
    ACTIONS,
    Book,
    column_lines,
    inline_key,
    inline_uniques,
    write_column,
)
from shipkit_mcp.code.difference import derived_unique
from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.habits_types import KNOWN_TYPES
from shipkit_mcp.code.names import (
    identifier,
    literal,
    member,
    property_key,
    remark,
    singular,
    template,
    to_camel,
    to_pascal,
)
from shipkit_mcp.code.scope import Scope
from shipkit_mcp.facts import DbEnum, ForeignKey, Index, Table, Unique

_LAST_COMMA = re.compile(r",(\s*//[^\n]*)?$")
Extra = tuple[str, str]
"""(property where the third argument is an object, expression)."""


def table_statement(
    table: Table, book: Book, scope: Scope, more: Iterable[Extra] = (), *, secured: bool = False
) -> list[str]:
    """``export const … = pgTable(…);`` as lines."""
    habits = scope.habits
    constant = book.tables[table.name][1]
    extras = [*table_extras(table, book, scope), *more]
    depth = 2 if extras else 1
    columns = _columns(table, book, scope, habits.unit * depth)
    opening, closing = (f"({habits.callback}) => ({{", "})") if habits.callback else ("{", "}")
    call = f"export const {constant} = {scope.core(habits.table_function)}("
    name = literal(table.name, habits.quote)
    end = f"){'.enableRLS()' if secured else ''}{habits.semicolon}"
    above = [f"// {said}"] if habits.comments and (said := remark(table.comment, 95)) else []
    if not extras:
        return [*above, f"{call}{name}, {opening}", *columns, f"{closing}{end}"]
    unit = habits.unit
    argument = extra_argument(extras, habits, unit)
    return [
        *above,
        call,
        f"{unit}{name},",
        f"{unit}{opening}",
        *columns,
        f"{unit}{closing},",
        *argument,
        end,
    ]


def _columns(table: Table, book: Book, scope: Scope, indent: str) -> list[str]:
    lines: list[str] = []
    for column in table.columns:
        lines += column_lines(write_column(column, table, book, scope, scope.habits.callback), indent, scope)
    if lines and not scope.habits.trailing:
        lines[-1] = _LAST_COMMA.sub(lambda found: found.group(1) or "", lines[-1])
    return lines


def extra_argument(extras: list[Extra], habits: Habits, indent: str) -> list[str]:
    """The third argument, without the comma before it."""
    opening, closing = ("[", "]") if habits.array_extra else ("({", "})")
    together = f"{indent}({habits.param}) => [{', '.join(one for _, one in extras)}]{habits.trailing}"
    if habits.array_extra and len(together) <= habits.width:
        return [together]
    lines = extra_lines(extras, habits, indent + habits.unit, as_array=habits.array_extra)
    if not habits.trailing:
        lines[-1] = lines[-1].removesuffix(",")
    return [f"{indent}({habits.param}) => {opening}", *lines, f"{indent}{closing}{habits.trailing}"]


def extra_lines(extras: Iterable[Extra], habits: Habits, indent: str, *, as_array: bool) -> list[str]:
    """The entries of a third argument, each ending with a comma."""
    lines: list[str] = []
    taken: set[str] = set()
    for wished, expression in extras:
        key = identifier(wished, taken)
        taken.add(key)
        line = f"{indent}{'' if as_array else f'{property_key(key, habits.quote)}: '}{expression},"
        lines += [line] if len(line) <= habits.width else _broken(line, indent, habits)
    return lines


def _broken(line: str, indent: str, habits: Habits) -> list[str]:
    """A call that is too long, its last group of arguments each on its own line."""
    at = line.rfind(".on(")
    if at < 0 or not line.endswith("),"):
        return [line]
    inside = line[at + 4 : -2].split(", ")
    deeper = indent + habits.unit
    arguments = [f"{deeper}{one}," for one in inside]
    if not habits.trailing:
        arguments[-1] = arguments[-1][:-1]
    return [line[: at + 4], *arguments, f"{indent}),"]


def table_extras(table: Table, book: Book, scope: Scope, param: str | None = None) -> list[Extra]:
    """Everything that stands in a table's third argument."""
    param = param or scope.habits.param
    inline = inline_uniques(table, scope.habits)
    extras: list[Extra] = []
    if len(table.primary_key) > 1:
        extras.append(_primary_key(table, book, scope, param))
    extras += [
        unique_extra(one, table, book, scope, param)
        for one in table.unique
        if not (len(one.columns) == 1 and one.columns[0] in inline)
    ]
    extras += [index_extra(one, table, book, scope, param) for one in table.indexes]
    extras += [foreign_extra(one, table, book, scope, param) for one in outer_keys(table)]
    return extras


def outer_keys(table: Table) -> list[ForeignKey]:
    """Foreign keys that no column can say itself."""
    inline = [inline_key(column, table) for column in table.columns]
    return [one for one in table.foreign_keys if one not in inline]


def _members(columns: Iterable[str], table: Table, book: Book, scope: Scope, param: str) -> list[str]:
    return [
        member(param, book.keys[table.name, one], scope.habits.quote)
        if (table.name, one) in book.keys
        else f"{scope.orm('sql')}`{template(one)}`"
        for one in columns
    ]


def _primary_key(table: Table, book: Book, scope: Scope, param: str) -> Extra:
    columns = ", ".join(_members(table.primary_key, table, book, scope, param))
    derived = f"{table.name}_{'_'.join(table.primary_key)}_pk"
    own = table.primary_key_name not in (None, derived)
    name = f"name: {literal(table.primary_key_name or '', scope.habits.quote)}, " if own else ""
    return "pk", f"{scope.core('primaryKey')}({{ {name}columns: [{columns}] }})"


def unique_extra(one: Unique, table: Table, book: Book, scope: Scope, param: str) -> Extra:
    """``unique("name").on(t.a, t.b)``; without its name where it is the derived one and others go without."""
    quote = scope.habits.quote
    by_key = not scope.habits.names_columns
    derived = one.name in (None, derived_unique(table, one.columns, by_key=by_key))
    name = "" if derived and not (scope.habits.unique_named and one.name) else literal(one.name or "", quote)
    columns = ", ".join(_members(one.columns, table, book, scope, param))
    more = ".nullsNotDistinct()" if one.nulls_not_distinct else ""
    return to_camel(one.name or "unique"), f"{scope.core('unique')}({name}).on({columns}){more}"


def index_extra(one: Index, table: Table, book: Book, scope: Scope, param: str) -> Extra:
    """``index("name").on(t.a)``."""
    quote = scope.habits.quote
    made = scope.core("uniqueIndex" if one.unique else "index")
    columns = ", ".join(_members(one.columns, table, book, scope, param))
    on = f".using({literal(one.method, quote)}, {columns})" if one.method else f".on({columns})"
    where = f".where({scope.orm('sql')}`{template(one.where)}`)" if one.where else ""
    return to_camel(one.name or "index"), f"{made}({literal(one.name, quote) if one.name else ''}){on}{where}"


def foreign_extra(one: ForeignKey, table: Table, book: Book, scope: Scope, param: str) -> Extra:
    """``foreignKey({ columns: [t.a], foreignColumns: [other.id] })``."""
    quote = scope.habits.quote
    columns = ", ".join(_members(one.columns, table, book, scope, param))
    foreign = ", ".join(book.reference(one.table, column, scope) for column in one.foreign_columns)
    name = f", name: {literal(one.explicit_name, quote)}" if one.explicit_name else ""
    actions = "".join(
        f".{call}({literal(action, quote)})"
        for call, action in (("onDelete", one.on_delete), ("onUpdate", one.on_update))
        if action in ACTIONS
    )
    made = (
        f"{scope.core('foreignKey')}({{ columns: [{columns}], foreignColumns: [{foreign}]{name} }}){actions}"
    )
    return to_camel(one.explicit_name or one.name), made


def enum_statement(enum: DbEnum, constant: str, scope: Scope) -> list[str]:
    """``export const statusEnum = pgEnum("status", [...]);``."""
    habits = scope.habits
    values = [literal(one, habits.quote) for one in enum.values]
    before = f"export const {constant} = {scope.core('pgEnum')}({literal(enum.name, habits.quote)}, ["
    behind = f"]){habits.semicolon}"
    line = before + ", ".join(values) + behind
    if len(line) <= habits.width:
        return [line]
    inside = [f"{habits.unit}{one}," for one in values]
    inside[-1] = inside[-1] if habits.trailing else inside[-1][:-1]
    return [before, *inside, behind]


def type_statements(table: Table, book: Book, scope: Scope, taken: set[str]) -> list[str]:
    """The types that the project exports beside each table."""
    lines = []
    constant = book.tables[table.name][1]
    for form in scope.habits.type_exports:
        stem = to_pascal(table.name if form.plural else singular(table.name))
        name = identifier(f"{form.before}{stem}{form.after}", taken)
        taken.add(name)
        needed = KNOWN_TYPES[form.value]
        if needed:
            scope.orm(f"type {needed}")
        value = form.value.replace("{}", constant)
        lines.append(f"export type {name} = {value}{scope.habits.semicolon}")
    return lines
