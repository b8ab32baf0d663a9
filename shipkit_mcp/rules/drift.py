"""A recorded plan against the schema as it is: built, missing, still there, changed, never planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.facts import Column, Evidence, Survey, Table
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.patterns.diagram import attribute_name, distinct, type_name
from shipkit_mcp.rules.recorded import PlannedColumn, PlannedFacts, PlannedTable
from shipkit_mcp.rules.shape import folded, line_of

DRIFT_RULES: Mapping[str, str] = {
    "drift-built": "A planned table or column is built.",
    "drift-missing": "What the plan calls existing is gone, or what it plans is not built.",
    "drift-still-there": "What the plan removes is still in the schema.",
    "drift-changed": "A table's columns are not those the plan records.",
    "drift-unplanned": "A table is in the schema that the plan does not speak of.",
}


def check_drift(previous: PlannedFacts | None, survey: Survey) -> tuple[Finding, ...]:
    """What has happened to the schema since the plan was recorded; all of it notes.

    Without a recorded plan there is no drift.
    """
    if previous is None or not previous.tables:
        return ()
    schema = {name: one for name, one in survey.schema.by_name.items() if one.exported}
    findings = [one for planned in previous.tables for one in _of_planned(planned, schema.get(planned.name))]
    planned_names = {one.name for one in previous.tables}
    first = previous.tables[0].evidence
    unplanned = [_unplanned(table, first) for name, table in schema.items() if name not in planned_names]
    return (*findings, *unplanned)


def _of_planned(planned: PlannedTable, table: Table | None) -> Iterator[Finding]:
    name = planned.name
    if planned.state == "remove":
        if table:
            yield _drift("drift-still-there", planned, table, f"`{name}` is to be removed and still there.")
        return
    if table is None:
        said = "planned and not built yet" if planned.state == "new" else "recorded as existing and gone"
        yield _drift("drift-missing", planned, None, f"`{name}` is {said}.")
        return
    if planned.state == "new":
        yield _drift("drift-built", planned, table, f"`{name}` was planned and is now built.")
    pair = _Pair(planned, table)
    yield from (_drift(rule, planned, table, said) for rule, said in pair.told() if said)


@dataclass(frozen=True)
class _Pair:
    """One table as it was planned and as it is."""

    planned: PlannedTable
    table: Table

    @cached_property
    def built(self) -> Mapping[str, Column]:
        """The schema's columns under the names that a diagram gives them."""
        shown = distinct([attribute_name(one.name) for one in self.table.columns])
        return {folded(name): one for name, one in zip(shown, self.table.columns, strict=True)}

    def told(self) -> Iterator[tuple[str, str]]:
        if not self.planned.columns:
            yield "drift-changed", self.other_number()
            return
        waited = [] if self.planned.state == "new" else self.of("planned")
        came = [one for one in waited if self.stands(one)]
        yield "drift-built", self.said(came, "{} {} planned and {} now built", ("was", "is"), ("were", "are"))
        missing = [] if self.table.unread else [one for one in waited if not self.stands(one)]
        yield "drift-missing", self.said(missing, "{} {} planned and not built yet", ("is",), ("are",))
        yield "drift-missing", self.others(self.of("to be changed"), "is to become {} and is still {}")
        left = [one for one in self.built if one in {folded(name) for name in self.planned.dropped}]
        yield "drift-still-there", self.said(left, "{} {} to be dropped and still there", ("is",), ("are",))
        yield "drift-changed", self.changed(waited)

    def of(self, standing: str) -> list[str]:
        return [folded(one.name) for one in self.planned.columns if one.standing == standing]

    def stands(self, name: str) -> bool:
        return name in self.built

    def changed(self, waited: list[str]) -> str:
        """What the table lacks, has besides, or has as another type."""
        known = {folded(one.name) for one in self.planned.columns}
        known |= {folded(one) for one in self.planned.dropped | self.planned.renamed}
        gone = [folded(one.name) for one in self.planned.columns if not self.stands(folded(one.name))]
        lacks = [] if self.table.unread else [one for one in gone if one not in waited]
        adds = [self.written(one) for one in self.built if one not in known]
        parts = [
            f"lacks {_code([self.written(one) for one in lacks])}" if lacks else "",
            f"adds {_code(adds)}" if adds else "",
        ]
        said = " and ".join(one for one in parts if one)
        table = f"`{self.table.name}` {said}." if said else ""
        steady = [one for one in known if one not in self.of("to be changed")]
        retyped = self.others(steady, "is planned as {} and is {}")
        return " ".join(one for one in (table, retyped) if one)

    def others(self, names: Iterable[str], said: str) -> str:
        """The columns of another type than the plan's, each with both."""
        wanted = set(names)
        pairs = [(one, self.built.get(folded(one.name))) for one in self.planned.columns]
        told = [
            f"`{self.table.name}.{column.name}` {said.format(f'`{one.type}`', f'`{column.type}`')}."
            for one, column in pairs
            if column and folded(one.name) in wanted and _is_other(one, column)
        ]
        return " ".join(told)

    def other_number(self) -> str:
        number = len(self.table.columns)
        if self.planned.count in (None, number):
            return ""
        return f"`{self.table.name}` has {number} columns where the plan recorded {self.planned.count}."

    def said(self, names: list[str], text: str, one: tuple[str, ...], several: tuple[str, ...]) -> str:
        if not names:
            return ""
        places = [f"{self.table.name}.{self.written(name)}" for name in names]
        return text.format(_code(places), *(several if names[1:] else one)) + "."

    def written(self, name: str) -> str:
        """A column's name as the schema has it, else as the plan does."""
        recorded = (one.name for one in self.planned.columns if folded(one.name) == name)
        return self.built[name].name if name in self.built else next(recorded, name)


def _is_other(planned: PlannedColumn, column: Column) -> bool:
    return planned.type is not None and planned.type != type_name(column.type)


def _code(names: list[str]) -> str:
    return ", ".join(f"`{one}`" for one in names)


def _drift(rule: str, planned: PlannedTable, table: Table | None, message: str) -> Finding:
    places = (line_of(table), planned.evidence) if table else (planned.evidence,)
    return Finding(
        rule=rule,
        severity=Severity.NOTE,
        subject=planned.name,
        message=message,
        fix=_FIXES[rule],
        evidence=places,
    )


def _unplanned(table: Table, plan: Evidence) -> Finding:
    return Finding(
        rule="drift-unplanned",
        severity=Severity.NOTE,
        subject=table.name,
        message=f"`{table.name}` is in the schema and the plan does not speak of it.",
        fix=_FIXES["drift-unplanned"],
        evidence=(line_of(table), plan),
    )


_FIXES: Mapping[str, str] = {
    "drift-built": "Write the document again, so that it stands there as existing.",
    "drift-missing": "Build it, or write the document again without it.",
    "drift-still-there": "Remove it, or withdraw the removal.",
    "drift-changed": "Write the document again, or change the schema back.",
    "drift-unplanned": "Write the document again, so that the plan knows it.",
}
