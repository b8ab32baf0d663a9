"""Job, results and enhancement tables against the mission's pattern."""

from __future__ import annotations

import pytest
from unit.rules.projects import SCHEMA, check, survey_of

from shipkit_mcp.facts import Stack, Unread
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.rules import Example, check_project
from shipkit_mcp.rules.examples import (
    DOCUMENT,
    IMPORTS,
    KEPT,
    RESULTS,
    STATUSES,
    USERS,
    WORKFLOW,
    schema,
    with_workflow,
)

UNREAD = Unread(path="lib/drizzle/schema/broken.ts", line=1, why="not TypeScript")
JOB_LIKE = (
    f"{IMPORTS}\n{USERS}\n"
    'export const runs = pgTable("media_runs", {\n'
    '  id: uuid("id").primaryKey(),\n'
    '  state: text("state"),\n'
    '  progress: real("progress"),\n'
    "});\n"
)


def found(example: Example, rule: str, **options: bool) -> list[Finding]:
    return [one for one in check(example, **options) if one.rule == rule]


def test_the_missions_own_pattern_breaks_no_rule() -> None:
    assert check(KEPT) == ()


def test_a_missing_run_id_cites_the_table_and_the_workflow() -> None:
    [one] = found(with_workflow(schema({"trigger_job_id": None})), "job-trigger-run-id")

    assert one.subject == "import_jobs.trigger_job_id"
    assert [evidence.path for evidence in one.evidence] == [SCHEMA, WORKFLOW]
    assert "trigger_job_id" in one.evidence[1].quote
    assert one.counted


def test_a_near_run_id_is_advised_and_cites_its_own_line() -> None:
    example = with_workflow(schema({"trigger_job_id": None, "trigger_run_id": 'text("trigger_run_id")'}))
    [one] = found(example, "job-trigger-run-id")

    assert one.severity is Severity.RECOMMEND
    assert one.subject == "import_jobs.trigger_run_id"
    assert not one.counted


def test_updated_at_is_no_completed_at_but_only_advised() -> None:
    example = with_workflow(schema({"completed_at": None, "updated_at": 'timestamp("updated_at").notNull()'}))
    findings = [one for one in check(example) if one.rule.startswith("job-completed-at")]

    assert [(one.rule, one.severity) for one in findings] == [("job-completed-at", Severity.RECOMMEND)]
    assert "moves with every write" in findings[0].message


def test_without_trigger_the_run_id_is_only_spoken_of() -> None:
    plain = DOCUMENT.replace("Trigger.dev", "Queue").replace("with Queue", "")
    example = with_workflow(schema({"trigger_job_id": None}), plain)
    survey = survey_of(example, trigger=False)
    [one] = [one for one in check_project(survey, map_workflows(survey)) if one.rule == "job-trigger-run-id"]

    assert one.severity is Severity.NOTE
    assert one.message.startswith("Once Trigger.dev is in the project")


def test_trigger_in_package_json_alone_makes_the_run_id_required() -> None:
    plain = DOCUMENT.replace("Trigger.dev", "Queue")
    [one] = found(with_workflow(schema({"trigger_job_id": None}), plain), "job-trigger-run-id")

    assert Stack(uses_trigger=True).uses_trigger
    assert one.severity is Severity.REQUIRE


def test_what_could_not_be_read_is_never_called_missing() -> None:
    hidden = schema({"trigger_job_id": None}).replace(
        'pgTable("import_jobs", { ', 'pgTable("import_jobs", { ...columnsFromElsewhere(), '
    )
    [one] = found(with_workflow(hidden), "job-trigger-run-id")

    assert not one.certain
    assert not one.counted
    assert one.message.startswith("Cannot tell, since ")


def test_a_comment_beside_the_table_accepts_its_finding_and_no_other() -> None:
    source = schema({"trigger_job_id": None, "error_message": None}).replace(
        "export const importJobs",
        "// shipkit: allow job-trigger-run-id we poll instead\nexport const importJobs",
    )
    findings = check(with_workflow(source))
    [run] = [one for one in findings if one.rule == "job-trigger-run-id"]
    [error] = [one for one in findings if one.rule == "job-error-message"]

    assert (run.accepted_by or "").startswith(SCHEMA)
    assert not run.counted
    assert error.accepted_by is None


def test_a_planned_table_is_one_finding_and_not_one_for_each_column() -> None:
    findings = check(Example(documents=((WORKFLOW, DOCUMENT),)))

    assert [(one.rule, one.subject) for one in findings] == [
        ("job-table", "import"),
        ("result-table", "import"),
        ("enhancement-table", "import"),
    ]
    assert [one.evidence[0].quote for one in findings] == [DOCUMENT.split("\n")[0]] * 3
    assert "no schema was found" in findings[0].message


def test_a_missing_table_may_stand_in_a_file_that_could_not_be_read() -> None:
    example = with_workflow(schema(without=("import_jobs", "import_results", "import_insights")))
    survey = survey_of(example)
    broken = survey.schema.model_copy(update={"unread": (UNREAD,)})
    hidden = type(survey)(
        project_root=survey.project_root,
        documents=survey.documents,
        workflows=survey.workflows,
        schema=broken,
        stack=survey.stack,
    )
    jobs = [one for one in check_project(hidden, map_workflows(hidden)) if one.rule == "job-table"]

    assert [one.certain for one in jobs] == [False]


def test_an_owner_that_is_a_tenant_is_told_and_not_blamed() -> None:
    workspaces = 'export const workspaces = pgTable("workspaces", { id: uuid("id").primaryKey() });'
    example = with_workflow(
        schema(
            {
                "user_id": None,
                "workspace_id": (
                    'uuid("workspace_id").notNull().references(() => workspaces.id, { onDelete: "cascade" })'
                ),
            },
            users=f"{USERS}\n{workspaces}",
            indexed=("workspace_id", "status", "created_at"),
        ).replace(
            'index("workspace_id_idx").on(t.workspace_id), index("created_at_idx")',
            'index("c").on(t.user_id), index("created_at_idx")',
        )
    )
    findings = [one for one in check(example) if one.subject.startswith("import_jobs")]

    assert [(one.rule, one.severity) for one in findings] == [("job-owner", Severity.NOTE)]


def test_a_composite_index_serves_its_columns() -> None:
    source = (
        schema(indexed=())
        .replace("trigger_job_id: text", "trigger_job_id: text")
        .replace(
            'completed_at: timestamp("completed_at", { withTimezone: true }) });',
            'completed_at: timestamp("completed_at", { withTimezone: true }) }, (t) => '
            '[index("a").on(t.user_id, t.created_at), index("b").on(t.status)]);',
        )
    )
    rules = {one.rule for one in check(with_workflow(source))}

    assert not rules & {"job-index-owner", "job-index-status", "job-index-created-at"}


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"job_id": 'uuid("job_id").notNull().unique()'}, "result-job-cascade"),
        ({"job_id": RESULTS["job_id"].replace("cascade", "set null")}, "result-job-cascade"),
    ],
)
def test_a_result_that_is_not_deleted_with_its_job_is_reported(changes: dict[str, str], rule: str) -> None:
    [one] = found(with_workflow(schema(results=changes)), rule)

    assert one.subject == "import_results.job_id"
    assert "outlive it" in one.message


def test_a_job_that_cannot_be_deleted_is_told_apart() -> None:
    source = schema(results={"job_id": 'uuid("job_id").notNull().unique().references(() => importJobs.id)'})
    [one] = found(with_workflow(source), "result-job-cascade")

    assert "is refused" in one.message


def test_a_result_may_be_unique_by_constraint_or_by_index() -> None:
    plain = 'uuid("job_id").notNull().references(() => importJobs.id, { onDelete: "cascade" })'
    for key in ('unique("u").on(t.job_id)', 'uniqueIndex("u").on(t.job_id)'):
        source = schema(results={"job_id": plain}).replace("unique, uuid", "unique, uniqueIndex, uuid")
        source = source.replace(
            'index("user_id_idx").on(t.user_id), index("created_at_idx").on(t.created_at)]);',
            f'index("user_id_idx").on(t.user_id), index("created_at_idx").on(t.created_at), {key}]);',
        )

        assert found(with_workflow(source), "result-job-unique") == []


def test_a_near_job_reference_is_advised() -> None:
    source = schema(
        results={"job_id": None, "import_job_id": RESULTS["job_id"].replace("job_id", "import_job_id")}
    )
    [one] = found(with_workflow(source), "result-job-reference")

    assert (one.severity, one.subject) == (Severity.RECOMMEND, "import_results.import_job_id")


def test_statuses_in_a_check_constraint_are_statuses() -> None:
    source = (
        schema({"status": 'text("status").notNull()'})
        .replace("uuid }", "uuid, check }")
        .replace(
            'index("status_idx").on(t.status)',
            'index("status_idx").on(t.status), '
            "check(\"status_known\", sql`${t.status} in ('pending', 'done')`)",
        )
        .replace('"drizzle-orm/pg-core";', '"drizzle-orm/pg-core";\nimport { sql } from "drizzle-orm";', 1)
    )
    findings = check(with_workflow(source))

    assert [one.rule for one in findings if one.rule == "job-status-enumerated"] == []
    [values] = [one for one in findings if one.rule == "job-status-values"]
    assert "adds `done`" in values.message


def test_two_workflows_on_one_table_are_one_finding_with_both_lines() -> None:
    second = DOCUMENT.replace("# Import Workflow", "# Refresh Workflow")
    example = Example(
        schema=schema({"error_message": None}),
        documents=((WORKFLOW, DOCUMENT), ("ai_docs/prep/trigger_workflow_refresh.md", second)),
    )
    [one] = found(example, "job-error-message")

    assert {evidence.path for evidence in one.evidence} >= {SCHEMA, WORKFLOW}


def test_with_a_schema_alone_a_table_of_the_shape_is_advised_and_never_blamed() -> None:
    findings = [one for one in check(Example(schema=JOB_LIKE)) if one.rule.startswith("job-")]

    assert {one.subject.split(".")[0] for one in findings} == {"media_runs"}
    assert {one.severity for one in findings} <= {Severity.RECOMMEND, Severity.NOTE}
    assert "job-progress-type" in {one.rule for one in findings}


@pytest.mark.parametrize(
    "columns",
    [
        'status: text("status")',
        'status: text("status"), run_id: uuid("run_id").references(() => users.id)',
        'progress: integer("progress")',
    ],
)
def test_with_a_schema_alone_other_tables_are_left_alone(columns: str) -> None:
    source = f'{IMPORTS}\n{USERS}\nexport const t = pgTable("orders", {{ {columns} }});\n'

    assert [one for one in check(Example(schema=source)) if one.rule.startswith("job-")] == []


def test_a_mysql_foreign_key_needs_no_index_of_its_own() -> None:
    source = """import { mysqlTable, varchar } from "drizzle-orm/mysql-core";
export const users = mysqlTable("users", { id: varchar("id", { length: 36 }).primaryKey() });
export const posts = mysqlTable("posts", {
  id: varchar("id", { length: 36 }).primaryKey(),
  user_id: varchar("user_id", { length: 36 }).references(() => users.id),
});
"""

    assert found(Example(schema=source), "foreign-key-index") == []


def test_columns_named_in_camel_case_keep_the_same_rules() -> None:
    source = schema()
    for name in ("user_id", "error_message", "trigger_job_id", "created_at", "completed_at", "job_id"):
        first, *rest = name.split("_")
        source = source.replace(f'("{name}"', f'("{first}{"".join(part.title() for part in rest)}"')

    assert [one.rule for one in check(with_workflow(source)) if one.severity is Severity.REQUIRE] == []


def test_a_text_enum_of_the_five_statuses_is_as_good_as_a_database_enum() -> None:
    source = schema({"status": f'text("status", {{ enum: {STATUSES} }}).notNull().default("pending")'})

    assert check(with_workflow(source)) == ()


ON_PURPOSE = """# Digest Workflow: Trigger.dev Quick Reference

## Workflow Overview

Writes a digest. No separate jobs table: it is quick. Progress is set with `metadata.set("progress", 50)`.

## Core Data Flow

### Database Tables

**digests** - Completed digests
- Key fields: `id`, `user_id`, `body`
"""


def test_a_workflow_that_tracks_no_job_on_purpose_cites_where_it_says_so() -> None:
    document = ("ai_docs/prep/trigger_workflow_digest.md", ON_PURPOSE)
    [one] = found(Example(documents=(document,)), "job-table")

    assert one.severity is Severity.REQUIRE
    assert "leaves it out on purpose" in one.message
    assert any("No separate jobs table" in evidence.quote for evidence in one.evidence)


def test_a_results_table_that_the_document_defines_without_a_job_is_only_advised() -> None:
    digests = (
        'export const digests = pgTable("digests", { id: uuid("id").primaryKey(), '
        'user_id: uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" }), '
        'import_job_id: text("x"), body: text("body") });'
    )
    table = "**import_results** - Completed imports"
    full = """**digests** - Completed digests, the result of the job
```typescript
{
  id: uuid (PK)
  user_id: uuid (FK → users.id, cascade delete)
  body: text
}
```

"""
    document = DOCUMENT.replace(table, full + table)
    findings = check(with_workflow(schema(more=digests), document))

    assert {one.severity for one in findings if one.rule == "result-job-reference"} <= {Severity.RECOMMEND}


@pytest.mark.parametrize(
    ("source", "range_kept"),
    [
        ('integer("progress_percentage").notNull().default(0)', True),
        ('integer("progress_percentage").notNull()', True),
        ('integer("progress_percentage").notNull().default(sql`now()`)', True),
        ('integer("progress_percentage").notNull().default(101)', False),
    ],
)
def test_progress_starts_within_0_and_100(source: str, range_kept: bool) -> None:
    with_sql = schema({"progress_percentage": source}).replace(
        'from "drizzle-orm/pg-core";', 'from "drizzle-orm/pg-core";\nimport { sql } from "drizzle-orm";', 1
    )

    assert (found(with_workflow(with_sql), "job-progress-range") == []) is range_kept
