"""Step 0 of the mission: every document and the schema are read, and what they say comes with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from mission.projects import AUDIO, SITES, analysis_of, made, workflow_of

from shipkit_mcp.facts import DocKind, Evidence
from shipkit_mcp.findings import TableState

PREP = "ai_docs/prep"
PACKAGE = '{"dependencies": {"drizzle-orm": "0.45.1", "@trigger.dev/sdk": "4.0.0"}}'


def line_of(name: str, evidence: Evidence) -> str:
    """The line of an example's document that a fact was read from."""
    found = analysis_of(name).survey
    source = next(one.source for one in found.documents if one.path == evidence.path)
    return source.text.split("\n")[evidence.line - 1]


@pytest.mark.mission("read-master-idea", "analysis-vision")
def test_goal_users_and_business_model_come_from_the_master_idea_with_their_lines() -> None:
    vision = analysis_of(AUDIO).survey.vision

    assert vision.app_name is not None
    assert vision.end_goal is not None
    assert vision.app_name.text == "Earmark"
    assert "oral historians turn hours of recorded interviews into transcripts" in vision.end_goal.text
    assert "oral historians" in line_of(AUDIO, vision.end_goal.evidence)
    assert vision.users[0].evidence.path == f"{PREP}/master_idea.md"
    assert "Interview Researchers" in line_of(AUDIO, vision.users[0].evidence)


@pytest.mark.mission("read-wireframe")
def test_pages_are_read_from_the_wireframe_where_nothing_else_lists_them(tmp_path: Path) -> None:
    wireframe = "# Wireframe Reference Doc\n\n## Site map\n\n- `/kilns` - Kilns\n- `/kilns/[id]` - One kiln\n"
    found = made(
        tmp_path, {"package.json": PACKAGE, f"{PREP}/wireframe.md": wireframe, "lib/drizzle/schema/a.ts": ""}
    )

    assert [one.kind for one in found.survey.documents] == [DocKind.WIREFRAME]
    assert {"/kilns", "/kilns/[id]"} <= {one.route for one in found.survey.vision.pages}


@pytest.mark.mission("read-app-pages")
def test_features_and_tiers_come_from_the_blueprint_with_their_lines() -> None:
    vision = analysis_of(AUDIO).survey.vision
    free = next(one for one in vision.tiers if one.name == "Free")

    assert f"{PREP}/app_pages_and_functionality.md" in {one.evidence.path for one in vision.pages}
    assert [one.text for one in free.quotas][:2] == ["4 recordings per month", "20 minutes max per recording"]
    assert "4 recordings per month" in line_of(AUDIO, free.quotas[0].evidence)


@pytest.mark.mission("read-workflow-documents", "analysis-all-workflows")
def test_every_workflow_file_and_every_entry_of_the_index_is_a_workflow() -> None:
    found = {one.name: one for one in analysis_of(SITES).plan.workflows}

    assert {name: one.source for name, one in found.items()} == {
        "brand_kit_generation": "file",
        "product_import": "file",
        "product_text": "file",
        "photo_cleanup": "index",
    }
    assert found["photo_cleanup"].path == f"{PREP}/trigger_workflows.md"
    assert found["photo_cleanup"].confidence == "low"


@pytest.mark.mission("read-schema")
def test_every_schema_file_is_read(tmp_path: Path) -> None:
    tables = {
        f"lib/drizzle/schema/{name}.ts": 'import { pgTable, uuid } from "drizzle-orm/pg-core";\n'
        f'export const {name} = pgTable("{name}", {{ id: uuid("id").primaryKey() }});\n'
        for name in ("kilns", "glazes", "firings")
    }
    found = made(tmp_path, {"package.json": PACKAGE, **tables})

    assert {one.name: one.path for one in found.survey.schema.tables} == {
        name.rpartition("/")[2][:-3]: name for name in tables
    }


@pytest.mark.mission("kickoff-read-all", "comprehensive-analysis", "step-0")
@pytest.mark.parametrize("name", [AUDIO, SITES])
def test_all_planning_documents_all_workflow_files_and_all_schema_files_are_read(name: str) -> None:
    found = analysis_of(name)
    root = Path(__file__).parents[2] / "examples" / name
    documents = {one.path for one in found.survey.documents}
    schema = {one.relative_to(root).as_posix() for one in root.glob("lib/drizzle/schema/*.ts")}

    assert {one.relative_to(root).as_posix() for one in root.glob("ai_docs/prep/*.md")} == documents
    assert set(found.survey.schema.files) == schema
    assert found.plan.missing_documents == ()


@pytest.mark.mission("analysis-inputs")
def test_what_starts_a_job_and_what_it_is_given_are_told() -> None:
    transcription = workflow_of(AUDIO, "transcription")
    photos = workflow_of(SITES, "photo_cleanup")

    assert transcription.trigger == "User uploads a recording on `/app/recordings`"
    assert ("wants_speaker_labels", "input") in transcription.payload
    assert photos.inputs == ("The photo and the colour of the page",)


@pytest.mark.mission("analysis-steps", "input-processing-output")
def test_the_steps_of_a_run_are_told_in_their_order() -> None:
    transcription = workflow_of(AUDIO, "transcription")

    assert transcription.steps == ("Upload", "measure and cut", "transcribe piece by piece", "one transcript")
    assert transcription.tasks == ("prepare-recording", "transcribe-recording")


@pytest.mark.mission("analysis-outputs")
def test_what_must_be_stored_of_a_run_is_told_with_the_table_that_stores_it() -> None:
    (results,) = workflow_of(AUDIO, "transcription").results

    assert workflow_of(SITES, "photo_cleanup").outputs == ("The cleaned photo beside the original",)
    assert results.table == "transcripts"
    assert {"plain_text", "subtitles_srt", "speaker_labels"} <= {one.name for one in results.columns}


@pytest.mark.mission("analysis-enhancements", "needs-enhancement-tables")
def test_optional_features_of_a_workflow_are_found_as_enhancements() -> None:
    (summaries,) = workflow_of(AUDIO, "ai_summaries").enhancements
    (versions,) = workflow_of(SITES, "brand_kit_generation").enhancements

    assert (summaries.table, versions.table) == ("ai_summaries", "brand_kit_versions")
    assert next(one.references for one in versions.columns if one.name == "brand_kit_id") == "brand_kits.id"


@pytest.mark.mission("analysis-map", "goal-maps-each", "connect-workflows-to-data", "map-to-recommendations")
def test_each_workflow_is_mapped_to_its_tables_by_the_part_they_play() -> None:
    roles = {
        one.name: [(table.role.value, table.table) for table in one.tables]
        for one in analysis_of(SITES).plan.workflows
    }

    assert roles == {
        "brand_kit_generation": [
            ("jobs", "brand_kit_jobs"),
            ("results", "brand_kits"),
            ("enhancement", "brand_kit_versions"),
        ],
        "product_import": [
            ("jobs", "product_import_jobs"),
            ("results", "product_import_reports"),
            ("domain", "products"),
        ],
        "product_text": [("jobs", "product_text_jobs")],
        "photo_cleanup": [("jobs", "photo_cleanup_jobs")],
    }


@pytest.mark.mission("schema-first", "kickoff-template-aware", "enhance-not-rebuild")
def test_what_stands_already_is_used_and_only_what_lacks_is_asked_for() -> None:
    plan = analysis_of(AUDIO).plan
    changed = {one.table for one in plan.modify}

    assert [one.table for one in plan.create] == ["monthly_usage"]
    assert "transcript_messages" not in changed
    assert {table.state for one in plan.workflows for table in one.tables} == {TableState.MODIFY}
    kept = {one.name: one for one in analysis_of(AUDIO).survey.schema.tables}
    for table in plan.target.tables:
        if table.name in kept:
            assert {one.name for one in kept[table.name].columns} <= {one.name for one in table.columns}


@pytest.mark.mission("when-to-add-modify-remove", "analysis-bloat")
def test_each_table_is_added_modified_removed_or_kept_for_a_reason_with_its_line() -> None:
    plan = analysis_of(SITES).plan
    proposed = [one.table for one in plan.remove]

    assert proposed == [
        "transcript_messages",
        "transcript_conversations",
        "ai_summaries",
        "transcripts",
        "transcription_jobs",
    ]
    assert "users" not in proposed
    assert all(one.why and one.evidence for one in (*plan.create, *plan.remove))
