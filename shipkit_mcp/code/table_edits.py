"""What changes in a kept table -> edits of the statement that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shipkit_mcp.code.columns import Book, Written, column_lines, inline_key, inline_uniques, write_column
from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.edits import Edited, entry_indent, insert_lines, remove_entry
from shipkit_mcp.code.formulas import HOLES, moved_formulas, renamed_formulas
from shipkit_mcp.code.names import IDENTIFIER, literal
from shipkit_mcp.code.places import Call, Chain, Collection, chain, collection, entry
from shipkit_mcp.code.tables import (
    Extra,
    extra_argument,
    extra_lines,
    foreign_extra,
    index_extra,
    outer_keys,
    unique_extra,
)
from shipkit_mcp.code.tokens import Token
from shipkit_mcp.facts import Column
from shipkit_mcp.mapping.expressions import with_new_names

GROUPS: tuple[tuple[str, ...], ...] = (
    ("notNull",),
    ("default", "defaultNow", "defaultRandom", "$default", "$defaultFn"),
    ("primaryKey", "autoincrement"),
    ("unique",),
    ("references",),
)
"""Calls of a chain that say one thing of a column."""


@dataclass
class TableEdit:
    """One table under change; lives inside one call of ``draft_code``."""

    edited: Edited
    call: Call
    columns: Collection
    extra: Collection | None
    difference: Difference
    book: Book


def edit_table(edited: Edited, call: Call, difference: Difference, book: Book) -> str | None:
    """Make the edits; what could not be done is said in a sentence."""
    columns = collection(call, 1)
    if columns is None or columns.kind != "{":
        return "its columns are not written as one object"
    extra = collection(call, 2)
    if len(call.arguments) > 2 and extra is None:
        return "its third argument is not written as one list"
    one = TableEdit(edited, call, columns, extra, difference, book)
    problem = _change_columns(one)
    _drop_columns(one)
    _add_columns(one)
    return problem or _change_extra(one)


def _change_columns(one: TableEdit) -> str | None:
    """Renamed columns and those defined otherwise."""
    touched = {column.new for column in one.difference.renamed}
    touched |= {new.name for _, new in one.difference.changed} | _rekeyed(one)
    touched |= {*moved_formulas(one.difference)}
    for name in [column.name for column in one.difference.new.columns if column.name in touched]:
        old_name = next((r.old for r in one.difference.renamed if r.new == name), name)
        old, new = one.difference.old.column(old_name), one.difference.new.column(name)
        if old is None or new is None or not _rewrite(one, old, new):
            return f"its column {name} is not written as a chain of calls beside the others"
    return None


def _rekeyed(one: TableEdit) -> set[str]:
    """Kept columns whose own ``.references()`` or ``.unique()`` comes, goes or changes."""
    before, after = one.difference.before, one.difference.new
    kept = [column for column in after.columns if before.column(column.name)]
    unique = _inline(one)
    moved = {c.name for c in kept if inline_key(c, before) != inline_key(c, after)}
    return moved | {c.name for c in kept if (c.name in unique) != _says_unique(one, c.name)}


def _inline(one: TableEdit) -> frozenset[str]:
    """Columns whose uniqueness is (or will be) said beside them."""
    habits = one.edited.scope.habits
    gone = {key.columns[0] for key in one.difference.uniques[0] if len(key.columns) == 1}
    kept = {c.name for c in one.difference.before.columns if c.unique} - gone
    new = {key.columns[0] for key in one.difference.uniques[1] if len(key.columns) == 1}
    wished = inline_uniques(one.difference.new, habits)
    return frozenset(kept | (new & wished))


def _says_unique(one: TableEdit, name: str) -> bool:
    column = one.difference.before.column(name)
    return bool(column and column.unique)


def _rewrite(one: TableEdit, old: Column, new: Column) -> bool:
    code = one.call.code
    place = entry(code, one.columns, old.key)
    value = chain(code, place[0] + 2, place[1]) if place else None
    if place is None or value is None:
        return False
    fresh = write_column(
        _written(one, new), one.difference.new, one.book, one.edited.scope, one.columns.param
    )
    links = _merged(one, value, fresh, old, new)
    first, last = code.tokens[place[0]], code.tokens[place[1] - 1]
    lines = column_lines(Written(fresh.key, links), code.indent(first.start), one.edited.scope)
    one.edited.replace(first.start, last.end, "\n".join(lines).lstrip().removesuffix(","))
    return True


def _written(one: TableEdit, column: Column) -> Column:
    return column.model_copy(update={"unique": column.name in _inline(one)})


def _merged(one: TableEdit, value: Chain, fresh: Written, old: Column, new: Column) -> tuple[str, ...]:
    """The old chain with what changed exchanged; what we know nothing of (``$type``) stays."""
    code = one.call.code
    links = [(name, code.slice(start + 1, end)) for name, start, end in value.links]
    links = renamed_formulas(links, one.difference, _new_keys(one))
    root = _old_root(one, value, old, new)
    if root is None:
        root = fresh.links[0]
        links = [link for link in links if link[0] not in ("array", "$type")]
        links = [("array", text) for text in fresh.links[1:] if text.startswith("array(")] + links
    wanted = {_name(text): text for text in fresh.links[1:]}
    for group in GROUPS:
        if _same(group, one, old, new):
            continue
        links = [link for link in links if link[0] not in group]
        links += [(name, wanted[name]) for name in group if name in wanted]
    return (root, *(text for _, text in links))


def _name(text: str) -> str:
    return text.partition("(")[0]


def _old_root(one: TableEdit, value: Chain, old: Column, new: Column) -> str | None:
    """The root call as it is (a renamed column's under its new name); None where the type is another."""
    same_values = old.enum_values == new.enum_values or bool(new.enum)
    if (old.type, old.enum, old.array) != (new.type, new.enum, new.array) or not same_values:
        return None
    text = one.call.code.slice(*value.root)
    if old.name == new.name:
        return text
    for quote in "\"'":
        if f"({quote}{old.name}{quote}" in text:
            return text.replace(f"({quote}{old.name}{quote}", f"({quote}{new.name}{quote}", 1)
    return None


def _same(group: tuple[str, ...], one: TableEdit, old: Column, new: Column) -> bool:
    """Whether old and new say the same with these calls."""
    before, after = one.difference.before, one.difference.new
    facts = {
        "notNull": old.not_null == new.not_null,
        "default": old.default == new.default,
        "primaryKey": (old.primary_key, old.auto_increment) == (new.primary_key, new.auto_increment),
        "unique": _says_unique(one, new.name) == (new.name in _inline(one)),
        "references": inline_key(new, before) == inline_key(new, after),
    }
    return facts[group[0]]


def _drop_columns(one: TableEdit) -> None:
    for column in one.difference.dropped:
        place = entry(one.call.code, one.columns, column.key)
        if place:
            remove_entry(one.edited, *place)


def _add_columns(one: TableEdit) -> None:
    scope = one.edited.scope
    indent = entry_indent(one.call.code, one.columns, scope.habits)
    lines: list[str] = []
    for column in one.difference.added:
        written = write_column(_written(one, column), one.difference.new, one.book, scope, one.columns.param)
        lines += column_lines(written, indent, scope)
    if lines:
        insert_lines(one.edited, one.columns, lines)


def _change_extra(one: TableEdit) -> str | None:
    """Entries of the third argument: gone, renamed, new."""
    if one.extra is not None:
        _drop_extras(one, one.extra)
        problem = _rename_members(one, one.extra)
        if problem:
            return problem
    new = _new_extras(one)
    if new and one.extra is None:
        _make_extra(one, new)
    elif new and one.extra is not None:
        if one.extra.param is None:
            return "the function of its third argument has no plain parameter"
        habits = one.edited.scope.habits
        indent = entry_indent(one.call.code, one.extra, habits)
        lines = extra_lines(new, habits, indent, as_array=one.extra.kind == "[")
        insert_lines(one.edited, one.extra, lines)
    return None


def _drop_extras(one: TableEdit, extra: Collection) -> None:
    """Entries that name a dropped column, and those of dropped constraints by name."""
    code = one.call.code
    gone = {column.key for column in one.difference.dropped}
    names = {index.name for index in one.difference.indexes[0]}
    names |= {unique.name for unique in one.difference.uniques[0]}
    names |= {key.explicit_name for key in one.difference.keys[0]}
    names |= {check.name for check in one.difference.checks[0]}
    for start, end in code.items(extra.opening):
        says = any(key in gone for key, _, _ in code.members(start, end, extra.param or ""))
        strings = (token.text[1:-1] for token in code.tokens[start:end] if token.kind == "string")
        named = any(text in names for text in strings)
        if says or named:
            remove_entry(one.edited, start, end)


def _rename_members(one: TableEdit, extra: Collection) -> str | None:
    keys = _new_keys(one)
    if not keys:
        return None
    if extra.param is None:
        return "the function of its third argument has no plain parameter"
    code = one.call.code
    for key, start, end in code.members(extra.opening, extra.closing, extra.param):
        if key in keys:
            one.edited.replace(start, end, keys[key])
    names = {old: new for _, old, new in one.difference.renamed_constraints}
    columns = {rename.old: rename.new for rename in one.difference.renamed}
    for token in code.tokens[extra.opening : extra.closing]:
        if token.kind == "template":
            _rename_raw(one, token, columns)
        elif token.kind == "string" and token.text[1:-1] in names:
            one.edited.replace(token.start, token.end, literal(names[token.text[1:-1]], token.text[0]))
    return None


def _rename_raw(one: TableEdit, token: Token, columns: Mapping[str, str]) -> None:
    """Columns that a template names as SQL, outside of its ``${}``."""
    at = token.start + 1
    for part in (*HOLES.finditer(token.text), None):
        end = token.start + part.start() if part else token.end - 1
        sql = one.call.code.text[at:end]
        renamed = with_new_names(sql, columns)
        if renamed != sql:
            one.edited.replace(at, end, renamed)
        at = token.start + part.end() if part else end


def _new_keys(one: TableEdit) -> dict[str, str]:
    """Old property to new one, of renamed columns."""
    found = {}
    for rename in one.difference.renamed:
        old = one.difference.old.column(rename.old)
        key = one.book.keys[one.difference.new.name, rename.new]
        if old and old.key != key and IDENTIFIER.fullmatch(key):
            found[old.key] = key
    return found


def _new_extras(one: TableEdit) -> list[Extra]:
    scope, new = one.edited.scope, one.difference.new
    param = (one.extra.param if one.extra else None) or scope.habits.param
    inline = _inline(one)
    outer = outer_keys(new)
    uniques = [u for u in one.difference.uniques[1] if not (len(u.columns) == 1 and u.columns[0] in inline)]
    return [
        *(unique_extra(key, new, one.book, scope, param) for key in uniques),
        *(index_extra(index, new, one.book, scope, param) for index in one.difference.indexes[1]),
        *(foreign_extra(key, new, one.book, scope, param) for key in one.difference.keys[1] if key in outer),
    ]


def _make_extra(one: TableEdit, extras: list[Extra]) -> None:
    """A third argument where there was none."""
    code, call, habits = one.call.code, one.call, one.edited.scope.habits
    last = code.tokens[call.arguments[1][1] - 1]
    closing = code.tokens[call.closing]
    apart = "\n" in code.text[last.end : closing.start]
    indent = code.indent(last.start) if apart else code.indent(code.tokens[call.start].start)
    lines = extra_argument(extras, habits, indent)
    if apart:
        has_comma = code.tokens[call.closing - 1].text == ","
        at = code.tokens[call.closing - 1].end
        edited_comma = "" if has_comma else ","
        one.edited.insert(at, f"{edited_comma}\n" + "\n".join(lines))
    else:
        text = "\n".join(lines).lstrip().removesuffix(",")
        one.edited.insert(last.end, f", {text}")
