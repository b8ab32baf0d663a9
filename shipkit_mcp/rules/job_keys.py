"""The mission's rules on the timestamps, the owner and the indexes of job tracking tables, as rows."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns import JOBS
from shipkit_mcp.patterns.columns import COMPLETED, CREATED, STATUS
from shipkit_mcp.rules.examples import KEPT, OWNERLESS, schema, with_workflow
from shipkit_mcp.rules.references import require_owner, require_owner_cascade, require_owner_not_null
from shipkit_mcp.rules.rule import Rule
from shipkit_mcp.rules.tables import (
    require_column,
    require_index,
    require_not_null,
    require_nullable,
    require_owner_index,
    require_type,
)

MISSING = "`{table}` has no `{column}`. {why}"
ADD = "Add `{column}` to `{table}`"

JOB_KEY_RULES: tuple[Rule, ...] = (
    Rule(
        id="job-created-at",
        severity=Severity.REQUIRE,
        mission="created_at: timestamp",
        message=MISSING,
        fix=ADD + " as a timestamp, not null, now by default.",
        check=require_column(JOBS, CREATED),
        breaks=with_workflow(schema({"created_at": None}, indexed=("user_id", "status"))),
        keeps=KEPT,
    ),
    Rule(
        id="job-created-at-type",
        severity=Severity.REQUIRE,
        mission="created_at: timestamp",
        message="`{table}.{column}` is `{type}`; jobs are sorted by the moment they were made.",
        fix="Change `{table}.{column}` to a timestamp.",
        check=require_type(JOBS, CREATED, "timestamp", "integer", "text"),
        breaks=with_workflow(schema({"created_at": 'jsonb("created_at").notNull()'})),
        keeps=KEPT,
    ),
    Rule(
        id="job-created-at-not-null",
        severity=Severity.RECOMMEND,
        mission="created_at (for sorting/pagination)",
        message="`{table}.{column}` may be null: such jobs fall out of the sorted list.",
        fix="Make `{table}.{column}` not null with the default now.",
        check=require_not_null(JOBS, CREATED),
        breaks=with_workflow(schema({"created_at": 'timestamp("created_at").defaultNow()'})),
        keeps=KEPT,
    ),
    Rule(
        id="job-completed-at",
        severity=Severity.REQUIRE,
        mission="completed_at: timestamp (nullable until complete)",
        message=MISSING,
        fix=ADD + " as a nullable timestamp.",
        check=require_column(JOBS, COMPLETED),
        breaks=with_workflow(schema({"completed_at": None})),
        keeps=KEPT,
    ),
    Rule(
        id="job-completed-at-type",
        severity=Severity.RECOMMEND,
        mission="completed_at: timestamp (nullable until complete)",
        message="`{table}.{column}` is `{type}`; it says when the job ended.",
        fix="Change `{table}.{column}` to a timestamp.",
        check=require_type(JOBS, COMPLETED, "timestamp", "integer", "text"),
        breaks=with_workflow(schema({"completed_at": 'jsonb("completed_at")'})),
        keeps=KEPT,
    ),
    Rule(
        id="job-completed-at-nullable",
        severity=Severity.REQUIRE,
        mission="completed_at: timestamp (nullable until complete)",
        message="`{table}.{column}` is not null, but a running job has not ended.",
        fix="Allow `{table}.{column}` to be null.",
        check=require_nullable(JOBS, COMPLETED),
        breaks=with_workflow(schema({"completed_at": 'timestamp("completed_at").notNull()'})),
        keeps=KEPT,
    ),
    Rule(
        id="job-owner",
        severity=Severity.REQUIRE,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}` has no owner column: nobody's list can show its jobs.",
        fix="Add `user_id` to `{table}`, not null, referring to `users.id` with cascade.",
        check=require_owner(JOBS),
        breaks=with_workflow(schema({"user_id": None}, indexed=("status", "created_at"))),
        keeps=KEPT,
    ),
    Rule(
        id="job-owner-cascade",
        severity=Severity.REQUIRE,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}.{column}` has {state}: when the owner goes, {effect}.",
        fix='Refer from `{table}.{column}` to its owner with `{{ onDelete: "cascade" }}`.',
        check=require_owner_cascade(JOBS),
        breaks=with_workflow(schema({"user_id": 'uuid("user_id").notNull().references(() => users.id)'})),
        keeps=KEPT,
    ),
    Rule(
        id="job-owner-not-null",
        severity=Severity.RECOMMEND,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}.{column}` may be null: such rows are in nobody's list.",
        fix="Make `{table}.{column}` not null.",
        check=require_owner_not_null(JOBS),
        breaks=with_workflow(schema({"user_id": OWNERLESS})),
        keeps=KEPT,
    ),
    Rule(
        id="job-index-owner",
        severity=Severity.RECOMMEND,
        mission="user_id (for user's job list queries)",
        message="`{table}.{column}` has no index: each job list reads the whole table.",
        fix="Add an index on `{table}.{column}`.",
        check=require_owner_index(JOBS),
        breaks=with_workflow(schema(indexed=("status", "created_at"))),
        keeps=KEPT,
    ),
    Rule(
        id="job-index-status",
        severity=Severity.RECOMMEND,
        mission="status (for polling active jobs)",
        message="`{table}.{column}` has no index: polling active jobs reads the whole table.",
        fix="Add an index on `{table}.{column}`.",
        check=require_index(JOBS, STATUS),
        breaks=with_workflow(schema(indexed=("user_id", "created_at"))),
        keeps=KEPT,
    ),
    Rule(
        id="job-index-created-at",
        severity=Severity.RECOMMEND,
        mission="created_at (for sorting/pagination)",
        message="`{table}.{column}` has no index: each page of the job list sorts the whole table.",
        fix="Add an index on `{table}.{column}`.",
        check=require_index(JOBS, CREATED),
        breaks=with_workflow(schema(indexed=("user_id", "status"))),
        keeps=KEPT,
    ),
)
