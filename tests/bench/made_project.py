"""A project of any number of tables and workflows, as people write them, for measuring."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

_IMPORTS = """import {
  boolean, index, integer, jsonb, pgEnum, pgTable, text, timestamp, unique, uuid,
} from "drizzle-orm/pg-core";
import { users } from "./users";
"""
_USERS = """import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  email: text("email").notNull().unique(),
  fullName: text("full_name"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
"""
_ENUM = """
export const state{f} = pgEnum("state_{f}", ["pending", "running", "completed", "failed"]);
"""
_TABLE = """
// What a person keeps of subject {n}.
export const {key} = pgTable(
  "{name}",
  {{
    id: uuid("id").primaryKey().defaultRandom(),
    userId: uuid("user_id").notNull().references(() => users.id, {{ onDelete: "cascade" }}),
    parentId: uuid("parent_id").references(() => {parent}.id, {{ onDelete: "cascade" }}),
    title: text("title").notNull(),
    kind: text("kind", {{ enum: ["first", "second", "third"] }}).notNull().default("first"),
    state: state{f}("state").notNull().default("pending"),
    position: integer("position").notNull().default({n}),
    settings: jsonb("settings").$type<{{ theme: string; sizes: number[] }}>().default({{ sizes: [1, 2] }}),
    createdAt: timestamp("created_at", {{ withTimezone: true }}).notNull().defaultNow(),
  }},
  (table) => [
    index("{name}_user_idx").on(table.userId),
    unique("{name}_position").on(table.parentId, table.position),
  ],
);
"""
_JOB = """
export const report{w}Jobs = pgTable("report_{w}_jobs", {{
  id: uuid("id").primaryKey().defaultRandom(),
  userId: uuid("user_id").notNull().references(() => users.id, {{ onDelete: "cascade" }}),
  status: text("status", {{ enum: ["pending", "processing", "completed", "failed"] }}).notNull(),
  progressPercentage: integer("progress_percentage").notNull().default(0),
  triggerJobId: text("trigger_job_id"),
  createdAt: timestamp("created_at", {{ withTimezone: true }}).notNull().defaultNow(),
}}, (table) => [index("report_{w}_user_idx").on(table.userId)]);
"""
_WORKFLOW = """# Report {w} Workflow: Trigger.dev Quick Reference

> **Purpose**: What the report {w} workflow does, for people who have to change it.

---

## 📋 Workflow Overview

A person chooses what report {w} is about and clicks "Make report {w}". The workflow collects the material, has it
written by a language model and saves it.

**Core Flow**: Choose → collect → write → save

**Key Decisions**:
- **Length**: short, medium or long; each has its own prompt
- **Once for each day**: what exists is shown and not written again

---

## 🔗 Task Chain Diagram

```
[PERSON CLICKS "MAKE REPORT {w}"]
        ↓
┌────────────────────────────────────────────────┐
│ Task: collect-report-{w}                       │
│ • Load the material                            │
│ • Progress: 0% → 40%                           │
└───────────────────────┬────────────────────────┘
                        ↓
┌────────────────────────────────────────────────┐
│ Task: write-report-{w}                         │
│ • Ask the model                                │
│ • Progress: 40% → 100%                         │
│ • Save it in report_{w}_results                │
└────────────────────────────────────────────────┘
```

---

## 🌳 Critical Decision Points

### Decision 1: Short or long (collect-report-{w})

**Location**: `collect-report-{w}`, before the model is called

```typescript
const LIMITS: Record<Length, number> = {{ short: 400, medium: 1_200, long: 4_000 }};
```

**Why?** A short report of everything says nothing, and a long one costs more than it is worth to most people.

---

## 📊 Core Data Flow

### Task Payload

```typescript
interface WriteReport{w}Payload {{
  jobId: string;        // FK to report_{w}_jobs
  userId: string;       // owner, checked again in the task
  length: "short" | "medium" | "long";
}}
```

### Database Tables

**report_{w}_jobs** - One run of the workflow
```typescript
{{
  id: uuid (PK)
  user_id: uuid (FK → users.id, cascade delete)
  length: "short" | "medium" | "long"
  status: "pending" | "processing" | "completed" | "failed"
  progress_percentage: integer
  trigger_job_id: text
  error_message: text
  created_at: timestamp
}}
```

**report_{w}_results** - What was written
```typescript
{{
  id: uuid (PK)
  job_id: uuid (FK → report_{w}_jobs.id, cascade delete, UNIQUE)
  user_id: uuid (FK → users.id, cascade delete)
  subject_id: uuid (FK → subjects_{w}.id, cascade delete)
  report_markdown: text
  created_at: timestamp
}}
```

---

## ⚠️ Error Handling

- The model answers too late: the task is tried three times, then the job is `failed` with the message.
- The material is gone: the job is `failed` at once.
"""
_TASK = """import {{ task }} from "@trigger.dev/sdk";
import {{ report{w}Jobs, subjects{w} }} from "@/lib/drizzle/schema";

export const writeReport{w} = task({{
  id: "write-report-{w}",
  run: async (payload: {{ jobId: string }}) => {{
    await db.select().from(report{w}Jobs).innerJoin(subjects{w});
  }},
}});
"""
_MASTER = """# Master Idea

## End Goal

My app helps **researchers** achieve **reports of all they know** by writing them in the background.

## Specific Problem

People lose days to writing what they already know.

## Business Model

Free: 3 reports a month. Pro: $12 a month, 100 reports a month.
"""
_INDEX_ENTRY = """
### Report {w} Workflow
**File**: `trigger_workflow_report_{w}.md`
**Purpose**: Write report {w}
**Trigger**: Person clicks "Make report {w}"

**Key Tasks**:
- `collect-report-{w}` - Collect the material
- `write-report-{w}` - Write and save
"""


def make_project(root: Path, *, tables: int, files: int = 0, workflows: int = 0) -> Path:
    """Write it below ``root``: ``tables`` in ``files`` schema files (ten tables a file if 0), and give ``root``."""
    for path, text in _contents(tables, files or max(tables // 10, 1), workflows).items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def _contents(tables: int, files: int, workflows: int) -> Mapping[str, str]:
    schema = "lib/drizzle/schema"
    made = {
        "package.json": json.dumps({"dependencies": {"@trigger.dev/sdk": "4", "drizzle-orm": "0.45"}}),
        "drizzle.config.ts": 'export default { schema: "./lib/drizzle/schema/index.ts", dialect: "postgresql" };',
        f"{schema}/users.ts": _USERS,
        f"{schema}/index.ts": "".join(_barrel(files)),
        "ai_docs/prep/master_idea.md": _MASTER,
        "ai_docs/prep/trigger_workflows.md": "# Trigger.dev Workflows Index\n\n## Available Workflows\n"
        + "".join(_INDEX_ENTRY.format(w=w) for w in range(workflows)),
    }
    for f in range(files):
        made[f"{schema}/part-{f}.ts"] = "".join(_part(f, range(f, tables - 1, files), workflows))
    for w in range(workflows):
        made[f"ai_docs/prep/trigger_workflow_report_{w}.md"] = _WORKFLOW.format(w=w)
        made[f"trigger/report-{w}.ts"] = _TASK.format(w=w)
    return made


def _barrel(files: int) -> Iterator[str]:
    yield 'export * from "./users";\n'
    for f in range(files):
        yield f'export * from "./part-{f}";\n'


def _part(f: int, numbers: range, workflows: int) -> Iterator[str]:
    """The tables of one file; of the first workflows every second has its jobs there."""
    yield _IMPORTS + _ENUM.format(f=f)
    parent = "users"
    for n in numbers:
        if n < workflows and n % 2:
            yield _JOB.format(w=n)
        else:
            yield _TABLE.format(n=n, f=f, key=f"subjects{n}", name=f"subjects_{n}", parent=parent)
            parent = f"subjects{n}"
