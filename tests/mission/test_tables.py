"""The mission's table patterns and kinds of workflow, as the mapping asks for them."""

from __future__ import annotations

import pytest
from mission.projects import AUDIO, SITES, workflow_of
from unit.mapping.made import declare, map_one, payload, said, workflow

from shipkit_mcp.findings import ColumnMapping, Group, TableMapping, WorkflowMapping
from shipkit_mcp.patterns.kinds import BY_ID

PLAIN = workflow("kiln_report", title="Kiln Report", purpose=said("Does what has to be done", 3))
"""A workflow whose document names no table."""


def jobs_of(mapping: WorkflowMapping) -> TableMapping:
    assert mapping.jobs is not None
    return mapping.jobs


def column_of(table: TableMapping, name: str) -> ColumnMapping:
    found = table.column(name)
    assert found is not None, [one.name for one in table.columns]
    return found


def named(table: TableMapping, group: Group) -> list[str]:
    return [one.name for one in table.columns if one.group is group]


@pytest.mark.mission("jobs-name")
def test_a_jobs_table_is_called_after_its_workflow() -> None:
    assert jobs_of(map_one(PLAIN)).table == "kiln_report_jobs"
    assert jobs_of(workflow_of(SITES, "photo_cleanup")).table == "photo_cleanup_jobs"


@pytest.mark.mission("jobs-key", "jobs-created-at", "jobs-owner", "analysis-map")
def test_a_jobs_table_has_a_key_an_owner_and_the_time_it_was_made() -> None:
    jobs = jobs_of(map_one(PLAIN))
    key, owner, made = (column_of(jobs, name) for name in ("id", "user_id", "created_at"))

    assert (key.type, key.primary_key) == ("uuid", True)
    assert (owner.type, owner.references, owner.on_delete) == ("uuid", "users.id", "cascade")
    assert (made.type.startswith("timestamp"), made.not_null) == (True, True)


@pytest.mark.mission("jobs-input-fields")
def test_what_triggers_the_job_becomes_its_input_fields() -> None:
    given = workflow("glaze_test", interfaces=(payload("recipe: string", "kilnCode: string"),))

    assert named(jobs_of(map_one(given)), Group.INPUT) == ["recipe", "kiln_code"]
    assert named(jobs_of(workflow_of(AUDIO, "transcription")), Group.INPUT) == [
        "file_name",
        "file_path",
        "file_size_bytes",
        "media_type",
        "wants_speaker_labels",
    ]


@pytest.mark.mission("jobs-processing-metadata")
def test_what_a_run_finds_out_on_its_way_is_processing_metadata() -> None:
    assert named(jobs_of(workflow_of(AUDIO, "transcription")), Group.PROCESSING) == [
        "duration_seconds",
        "spoken_language",
    ]
    assert named(jobs_of(workflow_of(SITES, "product_import")), Group.PROCESSING) == [
        "row_count",
        "column_matches",
    ]


@pytest.mark.mission("jobs-completed-at")
def test_the_end_of_a_job_is_empty_until_it_is_complete() -> None:
    assert column_of(jobs_of(map_one(PLAIN)), "completed_at").not_null is False


@pytest.mark.mission("trigger-lifecycle", "trigger-status-field", "recommend-status")
def test_the_status_of_a_new_jobs_table_is_an_enum_of_the_five() -> None:
    status = column_of(jobs_of(workflow_of(SITES, "photo_cleanup")), "status")

    assert status.values == ("pending", "processing", "completed", "failed", "cancelled")
    assert status.type == "workflow_job_status"


@pytest.mark.mission("results-name", "needs-results-table", "results-job-id")
def test_saved_output_without_a_table_gets_one_called_after_the_workflow() -> None:
    given = workflow("kiln_report", outputs=(said("The report is saved to the database as a PDF", 9),))
    (results,) = map_one(given).results
    job = column_of(results, "job_id")

    assert results.table == "kiln_report_results"
    assert (job.references, job.on_delete, job.not_null) == ("kiln_report_jobs.id", "cascade", True)
    assert ("job_id",) in results.unique or job.unique


@pytest.mark.mission("results-output-fields", "results-output-metadata")
def test_output_and_what_is_known_about_it_are_told_apart() -> None:
    (results,) = workflow_of(AUDIO, "transcription").results

    assert named(results, Group.OUTPUT) == [
        "plain_text",
        "subtitles_srt",
        "timed_segments",
        "speaker_labels",
    ]
    assert named(results, Group.OUTPUT_METADATA) == ["spoken_language", "duration_seconds", "word_count"]


@pytest.mark.mission("enhancements-fields", "enhancements-result-id")
def test_an_enhancement_has_its_own_fields_and_belongs_to_a_result() -> None:
    (summaries,) = workflow_of(AUDIO, "ai_summaries").enhancements
    owner = column_of(summaries, "transcript_id")

    assert (owner.references, owner.on_delete) == ("transcripts.id", "cascade")
    assert named(summaries, Group.OUTPUT) == ["summary_style", "summary_markdown"]


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [
        ("Transcribe uploaded audio files", "file_processing"),
        ("Analyze a CSV data set and report anomalies", "data_analysis"),
        ("Send reminder emails to all users every day", "batch_operation"),
        ("Generate blog articles with AI", "content_generation"),
    ],
)
@pytest.mark.mission(
    "kickoff-detect-kinds",
    "kind-file-processing",
    "kind-file-fields",
    "kind-data-analysis",
    "kind-data-fields",
    "kind-batch-operation",
    "kind-batch-fields",
    "kind-content-generation",
    "kind-content-fields",
)
def test_a_kind_of_workflow_is_told_and_brings_the_missions_fields(purpose: str, kind: str) -> None:
    mapping = map_one(workflow("work", title="Work", purpose=said(purpose, 7)))
    fields = [one.name for one in BY_ID[kind].job_columns]

    assert mapping.kinds[0] == kind
    assert FIELDS[kind] <= set(fields)
    assert set(fields) <= {one.name for one in jobs_of(mapping).columns}


FIELDS = {
    "file_processing": {"file_name", "file_url", "file_size_bytes", "file_type", "duration_seconds"},
    "data_analysis": {"data_source", "row_count", "api_endpoint", "query_parameters"},
    "batch_operation": {"recipient_count", "template_id", "batch_size"},
    "content_generation": {"prompt", "model", "parameters"},
}
"""As the mission lists them, word for word."""


@pytest.mark.mission("enhancements-optional", "results-required-if-saved")
def test_no_results_and_no_enhancements_are_asked_for_where_none_are_described() -> None:
    mapping = map_one(PLAIN)
    declared = map_one(workflow("kiln_report", declare("kiln_report_jobs", "id: uuid! pk", "status: text!")))

    assert (mapping.results, mapping.enhancements) == ((), ())
    assert (declared.results, declared.enhancements) == ((), ())
