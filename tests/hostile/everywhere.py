"""A project that says each of some texts in every field that a reply can quote."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from hostile.stdio import write_project

from shipkit_mcp.project.names import refusal

SCHEMA = "db/schema.ts"
HEAD = """import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgEnum, pgPolicy, pgSchema, pgTable, pgView, text, unique, uuid } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: uuid("id").primaryKey() });
"""
TABLE = """
// shipkit: allow foreign-key-index {plain}
export const bare{n} = pgTable("bare_{n}", {{
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").references(() => users.id, {{ onDelete: "cascade" }}),
}});
// Table {n}: {plain}
export const kind{n} = pgEnum({enum}, ["plain", {q}]);
export const table{n} = pgTable({name}, {{
  id: uuid("id").primaryKey(),
  /** Like {plain} */
  address: text({column}).default({q}),
  choice: text("choice", {{ enum: ["one", {q}] }}),
  kind: kind{n}("kind"),
  made: text("made").$defaultFn(() => unknown({q})),
  odd: unknownBuilder({q}),
  userId: uuid("user_id"),
}}, (table) => [
  index({index}).on(table.address),
  unique({unique}).on(table.choice),
  check({check}, sql`address <> {inside}`),
  foreignKey({{ name: {key}, columns: [table.userId], foreignColumns: [users.id] }}),
  pgPolicy({policy}, {{ using: sql`true` }}),
]);
export const view{n} = pgView({view}).as((qb) => qb.select().from(table{n}));
"""
WORKFLOW = """# Count {n} {plain} Workflow

> **Purpose**: Counts, as {plain}.

## Workflow Overview

It reads {plain} and saves it.

**Core Flow**: Choose {plain} → save

**Key Decisions**:
- **Mode {plain}**: first or {plain}

## Trigger

A person clicks "{plain}".

## {plain}

Prose about {plain}.

### Task 1: count-things-{n}

**Purpose**: Calls {plain}.

- Saves {plain} into `count_{n}_jobs`.
- **{plain}**: a label

```typescript
interface CountPayload{n} {{
  mode: {q} | "second"; // {plain}
  {plain}: string;
}}
```

## Database Tables

**count_{n}_jobs** - purpose {plain}
```typescript
{{
  id: uuid (PK)
  user_id: uuid (FK → users.id)
  address: text // {plain}
  mode: {q} | "second"
  {plain}: text
  odd_{n}: {plain}
}}
```

**{plain}** - odd {plain}
```typescript
{{
  id: uuid (PK)
  count_job_id: uuid (FK → count_{n}_jobs.id)
  title: text
}}
```

| Column | Type | Note |
| --- | --- | --- |
| {plain} | text | {plain} |

- `{plain}`: text
"""
IDEA = """# Master Idea Document: {all}

## App Name

{all}

## End Goal

My app helps **owners** achieve **less waste** with {all} by counting.

## Specific Problem

They lose {all}.

## User Types

{users}

## Business Model & Revenue Strategy

Subscription with {all}.

{tiers}

## Key Features

{users}
"""
PAGES = """# App Pages & Functionality Blueprint

{routes}

## Background Jobs

{users}
"""
INDEX = """# Trigger Workflows

{entries}
"""
CODE = """import {{ task, schemaTask }} from "@trigger.dev/sdk";
import {{ table0 }} from "../../db/schema";
export const one = task({{ id: {q}, run: async () => {{ return {q}; }} }});
"""


def project_saying(root: Path, texts: Sequence[str]) -> Path:
    """Each text has a table, a workflow and a task of its own; what they share holds them all."""
    files: dict[str, str | bytes] = {
        "package.json": json.dumps(
            {"name": texts[0], "description": texts[-1], "dependencies": {"@trigger.dev/sdk": "4"}}
        ),
        "drizzle.config.ts": 'export default { schema: "./db/schema.ts", out: "./drizzle", dialect: "postgresql",\n'
        f"  schemaFilter: [{_literal(texts[0])}], tablesFilter: [{_literal(texts[-1])}] }};\n",
        SCHEMA: HEAD + "".join(_table(n, text) for n, text in enumerate(texts)),
        "ai_docs/prep/master_idea.md": _shared(IDEA, texts),
        "ai_docs/prep/app_pages_and_functionality.md": _shared(PAGES, texts),
        "ai_docs/prep/trigger_workflows.md": _shared(INDEX, texts),
    }
    for n, text in enumerate(texts):
        files[f"ai_docs/prep/trigger_workflow_count_{n}.md"] = WORKFLOW.format(
            n=n, plain=_one_line(text), q=_literal(text)
        )
        if len(text) < 60 and not refusal(name := f"trigger_workflow_of {text}.md") and n % 7 == 0:
            files[f"ai_docs/prep/{name}"] = "# Named Workflow\n\n## Workflow Overview\n\nIt counts.\n"
        files[f"src/trigger/task{n}.ts"] = CODE.format(q=_literal(text))
    return write_project(root, files)


def _table(n: int, text: str) -> str:
    named = {
        part: _literal(f"{part}_{n} {text}")
        for part in ("name", "enum", "column", "index", "unique", "check", "key", "policy", "view")
    }
    return TABLE.format(
        n=n,
        q=_literal(text),
        inside=_literal(text).replace("`", "").replace("${", ""),
        plain=_one_line(text).replace("*/", "* /"),
        **named,
    )


def _shared(form: str, texts: Sequence[str]) -> str:
    said = [_one_line(text) for text in texts]
    return form.format(
        all=" ".join(said),
        users="\n".join(f"- **{text}**: who reads {text}" for text in said),
        tiers="\n".join(
            f"- **Pro {n} Tier** ($9/month): {text} counts a month\n  - 100 counts of {text} per month"
            for n, text in enumerate(said)
        ),
        routes="\n".join(f"### `/page/{n}` - {text}\n\n- Shows {text}\n" for n, text in enumerate(said)),
        entries="\n".join(
            f"## {n}. Index {n} {text}\n\n- **Purpose**: {text}\n- **Trigger**: {text}\n"
            f"- **File**: `trigger_workflow_index_{n}.md`\n"
            for n, text in enumerate(said)
        ),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
