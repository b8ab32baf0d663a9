"""What changes in a kept table -> edits of the statement that makes it."""

from __future__ import annotations

from shipkit_mcp.code.columns import Book, Written, column_lines, inline_key, write_column
from shipkit_mcp.code.difference import Difference
from shipkit_mcp.code.edited_table import TableEdit, inline_names, new_keys, says_unique
from shipkit_mcp.code.edits import Edited, entry_indent, insert_lines, remove_entry
from shipkit_mcp.code.extra_edits import change_extra
from shipkit_mcp.code.formulas import moved_formulas, renamed_formulas
from shipkit_mcp.code.places import Call, Chain, chain, collection, entry
from shipkit_mcp.facts import Column

GROUPS: tuple[tuple[str, ...], ...] = (
    ("notNull",),
    ("default", "defaultNow", "defaultRandom", "$default", "$defaultFn"),
    ("primaryKey", "autoincrement"),
    ("unique",),
    ("references",),
)
"""Calls of a chain that say one thing of a column."""
_OF_SOME_TYPES = ("defaultNow", "defaultRandom")
"""Defaults that not every builder has: where the new type's says ``default(…)`` instead, they go."""


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
    left = _drop_columns(one)
    _add_columns(one)
    return problem or change_extra(one) or left


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
    unique = inline_names(one)
    moved = {c.name for c in kept if inline_key(c, before) != inline_key(c, after)}
    return moved | {c.name for c in kept if (c.name in unique) != says_unique(one, c.name)}


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
    return column.model_copy(update={"unique": column.name in inline_names(one)})


def _merged(one: TableEdit, value: Chain, fresh: Written, old: Column, new: Column) -> tuple[str, ...]:
    """The old chain with what changed exchanged; what we know nothing of (``$type``) stays."""
    code = one.call.code
    links = [(name, code.slice(start + 1, end)) for name, start, end in value.links]
    links = renamed_formulas(links, one.difference, new_keys(one))
    root = _old_root(one, value, old, new)
    if root is None:
        root = fresh.links[0]
        links = [link for link in links if link[0] not in ("array", "$type")]
        links = [("array", text) for text in fresh.links[1:] if text.startswith("array(")] + links
    wanted = {_name(text): text for text in fresh.links[1:]}
    outgrown = [name for name in _OF_SOME_TYPES if "default" in wanted and (name in dict(links))]
    for group in GROUPS:
        if _same(group, one, old, new) and not set(outgrown).intersection(group):
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
        "unique": says_unique(one, new.name) == (new.name in inline_names(one)),
        "references": inline_key(new, before) == inline_key(new, after),
    }
    return facts[group[0]]


def _drop_columns(one: TableEdit) -> str | None:
    """Columns that go; one that other tables share, or that a call adds, can only go by hand."""
    left = []
    for column in one.difference.dropped:
        place = entry(one.call.code, one.columns, column.key)
        if place:
            remove_entry(one.edited, *place)
        else:
            left.append(column.name)
    return f"its column {left[0]} does not stand among the others and is still there" if left else None


def _add_columns(one: TableEdit) -> None:
    scope = one.edited.scope
    indent = entry_indent(one.call.code, one.columns, scope.habits)
    lines: list[str] = []
    for column in one.difference.added:
        written = write_column(_written(one, column), one.difference.new, one.book, scope, one.columns.param)
        lines += column_lines(written, indent, scope)
    if lines:
        insert_lines(one.edited, one.columns, lines)
