"""The tools as they are published: names, arguments, descriptions. What they do is in `answers`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Context
from mcp.types import CallToolResult, ToolAnnotations
from pydantic import Field

from shipkit_mcp.server.asking import Choices, answers
from shipkit_mcp.server.desk import Desk
from shipkit_mcp.server.replies import (
    AssessReply,
    CheckReply,
    CodeReply,
    DocsReply,
    GuideReply,
    MapReply,
    SchemaReply,
    WriteReply,
)

Folder = Annotated[
    str | None,
    Field(
        description="Project folder, absolute. Needed only where the server was not started in or for the project.",
        max_length=4096,
    ),
]
Detail = Annotated[
    Literal["concise", "full"],
    Field(description="concise: lines in the mission's notation; full: every field with its evidence."),
]
Cursor = Annotated[str | None, Field(description="From `more.cursor` of the reply before.", max_length=16)]
Names = list[Annotated[str, Field(max_length=256)]]


@dataclass(frozen=True)
class Spec:
    """A tool as it is published."""

    function: Callable[..., Any]
    title: str
    hints: ToolAnnotations


READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
WRITES = ToolAnnotations(
    read_only_hint=False, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def reading_tools(desk: Desk) -> list[Spec]:
    """The tools that write nothing, in the order of the mentor's steps."""

    async def read_prep_docs(
        ctx: Context,
        project: Folder = None,
        doc: Annotated[
            str | None,
            Field(description="File name of a document: its text, in pages, instead.", max_length=256),
        ] = None,
        detail: Detail = "concise",
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, DocsReply]:
        """Read the planning documents (ai_docs/prep/*.md) and say what the app is for.

        Returns the app's vision (end goal, users, business model, tiers and quotas), the workflows found,
        each document with its kind, and the documents that are missing with where they were looked for.
        Facts carry path:line. Reads only; works without a schema.
        """
        return await desk.answer(
            ctx, "read_prep_docs", project=project, doc=doc, detail=detail, cursor=cursor
        )

    async def parse_drizzle_schema(
        ctx: Context,
        project: Folder = None,
        tables: Annotated[Names | None, Field(description="Only these tables.", max_length=200)] = None,
        schema: Annotated[
            Names | None,
            Field(
                description="Paths or globs, relative to the project, read in place of the schema that was found.",
                max_length=64,
            ),
        ] = None,
        casing: Annotated[
            Literal["none", "snake_case", "camelCase"] | None,
            Field(description="Overrides the casing found in the config or client."),
        ] = None,
        detail: Detail = "concise",
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, SchemaReply]:
        """Read the Drizzle schema without running it: tables, columns, keys, indexes, enums.

        PostgreSQL, MySQL and SQLite. Types and derived names are drizzle-orm's own. What cannot be known
        without running the code is listed as unread with its line, never guessed. Pages by whole tables.
        Concise lines mark with `| null` what may be null; the rest is not null.
        """
        return await desk.answer(
            ctx,
            "parse_drizzle_schema",
            project=project,
            tables=tables,
            schema=schema,
            casing=casing,
            detail=detail,
            cursor=cursor,
        )

    async def map_workflow_to_tables(
        ctx: Context,
        project: Folder = None,
        workflow: Annotated[str | None, Field(description="Only this workflow.", max_length=256)] = None,
        detail: Detail = "concise",
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, MapReply]:
        """Map each background workflow to the tables it needs and compare them with the schema.

        For each workflow: jobs, results and enhancement tables, column by column, with where each column
        comes from (documented, existing, required by the job pattern) and how it stands in the schema
        (present, near, missing, conflict). Also the findings and decisions that concern the workflow.
        Concise replies leave out what is usual: high confidence; a path that is the workflow's; of a column,
        documented (or the table's `origin`) and missing in a table to create, else present. `| null` marks
        what may be null.
        """
        return await desk.answer(
            ctx, "map_workflow_to_tables", project=project, workflow=workflow, detail=detail, cursor=cursor
        )

    async def assess_schema(
        ctx: Context, project: Folder = None, detail: Detail = "concise", cursor: Cursor = None
    ) -> Annotated[CallToolResult, AssessReply]:
        """Assess the schema against the workflows: readiness, key decisions, template fit, gaps, options.

        Serves Steps 1 to 3 of the mentor: a readiness percentage with the points it was counted from, two to
        four key decisions with options and a recommendation, template features used, tables that could go,
        tables nobody speaks of, strategic options, and the recommended changes in order.
        """
        return await desk.answer(ctx, "assess_schema", project=project, detail=detail, cursor=cursor)

    async def check_schema(
        ctx: Context, project: Folder = None, detail: Detail = "concise", cursor: Cursor = None
    ) -> Annotated[CallToolResult, CheckReply]:
        """Check the schema as it is: rule findings and drift between documents, plan and schema.

        Each finding has a rule id, severity, message, fix and path:line. Findings accepted by a decision or by
        a `// shipkit: allow RULE reason` comment are listed and not counted.
        """
        return await desk.answer(ctx, "check_schema", project=project, detail=detail, cursor=cursor)

    async def draft_schema_code(
        ctx: Context,
        project: Folder = None,
        part: Annotated[
            Literal["drizzle", "sql", "all", "mermaid"],
            Field(
                description="Drizzle files and diffs, up and down SQL by phase, or both; mermaid: the plan drawn."
            ),
        ] = "all",
        tables: Annotated[
            Names | None, Field(description="Only the Drizzle files of these tables.", max_length=200)
        ] = None,
        policies: Annotated[
            bool, Field(description="Also draft row level security policies for the owner column.")
        ] = False,
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, CodeReply]:
        """Draft code for the plan: one Drizzle file per new table in the project's own style, unified diffs for
        existing files, and up and down SQL per phase. Nothing is written to disk.
        """
        return await desk.answer(
            ctx,
            "draft_schema_code",
            project=project,
            part=part,
            tables=tables,
            policies=policies,
            cursor=cursor,
        )

    async def mentor_guide(
        ctx: Context,
        project: Folder = None,
        step: Annotated[
            Literal["0", "1", "2", "3", "4"] | None,
            Field(description="The step's message with this project's facts filled in."),
        ] = None,
        topic: Annotated[
            Literal[
                "mission", "role", "job-pattern", "stripe", "process", "document", "kickoff", "rules", "tools"
            ]
            | None,
            Field(description="A topic of the guide instead of a step."),
        ] = None,
        cursor: Cursor = None,
    ) -> Annotated[CallToolResult, GuideReply]:
        """The database mentor's brief, for hosts without prompts: role, rules and how the tools serve each step.

        With `step`, the message of that step rendered from this project's plan. With `topic`, one part of the
        brief. Without either, role and rules in brief and the tools.
        """
        return await desk.answer(ctx, "mentor_guide", project=project, step=step, topic=topic, cursor=cursor)

    return [
        Spec(read_prep_docs, "Read planning documents", READS),
        Spec(parse_drizzle_schema, "Read Drizzle schema", READS),
        Spec(map_workflow_to_tables, "Map workflows to tables", READS),
        Spec(assess_schema, "Assess schema", READS),
        Spec(check_schema, "Check schema", READS),
        Spec(draft_schema_code, "Draft schema code", READS),
        Spec(mentor_guide, "Mentor guide", READS),
    ]


def writing_tools(desk: Desk) -> list[Spec]:
    """The one tool that writes."""

    async def write_initial_data_schema(
        ctx: Context,
        choices: Choices,
        project: Folder = None,
        decisions: Annotated[
            dict[str, str | None] | None,
            Field(description="Decision id to option id, from assess_schema. null withdraws one."),
        ] = None,
        tables: Annotated[
            str | None,
            Field(
                description="Tables as `name { column: type (notes) }`; a known table is amended column by column.",
                max_length=65536,
            ),
        ] = None,
        remove: Annotated[
            Names | None,
            Field(description="Tables to remove; `-name` withdraws an earlier removal.", max_length=200),
        ] = None,
        narrative: Annotated[
            dict[str, str | None] | None,
            Field(
                description="Short prose for end_goal, table.NAME, workflow.NAME, decision.ID, advantage, next_steps."
            ),
        ] = None,
        ask: Annotated[
            bool, Field(description="Ask the person for the open decisions first, where the host has forms.")
        ] = False,
        dry_run: Annotated[
            bool, Field(description="Show what would be written as a diff, and write nothing.")
        ] = False,
        expected_sha256: Annotated[
            str | None,
            Field(description="Write only if the document on disk still has this hash.", max_length=64),
        ] = None,
        overwrite_edits: Annotated[
            bool, Field(description="Replace sections that a person edited too.")
        ] = False,
    ) -> Annotated[CallToolResult, WriteReply]:
        """Render the strategic database plan and save it as initial_data_schema.md beside the planning documents.

        Takes what was decided; all arguments are optional and merged over what earlier calls recorded. The
        document is checked against the schema, sections a person edited are kept, and the old file is copied
        beside it first. A wrong amendment is refused with what to write instead, and nothing is written.
        """
        chosen, asked = answers(choices) if ask else ({}, None)
        return await desk.answer(
            ctx,
            "write_initial_data_schema",
            project=project,
            asked=asked,
            decisions={**(decisions or {}), **chosen} or None,
            tables=tables,
            remove=remove,
            narrative=narrative,
            dry_run=dry_run,
            expected_sha256=expected_sha256,
            overwrite_edits=overwrite_edits,
        )

    return [Spec(write_initial_data_schema, "Write initial_data_schema.md", WRITES)]
