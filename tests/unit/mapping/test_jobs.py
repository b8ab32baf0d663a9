"""Which table tracks a workflow's jobs, and its columns."""

from __future__ import annotations

from unit.mapping.made import (
    CLIP_JOBS,
    CLIPPING,
    USERS,
    column,
    declare,
    jobs_of,
    map_all,
    map_one,
    names,
    payload,
    said,
    schema,
    table,
    touch,
    workflow,
)

from shipkit_mcp.facts import Role, TableUse
from shipkit_mcp.findings import ColumnState, Group, Origin, TableState

MISSION = [
    "id",
    "user_id",
    "status",
    "progress_percentage",
    "error_message",
    "trigger_job_id",
    "created_at",
    "completed_at",
]


def test_a_declared_jobs_table_that_stands_is_implemented() -> None:
    jobs = jobs_of(map_one(workflow("clip", declare("clip_jobs", "id", "user_id", "status")), CLIPPING))
    assert (jobs.table, jobs.existing, jobs.state) == ("clip_jobs", "clip_jobs", TableState.IMPLEMENTED)
    assert jobs.matched_by == "the schema has a table `clip_jobs`"
    assert {one.state for one in jobs.columns} == {ColumnState.PRESENT}


def test_a_workflow_without_any_table_gets_the_missions_pattern() -> None:
    mapping = map_one(workflow("layout_hint", source="index", confidence="low"))
    jobs = jobs_of(mapping)
    assert (jobs.table, jobs.state, jobs.confidence) == ("layout_hint_jobs", TableState.CREATE, "low")
    assert set(MISSION) <= set(names(jobs))
    assert {one.origin for one in jobs.columns if one.name in MISSION} == {Origin.REQUIRED}
    assert mapping.notes == ("No document declares `layout_hint_jobs`: it follows the mission's pattern.",)


def test_a_pattern_table_takes_input_fields_and_the_subject_but_no_secrets_and_no_job_id() -> None:
    given = payload(
        "*jobId: string",
        "*userId: string",
        "*pageId: string",
        "description: string",
        "maxItems: number",
        "accessToken: string",
        "aiConfig: AIConfig",
        ">chunks: Chunk[]",
    )
    jobs = jobs_of(map_one(workflow("layout_hint", interfaces=(given,))))
    assert set(names(jobs)) == {*MISSION, "page_id", "description", "max_items"}
    assert column(jobs, "max_items").type == "integer"
    assert column(jobs, "description").group is Group.INPUT
    assert column(jobs, "description").origin is Origin.DOCUMENTED


def test_conventions_of_the_kind_stand_in_where_nothing_is_documented() -> None:
    mapping = map_one(workflow("article", purpose=said("Generate articles with AI from prompts")))
    jobs = jobs_of(mapping)
    assert mapping.kinds == ("content_generation",)
    assert [one.name for one in jobs.columns if one.origin is Origin.KIND] == [
        "prompt",
        "model",
        "parameters",
    ]


def test_payload_fields_do_not_change_a_table_that_stands() -> None:
    fields = payload("fileUrl: string", "language: string")
    jobs = jobs_of(map_one(workflow("clip", declare("clip_jobs", "id"), interfaces=(fields,)), CLIPPING))
    assert "file_url" not in names(jobs)
    assert jobs.state is TableState.IMPLEMENTED


def test_payload_fields_complete_a_partial_table_but_not_one_declared_in_full() -> None:
    fields = payload("topic: string")
    for partial, expected in ((True, True), (False, False)):
        declared = declare("quiz_jobs", "id", "status", partial=partial)
        jobs = jobs_of(map_one(workflow("quiz", declared, interfaces=(fields,))))
        assert ("topic" in names(jobs)) is expected


def test_a_payload_field_is_the_column_that_says_more_before_its_name() -> None:
    declared = declare("clip_jobs", "id", "original_file_url", partial=True)
    jobs = jobs_of(map_one(workflow("clip", declared, interfaces=(payload("fileUrl: string"),))))
    assert "file_url" not in names(jobs)


def test_required_columns_are_added_to_what_the_document_declares() -> None:
    jobs = jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id: uuid pk", "status", "topic: text"))))
    assert set(names(jobs)) == {*MISSION, "topic"}
    status = column(jobs, "status")
    assert (status.origin, status.also) == (Origin.DOCUMENTED, (Origin.REQUIRED,))
    assert column(jobs, "trigger_job_id").origin is Origin.REQUIRED


def test_another_name_for_the_same_thing_is_near_and_not_asked_for_twice() -> None:
    declared = declare(
        "quiz_jobs",
        "id",
        "userId: string!",
        "status",
        "runId: string?",
        "progress: number!",
        "updatedAt: Date!",
    )
    jobs = jobs_of(map_one(workflow("quiz", declared)))
    found = {one.name: one for one in jobs.columns}
    assert {"trigger_job_id", "progress_percentage", "completed_at"}.isdisjoint(found)
    assert {found[name].state for name in ("run_id", "progress", "updated_at")} == {ColumnState.NEAR}
    assert found["run_id"].why == "the mission calls it `trigger_job_id`"
    assert found["run_id"].doc_name == "runId"
    assert found["user_id"].state is ColumnState.MISSING


def test_a_near_column_of_the_schema_is_matched_under_its_own_name() -> None:
    existing = table("quiz_jobs", "id: uuid! pk", "user_id: uuid!", "status: text!", "trigger_run_id: text")
    found = column(
        jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id")), schema(existing))), "trigger_job_id"
    )
    assert (found.state, found.existing) == (ColumnState.NEAR, "trigger_run_id")
    assert found.why == "the schema calls it `trigger_run_id`"


def test_a_documented_run_id_is_paired_with_the_schemas_other_name_for_it() -> None:
    existing = table("quiz_jobs", "id: uuid! pk", "status: text!", "trigger_run_id: text")
    jobs = jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id", "runId: string?")), schema(existing)))
    found = column(jobs, "run_id")
    assert (found.state, found.existing, found.also) == (
        ColumnState.NEAR,
        "trigger_run_id",
        (Origin.EXISTING, Origin.REQUIRED),
    )
    assert "trigger_run_id" not in names(jobs)


def test_the_schemas_further_columns_are_listed_as_existing() -> None:
    jobs = jobs_of(map_one(workflow("clip", declare("clip_jobs", "id")), CLIPPING))
    assert column(jobs, "video_url").origin is Origin.EXISTING


def test_a_missing_column_makes_a_table_one_to_modify_and_cites_both_sides() -> None:
    declared = declare("clip_jobs", "id", "max_clips: integer")
    jobs = jobs_of(map_one(workflow("clip", declared), CLIPPING))
    assert jobs.state is TableState.MODIFY
    assert [str(one) for one in column(jobs, "max_clips").evidence] == [
        "ai_docs/prep/trigger_workflow_x.md:11",
        "db/clip_jobs.ts:5",
    ]


def test_what_could_not_be_read_is_unread_and_never_missing() -> None:
    existing = table("quiz_jobs", "id: uuid! pk", "status: text!", unread=["...common"])
    jobs = jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id", "topic: text")), schema(existing)))
    assert column(jobs, "topic").state is ColumnState.UNREAD
    assert column(jobs, "trigger_job_id").state is ColumnState.UNREAD


def test_the_schemas_jobs_table_is_found_where_no_document_declares_one() -> None:
    jobs = jobs_of(map_one(workflow("clip", source="index"), CLIPPING))
    assert (jobs.existing, jobs.state) == ("clip_jobs", TableState.IMPLEMENTED)


def test_a_jobs_table_of_another_name_is_found_by_its_shape() -> None:
    existing = table("video_clip_runs", "id: uuid! pk", "status: text!", "progress: integer!", "run_id: text")
    jobs = jobs_of(map_one(workflow("clip"), schema(existing)))
    assert (jobs.existing, jobs.confidence) == ("video_clip_runs", "medium")
    assert "status and run id or progress" in (jobs.matched_by or "")


def test_another_workflows_jobs_table_is_never_taken_by_its_shape() -> None:
    clip = workflow("clip", declare("clip_jobs", "id", "status"))
    trailer = workflow("clip_trailer", source="index")
    found = map_all(clip, trailer, schema=CLIPPING)
    assert jobs_of(found[1]).table == "clip_trailer_jobs"


def test_a_table_is_found_in_another_spelling() -> None:
    existing = table("quizJob", "id: uuid! pk", "status: text!")
    jobs = jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id")), schema(existing)))
    assert (jobs.table, jobs.doc_name) == ("quizJob", "quiz_jobs")
    assert jobs.matched_by == "`quizJob` is `quiz_jobs` in another spelling"


def test_a_similar_name_with_the_same_columns_is_a_match_of_low_confidence() -> None:
    existing = table("quizz_jobs", "id: uuid! pk", "topic: text!", "level: text!")
    declared = declare("quiz_jobs", "id", "topic", "level")
    jobs = jobs_of(map_one(workflow("quiz", declared), schema(existing)))
    assert (jobs.existing, jobs.confidence) == ("quizz_jobs", "low")


def test_a_document_that_defines_tables_but_no_jobs_table_gets_a_note_and_no_table() -> None:
    summaries = declare("summaries", "id: uuid pk", "clip_id: uuid -> clips.id unique")
    mapping = map_one(workflow("summaries", summaries), CLIPPING)
    assert mapping.jobs is None
    assert "No job table of its own" in mapping.notes[0]


def test_a_statement_that_no_job_is_tracked_is_respected_and_quoted() -> None:
    mapping = map_one(workflow("ping", no_jobs_table=said("Progress lives in Trigger.dev metadata only.")))
    assert mapping.jobs is None
    assert "Progress lives in Trigger.dev metadata only" in mapping.notes[0]


def test_a_workflow_that_only_touches_tables_has_no_jobs_table_unless_it_tracks_statuses() -> None:
    quiet = map_one(workflow("cleanup", touch("clips")), CLIPPING)
    assert quiet.jobs is None
    assert quiet.touches == ("clips",)
    tracked = map_one(workflow("cleanup", touch("clips"), statuses=("pending", "done")), CLIPPING)
    assert jobs_of(tracked).table == "cleanup_jobs"


def test_the_workflows_own_statuses_fill_a_status_column_without_values() -> None:
    declared = declare("quiz_jobs", "id", "status: enum")
    found = column(
        jobs_of(map_one(workflow("quiz", declared, statuses=("queued", "asking", "done")))), "status"
    )
    assert found.values == ("queued", "asking", "done")
    assert found.default == "'queued'"


def test_an_own_vocabulary_against_the_schemas_enum_is_a_conflict() -> None:
    declared = declare("clip_jobs", "id", "status: enum {queued|cutting|done}")
    found = column(jobs_of(map_one(workflow("clip", declared), CLIPPING)), "status")
    assert found.state is ColumnState.CONFLICT
    assert "queued, cutting, done" in (found.why or "")


def test_an_enum_of_the_schema_with_the_same_values_is_used_again() -> None:
    declared = declare("quiz_jobs", "id", "status: enum {pending|processing|completed|failed|cancelled}")
    found = column(jobs_of(map_one(workflow("quiz", declared), CLIPPING)), "status")
    assert found.type == "job_status"


def test_missing_indexes_are_wanted_and_present_ones_are_not() -> None:
    bare = table("quiz_jobs", *(f"{name}: text!" for name in MISSION), indexes=[["status", "created_at"]])
    jobs = jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id")), schema(bare)))
    assert jobs.indexes == (("user_id",), ("created_at",))


def test_a_workspace_owns_the_job_where_the_document_says_so() -> None:
    declared = declare("sync_jobs", "id", "workspaceId: string! -> workspaces.id", "status", "runId: string?")
    mapping = map_one(workflow("sync", declared))
    assert mapping.owner == "workspace_id"
    jobs = jobs_of(mapping)
    assert "user_id" not in names(jobs)
    assert column(jobs, "workspace_id").group is Group.OWNER
    assert ("workspace_id",) in jobs.indexes


def test_the_owner_of_a_new_table_is_the_one_that_the_schema_uses() -> None:
    existing = table("reports", "id: uuid! pk", "organization_id: uuid! -> organizations.id cascade")
    mapping = map_one(workflow("digest"), schema(table("organizations", "id: uuid! pk"), existing))
    assert mapping.owner == "organization_id"
    assert column(jobs_of(mapping), "organization_id").references == "organizations.id"


def test_the_owner_column_has_the_type_of_the_key_it_refers_to() -> None:
    existing = schema(table("users", "id: text! pk", "email: text!"))
    jobs = jobs_of(map_one(workflow("quiz"), existing))
    assert column(jobs, "user_id").type == "text"
    assert column(jobs, "id").type == "text"


def test_tracking_added_to_a_jobs_table_of_another_workflow_stays_an_alteration() -> None:
    clip = workflow("clip", declare("clip_jobs", "id", "status"))
    resize = workflow("resize", declare("clip_jobs", "width: integer", use=TableUse.ALTERED))
    mapping = map_all(clip, resize, schema=CLIPPING)[1]
    (altered,) = mapping.alters
    assert (altered.table, altered.role, altered.state) == ("clip_jobs", Role.JOBS, TableState.MODIFY)
    assert names(altered) == ["width"]


def test_the_stronger_of_two_tables_that_track_is_the_jobs_table() -> None:
    jobs = declare("import_jobs", "id", "status", "progress", "run_id")
    rows = declare(
        "import_rows", "id", "import_job_id: uuid -> import_jobs.id", "status", "error_message", "progress"
    )
    mapping = map_one(workflow("import", rows, jobs))
    assert jobs_of(mapping).table == "import_jobs"
    assert [one.table for one in mapping.results] == ["import_rows"]


def test_the_schema_of_users_alone_leaves_the_template_pattern() -> None:
    jobs = jobs_of(map_one(workflow("quiz"), schema(USERS)))
    assert column(jobs, "user_id").references == "users.id"
    assert column(jobs, "user_id").on_delete == "cascade"


def test_a_type_that_cannot_be_the_documented_one_is_a_conflict() -> None:
    declared = declare("clip_jobs", "id", "progress_percentage: text!")
    found = column(jobs_of(map_one(workflow("clip", declared), CLIPPING)), "progress_percentage")
    assert found.state is ColumnState.CONFLICT
    assert found.why == "the document says text, the schema integer"


def test_a_nullability_other_than_the_documented_one_is_a_conflict() -> None:
    declared = declare("clip_jobs", "id", "video_url: string?")
    found = column(jobs_of(map_one(workflow("clip", declared), CLIPPING)), "video_url")
    assert found.why == "the document says nullable, the schema not null"


def test_the_pattern_itself_conflicts_with_a_completed_at_that_must_be_filled() -> None:
    existing = table("quiz_jobs", "id: uuid! pk", "status: text!", "completed_at: timestamp!")
    found = column(
        jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id")), schema(existing))), "completed_at"
    )
    assert found.state is ColumnState.CONFLICT
    assert CLIP_JOBS.column("completed_at") is not None


def test_where_the_schema_does_what_the_mission_asks_a_lax_document_is_no_conflict() -> None:
    declared = declare(
        "clip_jobs", "id", "created_at: timestamp?", "user_id: uuid?", "progress_percentage: int?"
    )
    jobs = jobs_of(map_one(workflow("clip", declared), CLIPPING))
    assert column(jobs, "created_at").state is ColumnState.PRESENT
    assert column(jobs, "user_id").state is ColumnState.PRESENT
    assert column(jobs, "progress_percentage").state is ColumnState.CONFLICT


def test_a_jobs_table_whose_name_says_less_is_meant_only_if_no_other_can_be() -> None:
    columns = ("id: uuid! pk", "status: text!", "progress: integer!")
    one = schema(table("import_jobs", *columns))
    two = schema(table("import_jobs", *columns), table("contact_jobs", *columns))
    jobs = jobs_of(map_one(workflow("contact_csv_import"), one))
    assert (jobs.existing, jobs.confidence) == ("import_jobs", "low")
    assert jobs_of(map_one(workflow("contact_csv_import"), two)).existing is None


def test_a_tenant_owns_before_an_account_and_the_account_is_a_plain_key() -> None:
    declared = declare("sync_jobs", "id", "accountId: string!", "workspaceId: string!", "status", "runId")
    mapping = map_one(workflow("sync", declared))
    jobs = jobs_of(mapping)
    assert mapping.owner == "workspace_id"
    assert column(jobs, "workspace_id").references == "workspaces.id"
    assert (column(jobs, "account_id").group, column(jobs, "account_id").references) == (Group.KEY, None)


def test_no_conventions_are_added_where_the_kind_is_in_doubt() -> None:
    said_both = said("Analyze CSV data sets for anomalies and send reminder emails to recipients")
    mapping = map_one(workflow("w", purpose=said_both))
    assert len(mapping.kinds) == 2
    assert [one for one in jobs_of(mapping).columns if one.origin is Origin.KIND] == []


def test_two_columns_of_the_schema_that_differ_in_spelling_only_are_both_kept() -> None:
    existing = table("quiz_jobs", "id: uuid! pk", "status: text!", "run_id: text", "runId: text")
    jobs = jobs_of(map_one(workflow("quiz", declare("quiz_jobs", "id")), schema(existing)))
    assert {"run_id", "runId"} <= {one.existing for one in jobs.columns}


def test_a_jobs_table_that_another_document_defines_for_it_is_its_own() -> None:
    other = workflow(
        "media", declare("media_jobs", "id", "status"), declare("clip_jobs", "id", "status", "cuts: int")
    )
    clip = workflow("clip", source="index", confidence="low")
    jobs = jobs_of(map_all(clip, other)[0])
    assert (jobs.table, column(jobs, "cuts").origin) == ("clip_jobs", Origin.DOCUMENTED)


def test_a_jobs_table_that_stands_counts_even_where_the_document_leaves_it_out() -> None:
    mapping = map_one(workflow("clip", declare("clips", "id", "job_id")), CLIPPING)
    assert jobs_of(mapping).existing == "clip_jobs"
    assert [one.table for one in mapping.results] == ["clips"]
