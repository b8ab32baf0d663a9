"""Amendments that are refused, each with what to write instead."""

from __future__ import annotations

import pytest
from unit.mapping.made import CLIPPING, USERS, declare, schema, table, workflow
from unit.plan.projects import JOB_COLUMNS, RENDER, problems, survey

from shipkit_mcp.facts import DbEnum

SITES = "sites\nid: uuid (PK)\nuser_id: uuid (FK → users.id, cascade delete)\nname: text"
STATUSES = (*JOB_COLUMNS[:3], "status: text! {pending|drawing|completed}", *JOB_COLUMNS[4:])


def test_good_amendments_have_no_problem() -> None:
    assert problems(survey(RENDER), SITES) == ()


def test_amendments_of_every_kind_at_once_have_no_problem() -> None:
    one = survey(workflow("render", declare("render_jobs", *STATUSES)), schema=CLIPPING)
    text = f"{SITES}\n\nclips\ntitle: text (nullable)\nclip_url -> video_url\nindex: title"
    prose = {"end_goal": "Renders in `render_jobs`.", "table.sites": "Where `sites.name` is kept."}

    assert problems(one, text, decisions={"status-vocabulary": "B"}, narrative=prose) == ()


@pytest.mark.parametrize(
    ("tables", "wrong", "instead"),
    [
        ("sites\nid: uuid (PK)\nuser_id: uuid (FK → usrs.id)", "`usrs`", "`users`"),
        ("sites\nid: uuid (PK)\nuser_id: uuid (FK → users.uid)", "`users.uid`", "`id`"),
        ("sites\nid: uuid (PK)\nmail: text (FK → users.email)", "neither a primary key nor unique", "`id`"),
        ("sites\nid: uuid (PK)\nuser_id: text (FK → users.id)", "`users.id` is `uuid`", "Write `uuid`"),
        ("sites\nid: uuid (PK)\nname: txt", "`txt`", "`text`"),
        ("sites\nid: uuid (PK)\norder: integer", "reserved", "`order_value`"),
        ("user\nid: uuid (PK)", "reserved", "`user_value`"),
        ("sites\nname: text", "no primary key", "`id: uuid (PK)`"),
        ("sites", "no columns", "`id: uuid (PK)`"),
        ("users\n- emial", "`emial`", "`email`"),
        ("users\nemial -> mail", "`emial`", "`email`"),
        ("users\nid -> email", "already", "another name"),
        ("users\n- id", "primary key", "keep the key"),
        ("users\nid: uuid (nullable)", "never null", "Leave `nullable` out"),
        ("users\nindex: emial", "`emial`", "`email`"),
        ("users\nunique: email, email", "twice", "List each once"),
        ("users\nindex: email, email", "twice", "List each once"),
        ("usrs\n- email", "no table `usrs`", "`users`"),
        ("render_jobs\nrun_id: text", "`trigger_job_id`", "Leave it out"),
        ('sites\nid: uuid (PK)\nmode: "a" | "b" (default c)', "default `c`", "`a` and `b`"),
        ('sites\nid: uuid (PK)\nmode: "a" | "a"', "twice", "List each once"),
        ("sites\nid: uuid (PK)\nuser_id: uuid (FK → users.id, set null, NOT NULL)", "set null", "`nullable`"),
        ("users\nsubscription_tier: text", "Stripe", "`stripe_customer_id`"),
        ("users\ntrial_ends_at: timestamp", "Stripe", "`stripe_customer_id`"),
        ("subscriptions\nid: uuid (PK)", "mirror Stripe", "`stripe_customer_id`"),
        ("invoices\nid: uuid (PK)\nstripe_invoice_id: text", "mirror Stripe", "`stripe_customer_id`"),
        ("usage_tracking\nid: uuid (PK)\nplan: text", "mixes", "from Stripe"),
        ("render_jobs\n- trigger_job_id", "`trigger_job_id`", "Add `trigger_job_id`"),
        ("render_jobs\n- error_message", "`error_message`", "Add `error_message`"),
        ("sites\nid: uuid (PK)\nwhat is this", "Line 3", "not understood"),
        ("users\nid: text", "refers to it and is `uuid`", "Write `uuid`"),
        ("Bad Name {\n id: uuid (PK)\n}", "Line 1", "not understood"),
        ("sites\nid: uuid (PK)\nname: varchar(0)", "length 0", "`text`"),
        ("sites\nid: uuid (PK)\nname: varchar(99999999999)", "length 99999999999", "`text`"),
        ("foo-bar {\n id: uuid (PK)\n}", "Line 1", "not understood"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write_instead(tables: str, wrong: str, instead: str) -> None:
    found = " ".join(problems(survey(RENDER), tables))

    assert wrong in found
    assert instead in found


def test_a_key_that_another_table_refers_to_cannot_be_dropped() -> None:
    keyed = schema(
        USERS,
        table("sites", "id: uuid! pk", "slug: text! unique"),
        table("pages", "id: uuid! pk", "site: text! -> sites.slug"),
    )
    found = problems(survey(schema=keyed), "sites\n- slug")

    assert "`pages.site` refers to it" in found[0]


def test_an_apps_own_invoices_are_no_mirror_of_stripe() -> None:
    assert problems(survey(RENDER), "invoices\nid: uuid (PK)\namount: numeric(10, 2)") == ()


def test_limits_beside_usage_are_no_mixing() -> None:
    assert problems(survey(RENDER), "usage_tracking\nid: uuid (PK)\njobs_limit: integer") == ()


def test_a_table_cannot_take_the_name_of_an_enum() -> None:
    named = CLIPPING.model_copy(
        update={"enums": (*CLIPPING.enums, DbEnum(name="mood", values=("a",), path="db/x.ts", line=1))}
    )

    assert "`mood` is already the name of an enum" in problems(survey(schema=named), "mood\nid: uuid (PK)")[0]


def test_a_removed_table_can_be_neither_amended_nor_referred_to() -> None:
    one = survey(schema=CLIPPING)
    amended = problems(one, "clips\ntitle: text", remove=["clips"])
    referred = problems(one, "sites\nid: uuid (PK)\nclip_id: uuid (FK → clips.id)", remove=["clips"])

    assert "amended and removed at once" in amended[0]
    assert "It is removed." in referred[0]


def test_a_table_that_others_refer_to_cannot_be_removed_alone() -> None:
    one = survey(schema=CLIPPING)

    assert "`clips` refers to it" in problems(one, remove=["clip_jobs"])[0]
    assert problems(one, remove=["clip_jobs", "clips"]) == ()


def test_an_unknown_or_planned_table_cannot_be_removed() -> None:
    assert "Did you mean `clips`" in problems(survey(schema=CLIPPING), remove=["clip"])[0]
    (renders,) = problems(survey(RENDER), remove=["renders"])

    assert renders.startswith("`renders` cannot be removed: the schema has no such table yet. ai_docs/prep/")
    assert renders.endswith(" asks for it: change that document, then it is no longer planned.")
    sites = problems(survey(RENDER), "sites\nid: uuid (PK)", remove=["sites"])
    assert any("An amendment plans it: write `-sites` in `remove`" in one for one in sites)


def test_an_unknown_decision_or_option_is_refused_with_what_there_is() -> None:
    one = survey(workflow("render", declare("render_jobs", *STATUSES)))

    assert "`status-vocabulary`" in problems(one, decisions={"status-vocabulry": "A"})[0]
    assert "`A` (" in problems(one, decisions={"status-vocabulary": "C"})[0]


def test_a_decision_that_this_project_does_not_pose_is_refused() -> None:
    assert "poses no decision `stripe-state`" in problems(survey(RENDER), decisions={"stripe-state": "A"})[0]


def test_every_problem_is_told_at_once() -> None:
    found = problems(
        survey(RENDER), "sites\nid: uuid (PK)\na: txt\nb: uuid (FK → nowhere.id)", remove=["gone"]
    )

    assert len(found) == 3


def test_tables_of_one_call_may_refer_to_each_other_in_any_order() -> None:
    assert problems(survey(RENDER), f"pages\nid: uuid (PK)\nsite_id: uuid (FK → sites.id)\n\n{SITES}") == ()


def test_a_rename_and_what_refers_to_the_new_name_hold_together() -> None:
    keyed = schema(USERS, table("sites", "id: uuid! pk", "slug: text! unique"))

    assert problems(survey(schema=keyed), "sites\nslug -> path\n\npages\nid: uuid (PK)\nname: text") == ()
