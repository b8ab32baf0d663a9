"""The mission's rules on results tables, as rows."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns import RESULTS
from shipkit_mcp.patterns.columns import CREATED
from shipkit_mcp.rules.examples import KEPT, OWNERLESS, schema, with_workflow
from shipkit_mcp.rules.references import (
    require_owner,
    require_owner_cascade,
    require_owner_not_null,
    require_reference,
    require_reference_cascade,
    require_reference_not_null,
    require_unique_reference,
)
from shipkit_mcp.rules.rule import Rule
from shipkit_mcp.rules.tables import (
    missing_results,
    require_column,
    require_index,
    require_owner_index,
    require_table,
)

CASCADE = '.references(() => importJobs.id, { onDelete: "cascade" })'
JOB_REFERENCE = 'uuid("job_id").notNull().unique()'

RESULT_RULES: tuple[Rule, ...] = (
    Rule(
        id="result-table",
        severity=Severity.REQUIRE,
        mission="Results/Output Table (Required if job produces saved outputs)",
        message="Workflow {workflow} saves output, but {tables} is not in the schema ({searched}).",
        fix="Create {tables}, or record the decision to keep the results in the job's row.",
        check=require_table(missing_results),
        breaks=with_workflow(schema(without=("import_results", "import_insights"))),
        keeps=KEPT,
    ),
    Rule(
        id="result-job-reference",
        severity=Severity.REQUIRE,
        mission="job_id: uuid (FK → [workflow]_jobs.id, cascade delete, UNIQUE)",
        message="`{table}` has no `{column}`: no result can be found from its job.",
        fix="Add `{column}` to `{table}`, not null, unique, referring to `{target}.id` with cascade.",
        check=require_reference(RESULTS),
        breaks=with_workflow(schema(results={"job_id": None})),
        keeps=KEPT,
    ),
    Rule(
        id="result-job-unique",
        severity=Severity.REQUIRE,
        mission="UNIQUE constraint on job_id (one result per job)",
        message="`{table}.{column}` is not unique: one job can save two results.",
        fix="Add a unique constraint on `{table}.{column}`, or record the decision to keep versions.",
        check=require_unique_reference(RESULTS),
        breaks=with_workflow(schema(results={"job_id": JOB_REFERENCE.replace(".unique()", "") + CASCADE})),
        keeps=KEPT,
    ),
    Rule(
        id="result-job-cascade",
        severity=Severity.REQUIRE,
        mission="job_id: uuid (FK → [workflow]_jobs.id, cascade delete, UNIQUE)",
        message="`{table}.{column}` has {state}: when the job goes, {effect}.",
        fix='Refer from `{table}.{column}` to the job with `{{ onDelete: "cascade" }}`.',
        check=require_reference_cascade(RESULTS),
        breaks=with_workflow(schema(results={"job_id": JOB_REFERENCE})),
        keeps=KEPT,
    ),
    Rule(
        id="result-job-not-null",
        severity=Severity.REQUIRE,
        mission="job_id: uuid (FK → [workflow]_jobs.id, cascade delete, UNIQUE)",
        message="`{table}.{column}` may be null: such rows belong to no row of `{target}`.",
        fix="Make `{table}.{column}` not null.",
        check=require_reference_not_null(RESULTS),
        breaks=with_workflow(
            schema(
                results={
                    "job_id": JOB_REFERENCE.replace(".unique()", "").replace(".notNull()", ".unique()")
                    + CASCADE
                }
            )
        ),
        keeps=KEPT,
    ),
    Rule(
        id="result-owner",
        severity=Severity.REQUIRE,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}` has no owner column: nobody's results can be listed without their jobs.",
        fix="Add `user_id` to `{table}`, not null, referring to `users.id` with cascade.",
        check=require_owner(RESULTS),
        breaks=with_workflow(schema(results={"user_id": None}, indexed=("created_at",))),
        keeps=KEPT,
    ),
    Rule(
        id="result-owner-cascade",
        severity=Severity.REQUIRE,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}.{column}` has {state}: when the owner goes, {effect}.",
        fix='Refer from `{table}.{column}` to its owner with `{{ onDelete: "cascade" }}`.',
        check=require_owner_cascade(RESULTS),
        breaks=with_workflow(schema(results={"user_id": 'uuid("user_id").notNull()'})),
        keeps=KEPT,
    ),
    Rule(
        id="result-owner-not-null",
        severity=Severity.RECOMMEND,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}.{column}` may be null: such rows are in nobody's list.",
        fix="Make `{table}.{column}` not null.",
        check=require_owner_not_null(RESULTS),
        breaks=with_workflow(schema(results={"user_id": OWNERLESS})),
        keeps=KEPT,
    ),
    Rule(
        id="result-created-at",
        severity=Severity.REQUIRE,
        mission="created_at: timestamp",
        message="`{table}` has no `{column}`. {why}",
        fix="Add `{column}` to `{table}` as a timestamp, not null, now by default.",
        check=require_column(RESULTS, CREATED),
        breaks=with_workflow(schema(results={"created_at": None}, indexed=("user_id",))),
        keeps=KEPT,
    ),
    Rule(
        id="result-index-owner",
        severity=Severity.RECOMMEND,
        mission="user_id (for user's results queries)",
        message="`{table}.{column}` has no index: each list of results reads the whole table.",
        fix="Add an index on `{table}.{column}`.",
        check=require_owner_index(RESULTS),
        breaks=with_workflow(schema(indexed=("status", "created_at"))),
        keeps=KEPT,
    ),
    Rule(
        id="result-index-created-at",
        severity=Severity.RECOMMEND,
        mission="created_at (for sorting)",
        message="`{table}.{column}` has no index: each page of results sorts the whole table.",
        fix="Add an index on `{table}.{column}`.",
        check=require_index(RESULTS, CREATED),
        breaks=with_workflow(schema(indexed=("user_id", "status"))),
        keeps=KEPT,
    ),
)
