"""What we conclude from the facts: mappings, findings, decisions, changes, the plan."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from shipkit_mcp.facts import (
    Amendments,
    Evidence,
    Fact,
    MissingDocument,
    Role,
    Schema,
    SchemaChoice,
    Statement,
)


class Group(StrEnum):
    """The mission's groups of columns."""

    KEY = "key"
    OWNER = "owner"
    INPUT = "input"
    TRACKING = "tracking"
    PROCESSING = "processing"
    OUTPUT = "output"
    OUTPUT_METADATA = "output_metadata"
    TIMESTAMPS = "timestamps"


class Origin(StrEnum):
    """Why a column is asked for, strongest first."""

    DOCUMENTED = "documented"
    ASSISTANT = "assistant"
    EXISTING = "existing"
    REQUIRED = "required"
    KIND = "kind"


class ColumnState(StrEnum):
    """How a wanted column stands in the schema."""

    PRESENT = "present"
    NEAR = "near"
    """Another name for the same thing, such as ``trigger_run_id``."""
    MISSING = "missing"
    CONFLICT = "conflict"
    """Another type or nullability."""
    UNREAD = "unread"
    """The table holds something that could not be read: cannot tell."""


class TableState(StrEnum):
    """How a wanted table stands in the schema."""

    IMPLEMENTED = "implemented"
    MODIFY = "modify"
    CREATE = "create"
    INLINE = "inline"
    """Kept in another table on purpose."""
    NONE = "none"


class ColumnMapping(Fact):
    """One column a workflow needs."""

    name: str
    """As the database would call it."""
    doc_name: str | None = None
    type: str
    """A type of the project's dialect (``text``, ``uuid``, ``jsonb``, an enum's name ...)."""
    not_null: bool | None = None
    references: str | None = None
    on_delete: str | None = None
    values: tuple[str, ...] | None = None
    unique: bool = False
    primary_key: bool = False
    default: str | None = None
    """SQL text, where a document or the mission's pattern gives one."""
    group: Group
    origin: Origin
    also: tuple[Origin, ...] = ()
    state: ColumnState
    existing: str | None = None
    """The column of the schema it was matched with."""
    why: str | None = None
    """For ``near`` and ``conflict``: what differs."""
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()


class TableMapping(Fact):
    """One table a workflow needs, column by column."""

    table: str
    doc_name: str | None = None
    role: Role
    state: TableState
    existing: str | None = None
    """The table of the schema it was matched with."""
    matched_by: str | None = None
    """The reason of the match, in a sentence."""
    confidence: Literal["high", "medium", "low"] = "high"
    purpose: str | None = None
    partial: bool = False
    columns: tuple[ColumnMapping, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    """Wanted and not there."""
    unique: tuple[tuple[str, ...], ...] = ()
    """Wanted (see ``columns[].state`` and the findings for whether they are there)."""
    evidence: tuple[Evidence, ...] = ()

    def column(self, name: str) -> ColumnMapping | None:
        return next((one for one in self.columns if one.name == name), None)


class InlineResults(Fact):
    """Results kept in another table (or nowhere) on purpose."""

    table: str | None
    column: str | None = None
    why: str
    evidence: tuple[Evidence, ...] = ()


class KindMatch(Fact):
    """A kind of workflow and the lines that say so."""

    kind: str
    evidence: tuple[Evidence, ...]


class WorkflowMapping(Fact):
    """One workflow and the tables that play its parts."""

    name: str
    title: str
    source: str
    path: str
    confidence: Literal["high", "medium", "low"]
    kinds: tuple[str, ...] = ()
    """Empty never: ``("unclassified",)`` where no kind is clear."""
    kind_evidence: tuple[KindMatch, ...] = ()
    purpose: str | None = None
    trigger: str | None = None
    duration: str | None = None
    tasks: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    payload: tuple[tuple[str, str], ...] = ()
    """(field, ``key`` | ``passed_on`` | ``input``)."""
    owner: str | None = None
    """The owner column: ``user_id``, ``workspace_id``, ``organization_id`` ..."""
    jobs: TableMapping | None = None
    results: tuple[TableMapping, ...] = ()
    enhancements: tuple[TableMapping, ...] = ()
    others: tuple[TableMapping, ...] = ()
    alters: tuple[TableMapping, ...] = ()
    touches: tuple[str, ...] = ()
    inline_results: InlineResults | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def state(self) -> TableState:
        """The workflow's state: the least finished of its tables."""
        states = [one.state for one in self.tables]
        for worst in (TableState.CREATE, TableState.MODIFY):
            if worst in states:
                return worst
        return TableState.IMPLEMENTED if states else TableState.NONE

    @property
    def tables(self) -> tuple[TableMapping, ...]:
        """Every table that it plans or uses as its own, jobs first."""
        jobs = (self.jobs,) if self.jobs else ()
        return (*jobs, *self.results, *self.enhancements, *self.others, *self.alters)


class Severity(StrEnum):
    """How much a finding weighs."""

    REJECT = "reject"
    REQUIRE = "require"
    RECOMMEND = "recommend"
    NOTE = "note"


class Finding(Fact):
    """One thing the mission asks for that the project does not keep."""

    rule: str
    severity: Severity
    subject: str
    """``table``, ``table.column``, a workflow or a document."""
    message: str
    fix: str
    certain: bool = True
    """False where something unread stands in the way: cannot tell."""
    mission: str | None = None
    """The mission's sentence, word for word."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    """The first is the line to change, the rest are why."""
    accepted_by: str | None = None
    """A decision (``decision:ID``) or a comment (``path:line``) that answers it; then it is not counted."""

    @property
    def counted(self) -> bool:
        """Whether it makes ``check`` fail."""
        grave = self.severity in (Severity.REJECT, Severity.REQUIRE)
        return grave and self.accepted_by is None and self.certain


class Option(Fact):
    """One way to decide."""

    id: str
    title: str
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()


class Decision(Fact):
    """A choice the project poses, with this project's facts."""

    id: str
    question: str
    problem: str = ""
    """Current state against what the workflows need."""
    options: tuple[Option, ...]
    recommended: str
    why: str
    affects: tuple[str, ...] = ()
    """Workflows (or tables) it is about."""
    key: bool = False
    """One of the two to four key decisions."""
    chosen: str | None = None
    """The option an amendment chose."""
    evidence: tuple[Evidence, ...] = ()

    @property
    def taken(self) -> Option:
        """The option the plan follows: the chosen one, else the recommended."""
        wanted = self.chosen or self.recommended
        return next(one for one in self.options if one.id == wanted)


class TableNote(Fact):
    """A table and why it stands in a list."""

    table: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    imported_by: tuple[str, ...] = ()
    """Files that import it (of tables proposed for removal)."""
    accepted: bool = False
    """A removal that an amendment accepted."""


class ChangeKind(StrEnum):
    """What a change does."""

    CREATE_TABLE = "create_table"
    MODIFY_TABLE = "modify_table"
    REMOVE_TABLE = "remove_table"
    RENAME = "rename"


class Change(Fact):
    """One recommended change, in the order in which it can be done."""

    number: int
    phase: int
    kind: ChangeKind
    table: str
    title: str
    problem: str
    action: str
    impact: str
    columns: tuple[str, ...] = ()
    """Columns it adds, changes or drops."""
    alters: tuple[str, ...] = ()
    """Those of them that stand already and get another type, default or nullability."""
    affects: tuple[str, ...] = ()
    """Workflows that depend on it."""
    unlocks: tuple[str, ...] = ()
    """Workflows that can be built once it is done."""
    decision: str | None = None
    """The decision it follows from."""
    proposed: bool = False
    """True of a removal nobody accepted yet: proposed, not counted, not drafted."""
    evidence: tuple[Evidence, ...] = ()


class Phase(Fact):
    """A group of changes that can be done together."""

    number: int
    title: str
    changes: tuple[int, ...]
    unlocks: tuple[str, ...] = ()


class Point(Fact):
    """One thing readiness was counted from."""

    what: str
    met: bool
    workflow: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Readiness(Fact):
    """How ready the schema is: points met of points asked."""

    percent: int
    met: int
    total: int
    points: tuple[Point, ...] = ()


class Counts(Fact):
    """Totals, computed from the lists."""

    tables: int
    """Of the schema."""
    columns: int
    new: int
    modified: int
    removed: int
    """Accepted removals only."""
    total: int
    """``tables + new - removed``."""


class Feature(Fact):
    """A feature of the template and whether the workflows use it."""

    title: str
    used: bool
    why: str
    tables: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Rename(Fact):
    """A column that keeps its data under a new name."""

    table: str
    old: str
    new: str


class ForeignDocument(Fact):
    """An ``initial_data_schema.md`` that we did not write: offered, never used."""

    path: str
    plans: tuple[str, ...] = ()
    """Tables it plans, as amendments in the mission's notation."""
    wrong: tuple[Finding, ...] = ()


class Plan(Fact):
    """The database strategy: what the document renders and the code is drafted from."""

    project_root: str
    template: str | None = None
    workflows: tuple[WorkflowMapping, ...] = ()
    """As planned: decisions and amendments are in their columns."""
    stated: tuple[WorkflowMapping, ...] = ()
    """The workflows as the documents and the assistant state them, whatever is recommended: what ``map`` shows."""
    further: tuple[TableMapping, ...] = ()
    """Tables the plan makes or changes that belong to no workflow: the app's own, usage, the owner's."""
    renames: tuple[Rename, ...] = ()
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    options: tuple[Decision, ...] = ()
    """The strategic options of Step 3: the decisions that are not key."""
    readiness: Readiness
    existing: tuple[TableNote, ...] = ()
    create: tuple[TableNote, ...] = ()
    modify: tuple[TableNote, ...] = ()
    remove: tuple[TableNote, ...] = ()
    """In an order in which they can be dropped."""
    unmentioned: tuple[TableNote, ...] = ()
    undeclared: tuple[TableNote, ...] = ()
    changes: tuple[Change, ...] = ()
    phases: tuple[Phase, ...] = ()
    features: tuple[Feature, ...] = ()
    gaps: tuple[Statement, ...] = ()
    counts: Counts
    missing_documents: tuple[MissingDocument, ...] = ()
    foreign_document: ForeignDocument | None = None
    warnings: tuple[str, ...] = ()
    amendments: Amendments = Amendments()
    target: Schema = Schema()
    """The schema as it will be once every planned change is made (accepted removals too)."""
    schema_choice: SchemaChoice = SchemaChoice()
