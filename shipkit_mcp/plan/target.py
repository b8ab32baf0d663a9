"""Schema, wanted tables and amendments -> the schema as it will be once every planned change is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import DeclaredColumn, DeclaredTable, Role, Schema, Table
from shipkit_mcp.findings import ColumnMapping, Group, Origin, Rename, TableMapping, TableState
from shipkit_mcp.patterns.tables import BY_ROLE
from shipkit_mcp.plan.amended import amended_table
from shipkit_mcp.plan.declared import wanted_table
from shipkit_mcp.plan.enums import with_enums
from shipkit_mcp.plan.links import link_tables, references_of, target_of
from shipkit_mcp.plan.mysql import fit_mysql
from shipkit_mcp.plan.renamed import pointing_at, renamed_column
from shipkit_mcp.plan.style import Style
from shipkit_mcp.plan.tables import extended_table, missing_columns, new_table, with_key

PLANNED = (TableState.CREATE, TableState.MODIFY)


@dataclass
class _Draft:
    """Tables under construction; lives inside one call of `draft_target`."""

    tables: dict[str, Table]
    roles: dict[str, Role] = field(default_factory=dict)
    rules: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """Delete rule of each new reference."""
    referring: dict[str, set[str]] = field(default_factory=dict)
    """Table to every one that refers to it, or did."""
    first_names: dict[tuple[str, str], str] = field(default_factory=dict)
    """(table, renamed column) to its name in the schema."""

    def put(self, table: Table) -> None:
        self.tables[table.name] = table
        for other in references_of(table):
            self.referring.setdefault(other, set()).add(table.name)


def draft_target(
    schema: Schema,
    wanted: Sequence[TableMapping],
    declared: Sequence[DeclaredTable],
    renames: Sequence[Rename],
    removed: Iterable[str],
    leaving: Iterable[str],
    style: Style,
) -> Schema:
    """The schema after the plan; tables that are only proposed for removal (``leaving``) are still in it.

    It has one table of each name: namesakes in other database schemas are nothing that a plan changes.
    """
    draft = _Draft({})
    for table in schema.by_name.values():
        draft.put(table)
    for rename in renames:
        _rename(draft, rename, style)
    for one in sorted(wanted, key=lambda one: one.state is TableState.MODIFY):
        if one.state in PLANNED:
            _plan(draft, one, style)
    for given in declared:
        _amend(draft, given, style)
    for name in removed:
        draft.tables.pop(name, None)
    linked = link_tables(draft.tables, draft.rules)
    if style.dialect == "mysql":
        linked = {name: fit_mysql(one, schema.table(name)) for name, one in linked.items()}
    return with_enums(schema, linked.values(), frozenset(leaving), style, draft.first_names)


def _plan(draft: _Draft, wanted: TableMapping, style: Style) -> None:
    beat()
    name = wanted.existing or wanted.table
    known = draft.tables.get(name)
    if known is None and wanted.state is TableState.MODIFY:
        return  # columns for a table that nobody declares: the plan lists it as undeclared
    if known is None:
        draft.put(new_table(wanted, style))
        added = wanted.columns
    else:
        added = missing_columns(known, wanted)
        draft.put(extended_table(known, wanted, style))
    draft.roles.setdefault(name, wanted.role)
    made = draft.tables[name]
    for one in added:
        column = made.column(one.name)
        if column and column.references:
            draft.rules[name, one.name] = _delete_rule(one, wanted.role, not_null=column.not_null)


def _delete_rule(column: ColumnMapping, role: Role, *, not_null: bool) -> str | None:
    """What the document says; the mission's cascade for owners; else what the nullability allows."""
    if column.group is Group.OWNER and role in BY_ROLE and column.origin is not Origin.ASSISTANT:
        return "cascade"
    return column.on_delete or ("cascade" if not_null else "set null")


def _amend(draft: _Draft, declared: DeclaredTable, style: Style) -> None:
    known = draft.tables.get(declared.name)
    if known is None:
        made = new_table(wanted_table(declared, style.dialect), style)
        draft.put(with_key(made, declared.primary_key))
    else:
        draft.put(amended_table(known, declared, draft.roles.get(declared.name, Role.DOMAIN), style))
    for column in declared.columns:
        if column.renamed_from:
            _repoint(draft, Rename(table=declared.name, old=column.renamed_from, new=column.name))
        if column.references and not column.dropped and not _stands(known, column):
            draft.rules[declared.name, column.name] = column.on_delete


def _stands(table: Table | None, column: DeclaredColumn) -> bool:
    """Whether a reference is there already, with the rule that is said of it or with any where none is said."""
    target = target_of(column.references or "")
    old = column.renamed_from or column.name
    keys = table.foreign_keys if table else ()
    return column.on_delete is None and any(
        (one.columns, one.table, one.foreign_columns) == ((old,), target[0], (target[1],)) for one in keys
    )


def _rename(draft: _Draft, rename: Rename, style: Style) -> None:
    table = draft.tables.get(rename.table)
    if table and table.column(rename.old) and not table.column(rename.new):
        draft.put(renamed_column(table, rename.old, rename.new, style))
        _repoint(draft, rename)


def _repoint(draft: _Draft, rename: Rename) -> None:
    """What a rename moves outside of its table."""
    first = draft.first_names.pop((rename.table, rename.old), rename.old)
    draft.first_names[rename.table, rename.new] = first
    for name in tuple(draft.referring.get(rename.table, ())):
        draft.put(pointing_at(draft.tables[name], rename.table, rename.old, rename.new))
