"""What changes in the keys, indexes and checks of a kept table -> edits of the third argument that makes them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shipkit_mcp.code.edited_table import TableEdit, inline_names, new_keys
from shipkit_mcp.code.edits import entry_indent, insert_lines, remove_entry
from shipkit_mcp.code.formulas import HOLES
from shipkit_mcp.code.names import literal
from shipkit_mcp.code.places import Collection
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
from shipkit_mcp.mapping.expressions import with_new_names

_UNNAMED = re.compile(r"\b(foreignKey(?=\()|(?:unique|index|uniqueIndex)(?=\(\s*\)))")


def change_extra(one: TableEdit) -> str | None:
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
    unnamed = _unnamed(one)
    for start, end in code.items(extra.opening):
        said = [key for key, _, _ in code.members(start, end, extra.param or "")]
        strings = (token.text[1:-1] for token in code.tokens[start:end] if token.kind == "string")
        made = _UNNAMED.search(code.slice(start, end))
        is_named = gone.intersection(said) or any(text in names for text in strings)
        if is_named or (made and said in unnamed.get(made[1].lower(), ())):
            remove_entry(one.edited, start, end)


def _unnamed(one: TableEdit) -> dict[str, list[list[str | None]]]:
    """What makes dropped keys and indexes that have no name of their own, and the properties that it then lists."""
    own = one.difference.old.name
    keys = [
        (*key.columns, *(key.foreign_columns if key.table == own else ()))
        for key in one.difference.keys[0]
        if key.explicit_name is None
    ]
    indexes = [index.columns for index in one.difference.indexes[0]]
    return {
        "foreignkey": [_old_keys(one, columns) for columns in keys],
        "unique": [_old_keys(one, unique.columns) for unique in one.difference.uniques[0]],
        "index": [_old_keys(one, columns) for columns in indexes],
        "uniqueindex": [_old_keys(one, columns) for columns in indexes],
    }


def _old_keys(one: TableEdit, columns: Sequence[str]) -> list[str | None]:
    back = {rename.new: rename.old for rename in one.difference.renamed}
    found = [one.difference.old.column(back.get(name, name)) for name in columns]
    return [column.key if column else None for column in found]


def _rename_members(one: TableEdit, extra: Collection) -> str | None:
    keys = new_keys(one)
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


def _new_extras(one: TableEdit) -> list[Extra]:
    scope, new = one.edited.scope, one.difference.new
    param = (one.extra.param if one.extra else None) or scope.habits.param
    inline = inline_names(one)
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
