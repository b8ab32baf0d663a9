"""Workflows and schemas written in one line a column, for the tests of mapping."""

from __future__ import annotations

import re
from typing import Any

from shipkit_mcp.facts import (
    Column,
    DbEnum,
    DeclaredColumn,
    DeclaredTable,
    Evidence,
    ForeignKey,
    Index,
    Interface,
    PayloadField,
    Schema,
    Statement,
    Survey,
    Table,
    TableUse,
    Unique,
    Unread,
    Workflow,
)
from shipkit_mcp.findings import ColumnMapping, TableMapping, WorkflowMapping
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.mapping.names import to_snake

DOC = "ai_docs/prep/trigger_workflow_x.md"
_LINE = re.compile(
    r"(?P<name>\w+)(?:: (?P<type>[^{}!?>-]+?))?(?P<null>[!?])?"
    r"(?: -> (?P<to>\w+\.\w+))?(?: (?P<delete>cascade|set null))?"
    r"(?: \{(?P<values>[^}]*)\})?(?P<marks>(?: \w+)*)$"
)


def at(line: int = 1, path: str = DOC) -> Evidence:
    return Evidence(path=path, line=line, quote=f"line {line}")


def said(text: str, line: int = 1) -> Statement:
    return Statement(text=text, evidence=at(line))


def _parse(line: str) -> dict[str, Any]:
    found = _LINE.fullmatch(line)
    assert found, line
    marks = found["marks"].split()
    return {
        "name": found["name"],
        "type": found["type"],
        "not_null": {"!": True, "?": False, None: None}[found["null"]],
        "to": found["to"],
        "delete": found["delete"],
        "values": tuple(found["values"].split("|")) if found["values"] else None,
        "marks": marks,
    }


def declare(name: str, *columns: str, **more: Any) -> DeclaredTable:
    """A table of a document: ``user_id: uuid! -> users.id cascade {a|b} pk unique legacy``."""
    return DeclaredTable(
        name=to_snake(name),
        doc_name=name,
        columns=tuple(_declared(number, _parse(line)) for number, line in enumerate(columns, 10)),
        evidence=at(9),
        **more,
    )


def _declared(number: int, one: dict[str, Any]) -> DeclaredColumn:
    return DeclaredColumn(
        name=to_snake(one["name"]),
        doc_name=one["name"],
        type=one["type"],
        not_null=one["not_null"],
        references=one["to"],
        on_delete=one["delete"],
        values=one["values"],
        primary_key="pk" in one["marks"],
        unique="unique" in one["marks"],
        legacy="legacy" in one["marks"],
        dropped="dropped" in one["marks"],
        evidence=at(number),
    )


def touch(name: str, use: TableUse = TableUse.TOUCHED) -> DeclaredTable:
    return declare(name, use=use)


def workflow(name: str, *tables: DeclaredTable, **more: Any) -> Workflow:
    """A workflow of high confidence, from a file of its own."""
    given = {"title": name.replace("_", " ").title(), "source": "file", "confidence": "high"}
    evidence = at(1, f"ai_docs/prep/trigger_workflow_{name}.md")
    return Workflow(name=name, path=evidence.path, tables=tables, evidence=evidence, **(given | more))


def payload(*fields: str, part: str = "payload") -> Interface:
    """``fileName: string`` with ``*`` for a key and ``>`` for what is only passed on."""
    found = [re.fullmatch(r"([*>]?)(\w+): (.+)", one) for one in fields]
    uses: dict[str, Any] = {"*": "key", ">": "passed_on", "": "input"}
    return Interface(
        name="Payload",
        part=part,  # type: ignore[arg-type]  # the tests pass names that exist
        fields=tuple(
            PayloadField(
                name=to_snake(one[2]), doc_name=one[2], type=one[3], use=uses[one[1]], evidence=at(30)
            )
            for one in found
            if one
        ),
        evidence=at(29),
    )


def table(name: str, *columns: str, **more: Any) -> Table:
    """A table of the schema; every ``->`` is a foreign key."""
    parsed = [_parse(line) for line in columns]
    return Table(
        name=name,
        dialect="postgresql",
        key=name,
        path=f"db/{name}.ts",
        line=5,
        columns=tuple(_column(number, one) for number, one in enumerate(parsed, 6)),
        foreign_keys=tuple(_key(name, one) for one in parsed if one["to"]),
        unique=tuple(Unique(name=None, columns=tuple(one)) for one in more.get("unique", ())),
        indexes=tuple(Index(name=None, columns=tuple(one)) for one in more.get("indexes", ())),
        unread=tuple(Unread(path=f"db/{name}.ts", line=7, why=why) for why in more.get("unread", ())),
    )


def _column(number: int, one: dict[str, Any]) -> Column:
    return Column(
        name=one["name"],
        key=one["name"],
        type=one["type"],
        not_null=bool(one["not_null"]),
        primary_key="pk" in one["marks"],
        unique="unique" in one["marks"],
        enum=one["type"] if "enum" in one["marks"] else None,
        enum_values=one["values"],
        references=one["to"],
        line=number,
    )


def _key(name: str, one: dict[str, Any]) -> ForeignKey:
    target, column = one["to"].split(".")
    return ForeignKey(
        name=f"{name}_fk",
        columns=(one["name"],),
        table=target,
        foreign_columns=(column,),
        on_delete=one["delete"],
    )


def schema(*tables: Table, enums: tuple[DbEnum, ...] = (), dialect: str = "postgresql") -> Schema:
    return Schema(dialect=dialect, tables=tables, enums=enums)


def map_all(*workflows: Workflow, schema: Schema | None = None) -> tuple[WorkflowMapping, ...]:
    return map_workflows(Survey(project_root="~/app", workflows=workflows, schema=schema or Schema()))


def map_one(one: Workflow, schema: Schema | None = None) -> WorkflowMapping:
    return map_all(one, schema=schema)[0]


def jobs_of(mapping: WorkflowMapping) -> TableMapping:
    assert mapping.jobs is not None
    return mapping.jobs


def column(table: TableMapping, name: str) -> ColumnMapping:
    found = table.column(name)
    assert found is not None, [one.name for one in table.columns]
    return found


def names(table: TableMapping) -> list[str]:
    return [one.name for one in table.columns]


USERS = table("users", "id: uuid! pk", "email: text!")
CLIP_JOBS = table(
    "clip_jobs",
    "id: uuid! pk",
    "user_id: uuid! -> users.id cascade",
    "video_url: text!",
    "status: job_status! {pending|processing|completed|failed|cancelled} enum",
    "progress_percentage: integer!",
    "error_message: text",
    "trigger_job_id: text",
    "created_at: timestamp with time zone!",
    "completed_at: timestamp with time zone",
    indexes=[["user_id"], ["status"], ["created_at"]],
)
CLIPS = table(
    "clips",
    "id: uuid! pk",
    "job_id: uuid! -> clip_jobs.id cascade",
    "user_id: uuid! -> users.id cascade",
    "clip_url: text!",
    "created_at: timestamp with time zone!",
    unique=[["job_id"]],
    indexes=[["user_id"], ["created_at"]],
)
JOB_STATUS = DbEnum(
    name="job_status",
    values=("pending", "processing", "completed", "failed", "cancelled"),
    path="db/clip_jobs.ts",
    line=1,
)
CLIPPING = schema(USERS, CLIP_JOBS, CLIPS, enums=(JOB_STATUS,))
