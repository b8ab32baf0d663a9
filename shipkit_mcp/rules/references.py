"""Checks on how parts hang together: result to job, enhancement to result, everything to its owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import inflection

from shipkit_mcp.facts import Column, Role, Table
from shipkit_mcp.findings import Origin, Severity, TableState
from shipkit_mcp.patterns import TablePattern
from shipkit_mcp.patterns.columns import VERSION
from shipkit_mcp.patterns.owners import TENANT_COLUMNS
from shipkit_mcp.rules.context import Context, Part
from shipkit_mcp.rules.rule import Check, Fault
from shipkit_mcp.rules.shape import find, folded, foreign_key, unique_alone
from shipkit_mcp.rules.tables import fault, near_fault

TENANT = "`{table}` belongs to `{column}`; the mission's pattern is `user_id`."
TENANT_FIX = "Keep `{column}` if rows belong to a tenant; add `user_id` if a person must see their own."


def require_owner(pattern: TablePattern) -> Check:
    """Each row must belong to somebody; a tenant is told, not blamed."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            owner = part.owner
            if owner is None:
                yield fault(part, "user_id")
            elif owner.name in TENANT_COLUMNS:
                tenant = fault(part, "user_id", owner)
                yield replace(tenant, message=TENANT, fix=TENANT_FIX, severity=Severity.NOTE)

    return check


def require_owner_cascade(pattern: TablePattern) -> Check:
    """The owner column must be a foreign key that cascades."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            if part.owner:
                yield from _cascade(part, part.owner)

    return check


def _cascade(part: Part, column: Column) -> Iterator[Fault]:
    key = foreign_key(part.table, column.name)
    if key is None or key.on_delete != "cascade":
        state = f"`on delete {key.on_delete or 'no action'}`" if key else "no foreign key"
        blocks = key is not None and key.on_delete in (None, "no action", "restrict")
        rows = f"rows of `{part.table.name}`"
        effect = f"its deletion is refused while {rows} refer to it" if blocks else f"{rows} outlive it"
        unread = None if key else part.unread
        yield replace(fault(part, column.name, column, state=state, effect=effect), unread=unread)


def require_owner_not_null(pattern: TablePattern) -> Check:
    """Each row must have an owner."""

    def check(context: Context) -> Iterator[Fault]:
        for part in context.parts(pattern.role):
            if part.owner and not part.owner.not_null:
                yield fault(part, part.owner.name, part.owner)

    return check


def targets(context: Context, part: Part) -> tuple[str, ...]:
    """The tables that a part refers to: of a result the workflow's jobs, of an enhancement the results."""
    if part.role is Role.RESULTS:
        jobs = (workflow.jobs for workflow, _ in part.uses)
        return tuple(
            one.existing for one in jobs if one and one.existing and one.state is not TableState.NONE
        )
    own = tuple(one.existing for workflow, _ in part.uses for one in workflow.results if one.existing)
    others = tuple(one.table.name for one in context.parts(Role.RESULTS))
    return tuple(dict.fromkeys(one for one in (*own, *others) if one != part.table.name))


def reference(part: Part, tables: tuple[str, ...]) -> Column | None:
    """The column that refers to one of the tables, by a foreign key (a unique one first) or else by its name."""
    keys = [
        one.columns[0] for one in part.table.foreign_keys if one.table in tables and len(one.columns) == 1
    ]
    if keys:
        return part.table.column(next((one for one in keys if unique_alone(part.table, one)), keys[0]))
    names = ("job_id",) if part.role is Role.RESULTS else ("result_id", *map(_id_of, tables))
    return find(part.table, names)


def _id_of(table: str) -> str:
    return f"{inflection.singularize(table)}_id"


def require_reference(pattern: TablePattern) -> Check:
    """The part must refer to what it belongs to, under the mission's name."""

    def check(context: Context) -> Iterator[Fault]:
        for part, tables in _referring(context, pattern.role):
            names = ("job_id",) if part.role is Role.RESULTS else (*map(_id_of, tables), "result_id")
            found = reference(part, tables)
            if found is None:
                yield _unlinked(part, names[0], tables[0])
            elif folded(found.name) not in names:
                yield near_fault(part, names[0], found)

    return check


def _referring(context: Context, role: Role) -> Iterator[tuple[Part, tuple[str, ...]]]:
    """The parts whose target stands in the schema: without one, its own absence is the finding."""
    for part in context.parts(role):
        tables = targets(context, part)
        if tables:
            yield part, tables


def _unlinked(part: Part, wanted: str, target: str) -> Fault:
    missing = fault(part, wanted, target=target)
    if _documented_unlinked(part):
        return replace(missing, severity=Severity.RECOMMEND)
    return missing


def _documented_unlinked(part: Part) -> bool:
    """Whether the documents define this table in full without such a column: then it is meant so."""
    for _, mapping in part.uses:
        said = [one for one in mapping.columns if Origin.DOCUMENTED in (one.origin, *one.also)]
        if mapping.partial or not said or any(one.name.endswith(("job_id", "result_id")) for one in said):
            return False
    return bool(part.uses)


def require_unique_reference(pattern: TablePattern) -> Check:
    """No two rows may refer to the same job or result; documented versions are told, not blamed."""

    def check(context: Context) -> Iterator[Fault]:
        for part, tables in _referring(context, pattern.role):
            found = reference(part, tables)
            if found and not unique_alone(part.table, found.name):
                repeated = replace(fault(part, found.name, found, target=tables[0]), unread=part.unread)
                yield replace(repeated, severity=Severity.RECOMMEND) if _counts_versions(part) else repeated

    return check


def _counts_versions(part: Part) -> bool:
    """Whether the documents give this table a column that counts versions."""
    columns = (one for _, mapping in part.uses for one in mapping.columns)
    return any(VERSION.match(one.name) and Origin.DOCUMENTED in (one.origin, *one.also) for one in columns)


def require_reference_not_null(pattern: TablePattern) -> Check:
    """Each row must refer to the job or result it belongs to."""

    def check(context: Context) -> Iterator[Fault]:
        for part, tables in _referring(context, pattern.role):
            found = reference(part, tables)
            if found and not found.not_null:
                yield fault(part, found.name, found, target=tables[0])

    return check


def require_reference_cascade(pattern: TablePattern) -> Check:
    """Deleting the job or result must delete what belongs to it."""

    def check(context: Context) -> Iterator[Fault]:
        for part, tables in _referring(context, pattern.role):
            found = reference(part, tables)
            if found:
                yield from _cascade(part, found)

    return check


def require_key_indexes() -> Check:
    """Each foreign key must be found by an index; owners of parts have rules of their own."""

    def check(context: Context) -> Iterator[Fault]:
        judged = {
            (part.table.name, part.owner.name)
            for role in (Role.JOBS, Role.RESULTS, Role.ENHANCEMENT)
            for part in context.parts(role)
            if part.owner
        }
        for table in context.schema.tables:
            yield from _unindexed(table, judged)

    return check


def _unindexed(table: Table, judged: set[tuple[str, str]]) -> Iterator[Fault]:
    if table.dialect == "mysql":
        return  # InnoDB makes an index for each foreign key by itself
    for key in table.foreign_keys:
        if len(key.columns) == 1 and (table.name, key.columns[0]) in judged:
            continue
        if not _covered(table, key.columns):
            column = table.column(key.columns[0])
            part = Part(Role.DOMAIN, table)
            words = {"table": table.name, "column": ", ".join(key.columns), "target": key.table}
            yield Fault(
                subject=f"{table.name}.{key.columns[0]}",
                evidence=part.evidence(column=column),
                words=words,
                table=table,
                unread=part.unread,
            )


def _covered(table: Table, columns: tuple[str, ...]) -> bool:
    wanted, count = set(columns), len(columns)
    lists = [one.columns for one in table.indexes if one.where is None]
    lists += [one.columns for one in table.unique]
    lists.append(table.primary_key)
    if count == 1 and unique_alone(table, columns[0]):
        return True
    return any(set(one[:count]) == wanted for one in lists)
