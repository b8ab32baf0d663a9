"""The tables of the schema and those that documents define, seen alike: names of columns and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Evidence, Table, TableUse
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.shape import folded, line_of


@dataclass(frozen=True, slots=True)
class Shape:
    """A table of the schema or of a document."""

    name: str
    evidence: Evidence
    columns: Mapping[str, Evidence]
    """Names, snake_case."""
    words: Mapping[str, frozenset[str]]
    """The values of columns that have some, and defaults."""
    table: Table | None = None
    """Where the schema has it."""

    def written(self, column: str) -> str:
        """The column's name as the schema has it: what is said of it names what stands there."""
        columns = self.table.columns if self.table else ()
        return next((one.name for one in columns if folded(one.name) == column), column)

    def any(self, *names: str) -> str | None:
        return next((one for one in names if one in self.columns), None)


def shapes(context: Context) -> tuple[Shape, ...]:
    """Every table of the schema, then those that only documents define."""
    known = context.kept.get("shapes")
    if not isinstance(known, tuple):
        known = context.kept["shapes"] = tuple(_shapes(context))
    return known


def _shapes(context: Context) -> Iterator[Shape]:
    for table in context.schema.tables:
        yield shape_of(table)
    built = {one.name for one in context.schema.tables}
    seen: set[str] = set()
    for workflow in context.survey.workflows:
        for declared in workflow.tables:
            if declared.name in built | seen or declared.use is TableUse.TOUCHED:
                continue
            seen.add(declared.name)
            live = [one for one in declared.columns if not one.legacy and not one.dropped]
            yield Shape(
                declared.name,
                declared.evidence,
                {one.name: one.evidence for one in live},
                {one.name: frozenset(one.values or ()) for one in live},
            )


def shape_of(table: Table) -> Shape:
    """A table of the schema as a shape."""
    beat()
    return Shape(
        table.name,
        line_of(table),
        {folded(one.name): line_of(table, one) for one in table.columns},
        {folded(one.name): _words(one.enum_values, one.default) for one in table.columns},
        table,
    )


def _words(values: tuple[str, ...] | None, default: object) -> frozenset[str]:
    said = {default.strip("'\"")} if isinstance(default, str) else set()
    return frozenset({*(values or ()), *said})
