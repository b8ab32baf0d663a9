"""Tables with an owner -> row level security in the style of Supabase."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.code.habits import Habits
from shipkit_mcp.code.names import literal, template, to_camel
from shipkit_mcp.code.sql.words import Words
from shipkit_mcp.code.tables import Extra
from shipkit_mcp.code.work import Work
from shipkit_mcp.facts import Column, Table
from shipkit_mcp.findings import Group

USER_COLUMNS = ("user_id", "owner_id", "author_id")
"""What the owner is called where no workflow says."""


def owner_columns(work: Work) -> Mapping[str, tuple[Table, Column]]:
    """New table to the column that says whose row it is."""
    said: dict[str, str] = {}
    for wanted in (*(one for flow in work.plan.workflows for one in flow.tables), *work.plan.further):
        owner = next((one.name for one in wanted.columns if one.group is Group.OWNER), None)
        if owner:
            said.setdefault(wanted.existing or wanted.table, owner)
    found = {}
    for table in work.created:
        names = (said.get(table.name), *USER_COLUMNS)
        column = next((one for name in names if name and (one := table.column(name))), None)
        if (column and column.name in USER_COLUMNS) or (column and _is_user(column)):
            found[table.name] = (table, column)
    return found


def _is_user(column: Column) -> bool:
    return (column.references or "").rpartition(".")[0] in ("users", "user", "profiles")


def _rule(column: Column) -> str:
    """Whose row it is; the call stands in brackets so that it runs once a query."""
    words = Words("postgresql")
    typed = "" if column.type == "uuid" else f"::{words.type(column)}"
    return f"(select auth.uid()){typed} = {words.name(column.name)}"


def _name(table: Table) -> str:
    return f"{table.name}_owner"


def policy_extras(owners: Mapping[str, tuple[Table, Column]], habits: Habits) -> Mapping[str, list[Extra]]:
    """``pgPolicy(…)`` for the third argument."""
    made: dict[str, list[Extra]] = {}
    called = f"{habits.namespace}.pgPolicy" if habits.namespace else "pgPolicy"
    for name, (table, column) in owners.items():
        rule = f"sql`{template(_rule(column))}`"
        quote = habits.quote
        text = (
            f"{called}({literal(_name(table), quote)}, {{ for: {literal('all', quote)}, "
            f"to: {literal('authenticated', quote)}, using: {rule}, withCheck: {rule} }})"
        )
        made[name] = [(to_camel(_name(table)), text)]
    return made


def policy_statements(owners: Mapping[str, tuple[Table, Column]]) -> Mapping[str, tuple[str, ...]]:
    """ENABLE ROW LEVEL SECURITY and CREATE POLICY."""
    words = Words("postgresql")
    made = {}
    for name, (table, column) in owners.items():
        rule, where = _rule(column), words.table(table)
        made[name] = (
            f"ALTER TABLE {where} ENABLE ROW LEVEL SECURITY;",
            " ".join(
                (
                    f"CREATE POLICY {words.name(_name(table))} ON {where}",
                    'AS PERMISSIVE FOR ALL TO "authenticated"',
                    f"USING ({rule}) WITH CHECK ({rule});",
                )
            ),
        )
    return made


def policy_notes(work: Work, owners: Mapping[str, tuple[Table, Column]], dialect: str) -> tuple[str, ...]:
    """Where policies were asked for and none could be drafted."""
    if dialect != "postgresql":
        return (f"Row level security belongs to PostgreSQL: no policies are drafted for {dialect}.",)
    return tuple(
        f"{one.name} has no column for its owner: no policy is drafted for it."
        for one in work.created
        if one.name not in owners
    )
