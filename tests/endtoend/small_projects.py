"""Small projects of many kinds, each as its files: what a person may stand in when they first start us."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

Files = Mapping[str, str]

PREP = "ai_docs/prep"
CONFIG = """import {{ defineConfig }} from "drizzle-kit";

export default defineConfig({{ schema: "{schema}", out: "./drizzle", dialect: "{dialect}" }});
"""

MASTER_IDEA = """## Master Idea Document

### End Goal

My app helps beekeepers find sick hives from the hum that a phone records.

### Specific Problem

Beekeepers open every hive to look, which costs the bees a warm day.

### All User Types

#### Primary Users

- Beekeepers with ten to two hundred hives

### Business Model & Revenue Strategy

- Free for everybody, paid by the county
"""
WIREFRAME = """## Wireframe Reference Doc

### Page `/hives`

```text
+---------------------+
| Hives     [Record]  |
+---------------------+
```
"""
APP_PAGES = """# App Pages & Functionality Blueprint

### App Summary

**End Goal:** Beekeepers find sick hives from their hum.
**Template Type:** {template}

### Hives `/hives`

- List of hives with the last diagnosis
"""
INDEX = """# Trigger.dev Workflows

### 🐝 Hum Analysis

**File**: `trigger_workflow_hum_analysis.md`
**Purpose**: Tells from a recording how a hive does
**Trigger**: Beekeeper uploads a recording
**Duration**: 1 to 3 minutes
**Key Tasks**:

- `analyze-hum` - compares the hum with known ones
"""
WORKFLOW = """# 🐝 Hum Analysis Workflow: Trigger.dev Quick Reference

## 📋 Workflow Overview

A beekeeper records a hive; the workflow tells whether the queen is there.

## 🔗 Task Chain Diagram

```
[Task: analyze-hum]
```

## 📊 Core Data Flow

### Database Tables

**hum_analysis_jobs** - one row for each recording

- Key fields: `id`, `user_id`, `status`, `progress_percentage`, `recording_url`, `hive_name`
- Status values: pending, processing, completed, failed, cancelled

**hum_findings** - what was heard

- Key fields: `id`, `job_id`, `user_id`, `queen_present`, `confidence`

## 🎯 Progress Tracking Pattern

- analyze-hum: 0% → 100%
"""
USERS = """import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const users = pgTable("users", {
  id: uuid("id").primaryKey().defaultRandom(),
  email: text("email").notNull().unique(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
"""
CAMEL = """import { integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  stripeCustomerId: text("stripeCustomerId"),
  stripeSubscriptionId: text("stripeSubscriptionId"),
});

export const jobs = pgTable("hum_analysis_jobs", {
  id: uuid("id").primaryKey(),
  userId: uuid("userId").notNull().references(() => users.id, { onDelete: "cascade" }),
  status: text("status", { enum: ["pending", "processing", "completed", "failed", "cancelled"] }).notNull(),
  progressPercentage: integer("progressPercentage").notNull().default(0),
  triggerJobId: text("triggerJobId"),
  errorMessage: text("errorMessage"),
  recordingUrl: text("recordingUrl"),
  hiveName: text("hiveName"),
  createdAt: timestamp("createdAt", { withTimezone: true }).notNull().defaultNow(),
  completedAt: timestamp("completedAt", { withTimezone: true }),
});
"""
MYSQL = """import { int, json, mysqlEnum, mysqlTable, timestamp, varchar } from "drizzle-orm/mysql-core";

export const users = mysqlTable("users", {
  id: int("id").autoincrement().primaryKey(),
  email: varchar("email", { length: 255 }).notNull().unique(),
});

export const humAnalysisJobs = mysqlTable("hum_analysis_jobs", {
  id: int("id").autoincrement().primaryKey(),
  userId: int("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
  status: mysqlEnum("status", ["pending", "processing", "completed", "failed", "cancelled"]).notNull(),
  options: json("options"),
  createdAt: timestamp("created_at").notNull().defaultNow(),
});
"""
SQLITE = """import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: text("id").primaryKey(),
  email: text("email").notNull().unique(),
});
"""
TENANT = """import {{ pgTable, text, uuid }} from "drizzle-orm/pg-core";

export const {plural} = pgTable("{plural}", {{
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
}});
"""
PRISMA = """model User {
  id    String @id
  email String @unique
}
"""


def documents(
    folder: str = PREP, template: str = "worker-simple", workflow: str = WORKFLOW
) -> dict[str, str]:
    """All the documents that the mission asks for."""
    return {
        f"{folder}/master_idea.md": MASTER_IDEA,
        f"{folder}/wireframe.md": WIREFRAME,
        f"{folder}/app_pages_and_functionality.md": APP_PAGES.format(template=template),
        f"{folder}/trigger_workflows.md": INDEX,
        f"{folder}/trigger_workflow_hum_analysis.md": workflow,
    }


def package(name: str = "hives", **dependencies: str) -> str:
    """A package.json."""
    return json.dumps({"name": name, "private": True, "dependencies": dependencies}, indent=2) + "\n"


def drizzle(source: str, dialect: str = "postgresql", folder: str = "") -> dict[str, str]:
    """A package with a Drizzle schema."""
    at = f"{folder}/" if folder else ""
    return {
        f"{at}package.json": package(folder or "hives", **{"drizzle-orm": "^0.45.0"}),
        f"{at}drizzle.config.ts": CONFIG.format(schema="./lib/drizzle/schema/index.ts", dialect=dialect),
        f"{at}lib/drizzle/schema/index.ts": source,
    }


def of_tenant(plural: str, column: str) -> dict[str, str]:
    """A project whose jobs belong to a workspace or an organization."""
    workflow = WORKFLOW.replace("`user_id`", f"`{column}`")
    return {**documents(workflow=workflow), **drizzle(TENANT.format(plural=plural))}


def many_workflows(number: int) -> dict[str, str]:
    """A project with many workflow files and no index."""
    made = dict(documents())
    for one in range(number):
        said = WORKFLOW.replace("Hum Analysis", f"Hum {one} Analysis").replace("hum_", f"hum{one}_")
        made[f"{PREP}/trigger_workflow_hum_{one}.md"] = said.replace("analyze-hum", f"analyze-hum-{one}")
    return {**made, **drizzle(USERS)}


MONOREPO: Files = {
    "package.json": json.dumps({"name": "apiary", "private": True, "workspaces": ["apps/*", "packages/*"]}),
    **drizzle(USERS, folder="apps/web"),
    **drizzle(SQLITE, "sqlite", folder="packages/cache"),
    **documents(f"apps/web/{PREP}"),
}
SHARED_DATABASE: Files = {
    "package.json": json.dumps({"name": "apiary", "private": True, "workspaces": ["apps/*", "packages/*"]}),
    "apps/web/package.json": package("@apiary/web", **{"@apiary/db": "workspace:*"}),
    "apps/web/drizzle.config.ts": CONFIG.format(
        schema="../../packages/db/src/schema.ts", dialect="postgresql"
    ),
    "packages/db/package.json": package("@apiary/db", **{"drizzle-orm": "^0.45.0"}),
    "packages/db/src/schema.ts": USERS,
    **documents(PREP),
}
SPANISH = WORKFLOW.replace(
    "A beekeeper records a hive; the workflow tells whether the queen is there.",
    "El apicultor graba la colmena y el flujo dice si la reina está allí.",
).replace("one row for each recording", "una fila por cada grabación")
ITALIAN = SPANISH.replace(
    "El apicultor graba la colmena y el flujo dice si la reina está allí.",
    "L'apicoltore registra l'arnia e il flusso dice se c'è la regina.",
).replace("una fila por cada grabación", "una riga per ogni registrazione")
FRENCH = SPANISH.replace(
    "El apicultor graba la colmena y el flujo dice si la reina está allí.",
    "L'apiculteur enregistre la ruche et le flux dit si la reine est là.",
).replace("una fila por cada grabación", "une ligne par enregistrement")

PROJECTS: Mapping[str, Callable[[], Files]] = {
    "empty": dict,
    "documents only": documents,
    "schema only": lambda: drizzle(USERS),
    "index only": lambda: {f"{PREP}/trigger_workflows.md": INDEX, **drizzle(USERS)},
    "prisma": lambda: {
        "package.json": package(prisma="^6.0.0"),
        "prisma/schema.prisma": PRISMA,
        **documents(),
    },
    "inngest": lambda: {
        **drizzle(USERS),
        "package.json": package(inngest="^3.0.0", **{"drizzle-orm": "^0.45.0"}),
        "inngest/client.ts": 'import { Inngest } from "inngest";\n',
    },
    "bullmq": lambda: {**drizzle(USERS), "package.json": package(bullmq="^5.0.0"), **documents()},
    "monorepo": lambda: MONOREPO,
    "shared database": lambda: SHARED_DATABASE,
    "mysql": lambda: {**documents(), **drizzle(MYSQL, "mysql")},
    "sqlite": lambda: {**documents(), **drizzle(SQLITE, "sqlite")},
    "camelCase database": lambda: {**documents(), **drizzle(CAMEL)},
    "español": lambda: {**documents(workflow=SPANISH), **drizzle(USERS)},
    "italiano": lambda: {**documents(workflow=ITALIAN), **drizzle(USERS)},
    "français": lambda: {**documents(workflow=FRENCH), **drizzle(USERS)},
    "unknown template": lambda: {**documents(template="moon-base"), **drizzle(USERS)},
    "workspaces": lambda: of_tenant("workspaces", "workspace_id"),
    "organizations": lambda: of_tenant("organizations", "organization_id"),
    "fifty workflows": lambda: many_workflows(50),
    "Bienen und Stöcke 蜂": lambda: {**documents(), **drizzle(USERS)},
}
"""Kind to its files."""


def make(kind: str, at: Path) -> Path:
    """The project on disk, in a folder of its name."""
    root = at / kind
    root.mkdir()
    for path, text in PROJECTS[kind]().items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return root
