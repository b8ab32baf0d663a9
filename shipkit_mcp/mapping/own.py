"""The tables of one workflow -> their mappings, each in its part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shipkit_mcp.facts import DeclaredTable, Role, Statement, Table, TableUse
from shipkit_mcp.findings import KindMatch, TableMapping
from shipkit_mcp.mapping.lookups import Lookups, references_of
from shipkit_mcp.mapping.match import Match, Wanted, is_jobs_shape, match_table
from shipkit_mcp.mapping.names import singular, table_key, table_name
from shipkit_mcp.mapping.outputs import output_fields, saves_output
from shipkit_mcp.mapping.payload import input_columns
from shipkit_mcp.mapping.roles import Parts, refers_to
from shipkit_mcp.mapping.tables import Links, Owner, map_altered, map_table, mission_columns
from shipkit_mcp.mapping.wanted import TableSpec
from shipkit_mcp.patterns.columns import ColumnPattern
from shipkit_mcp.patterns.kinds import BY_ID
from shipkit_mcp.patterns.tables import JOBS, RESULTS


@dataclass(frozen=True)
class Neighbours:
    """What one workflow must know of the others."""

    lookups: Lookups
    homes: Mapping[str, frozenset[str]]
    """Folded name of each defined table to the workflows whose own it is."""
    defined: Mapping[str, DeclaredTable]
    """Folded name to its definition, one of all documents."""
    roles: Mapping[str, Role]
    """Folded name of each defined table to the part it plays for its own workflow."""
    results: Mapping[str, str]
    """Folded name to name of every results table."""


@dataclass(frozen=True)
class OwnTables:
    """Maps one workflow's tables; ``done`` holds those mapped before, since a shared table is one table."""

    parts: Parts
    neighbours: Neighbours
    owner: Owner
    kinds: Sequence[KindMatch]
    done: dict[str, TableMapping]

    # --- jobs ------------------------------------------------------------------------------

    def jobs(self) -> TableMapping | None:
        """The declared one, the schema's, or one by the mission's pattern; None where it lacks on purpose."""
        if self.has_no_jobs_on_purpose:
            return None
        name = table_name(self.parts.workflow.name, "jobs")
        declared = self.parts.jobs or self.neighbours.defined.get(table_key(name))
        name = declared.name if declared else name
        match = self._match(name, Role.JOBS, declared)
        if declared is None and match is None:
            return self._pattern_jobs(name)
        return self._map(name, Role.JOBS, declared, match, Links(self.owner))

    @property
    def has_no_jobs_on_purpose(self) -> bool:
        """The document says so, or it defines tables and none of them tracks jobs."""
        workflow = self.parts.workflow
        if self.parts.jobs is not None:
            return False
        if workflow.no_jobs_table is not None:
            return True
        if self.lookups.table(table_name(workflow.name, "jobs")) is not None:
            return False
        if self.parts.defined:
            return True
        named = any(table.use in (TableUse.TOUCHED, TableUse.ALTERED) for table in workflow.tables)
        tracked = workflow.statuses or workflow.status_writes or workflow.progress
        return named and not tracked and workflow.source in ("file", "section")

    def _pattern_jobs(self, name: str) -> TableMapping:
        habits = self._habits("job_columns") if not input_columns(self.parts.workflow, ids=True) else ()
        return self._map(name, Role.JOBS, None, None, Links(self.owner), habits)

    # --- results and enhancements ----------------------------------------------------------

    def results(self, jobs: TableMapping | None) -> tuple[TableMapping, ...]:
        """The declared ones, else the schema's that refer to the jobs table, else one by the pattern."""
        links = Links(self.owner, jobs=jobs.table if jobs else None)
        declared = tuple(
            self._declared(one, Role.RESULTS, self._linked(one, links)) for one in self.parts.results
        )
        if declared or jobs is None or self.parts.workflow.inline_results is not None:
            return declared
        return self._schema_results(jobs, links) or self._pattern_results(links)

    def enhancements(self, results: Sequence[TableMapping]) -> tuple[TableMapping, ...]:
        """Each refers to a results table, of this workflow or of another."""
        own = {table_key(one.table): one.table for one in results}
        return tuple(
            self._declared(one, Role.ENHANCEMENT, self._enhanced(one, own)) for one in self.parts.enhancements
        )

    def _enhanced(self, table: DeclaredTable, own: Mapping[str, str]) -> Links:
        for key, name in (*own.items(), *self.neighbours.results.items()):
            column = refers_to(table, key, self.neighbours.lookups)
            if column is not None:
                return Links(self.owner, results=name, result_column=f"{singular(name)}_id")
        return Links(self.owner)

    def _linked(self, table: DeclaredTable, links: Links) -> Links:
        """A table that knows no job and stands already, or gets many rows from one, keeps its shape.

        One result for each job would be wrong there; whether it links to the job is for a person to decide.
        """
        existing = self.neighbours.lookups.table(table.name)
        known = links.jobs is not None and refers_to(table, table_key(links.jobs), self.neighbours.lookups)
        named = any(column.name.endswith("job_id") for column in table.columns)
        kept = existing is not None or self._is_of_many(table)
        return Links(self.owner) if kept and not known and not named else links

    def _is_of_many(self, table: DeclaredTable) -> bool:
        """Its document gives all its columns, and a key of its own or other results beside it."""
        whole = bool(table.columns) and not table.partial
        return whole and bool(table.unique or len(self.parts.results) > 1)

    def _schema_results(self, jobs: TableMapping, links: Links) -> tuple[TableMapping, ...]:
        key = table_key(jobs.existing or "")
        return tuple(
            self._map(table.name, Role.RESULTS, None, _by_reference(table, column, jobs.table), links)
            for name, table in self.neighbours.lookups.tables.items()
            if jobs.existing and name not in self.neighbours.homes
            for column, target in references_of(table)
            if target == key and not is_jobs_shape(table)
        )

    def _pattern_results(self, links: Links) -> tuple[TableMapping, ...]:
        workflow = self.parts.workflow
        said = saves_output(workflow)
        if said is None or self.parts.touches or self.parts.alters or self.parts.others:
            return ()
        name = table_name(workflow.name, "results")
        habits = () if output_fields(workflow) else self._habits("outputs")
        match = self._match(name, Role.RESULTS, None)
        return (self._map(name, Role.RESULTS, None, match, links, habits, said),)

    # --- the rest --------------------------------------------------------------------------

    def others(self) -> tuple[TableMapping, ...]:
        """Tables defined although the tasks only use them."""
        return tuple(self._declared(one, role, Links(self.owner)) for role, one in self.parts.others)

    def alters(self) -> tuple[TableMapping, ...]:
        """Columns added to tables that stand or that another workflow plans."""
        return tuple(
            map_altered(
                one, self.neighbours.roles.get(table_key(one.name), one.role or Role.DOMAIN), self.lookups
            )
            for one in self.parts.alters
        )

    # --- one table -------------------------------------------------------------------------

    @property
    def lookups(self) -> Lookups:
        return self.neighbours.lookups

    def _declared(self, table: DeclaredTable, role: Role, links: Links) -> TableMapping:
        return self._map(table.name, role, table, self._match(table.name, role, table, links), links)

    def _match(
        self, name: str, role: Role, declared: DeclaredTable | None, links: Links | None = None
    ) -> Match | None:
        columns = frozenset(one.name for one in declared.columns) if declared else frozenset()
        refers = (links.jobs or links.results) if links else None
        wanted = Wanted(name, role, columns, refers)
        return match_table(wanted, self.lookups, self.neighbours.homes.keys())

    def _map(
        self,
        name: str,
        role: Role,
        declared: DeclaredTable | None,
        match: Match | None,
        links: Links,
        habits: tuple[ColumnPattern, ...] = (),
        because: Statement | None = None,
    ) -> TableMapping:
        key = table_key(match.table.name if match else name)
        if key in self.done:
            return self.done[key].model_copy(update={"role": role})
        spec = self._spec(name, role, declared, match, links, habits, because)
        mapping = map_table(
            spec, match, self.lookups, owner=self.owner.column, confidence=self._confidence(declared)
        )
        self.done[key] = mapping
        return mapping

    def _spec(
        self,
        name: str,
        role: Role,
        declared: DeclaredTable | None,
        match: Match | None,
        links: Links,
        habits: tuple[ColumnPattern, ...],
        because: Statement | None,
    ) -> TableSpec:
        workflow = self.parts.workflow
        outputs = output_fields(workflow) if declared is None and role is Role.RESULTS else ()
        return TableSpec(
            name=name,
            role=role,
            owner=self.owner.column,
            declared=declared,
            existing=match.table if match else None,
            patterns=mission_columns(role, links),
            payload=input_columns(workflow, ids=declared is None) if role is Role.JOBS else outputs,
            habits=habits,
            statuses=workflow.statuses if role is Role.JOBS else (),
            because=(because or Statement(text=workflow.title, evidence=workflow.evidence),),
        )

    def _confidence(self, declared: DeclaredTable | None) -> Literal["high", "medium", "low"]:
        said = self.parts.workflow.confidence
        return said if declared is not None or said == "low" else "medium"

    def _habits(self, part: Literal["job_columns", "outputs"]) -> tuple[ColumnPattern, ...]:
        """Only where the workflow is of one kind: between two, conventions would be guesses."""
        taken = {column.name for column in (*JOBS.columns, *RESULTS.columns)}
        first = BY_ID[self.kinds[0].kind] if len(self.kinds) == 1 else None
        found: tuple[ColumnPattern, ...] = getattr(first, part) if first else ()
        return tuple(column for column in found if column.name not in taken)


def _by_reference(table: Table, column: str, jobs: str) -> Match:
    return Match(table, f"`{table.name}.{column}` refers to `{jobs}`", "medium")
