"""What stays, what is new, what may go, and what nobody declared."""

from __future__ import annotations

from dataclasses import replace

from unit.mapping.made import USERS, declare, schema, table, workflow
from unit.plan.projects import JOB_COLUMNS, RENDER, amend, document, imports, plan, survey, tables

from shipkit_mcp.facts import Amendments, DocKind, Table
from shipkit_mcp.patterns.owners import billing_owner
from shipkit_mcp.patterns.templates import WORKER_SIMPLE

LINKS = {
    "transcription_jobs": ("user_id: uuid! -> users.id cascade",),
    "transcripts": ("job_id: uuid! -> transcription_jobs.id cascade", "user_id: uuid! -> users.id cascade"),
    "ai_summaries": ("transcript_id: uuid! -> transcripts.id cascade", "user_id: uuid! -> users.id cascade"),
    "transcript_conversations": ("transcript_id: uuid! -> transcripts.id cascade",),
    "transcript_messages": ("transcript_conversation_id: uuid! -> transcript_conversations.id cascade",),
}


def shipped(name: str) -> Table:
    """A table of the template, as it ships."""
    shape = WORKER_SIMPLE.table(name)
    assert shape is not None
    linked = {one.split(":")[0] for one in LINKS[name]}
    plain = [f"{one}: uuid! pk" if one == "id" else f"{one}: text" for one in sorted(shape.columns - linked)]
    return table(name, *plain, *LINKS[name])


TEMPLATE = schema(USERS, *(shipped(name) for name in LINKS))
BAKERY = document("ai_docs/prep/master_idea.md", "## End Goal\n\nMy app bakes cakes from videos.\n")


def test_the_tables_of_an_unused_template_are_proposed_children_first() -> None:
    drafted = plan(survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple"))
    order = tables(drafted.remove)

    assert set(order) == set(LINKS)
    assert order.index("transcript_messages") < order.index("transcript_conversations")
    assert order.index("ai_summaries") < order.index("transcripts") < order.index("transcription_jobs")
    assert not any(one.accepted for one in drafted.remove)
    assert drafted.counts.removed == 0
    assert {one.name for one in drafted.target.tables} >= set(LINKS)


def test_a_document_that_speaks_of_a_feature_keeps_its_tables_and_all_that_hang_together() -> None:
    speech = document("ai_docs/prep/wireframe.md", "The page shows the transcript of a recipe.")
    drafted = plan(survey(RENDER, schema=TEMPLATE, documents=(BAKERY, speech), template="worker-simple"))

    assert drafted.remove == ()


def test_a_table_that_refers_to_one_in_use_is_not_proposed() -> None:
    own = workflow("transcription", declare("transcription_jobs", *JOB_COLUMNS))
    used = survey(own, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple")

    assert "transcription_jobs" not in tables(plan(used).remove)
    assert "transcripts" not in tables(plan(used).remove)


def test_a_table_of_the_app_that_refers_to_the_template_holds_it() -> None:
    quote = table("quotes", "id: uuid! pk", "transcript_id: uuid! -> transcripts.id")
    held = schema(*TEMPLATE.tables, quote)
    drafted = plan(survey(RENDER, schema=held, documents=(BAKERY,), template="worker-simple"))

    assert not {"transcripts", "transcription_jobs"} & set(tables(drafted.remove))


def test_without_documents_nothing_is_proposed_for_removal() -> None:
    assert plan(survey(schema=TEMPLATE, template="worker-simple")).remove == ()


def test_our_own_and_later_documents_do_not_count_as_documents() -> None:
    ours = document("ai_docs/prep/initial_data_schema.md", "transcripts", DocKind.DATA_SCHEMA)

    assert plan(survey(schema=TEMPLATE, documents=(ours,), template="worker-simple")).remove == ()


def test_without_a_known_template_nothing_is_proposed_for_removal() -> None:
    drafted = plan(survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template=None))

    assert drafted.remove == ()
    assert set(tables(drafted.unmentioned)) == set(LINKS)


def test_a_template_table_that_somebody_extended_is_unmentioned_not_proposed() -> None:
    tables_ = [one for one in TEMPLATE.tables if one.name != "ai_summaries"]
    mine = table("ai_summaries", "id: uuid! pk", "summary_type: text", "recipe: text")
    drafted = plan(
        survey(RENDER, schema=schema(*tables_, mine), documents=(BAKERY,), template="worker-simple")
    )

    assert "ai_summaries" not in tables(drafted.remove)
    assert "ai_summaries" in tables(drafted.unmentioned)


def test_a_roadmap_that_speaks_of_a_proposed_table_is_a_warning_only() -> None:
    later = document("ai_docs/prep/roadmap.md", "Phase 1: transcripts", DocKind.LATER)
    drafted = plan(survey(RENDER, schema=TEMPLATE, documents=(BAKERY, later), template="worker-simple"))

    assert "transcripts" in tables(drafted.remove)
    assert any("`transcripts`" in one and "roadmap.md:1" in one for one in drafted.warnings)


def test_files_that_import_a_proposed_table_are_named_by_file_or_by_name() -> None:
    code = imports(
        ("db/transcripts.ts", "app/page.tsx", 'import { transcripts } from "@/db/transcripts"'),
        ("db/index.ts", "lib/jobs.ts", 'import { users, transcripts } from "@/db"'),
        ("db/index.ts", "lib/users.ts", 'import { users } from "@/db"'),
    )
    drafted = plan(survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple", code=code))
    note = next(one for one in drafted.remove if one.table == "transcripts")

    assert note.imported_by == ("app/page.tsx", "lib/jobs.ts")


def test_the_decision_about_the_template_accepts_every_proposal() -> None:
    one = survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple")
    drafted = plan(one, Amendments(decisions={"template-tables": "A"}))

    assert all(note.accepted for note in drafted.remove)
    assert drafted.counts.removed == len(LINKS)
    assert not {table.name for table in drafted.target.tables} & set(LINKS)


def test_keeping_the_template_withdraws_the_proposals() -> None:
    one = survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple")

    assert plan(one, Amendments(decisions={"template-tables": "B"})).remove == ()


def test_an_amendment_accepts_the_removal_of_the_tables_that_it_names() -> None:
    one = survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple")
    drafted = plan(one, amend(remove=("ai_summaries",)))
    accepted = [note.table for note in drafted.remove if note.accepted]

    assert accepted == ["ai_summaries"]
    assert drafted.counts.total == drafted.counts.tables + drafted.counts.new - 1


def test_an_assistants_table_that_refers_to_the_template_keeps_it() -> None:
    one = survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple")
    drafted = plan(one, amend("quotes\nid: uuid (PK)\ntranscript_id: uuid (FK → transcripts.id)"))

    assert not {"transcripts", "transcription_jobs"} & set(tables(drafted.remove))


def test_nineteen_tables_without_documents_stay_and_none_is_spoken_of() -> None:
    many = schema(*(table(f"thing_{number}", "id: uuid! pk") for number in range(19)))
    drafted = plan(survey(schema=many, template="worker-simple"))

    assert drafted.remove == ()
    assert len(drafted.existing) == len(drafted.unmentioned) == 19
    assert drafted.unmentioned[0].why == (
        "No planning document was found that could speak of it; it stays unless you say otherwise."
    )


def test_a_table_that_a_document_names_is_not_unmentioned() -> None:
    recipes = schema(USERS, table("recipes", "id: uuid! pk"), table("ovens", "id: uuid! pk"))
    spoken = document("ai_docs/prep/master_idea.md", "Users save recipes.")
    drafted = plan(survey(RENDER, schema=recipes, documents=(spoken,)))

    assert tables(drafted.unmentioned) == ["ovens"]


def test_what_a_table_is_for_comes_from_its_part_or_the_comment_beside_it() -> None:
    noted = USERS.model_copy(update={"comment": "People who bake"})
    notes = {one.table: one.why for one in plan(survey(RENDER, schema=schema(noted))).existing}

    assert notes == {"users": "People who bake"}


def test_counts_are_the_lengths_of_the_lists() -> None:
    drafted = plan(survey(RENDER, schema=TEMPLATE, documents=(BAKERY,), template="worker-simple"))

    assert drafted.counts.tables == len(drafted.existing)
    assert drafted.counts.new == len(drafted.create)
    assert drafted.counts.modified == len(drafted.modify)
    assert drafted.counts.total == len(drafted.target.tables)


def test_a_table_that_a_workflow_only_reads_and_nobody_has_is_undeclared() -> None:
    reading = workflow("render", declare("render_jobs", *JOB_COLUMNS), declare("recipes", use="touched"))

    assert "recipes" in tables(plan(survey(reading)).undeclared)


def test_the_untouched_template_with_documents_of_its_own_loses_nothing() -> None:
    own = document("ai_docs/prep/master_idea.md", "Transcribes audio, writes AI summaries, chat with it.")
    used = survey(schema=TEMPLATE, documents=(own,), template="worker-simple")
    used = replace(used, workflows=())

    assert plan(used).remove == ()


def test_the_likeliest_payer_is_asked_for_the_stripe_customer() -> None:
    users, teams, customers = (
        table(name, "id: uuid! pk", "name: text!") for name in ("users", "teams", "customers")
    )
    copying = table("teams", "id: uuid! pk", "subscription_status: text")

    assert billing_owner([customers, teams, users]) == users
    assert billing_owner([customers, teams]) == teams
    assert billing_owner([customers, users, copying]) == copying
    assert billing_owner([customers]) == customers
    assert billing_owner([table("things", "id: uuid! pk")]) is None
