"""What was read and concluded, looked up by name the way the sections ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.document.purposes import purpose
from shipkit_mcp.document.words import at, code, prose, prose_block, quoted
from shipkit_mcp.facts import Column, DeclaredTable, Evidence, Survey, Table
from shipkit_mcp.findings import Change, Decision, Plan, TableMapping, WorkflowMapping
from shipkit_mcp.patterns import known_template


@dataclass(frozen=True)
class Material:
    """A survey and the plan drawn from it."""

    survey: Survey
    plan: Plan

    # --- tables and columns, each with how it stands ---------------------------------------

    @cached_property
    def existing(self) -> Mapping[str, Table]:
        """The schema's tables by the name that means them."""
        return self.survey.schema.by_name

    @cached_property
    def target(self) -> Mapping[str, Table]:
        """The tables of the schema as planned."""
        return {one.name: one for one in self.plan.target.tables}

    @cached_property
    def planned(self) -> frozenset[str]:
        """Tables that are to be created."""
        wanted = {one.table for one in self.plan.create} | set(self.target)
        return frozenset(wanted - set(self.existing))

    @cached_property
    def unmentioned(self) -> frozenset[str]:
        """Existing tables that nothing speaks of."""
        return frozenset(one.table for one in self.plan.unmentioned)

    @cached_property
    def removed(self) -> frozenset[str]:
        """Tables whose removal was accepted."""
        return frozenset(one.table for one in self.plan.remove if one.accepted)

    def table(self, name: str) -> str:
        """A table's name with where it stands: its line, planned, or referred to only."""
        if name in self.existing:
            return code(name) + at([self.place(self.existing[name])])
        return f"{code(name)} ({self.standing(name)})"

    def standing(self, name: str) -> str:
        """How a table that the schema lacks stands."""
        return "planned" if name in self.planned else "referred to, not declared"

    def column(self, table: str, name: str) -> str:
        """A column's name with its line, or marked as planned or not planned."""
        place = self.column_place(table, name)
        if place is not None:
            return code(name) + at([place]) + self._renamed(table, name)
        return f"{code(name)} ({'planned' if self.plans_column(table, name) else 'not planned'})"

    def _renamed(self, table: str, old: str) -> str:
        renames = [one.new for one in self.plan.renames if (one.table, one.old) == (table, old)]
        return f", renamed to {code(renames[0])} (planned)" if renames else ""

    def column_place(self, table: str, name: str) -> Evidence | None:
        """Where the schema makes that column."""
        found = self.existing.get(table)
        column = found.column(name) if found else None
        if found is None or column is None:
            return None
        return Evidence(path=found.path, line=column.line or found.line)

    def column_of(self, table: str, name: str) -> Column | None:
        """The column as the schema has it, else as it is planned."""
        for tables in (self.existing, self.target):
            column = tables[table].column(name) if table in tables else None
            if column is not None:
                return column
        return None

    def is_key(self, table: str, name: str) -> bool:
        """Whether the column is the table's primary key, as it is or as planned."""
        found = self.existing.get(table) or self.target.get(table)
        column = found.column(name) if found else None
        return (
            found is not None and column is not None and (column.primary_key or found.primary_key == (name,))
        )

    def has_index(self, table: str, columns: tuple[str, ...]) -> bool:
        """Whether the plan gives the table that index."""
        return table in self.target and any(one.columns == columns for one in self.target[table].indexes)

    def plans_column(self, table: str, name: str) -> bool:
        """Whether the plan makes that column; told by the target where there is one."""
        if table in self.target:
            return self.target[table].column(name) is not None
        return table in self.planned

    @staticmethod
    def place(table: Table) -> Evidence:
        return Evidence(path=table.path, line=table.line)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that may stand as code: what exists, what is planned, what is only referred to."""
        tables = [*self.survey.schema.tables, *self.plan.target.tables]
        columns = [(table.name, column.name) for table in tables for column in table.columns]
        names = {table.name for table in tables} | set(self.planned) | {name for _, name in columns}
        names |= {f"{table}.{name}" for table, name in columns} | {one.table for one in self.plan.undeclared}
        for schema in (self.survey.schema, self.plan.target):
            names |= {one.name for one in schema.enums} | {one.name for one in schema.views}
        return frozenset(names)

    def prose(self, text: str) -> str:
        """A sentence of ours or of an assistant; only names that stand or are planned stay marked as code."""
        return prose(text, self.names)

    def prose_block(self, text: str) -> list[str]:
        """The same for several lines."""
        return prose_block(text, self.names)

    def purpose(self, name: str) -> str:
        """What a table is for, see `purposes`."""
        return purpose(self, name)

    # --- decisions and changes ----------------------------------------------------------------

    @cached_property
    def posed(self) -> Mapping[str, Decision]:
        """Every decision once, key ones first."""
        return {one.id: one for one in (*self.plan.decisions, *self.plan.options)}

    @cached_property
    def first_change(self) -> Mapping[str, int]:
        """The first change that follows from a decision."""
        first: dict[str, int] = {}
        for change in self.plan.changes:
            first.setdefault(change.decision or "", change.number)
        return first

    @cached_property
    def due(self) -> tuple[Change, ...]:
        """The changes that count: removals that nobody accepted do not."""
        return tuple(one for one in self.plan.changes if not one.proposed)

    # --- workflows --------------------------------------------------------------------------

    def uses(self, table: str) -> list[tuple[WorkflowMapping, TableMapping]]:
        """The workflows that plan or use a table as their own."""
        return self._uses.get(table, [])

    @cached_property
    def _uses(self) -> Mapping[str, list[tuple[WorkflowMapping, TableMapping]]]:
        uses: dict[str, list[tuple[WorkflowMapping, TableMapping]]] = {}
        for workflow in self.plan.workflows:
            for mapping in workflow.tables:
                uses.setdefault(here(mapping), []).append((workflow, mapping))
        return uses

    @cached_property
    def further(self) -> Mapping[str, TableMapping]:
        """Planned or changed tables that belong to no workflow."""
        return {here(one): one for one in self.plan.further}

    @cached_property
    def owned(self) -> Mapping[str, tuple[str, ...]]:
        """Owner tables and the titles of the workflows whose rows they own."""
        owned: dict[str, dict[str, None]] = {}
        for workflow in self.plan.workflows:
            for table in self._owner_tables(workflow):
                owned.setdefault(table, {})[quoted(workflow.title, 80)] = None
        return {table: tuple(titles) for table, titles in owned.items()}

    def _owner_tables(self, workflow: WorkflowMapping) -> Iterator[str]:
        for mapping in workflow.tables:
            for column in mapping.columns:
                if column.name == workflow.owner and column.references:
                    yield column.references.rpartition(".")[0]

    @cached_property
    def declared(self) -> Mapping[str, list[DeclaredTable]]:
        """What the workflow documents declare, by table."""
        declared: dict[str, list[DeclaredTable]] = {}
        for workflow in self.survey.workflows:
            for table in workflow.tables:
                declared.setdefault(table.name, []).append(table)
        return declared

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {one.name: quoted(one.title, 120) for one in self.plan.workflows}

    def title(self, workflow: str) -> str:
        """A workflow's title; a name that is no workflow is a table or a document."""
        return self.titles.get(workflow) or (
            self.table(workflow)
            if workflow in self.existing or workflow in self.planned
            else quoted(workflow)
        )

    def affected(self, names: tuple[str, ...]) -> str:
        """Workflows by title, each with the document that asks for it."""
        return ", ".join(self.title(name) + self._documents.get(name, "") for name in names)

    @cached_property
    def _documents(self) -> Mapping[str, str]:
        return {one.name: at(one.evidence[:1]) or f" ({code(one.path)})" for one in self.plan.workflows}

    # --- the rest ---------------------------------------------------------------------------

    def narrative(self, place: str) -> str | None:
        """The prose given for a named place."""
        return self.plan.amendments.narrative.get(place) or None

    @property
    def template(self) -> str:
        """``your worker-simple template``, or ``your template`` where it is unknown."""
        known = known_template(self.plan.template)
        return f"your {known.title} template" if known else "your template"


def here(mapping: TableMapping) -> str:
    """The name under which a wanted table stands in the schema or will."""
    return mapping.existing or mapping.table
