"""A survey and its mappings to what the checks ask for: which schema table plays which part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from shipkit_mcp.facts import Column, Evidence, Role, Schema, Survey, Table, Unread, Workflow
from shipkit_mcp.findings import TableMapping, TableState, WorkflowMapping
from shipkit_mcp.patterns import OWNER_NAMES
from shipkit_mcp.patterns.columns import PROGRESS, RUN_ID, STATUS, ColumnPattern
from shipkit_mcp.patterns.stripe import keep_column
from shipkit_mcp.rules.prose import Line, read_lines
from shipkit_mcp.rules.shape import find, foreign_key, line_of

Use = tuple[WorkflowMapping, TableMapping]


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the schema that plays a part, and the workflows it plays it for."""

    role: Role
    table: Table
    uses: tuple[Use, ...] = ()
    """Empty where the part is only told by the table's shape."""

    @property
    def unread(self) -> Unread | None:
        return next(iter(self.table.unread), None)

    @property
    def owner(self) -> Column | None:
        """The owner column: what the workflow names, else the most usual name."""
        named = tuple(workflow.owner for workflow, _ in self.uses if workflow.owner)
        return find(self.table, (*named, *OWNER_NAMES))

    def evidence(self, wanted: str = "", column: Column | None = None) -> tuple[Evidence, ...]:
        """The line to change, then the line of each workflow that needs it."""
        places = (line_of(self.table, column), *(_needs(use, wanted, self.table) for use in self.uses))
        return tuple(dict.fromkeys(places))

    def column(self, wanted: ColumnPattern) -> Column | None:
        """The column itself, or one of another name for the same thing."""
        return find(self.table, (wanted.name, *wanted.near))


def _needs(use: Use, wanted: str, table: Table) -> Evidence:
    """The document's line for the column, else for the table, else the workflow's heading."""
    workflow, mapping = use
    column = mapping.column(wanted)
    cited = (*(column.evidence if column else ()), *mapping.evidence, *workflow.evidence)
    documented = (one for one in cited if one.path != table.path)
    return next(documented, Evidence(path=workflow.path, line=1))


@dataclass(frozen=True)
class Context:
    """Everything a check may look at."""

    survey: Survey
    mappings: Sequence[WorkflowMapping]

    @property
    def schema(self) -> Schema:
        return self.survey.schema

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the documents that have a keyword."""
        return tuple(line for document in self.survey.documents for line in read_lines(document))

    def lines_with(self, *words: str) -> tuple[Line, ...]:
        """The lines that hold one of these words, lower case; each must begin with a keyword."""
        rows = {row for word in words for row, text in enumerate(self._lower) if word in text}
        return tuple(self.lines[row] for row in sorted(rows))

    @cached_property
    def _lower(self) -> tuple[str, ...]:
        return tuple(line.lower for line in self.lines)

    @cached_property
    def kept(self) -> dict[str, object]:
        """What one check worked out of this context and others ask for again, by name."""
        return {}

    @cached_property
    def uses_trigger(self) -> bool:
        """Whether Trigger.dev is in package.json, in the code or in the documents."""
        survey = self.survey
        if survey.stack.uses_trigger or survey.code.tasks:
            return True
        return any("trigger.dev" in one.source.text.lower() for one in survey.documents)

    @cached_property
    def uses_stripe(self) -> bool:
        """Whether documents or package.json speak of Stripe; an app may charge through another provider."""
        packages = {name for name, _ in self.survey.stack.packages}
        return "stripe" in packages or any(not line.later for line in self.lines_with("stripe"))

    @cached_property
    def customer(self) -> str:
        """What this project calls, or would call, the one thing of Stripe to keep."""
        return keep_column([one.name for table in self.schema.tables for one in table.columns])

    @cached_property
    def bills(self) -> bool:
        """Whether the app charges its users, as far as documents or package.json say."""
        bills = self.survey.vision.bills
        return self.uses_stripe if bills is None else bills

    def workflow(self, name: str) -> Workflow | None:
        return next((one for one in self.survey.workflows if one.name == name), None)

    def parts(self, role: Role) -> tuple[Part, ...]:
        """The schema's tables that play a part, each once, in the order of the workflows."""
        return self._parts.get(role, ())

    @cached_property
    def _parts(self) -> dict[Role, tuple[Part, ...]]:
        if not self.mappings:
            jobs = tuple(Part(Role.JOBS, one) for one in self.schema.tables if looks_like_jobs(one))
            return {Role.JOBS: jobs}
        return {role: tuple(self._gather(role)) for role in (Role.JOBS, Role.RESULTS, Role.ENHANCEMENT)}

    def _gather(self, role: Role) -> Iterator[Part]:
        uses: dict[str, list[Use]] = {}
        for workflow in self.mappings:
            for mapping in _of_role(workflow, role):
                if mapping.existing and mapping.state in (TableState.IMPLEMENTED, TableState.MODIFY):
                    uses.setdefault(mapping.existing, []).append((workflow, mapping))
        for name, users in uses.items():
            table = self.schema.table(name)
            if table:
                yield Part(role, table, tuple(users))


def _of_role(workflow: WorkflowMapping, role: Role) -> tuple[TableMapping, ...]:
    if role is Role.JOBS:
        return (workflow.jobs,) if workflow.jobs else ()
    if role is Role.ENHANCEMENT:
        return workflow.enhancements
    jobs = workflow.jobs.existing if workflow.jobs else None
    return tuple(one for one in workflow.results if one.existing != jobs or one.existing is None)


def looks_like_jobs(table: Table) -> bool:
    """Whether a table of a project without workflows clearly has the shape of a job table.

    A run id that refers to another table is no run of Trigger.dev.
    """
    status, progress, run = (find(table, (one.name, *one.near)) for one in (STATUS, PROGRESS, RUN_ID))
    triggered = run is not None and "trigger" in run.name and foreign_key(table, run.name) is None
    return bool(status and (progress or triggered or (run and table.name.endswith(("jobs", "job")))))
