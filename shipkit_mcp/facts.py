"""What a project says: everything that was read, with the line it was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Protocol, Self

from pydantic import BaseModel, ConfigDict, Field, model_serializer, model_validator


class Fact(BaseModel):
    """Base of everything that can be told to a client: immutable, hashable, closed."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        serialize_by_alias=True,
        validate_by_name=True,
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's, without what was worked out of the old fields."""
        made = super().model_copy(update=update, deep=deep)
        fields = type(made).__pydantic_fields__
        if len(made.__dict__) > len(fields):
            for name in made.__dict__.keys() - fields.keys():
                del made.__dict__[name]
        return made


class Evidence(Fact):
    """One line of one file. On the wire it is the string ``path:line``."""

    path: str
    """Relative to the project, with ``/``."""
    line: int
    """Counted from 1, as editors do."""
    quote: str = Field(default="", repr=False)
    """That line, stripped."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    @model_serializer
    def _as_text(self) -> str:
        return str(self)

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str):
            path, _, line = value.rpartition(":")
            return {"path": path, "line": line}
        return value


@dataclass(frozen=True)
class Source:
    """The text of one file, with newlines folded to ``\\n`` and no byte order mark."""

    path: str
    text: str
    secret_lines: tuple[int, ...] = ()
    """Where text that looks like a secret stood; it was taken out before any reader saw it."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Split on ``\\n`` only: editors and both parsers count no other line end."""
        return tuple(self.text.split("\n"))

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def at(self, row: int) -> Evidence:
        """The evidence for a row counted from 0, as parsers count. The one place that adds 1."""
        row = min(max(row, 0), len(self.lines) - 1)
        return Evidence(path=self.path, line=row + 1, quote=self.lines[row].strip())


class Files(Protocol):
    """A read-only, confined and bounded view of a project's files."""

    def get(self, path: str) -> Source | None:
        """The file at a path relative to the project; None where it is absent or was refused."""

    def under(self, folder: str = "") -> Sequence[str]:
        """Sorted paths of the readable files at any depth below a folder ("" is the project)."""


class Unread(Fact):
    """What was seen but not understood: neither dropped nor guessed."""

    path: str
    line: int
    why: str


# --- documents -----------------------------------------------------------------------------


class DocKind(StrEnum):
    """Which planning document a file is."""

    MASTER_IDEA = "master_idea"
    WIREFRAME = "wireframe"
    APP_PAGES = "app_pages"
    WORKFLOW_INDEX = "workflow_index"
    WORKFLOW = "workflow"
    DATA_SCHEMA = "initial_data_schema"
    LATER = "later"
    """Roadmap and system architecture: they follow ours and are only ever a warning."""
    TASK = "task"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a stretch of Markdown is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ORDERED = "ordered"
    FENCE = "fence"
    TABLE_ROW = "table_row"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of Markdown below a heading; soft breaks inside a paragraph stay newlines."""

    kind: BlockKind
    text: str
    """Markdown as written, without list marks and fence lines."""
    line: int
    """Where the text starts, counted from 1 (for a fence: its first line inside)."""
    depth: int = 0
    """Nesting of lists, outermost 0."""
    info: str = ""
    """First word of a fence's info string, lower case."""
    cells: tuple[str, ...] = ()
    """Of a table row."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it up to the next heading."""

    title: str
    """As written, without Markdown marks."""
    key: str
    """Title folded for comparison: lower case, without emoji, punctuation and numbering."""
    level: int
    """Of the heading; 0 for text before the first one."""
    line: int
    parents: tuple[str, ...]
    """Keys of the enclosing sections, outermost first."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PrepDoc:
    """One planning document, cut into sections."""

    kind: DocKind
    source: Source
    title: str
    sections: tuple[Section, ...]
    boilerplate: bool = False
    """True where it is the template's own example or speaks of another app."""
    unread: tuple[Unread, ...] = ()

    @property
    def path(self) -> str:
        return self.source.path


class MissingDocument(Fact):
    """A document the mission asks for that was not found."""

    document: str
    """As the mission names it, such as "Master Idea Document"."""
    path: str
    """Where the mission expects it."""
    looked_in: tuple[str, ...] = ()


class Statement(Fact):
    """Something a document says, in its own words."""

    text: str
    evidence: Evidence


class Tier(Fact):
    """A price tier as a document states it, with its quotas."""

    name: str
    price: str | None = None
    quotas: tuple[Statement, ...] = ()
    evidence: Evidence


class Page(Fact):
    """A page of the app."""

    route: str
    title: str
    evidence: Evidence


class Vision(Fact):
    """What the app is for, who uses it, what it charges."""

    app_name: Statement | None = None
    end_goal: Statement | None = None
    problem: Statement | None = None
    value: Statement | None = None
    users: tuple[Statement, ...] = ()
    functions: tuple[Statement, ...] = ()
    stories: tuple[Statement, ...] = ()
    features: tuple[Statement, ...] = ()
    background_jobs: tuple[Statement, ...] = ()
    """Stories and functions of the "System/Background" role."""
    business_model: Statement | None = None
    bills: bool | None = None
    """True where the documents say that the app charges, False where they say it does not."""
    tiers: tuple[Tier, ...] = ()
    billing_tables: tuple[Statement, ...] = ()
    """Tables a billing section plans, such as "`user_subscriptions` table: ..."."""
    template: Statement | None = None
    """What the documents say of the template ("Template Type")."""
    pages: tuple[Page, ...] = ()


# --- workflows -----------------------------------------------------------------------------


class TableUse(StrEnum):
    """What a workflow document does with a table."""

    DEFINED = "defined"
    """Defined column by column (or by key fields) as the workflow's own, or used with a full definition."""
    ALTERED = "altered"
    """Columns are added to a table that exists or that another document defines."""
    TOUCHED = "touched"
    """Only read or updated."""
    OTHER_WORKFLOW = "other_workflow"
    """Listed here, but the document says that it belongs to another workflow."""


class Role(StrEnum):
    """The part a table plays."""

    JOBS = "jobs"
    RESULTS = "results"
    ENHANCEMENT = "enhancement"
    DOMAIN = "domain"
    USAGE = "usage"
    SETTINGS = "settings"


class DeclaredColumn(Fact):
    """A column as a document (or an assistant, in the mission's notation) declares it."""

    name: str
    """As it would be in SQL: snake_case."""
    doc_name: str
    """As the document writes it."""
    type: str | None = None
    """As written, without the null alternative."""
    type_comment: str | None = None
    """A type given in a comment (``// JSONB``)."""
    not_null: bool | None = None
    """None where the notation marks nothing."""
    primary_key: bool = False
    unique: bool = False
    default: str | None = None
    references: str | None = None
    """``table.column`` where the column itself says so."""
    on_delete: str | None = None
    values: tuple[str, ...] | None = None
    """In the document's order."""
    legacy: bool = False
    """The document itself calls it v1, legacy or deprecated: never planned."""
    dropped: bool = False
    """``DROP COLUMN``, or ``- name`` in an amendment."""
    renamed_from: str | None = None
    note: str | None = None
    evidence: Evidence


class DeclaredTable(Fact):
    """A table as a document declares it."""

    name: str
    doc_name: str
    use: TableUse = TableUse.DEFINED
    role: Role | None = None
    """Where the document's own words say it."""
    purpose: str | None = None
    declared_new: bool = False
    """The document says to create it."""
    partial: bool = False
    """Only key fields, or ``...`` inside: never proves that a column is missing elsewhere."""
    marks_null: bool = False
    """The notation marks nullable columns, so that unmarked is not null."""
    columns: tuple[DeclaredColumn, ...] = ()
    primary_key: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    evidence: Evidence

    def column(self, name: str) -> DeclaredColumn | None:
        return next((one for one in self.columns if one.name == name), None)


class PayloadField(Fact):
    """A field of a task's payload or of an output structure."""

    name: str
    """snake_case."""
    doc_name: str
    type: str
    optional: bool = False
    use: Literal["key", "passed_on", "input"] = "input"
    """An id, something a task hands to the next one, or input metadata worth a column."""
    evidence: Evidence


class Interface(Fact):
    """A TypeScript interface of a workflow document."""

    name: str
    part: Literal["payload", "task_payload", "output", "table", "other"]
    """``payload`` is what triggers the workflow; ``task_payload`` passes between its tasks."""
    task: str | None = None
    fields: tuple[PayloadField, ...] = ()
    evidence: Evidence


class Progress(Fact):
    """``extract-audio: 10% -> 30%``."""

    label: str
    start: int
    end: int
    evidence: Evidence


class Task(Fact):
    """A Trigger.dev task."""

    id: str
    description: str | None = None
    deprecated: bool = False
    evidence: Evidence


class Workflow(Fact):
    """One background workflow, from a file, a section of a file, an index entry or a task document."""

    name: str
    """snake_case, from the file's name, else the title."""
    title: str
    """Without emoji and boilerplate suffixes."""
    source: Literal["file", "section", "index", "blueprint", "task"]
    path: str
    confidence: Literal["high", "medium", "low"]
    purpose: Statement | None = None
    trigger: Statement | None = None
    duration: Statement | None = None
    tasks: tuple[Task, ...] = ()
    inputs: tuple[Statement, ...] = ()
    steps: tuple[Statement, ...] = ()
    outputs: tuple[Statement, ...] = ()
    enhancements: tuple[Statement, ...] = ()
    decision_points: tuple[Statement, ...] = ()
    progress: tuple[Progress, ...] = ()
    statuses: tuple[str, ...] = ()
    """The job's own vocabulary, in the document's order."""
    statuses_evidence: Evidence | None = None
    status_writes: tuple[Statement, ...] = ()
    """Statuses that code in the document writes."""
    interfaces: tuple[Interface, ...] = ()
    tables: tuple[DeclaredTable, ...] = ()
    inline_results: Statement | None = None
    """Where the document says that results stay in the jobs table or with the caller."""
    no_jobs_table: Statement | None = None
    """Where the document says that it tracks no job of its own."""
    saves_output: bool | None = None
    """False where the document says that nothing is kept; None where it does not say."""
    checklist: tuple[Statement, ...] = ()
    also_read: tuple[str, ...] = ()
    """Further documents that described it (index, blueprint)."""
    evidence: Evidence
    """Its heading."""
    unread: tuple[Unread, ...] = ()


# --- schema --------------------------------------------------------------------------------


class UnknownDefault(Fact):
    """A default that cannot be known without running the code."""

    unknown: str


class Generated(Fact):
    """A generated column."""

    expression: str
    mode: str | None = None
    """``stored`` or ``virtual``."""


class Identity(Fact):
    """An identity column."""

    type: str
    """``always`` or ``byDefault``."""
    name: str | None = None


class Column(Fact):
    """A column; the flags say what drizzle-orm's own column says."""

    name: str
    key: str
    type: str
    """drizzle-orm's ``getSQLType()``."""
    not_null: bool = False
    primary_key: bool = False
    unique: bool = False
    has_default: bool = False
    default: str | UnknownDefault | None = None
    """SQL text."""
    array: int = 0
    """Number of dimensions."""
    enum: str | None = None
    enum_values: tuple[str, ...] | None = None
    generated: Generated | None = None
    identity: Identity | None = None
    auto_increment: bool = False
    """MySQL's ``.autoincrement()``, SQLite's ``{ autoIncrement: true }``."""
    references: str | None = None
    """``table.column`` of an inline reference."""
    comment: str | None = None
    line: int = 0


class Unique(Fact):
    """A unique constraint of a table."""

    name: str | None
    columns: tuple[str, ...]
    nulls_not_distinct: bool = False


class Index(Fact):
    """An index; an expression stands in ``columns`` as its SQL text."""

    name: str | None
    columns: tuple[str, ...]
    unique: bool = False
    where: str | None = None
    method: str | None = None


class ForeignKey(Fact):
    """A foreign key; null ``on_delete`` means no action."""

    name: str
    explicit_name: str | None = None
    columns: tuple[str, ...]
    table: str
    namespace: str | None = Field(default=None, alias="schema")
    foreign_columns: tuple[str, ...]
    on_delete: str | None = None
    on_update: str | None = None


class Check(Fact):
    """A check constraint."""

    name: str
    expression: str


class Table(Fact):
    """A table of the schema."""

    name: str
    namespace: str | None = Field(default=None, alias="schema")
    dialect: str
    key: str
    exported: bool = True
    path: str
    line: int
    comment: str | None = None
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    primary_key_name: str | None = None
    unique: tuple[Unique, ...] = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()
    policies: tuple[str, ...] = ()
    rls: bool = False
    allows: tuple[tuple[str, str], ...] = ()
    """``// shipkit: allow RULE reason`` beside the table, as (rule, reason)."""
    unread: tuple[Unread, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)


class DbEnum(Fact):
    """An enum type of the database."""

    name: str
    namespace: str | None = Field(default=None, alias="schema")
    values: tuple[str, ...]
    key: str = ""
    path: str
    line: int


class View(Fact):
    """A view."""

    name: str
    namespace: str | None = Field(default=None, alias="schema")
    materialized: bool = False
    existing: bool = False
    columns: tuple[str, ...] = ()
    path: str = ""
    line: int = 0


class DbSequence(Fact):
    """A sequence."""

    name: str
    namespace: str | None = Field(default=None, alias="schema")
    path: str = ""
    line: int = 0


class Relation(Fact):
    """A relation of drizzle's relational queries (no part of the database)."""

    table: str
    name: str
    kind: Literal["one", "many"]
    target: str
    path: str = ""
    line: int = 0


class SchemaChoice(Fact):
    """Where the schema was found, by which rule, and what else could have been meant."""

    files: tuple[str, ...] = ()
    found_by: str = ""
    """The rule in a sentence."""
    config: str | None = None
    out: str | None = None
    dialect: str | None = None
    casing: str | None = None
    casing_from: Evidence | None = None
    drizzle_version: str | None = None
    others: tuple[str, ...] = ()
    """Other databases in the project, as their config or folder."""
    looked_in: tuple[str, ...] = ()
    only_dialect: str | None = None
    """The dialect of the configuration, where its files may hold tables of others, which drizzle-kit leaves out."""
    filters: Mapping[str, tuple[str, ...]] = {}
    """What the configuration filters on push and pull (``tablesFilter`` …); no table is left out for it."""


class Schema(Fact):
    """What the Drizzle files say."""

    dialect: str | None = None
    """The project's, ``mixed``, or None where there is no schema."""
    choice: SchemaChoice = SchemaChoice()
    files: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    enums: tuple[DbEnum, ...] = ()
    views: tuple[View, ...] = ()
    sequences: tuple[DbSequence, ...] = ()
    relations: tuple[Relation, ...] = ()
    unread: tuple[Unread, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Table]:
        """One table of each name, in the order given: the app's own before those of other database schemas."""
        meant = {one.name: one for one in self.tables}
        for one in self.tables[::-1]:
            meant[one.name] = min(one, meant[one.name], key=_distance)
        return meant

    @cached_property
    def namesakes(self) -> tuple[Table, ...]:
        """Tables behind another of their name (``auth.users`` beside ``users``): they stay as they are."""
        return tuple(one for one in self.tables if self.by_name[one.name] is not one)

    def table(self, name: str) -> Table | None:
        """The table that this name means."""
        return self.by_name.get(name)


def _distance(table: Table) -> tuple[bool, bool]:
    return table.namespace is not None, not table.exported


# --- the project as a whole ----------------------------------------------------------------


class Stack(Fact):
    """What package.json and file names say of the tools in use."""

    packages: tuple[tuple[str, str], ...] = ()
    """(name, range) of the packages that matter to us."""
    uses_trigger: bool = False
    others: tuple[Statement, ...] = ()
    """Prisma, Inngest, BullMQ ...: seen, not read."""


class CodeFacts(Fact):
    """What a text scan of the source files found (no parsing, nothing run)."""

    tasks: tuple[Task, ...] = ()
    """Task ids in ``trigger/**`` and ``src/trigger/**``."""
    imports: tuple[tuple[str, Evidence], ...] = ()
    """(schema file, line that imports it)."""
    imported_names: tuple[tuple[str, str, Evidence], ...] = ()
    """(schema file, exported name or ``*``, line that imports it)."""
    drizzle_calls: tuple[Evidence, ...] = ()
    """Lines that call ``drizzle(``, where ``casing`` may be set."""
    scanned: int = 0
    not_scanned: str | None = None


@dataclass(frozen=True)
class Survey:
    """Everything that was read of a project. What the pure stages work from."""

    project_root: str
    workspace: str | None = None
    """The workspace around the project that was read too, as it is shown."""
    documents: tuple[PrepDoc, ...] = ()
    documents_folder: str | None = None
    missing_documents: tuple[MissingDocument, ...] = ()
    vision: Vision = Vision()
    template: str | None = None
    """``worker-simple``, ``worker-saas`` or None where the documents name no known template."""
    workflows: tuple[Workflow, ...] = ()
    schema: Schema = Schema()
    schema_sources: tuple[Source, ...] = ()
    """The text of the schema files, for drafting code in their style."""
    stack: Stack = Stack()
    code: CodeFacts = CodeFacts()
    warnings: tuple[str, ...] = ()
    """What was refused, skipped or cut, each a sentence with its file."""


# --- what an assistant says ----------------------------------------------------------------


class Amendments(Fact):
    """What the assistant decided, merged over what the document's end comment holds."""

    decisions: Mapping[str, str] = {}
    """Decision id to option id."""
    tables: str = ""
    """Text in the mission's notation, as given."""
    remove: tuple[str, ...] = ()
    narrative: Mapping[str, str] = {}
    """Prose for named places (``end_goal``, ``table.NAME``, ``workflow.NAME`` ...)."""
