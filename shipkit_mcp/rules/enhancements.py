"""The mission's rules on enhancement tables, as rows."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns import ENHANCEMENT
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
from shipkit_mcp.rules.tables import missing_enhancements, require_column, require_owner_index, require_table

CASCADE = '.references(() => importResults.id, { onDelete: "cascade" })'
REFERENCE = 'uuid("import_result_id").notNull()'

ENHANCEMENT_RULES: tuple[Rule, ...] = (
    Rule(
        id="enhancement-table",
        severity=Severity.RECOMMEND,
        mission="**Optional Enhancement Tables** - AI summaries, analytics, additional processing",
        message="Workflow {workflow} plans an enhancement, but {tables} is not in the schema ({searched}).",
        fix="Create {tables} when the enhancement is built; the workflow runs without it.",
        check=require_table(missing_enhancements),
        breaks=with_workflow(schema(without=("import_insights",))),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-result-reference",
        severity=Severity.REQUIRE,
        mission="[result_table]_id: uuid (FK → results table, cascade delete, UNIQUE)",
        message="`{table}` has no `{column}`: nothing says which result it enhances.",
        fix="Add `{column}` to `{table}`, not null, unique, referring to `{target}.id` with cascade.",
        check=require_reference(ENHANCEMENT),
        breaks=with_workflow(schema(insights={"import_result_id": None})),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-result-unique",
        severity=Severity.REQUIRE,
        mission="UNIQUE constraint on result_id (one enhancement per result)",
        message="`{table}.{column}` is not unique: one result can have two enhancements.",
        fix="Add a unique constraint on `{table}.{column}`, or record the decision to keep several.",
        check=require_unique_reference(ENHANCEMENT),
        breaks=with_workflow(schema(insights={"import_result_id": REFERENCE + CASCADE})),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-result-cascade",
        severity=Severity.REQUIRE,
        mission="[result_table]_id: uuid (FK → results table, cascade delete, UNIQUE)",
        message="`{table}.{column}` has {state}: when the result goes, {effect}.",
        fix='Refer from `{table}.{column}` to the result with `{{ onDelete: "cascade" }}`.',
        check=require_reference_cascade(ENHANCEMENT),
        breaks=with_workflow(
            schema(insights={"import_result_id": f"{REFERENCE}.unique().references(() => importResults.id)"})
        ),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-result-not-null",
        severity=Severity.REQUIRE,
        mission="[result_table]_id: uuid (FK → results table, cascade delete, UNIQUE)",
        message="`{table}.{column}` may be null: such rows belong to no row of `{target}`.",
        fix="Make `{table}.{column}` not null.",
        check=require_reference_not_null(ENHANCEMENT),
        breaks=with_workflow(
            schema(insights={"import_result_id": REFERENCE.replace(".notNull()", ".unique()") + CASCADE})
        ),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-owner",
        severity=Severity.REQUIRE,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}` has no owner column: nobody's enhancements can be listed by themselves.",
        fix="Add `user_id` to `{table}`, not null, referring to `users.id` with cascade.",
        check=require_owner(ENHANCEMENT),
        breaks=with_workflow(schema(insights={"user_id": None}, indexed=("status", "created_at"))),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-owner-cascade",
        severity=Severity.REQUIRE,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}.{column}` has {state}: when the owner goes, {effect}.",
        fix='Refer from `{table}.{column}` to its owner with `{{ onDelete: "cascade" }}`.',
        check=require_owner_cascade(ENHANCEMENT),
        breaks=with_workflow(schema(insights={"user_id": 'uuid("user_id").notNull()'})),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-owner-not-null",
        severity=Severity.RECOMMEND,
        mission="user_id: uuid (FK → users.id, cascade delete)",
        message="`{table}.{column}` may be null: such rows are in nobody's list.",
        fix="Make `{table}.{column}` not null.",
        check=require_owner_not_null(ENHANCEMENT),
        breaks=with_workflow(schema(insights={"user_id": OWNERLESS})),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-created-at",
        severity=Severity.RECOMMEND,
        mission="created_at: timestamp",
        message="`{table}` has no `{column}`. {why}",
        fix="Add `{column}` to `{table}` as a timestamp, not null, now by default.",
        check=require_column(ENHANCEMENT, CREATED),
        breaks=with_workflow(schema(insights={"created_at": None})),
        keeps=KEPT,
    ),
    Rule(
        id="enhancement-index-owner",
        severity=Severity.RECOMMEND,
        mission="user_id (for user's enhancements queries)",
        message="`{table}.{column}` has no index: each list of enhancements reads the whole table.",
        fix="Add an index on `{table}.{column}`.",
        check=require_owner_index(ENHANCEMENT),
        breaks=with_workflow(schema(indexed=("status", "created_at"))),
        keeps=KEPT,
    ),
)
