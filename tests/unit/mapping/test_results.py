"""Where outputs are kept: results, enhancements, inline, domain tables."""

from __future__ import annotations

import pytest
from unit.mapping.made import (
    CLIPPING,
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

QUIZ_JOBS = declare("quiz_jobs", "id: uuid pk", "user_id", "status", "runId: string?")


def test_a_table_that_refers_to_the_jobs_table_holds_the_results() -> None:
    quizzes = declare("quizzes", "id: uuid pk", "job_id: uuid -> quiz_jobs.id cascade", "questions: jsonb")
    (results,) = map_one(workflow("quiz", QUIZ_JOBS, quizzes)).results
    assert (results.table, results.role, results.state) == ("quizzes", Role.RESULTS, TableState.CREATE)
    assert results.unique == (("job_id",),)
    assert set(results.indexes) == {("user_id",), ("created_at",)}
    assert column(results, "user_id").origin is Origin.REQUIRED


@pytest.mark.parametrize("name", ["job_id", "generation_job_id", "quiz_job_id"])
def test_a_job_id_links_results_even_where_no_reference_is_written(name: str) -> None:
    (results,) = map_one(workflow("quiz", QUIZ_JOBS, declare("quizzes", "id", f"{name}: uuid"))).results
    assert column(results, name).references == "quiz_jobs.id"
    assert [one for one in names(results) if one.endswith("job_id")] == [name]


def test_results_that_a_document_keeps_in_versions_are_not_made_unique() -> None:
    quizzes = declare("quizzes", "id", "generationJobId: string? -> quiz_jobs.id", "name: string!")
    (results,) = map_one(workflow("quiz", QUIZ_JOBS, quizzes)).results
    found = column(results, "generation_job_id")
    assert (found.not_null, found.state) == (False, ColumnState.MISSING)
    assert found.why == "stands for `job_id`"
    assert results.unique == ()


def test_results_with_a_key_of_their_own_get_many_rows_from_one_job() -> None:
    scores = declare("scores", "id: uuid pk", "pupil: uuid", "day: date").model_copy(
        update={"unique": (("pupil", "day"),), "role": Role.RESULTS}
    )
    mapping = map_one(workflow("quiz", QUIZ_JOBS, scores))
    (results,) = mapping.results
    assert results.unique == (("pupil", "day"),)
    assert "job_id" not in names(results)
    assert mapping.notes == ("`scores` takes the results but has no reference to a job.",)


def test_several_results_of_one_job_are_not_made_one_each() -> None:
    tables = [
        declare(name, "id: uuid pk", "text: text").model_copy(update={"role": Role.RESULTS})
        for name in ("hints", "remarks")
    ]
    found = map_one(workflow("quiz", QUIZ_JOBS, *tables)).results
    assert [one.table for one in found] == ["hints", "remarks"]
    assert [one.unique for one in found] == [(), ()]


def test_results_that_stand_with_their_constraint_are_implemented() -> None:
    clip = workflow("clip", declare("clip_jobs", "id"), declare("clips", "id", "job_id"))
    mapping = map_one(clip, CLIPPING)
    (results,) = mapping.results
    assert (results.state, mapping.state) == (TableState.IMPLEMENTED, TableState.IMPLEMENTED)


def test_results_without_their_unique_constraint_are_to_be_modified() -> None:
    clips = table(
        "clips",
        "id: uuid! pk",
        "job_id: uuid! -> clip_jobs.id cascade",
        "user_id: uuid!",
        "created_at: timestamp!",
        indexes=[["user_id"], ["created_at"]],
    )
    (jobs,) = (one for one in CLIPPING.tables if one.name == "clip_jobs")
    clip = workflow("clip", declare("clip_jobs", "id"), declare("clips", "id", "job_id"))
    (results,) = map_one(clip, schema(jobs, clips)).results
    assert (results.state, results.unique) == (TableState.MODIFY, (("job_id",),))


def test_the_schemas_own_results_are_found_by_their_foreign_key() -> None:
    (results,) = map_one(workflow("clip", declare("clip_jobs", "id")), CLIPPING).results
    assert (results.table, results.matched_by) == ("clips", "`clips.job_id` refers to `clip_jobs`")


def test_a_results_table_is_not_asked_for_where_no_saved_output_is_named() -> None:
    shown = workflow("hint", outputs=(said("A list of suggestions shown in the editor"),))
    assert map_one(shown).results == ()


@pytest.mark.parametrize(
    "words",
    [
        "The report is saved to the database",
        "El informe se guarda en la base de datos",
        "Il report viene salvato e si memorizza",
        "Le rapport est enregistré",
    ],
)
def test_a_saved_output_without_a_table_gets_one_by_the_pattern(words: str) -> None:
    (results,) = map_one(workflow("audit", outputs=(said(words, 44),))).results
    assert (results.table, results.state) == ("audit_results", TableState.CREATE)
    assert column(results, "job_id").references == "audit_jobs.id"
    assert [one.line for one in results.evidence] == [44]


def test_the_fields_of_the_documented_output_are_the_columns_of_such_a_table() -> None:
    output = payload("*jobId: string", "score: number", "issues: Issue[]", part="output")
    audit = workflow("audit", outputs=(said("Saved to the database"),), interfaces=(output,))
    (results,) = map_one(audit).results
    assert column(results, "score").type == "integer"
    assert column(results, "issues").type == "jsonb"
    assert column(results, "issues").group is Group.OUTPUT
    assert len([one for one in names(results) if one == "job_id"]) == 1


def test_a_document_that_saves_nothing_gets_no_results_table() -> None:
    audit = workflow("audit", saves_output=False, outputs=(said("The report is saved nowhere"),))
    assert map_one(audit).results == ()


def test_output_that_goes_to_a_table_it_only_touches_needs_no_table_of_its_own() -> None:
    write = workflow("publish", touch("pages"), statuses=("pending",), outputs=(said("Saved into `pages`"),))
    mapping = map_one(write)
    assert mapping.results == ()
    assert mapping.touches == ("pages",)


def test_results_that_stay_in_the_jobs_table_on_purpose_are_inline() -> None:
    hint = declare("hint_jobs", "id", "status", "suggestions: jsonb?")
    keeps = said("Results stay in `suggestions`, they are ephemeral", 51)
    mapping = map_one(workflow("hint", hint, inline_results=keeps))
    assert mapping.results == ()
    assert mapping.inline_results is not None
    assert (mapping.inline_results.table, mapping.inline_results.column) == ("hint_jobs", "suggestions")
    assert [one.line for one in mapping.inline_results.evidence] == [51]
    assert column(jobs_of(mapping), "suggestions").group is Group.OUTPUT


def test_a_result_column_of_the_jobs_table_is_inline_even_where_no_sentence_says_so() -> None:
    mapping = map_one(workflow("hint", declare("hint_jobs", "id", "status", "result: jsonb?")))
    assert mapping.inline_results is not None
    assert mapping.inline_results.column == "result"


def test_a_table_that_refers_to_results_enhances_them() -> None:
    quizzes = declare("quizzes", "id", "job_id: uuid -> quiz_jobs.id")
    hints = declare("quiz_hints", "id", "quiz_id: uuid -> quizzes.id cascade unique", "text: text")
    mapping = map_one(workflow("quiz", QUIZ_JOBS, quizzes, hints))
    (enhancement,) = mapping.enhancements
    assert (enhancement.table, enhancement.role) == ("quiz_hints", Role.ENHANCEMENT)
    assert enhancement.unique == (("quiz_id",),)
    assert column(enhancement, "user_id").origin is Origin.REQUIRED


def test_a_workflow_that_enhances_another_workflows_results_needs_no_job_id() -> None:
    clip = workflow("clip", declare("clip_jobs", "id"), declare("clips", "id", "job_id"))
    captions = workflow("captions", declare("captions", "id: uuid pk", "clip_id: uuid -> clips.id unique"))
    mapping = map_all(clip, captions, schema=CLIPPING)[1]
    assert mapping.jobs is None
    (enhancement,) = mapping.enhancements
    assert "job_id" not in names(enhancement)
    assert mapping.touches == ("clips",)


def test_a_table_named_like_the_workflow_holds_its_results() -> None:
    posters = declare("posters", "id: uuid pk", "name: text")
    mapping = map_one(workflow("poster_generation", posters, statuses=("pending",)))
    assert [one.table for one in mapping.results] == ["posters"]


def test_tables_defined_although_only_used_go_to_others_by_their_role() -> None:
    tables = (
        declare("email_connections", "id: uuid pk", "user_id", "provider: text"),
        declare("usage_counters", "user_id", "month: date", "jobs_count: integer"),
        declare("sync_settings", "id", "user_id", "every_hours: integer"),
    )
    jobs = declare("mail_sync_jobs", "id", "status", "run_id")
    mapping = map_one(workflow("mail_sync", jobs, *tables))
    assert [(one.table, one.role) for one in mapping.others] == [
        ("email_connections", Role.DOMAIN),
        ("usage_counters", Role.USAGE),
        ("sync_settings", Role.SETTINGS),
    ]
    assert mapping.results == ()


def test_a_new_table_gets_a_key_unless_the_document_gives_it_one() -> None:
    keyed = declare("counters", "user_id: uuid", "month: date", primary_key=("user_id", "month"))
    bare = declare("connections", "user_id: uuid", "provider: text")
    mapping = map_one(workflow("sync", declare("sync_jobs", "id", "status"), keyed, bare))
    counters, connections = mapping.others
    assert [one.name for one in counters.columns if one.primary_key] == ["user_id", "month"]
    assert [one.name for one in connections.columns if one.primary_key] == ["id"]


def test_legacy_columns_are_never_planned_and_are_said() -> None:
    quizzes = declare(
        "quizzes", "id", "job_id: uuid -> quiz_jobs.id", "questions: jsonb", "old_text: text legacy"
    )
    mapping = map_one(workflow("quiz", QUIZ_JOBS, quizzes))
    assert "old_text" not in names(mapping.results[0])
    assert "`quizzes`: `old_text` not planned, the document calls them legacy." in mapping.notes


def test_a_legacy_column_that_stands_is_kept_as_existing() -> None:
    declared = declare("clips", "id", "job_id", "clip_url: text legacy")
    (results,) = map_one(workflow("clip", declare("clip_jobs", "id"), declared), CLIPPING).results
    found = column(results, "clip_url")
    assert (found.origin, found.note) == (Origin.EXISTING, "the document calls it legacy")


def test_columns_added_to_a_table_that_stands_are_alterations() -> None:
    added = declare("users", "plan_note: text", "email: text!", use=TableUse.ALTERED)
    users = table("users", "id: uuid! pk", "email: text!")
    mapping = map_one(workflow("quiz", QUIZ_JOBS, added), schema(users))
    (altered,) = mapping.alters
    assert [(one.name, one.state) for one in altered.columns] == [
        ("plan_note", ColumnState.MISSING),
        ("email", ColumnState.PRESENT),
    ]
    assert altered.state is TableState.MODIFY


def test_alterations_that_are_made_are_implemented() -> None:
    added = declare("users", "email: text!", use=TableUse.ALTERED)
    users = table("users", "id: uuid! pk", "email: text!", "role: text")
    (altered,) = map_one(workflow("quiz", QUIZ_JOBS, added), schema(users)).alters
    assert altered.state is TableState.IMPLEMENTED
    assert names(altered) == ["email"]


def test_tables_that_own_columns_refer_to_are_touched_the_owner_aside() -> None:
    jobs = declare("quiz_jobs", "id", "status", "course_id: uuid -> courses.id", "user_id: uuid -> users.id")
    assert map_one(workflow("quiz", jobs)).touches == ("courses",)


# --- several workflows -----------------------------------------------------------------------


def test_outdated_columns_of_another_workflows_table_are_not_planned() -> None:
    stale = declare("captions", "id", "clip_id", "highlights: text", "tier: text", partial=True)
    clip = workflow("clip", declare("clip_jobs", "id"), declare("clips", "id", "job_id"), stale)
    fresh = declare("captions", "id: uuid pk", "clip_id: uuid -> clips.id", "text: text", "tier: text legacy")
    first, second = map_all(clip, workflow("captions", fresh), schema=CLIPPING)
    assert "captions" in first.touches
    assert "captions" not in [one.table for one in first.tables]
    assert any("belongs to `captions`" in note for note in first.notes)
    assert {"text", "clip_id"} <= set(names(second.enhancements[0]))
    assert {"highlights", "tier"}.isdisjoint(names(second.enhancements[0]))


def test_a_table_listed_as_another_workflows_is_only_touched() -> None:
    other = declare("captions", "id", "highlights: text", use=TableUse.OTHER_WORKFLOW)
    mapping = map_one(workflow("clip", declare("clip_jobs", "id"), other), CLIPPING)
    assert mapping.touches == ("captions",)
    assert all(one.table != "captions" for one in mapping.tables)


def test_a_table_that_two_workflows_share_is_one_table_in_one_state() -> None:
    counters = declare("usage_counters", "user_id: uuid", "month: date", "jobs_count: integer")
    again = declare("usage_counters", "user_id: uuid", "minutes_count: integer")
    first, second = map_all(
        workflow("clip", declare("clip_jobs", "id"), counters),
        workflow("quiz", QUIZ_JOBS, again),
        schema=CLIPPING,
    )
    assert first.others == second.others
    assert {"jobs_count", "minutes_count"} <= set(names(first.others[0]))
    assert "`usage_counters` is shared with `quiz`." in first.notes


def test_camel_case_databases_are_answered_in_camel_case() -> None:
    existing = table(
        "quizJobs", "id: uuid! pk", "userId: uuid!", "createdAt: timestamp!", "errorMessage: text"
    )
    declared = declare("quizJobs", "id", "userId: string!", "maxItems: number!")
    jobs = jobs_of(map_one(workflow("quiz", declared), schema(existing)))
    assert {"userId", "maxItems", "triggerJobId", "errorMessage"} <= set(names(jobs))
    assert column(jobs, "userId").state is ColumnState.PRESENT


def test_what_a_document_calls_results_enhances_them_where_they_are_another_workflows() -> None:
    clip = workflow("clip", declare("clip_jobs", "id"), declare("clips", "id", "job_id"))
    called = declare("captions", "id: uuid pk", "clip_id: uuid -> clips.id unique", role=Role.RESULTS)
    mapping = map_all(workflow("captions", called), clip, schema=CLIPPING)[0]
    assert (mapping.results, [one.table for one in mapping.enhancements]) == ((), ["captions"])
    assert mapping.enhancements[0].indexes == (("user_id",),)


def test_payload_fields_of_no_stated_type_are_typed_by_what_they_are() -> None:
    fields = payload("*pageId: unknown", "description: unknown", "theme: ThemeData")
    jobs = jobs_of(map_one(workflow("hint", interfaces=(fields,))))
    types = {one.name: one.type for one in jobs.columns}
    assert (types["page_id"], types["description"], types["theme"]) == ("uuid", "text", "jsonb")


def test_an_owner_of_another_kind_refers_to_its_own_table() -> None:
    quizzes = declare("quizzes", "id", "job_id: uuid -> quiz_jobs.id", "account_id: uuid!")
    (results,) = map_one(workflow("quiz", QUIZ_JOBS, quizzes)).results
    assert column(results, "account_id").references == "accounts.id"
    assert "user_id" not in names(results)


def test_results_of_another_name_are_matched_by_their_foreign_key() -> None:
    declared = declare("clip_results", "id", "job_id", "clip_url: text")
    (results,) = map_one(workflow("clip", declare("clip_jobs", "id"), declared), CLIPPING).results
    assert (results.existing, results.doc_name, results.confidence) == ("clips", "clip_results", "medium")
    assert results.matched_by == "`clips.job_id` refers to `clip_jobs` and the name is alike"


def test_a_foreign_key_of_the_schema_stands_for_the_job_id_under_its_own_name() -> None:
    reports = table("reports", "id: uuid! pk", "made_by: uuid! -> audit_jobs.id cascade", "user_id: uuid!")
    existing = schema(table("audit_jobs", "id: uuid! pk", "status: text!"), reports)
    audit = workflow(
        "audit", declare("audit_jobs", "id", "status"), declare("reports", "id", role=Role.RESULTS)
    )
    (results,) = map_one(audit, existing).results
    found = column(results, "job_id")
    assert (found.state, found.existing) == (ColumnState.NEAR, "made_by")
    assert results.unique == (("made_by",),)


def test_a_renamed_column_is_the_one_it_was() -> None:
    renamed = declare("clips", "id", "job_id")
    moved = renamed.columns[1].model_copy(
        update={"name": "link", "doc_name": "link", "renamed_from": "clip_url"}
    )
    clips = renamed.model_copy(update={"columns": (*renamed.columns, moved)})
    (results,) = map_one(workflow("clip", declare("clip_jobs", "id"), clips), CLIPPING).results
    found = column(results, "link")
    assert (found.state, found.existing) == (ColumnState.NEAR, "clip_url")
    assert found.why == "the document renames `clip_url`"


def test_a_document_that_saves_its_output_without_words_for_it_gets_the_pattern() -> None:
    mapping = map_one(workflow("audit", saves_output=True, purpose=said("Checks a page", 3)))
    assert [(one.table, one.evidence[0].line) for one in mapping.results] == [("audit_results", 3)]
    bare = map_one(workflow("audit", saves_output=True))
    assert [one.table for one in bare.results] == ["audit_results"]


def test_what_a_document_adds_to_and_drops_from_its_own_table_is_part_of_its_definition() -> None:
    quizzes = declare("quizzes", "id", "job_id: uuid -> quiz_jobs.id", "old: text")
    change = declare("quizzes", "level: text!", "old: text dropped", use=TableUse.ALTERED)
    mapping = map_one(workflow("quiz", QUIZ_JOBS, quizzes, change))
    assert mapping.alters == ()
    assert "level" in names(mapping.results[0])
    assert "old" not in names(mapping.results[0])
