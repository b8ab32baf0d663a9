"""Small projects that rules report or do not: one import workflow, its tables, and what is changed."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.rules.rule import Example

WORKFLOW = "ai_docs/prep/trigger_workflow_import.md"
PAGES = "ai_docs/prep/app_pages_and_functionality.md"
INDEX = "ai_docs/prep/trigger_workflows.md"

JOBS: Mapping[str, str] = {
    "id": 'uuid("id").primaryKey().defaultRandom()',
    "user_id": 'uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" })',
    "status": 'importStatus("status").notNull().default("pending")',
    "progress_percentage": 'integer("progress_percentage").notNull().default(0)',
    "error_message": 'text("error_message")',
    "trigger_job_id": 'text("trigger_job_id")',
    "created_at": 'timestamp("created_at", { withTimezone: true }).notNull().defaultNow()',
    "completed_at": 'timestamp("completed_at", { withTimezone: true })',
}
RESULTS: Mapping[str, str] = {
    "id": JOBS["id"],
    "job_id": 'uuid("job_id").notNull().unique().references(() => importJobs.id, { onDelete: "cascade" })',
    "user_id": JOBS["user_id"],
    "row_count": 'integer("row_count")',
    "created_at": JOBS["created_at"],
}
INSIGHTS: Mapping[str, str] = {
    "id": JOBS["id"],
    "import_result_id": (
        'uuid("import_result_id").notNull().unique()'
        '.references(() => importResults.id, { onDelete: "cascade" })'
    ),
    "user_id": JOBS["user_id"],
    "summary": 'text("summary")',
    "created_at": JOBS["created_at"],
}
OWNERLESS = JOBS["user_id"].replace(".notNull()", "")
STATUSES = '["pending", "processing", "completed", "failed", "cancelled"]'
USERS = (
    'export const users = pgTable("users", { id: uuid("id").primaryKey(), email: text("email").notNull() });'
)

DOCUMENT = """# Import Workflow: Trigger.dev Quick Reference

## Workflow Overview

Reads a CSV file with Trigger.dev and saves its rows.
Progress is reported with `metadata.set("progress", 50)`.

## Core Data Flow

### Database Tables

**import_jobs** - Main job tracking
- Key fields: `id`, `user_id`, `status`, `progress_percentage`, `error_message`, `trigger_job_id`
- Status values: `pending`, `processing`, `completed`, `failed`, `cancelled`

**import_results** - Completed imports, one-to-one with `import_jobs`
- Key fields: `id`, `job_id`, `user_id`, `row_count`

**import_insights** - Optional AI insights, one-to-one with `import_results`
- Key fields: `id`, `import_result_id`, `user_id`, `summary`

## File Locations

### Task Definitions

```
trigger/tasks/read-csv.ts   - Task 1: read the file
trigger/tasks/save-rows.ts  - Task 2: save the rows
```

## Progress Tracking Pattern

- read-csv: 0% → 60%
- save-rows: 60% → 100%
"""
IMPORT = (WORKFLOW, DOCUMENT)

Changes = Mapping[str, str | None]
"""Columns to put in another way, or with None to leave out."""


def table(key: str, name: str, columns: Mapping[str, str], *, extra: str = "") -> str:
    """Drizzle source of one table."""
    body = ", ".join(f"{column}: {source}" for column, source in columns.items())
    third = f", (t) => [{extra}]" if extra else ""
    return f'export const {key} = pgTable("{name}", {{ {body} }}{third});'


def changed(columns: Mapping[str, str], changes: Changes) -> dict[str, str]:
    """The columns with some put in another way or left out."""
    return {name: source for name, source in {**columns, **changes}.items() if source is not None}


def indexes(*columns: str) -> str:
    """Index definitions, one a column."""
    return ", ".join(f'index("{column}_idx").on(t.{column})' for column in columns)


def schema(
    jobs: Changes | None = None,
    results: Changes | None = None,
    insights: Changes | None = None,
    *,
    indexed: tuple[str, ...] = ("user_id", "status", "created_at"),
    without: tuple[str, ...] = (),
    statuses: str = STATUSES,
    users: str = USERS,
    more: str = "",
) -> str:
    """A whole schema of the import workflow, as the mission asks, but for what is changed."""
    tables = {
        "import_jobs": table("importJobs", "import_jobs", changed(JOBS, jobs or {}), extra=indexes(*indexed)),
        "import_results": table(
            "importResults",
            "import_results",
            changed(RESULTS, results or {}),
            extra=indexes(*(one for one in indexed if one != "status")),
        ),
        "import_insights": table(
            "importInsights",
            "import_insights",
            changed(INSIGHTS, insights or {}),
            extra=indexes(*(one for one in indexed if one == "user_id")),
        ),
    }
    enum = f'export const importStatus = pgEnum("import_status", {statuses});'
    kept = [source for name, source in tables.items() if name not in without]
    return "\n".join([IMPORTS, enum, users, *kept, more]).strip() + "\n"


IMPORTS = (
    "import { index, integer, jsonb, pgEnum, pgTable, real, text, timestamp, unique, uuid } "
    'from "drizzle-orm/pg-core";'
)


def with_workflow(source: str, document: str = DOCUMENT) -> Example:
    """A schema and the document of the import workflow."""
    return Example(schema=source, documents=((WORKFLOW, document),))


def pages(text: str, *, source: str = "") -> Example:
    """A blueprint that says something, and maybe a schema."""
    return Example(schema=source, documents=((PAGES, f"# App Pages & Functionality Blueprint\n\n{text}\n"),))


def alone(source: str) -> Example:
    """A schema without documents."""
    return Example(schema=f"{IMPORTS}\n{source}\n")


KEPT = with_workflow(schema())
"""The import workflow with everything the mission asks for."""
