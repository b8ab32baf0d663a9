"""Documents that contradict themselves, each other, or the code."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.rules.projects import SCHEMA, check, survey_of

from shipkit_mcp.findings import Finding
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.rules import Example, check_project
from shipkit_mcp.rules.examples import DOCUMENT, IMPORT, INDEX, PAGES, WORKFLOW, schema, with_workflow
from shipkit_mcp.rules.names import Known, meant_by

TABLES = ("theme_generation_jobs", "themes", "ai_summaries", "users")


def found(example: Example, rule: str) -> list[Finding]:
    return [one for one in check(example) if one.rule == rule]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("theme_generation_job", "theme_generation_jobs"),
        ("theme_jobs", "theme_generation_jobs"),
        ("theme_genaration_jobs", "theme_generation_jobs"),
        ("ai_summary", "ai_summaries"),
        ("user_events", None),
        ("site_themes", None),
        ("theme_generation_runs", None),
        ("export_jobs", None),
    ],
)
def test_a_name_means_the_one_table_it_almost_is(name: str, meant: str | None) -> None:
    assert meant_by(name, Known(TABLES)) == meant


def test_a_name_between_two_tables_means_neither() -> None:
    assert meant_by("theme_jobs", Known(("theme_import_jobs", "theme_export_jobs"))) is None


def test_a_field_called_like_the_singular_of_a_table_is_no_table() -> None:
    text = "# App Pages & Functionality Blueprint\n\n- The event `import_job` is sent\n"

    assert found(Example(documents=(IMPORT, (PAGES, text))), "contradiction-table-name") == []


def test_a_table_called_otherwise_cites_both_places() -> None:
    text = "# App Pages & Functionality Blueprint\n\n- The list reads the `import_job` table\n"
    [one] = found(Example(schema=schema(), documents=(IMPORT, (PAGES, text))), "contradiction-table-name")

    assert [evidence.path for evidence in one.evidence] == [PAGES, SCHEMA]
    assert one.evidence[0].quote == "- The list reads the `import_job` table"


def test_a_status_that_only_code_knows_cites_the_code_and_the_vocabulary() -> None:
    code = DOCUMENT + '\n```typescript\nawait updateJobProgress(jobId, 10, "warming_up");\n```\n'
    [one] = found(with_workflow(schema(), code), "job-status-written")

    assert one.subject == "import.warming_up"
    assert [evidence.quote for evidence in one.evidence] == [
        'await updateJobProgress(jobId, 10, "warming_up");',
        "- Status values: `pending`, `processing`, `completed`, `failed`, `cancelled`",
    ]


def test_statuses_of_document_and_schema_are_compared_in_both_directions() -> None:
    document = DOCUMENT.replace("`cancelled`", "`paused`")
    [one] = found(with_workflow(schema(), document), "contradiction-statuses")

    assert "lacks `paused` and adds `cancelled`" in one.message
    assert [evidence.path for evidence in one.evidence] == [SCHEMA, WORKFLOW]


def test_a_count_of_workflows_cites_the_count_and_each_workflow() -> None:
    index = "# Trigger.dev Workflows Index\n\n### Import Workflow\n**File**: `trigger_workflow_import.md`\n\n"
    example = Example(documents=((INDEX, f"{index}**Total Workflows**: 3\n"), IMPORT))
    [one] = found(example, "contradiction-workflow-count")

    assert "counts 3 workflows; the documents describe 1" in one.message
    assert [evidence.path for evidence in one.evidence] == [INDEX, WORKFLOW]


def test_no_task_is_missed_where_no_code_was_seen() -> None:
    assert found(with_workflow(schema()), "task-not-built") == []


def test_no_task_is_undocumented_where_there_are_no_documents() -> None:
    assert found(Example(schema=schema(), tasks=("read-csv",)), "task-not-documented") == []


def test_a_task_in_the_code_alone_cites_the_code() -> None:
    example = Example(documents=(IMPORT,), tasks=("read-csv", "save-rows", "send-report"))
    [one] = found(example, "task-not-documented")

    assert (one.subject, str(one.evidence[0])) == ("send-report", "trigger/send-report.ts:3")


def test_a_logged_stack_trace_is_fine_and_a_saved_one_is_not() -> None:
    for line, reported in (
        ("await db.update(jobs).set({ error_message: error.stack });", True),
        ("logger.error(error.stack);", False),
        ("Users see a sentence, not a stack trace", False),
        ("Save the stack trace to the job", True),
    ):
        text = f"{DOCUMENT}\n```typescript\n{line}\n```\n"

        assert bool(found(with_workflow(schema(), text), "job-error-for-users")) is reported, line


PARTS = st.sampled_from(
    [
        DOCUMENT,
        "# Trigger.dev Workflows Index\n",
        "**Total Workflows**: 7\n",
        "**Total Pages: 3 pages**\n- a: 1 page\n",
        "**Template Type:** worker-simple\n",
        "- `import_job` table\n",
        "- Job Tracking Tables: `x_jobs`\n",
        "Stripe webhook updates the subscription tier\n",
        "- `user_subscriptions` table\n",
        "```\nerror.stack\n",
        "- read-csv: 0% → 40%\n",
        "\u2028|`|\n",
        "### Stripe\n",
        "Invoice history of the subscription\n",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTS | st.text(max_size=30), max_size=8), st.lists(PARTS, max_size=4))
def test_any_documents_give_findings_that_quote_their_lines(first: list[str], second: list[str]) -> None:
    documents = ((WORKFLOW, "".join(first)), (PAGES, "".join(second)), (INDEX, "".join(first + second)))
    example = Example(schema=schema(), documents=documents)
    survey = survey_of(example)
    findings = check_project(survey, map_workflows(survey))
    lines = {path: text.split("\n") for path, text in (*documents, (SCHEMA, example.schema))}

    assert findings == check_project(survey, map_workflows(survey))
    for place in (place for one in findings for place in one.evidence):
        assert place.line <= len(lines[place.path])
        assert place.quote in ("", lines[place.path][place.line - 1].strip())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sets(
        st.sampled_from(["status", "progress_percentage", "error_message", "trigger_job_id", "completed_at"])
    )
)
def test_exactly_the_columns_that_are_left_out_are_missed(left_out: set[str]) -> None:
    indexed = tuple(one for one in ("user_id", "status", "created_at") if one not in left_out)
    source = schema(dict.fromkeys(left_out), indexed=indexed)
    findings = check(with_workflow(source))

    assert {one.subject for one in findings} == {f"import_jobs.{one}" for one in left_out}


def test_columns_of_anothers_table_are_compared_with_its_document_where_nothing_is_built() -> None:
    full = """**import_results** - Completed imports
```typescript
{
  id: uuid (PK)
  row_count: integer
}
```

"""
    keys = "- Key fields: `id`, `job_id`, `user_id`, `row_count`\n\n"
    own = DOCUMENT.replace(
        f"**import_results** - Completed imports, one-to-one with `import_jobs`\n{keys}", full
    )
    outdated = "**import_results** - Written by the import workflow\n- Key fields: `id`, `csv_text`\n\n"
    other = DOCUMENT.replace("import", "export").replace("Import", "Export")
    other = other.replace("## File Locations", outdated + "## File Locations")
    example = Example(documents=((WORKFLOW, own), ("ai_docs/prep/trigger_workflow_export.md", other)))
    [one] = found(example, "contradiction-columns")

    assert "`csv_text`" in one.message
    assert one.evidence[1].path == WORKFLOW


def test_an_index_that_names_the_built_or_declared_table_is_right() -> None:
    index = (
        "# Trigger.dev Workflows Index\n\n### Import Workflow\n**File**: `trigger_workflow_import.md`\n"
        "**Job Tracking Tables**:\n- `import_jobs` - Main job tracking\n\n**Total Workflows**: 1\n"
    )

    assert found(Example(documents=((INDEX, index), IMPORT)), "contradiction-job-table") == []


@pytest.mark.parametrize(
    ("ranges", "contradict"),
    [
        (("0% → 10%", "10% → 90%", "90% → 100%"), False),
        (("0% → 100%", "0% → 40%", "40% → 100%"), False),
        (("0% → 60%", "40% → 100%"), True),
        (("0% → 100%", "0% → 90%"), True),
    ],
)
def test_stages_of_a_task_that_follow_each_other_are_no_contradiction(
    ranges: tuple[str, ...], contradict: bool
) -> None:
    told = "\n".join(f"- read-csv: {one}" for one in ranges)
    example = with_workflow(schema(), DOCUMENT.replace("- read-csv: 0% → 60%", told))

    assert bool(found(example, "contradiction-progress")) is contradict
