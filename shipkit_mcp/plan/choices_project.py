"""The known choices about the whole project, as rows."""

from __future__ import annotations

from shipkit_mcp.plan.choice import Choice, Side
from shipkit_mcp.plan.posing_project import (
    CONTRADICTIONS,
    pose_contradictions,
    pose_enum_style,
    pose_owner,
    pose_stripe,
    pose_template_tables,
    pose_usage,
)

STRIPE_STATE = Choice(
    id="stripe-state",
    pose=pose_stripe,
    question="Subscription state in {where}: keep it, or ask Stripe?",
    problem="Subscription state is kept, synced or managed in {count}; Stripe is its single source of truth.",
    sides=(
        Side(
            id="A",
            title="Only {keep}, and Stripe for the rest",
            pros=(
                "Access checks read the truth, never a copy that a missed webhook left behind",
                "{schema} can go, and with it the code that keeps it in step",
                "No table, no webhook and no billing page has to be built for what stands at {documents}",
            ),
            cons=("Each check of a subscription is a call to Stripe, so keep its answer for the request",),
            because="a copied subscription is wrong as soon as one webhook is missed",
        ),
        Side(
            id="B",
            title="{for_now}",
            pros=(
                "Nothing that reads {schema} breaks on the day of the migration",
                "The documents stay {unchanged} for now",
            ),
            cons=(
                "The finding stays open until {open}",
                "Two truths live side by side until {schema} goes",
            ),
            because="readers must be moved before the copy can go",
        ),
    ),
)

CONTRADICTING = Choice(
    id="contradictions",
    pose=pose_contradictions,
    question="Which statement holds where the documents contradict each other about the database?",
    problem="The documents contradict each other in {count}. {message}",
    sides=(
        Side(
            id="A",
            title="The workflow's own document and the schema",
            pros=(
                "{first} is nearest to the code",
                "It says: {first_quote}",
                "The plan follows it already",
            ),
            cons=("{second} must be corrected", "It says: {second_quote}", "To settle as well: {more}"),
            because="the statement nearest to the code is the one that gets built",
            answers=CONTRADICTIONS,
        ),
        Side(
            id="B",
            title="The other document",
            pros=("{second} may be the newer one", "It says: {second_quote}"),
            cons=("{first} must be corrected before the plan can follow",),
            because="it is the newer one",
        ),
    ),
)

TEMPLATE_TABLES = Choice(
    id="template-tables",
    pose=pose_template_tables,
    question="{count} of the template that nothing here uses: remove?",
    problem="{tables} of {template} serve {features}; none of your {documents} speaks of that.",
    sides=(
        Side(
            id="A",
            title="Removal of {count}",
            pros=("The schema says what the app does", "No migration and no type has to carry them along"),
            cons=(
                "{imports} must change first: {import_files}",
                "Their rows are lost, so keep a copy",
            ),
            because="no workflow and no document speaks of what they serve",
        ),
        Side(
            id="B",
            title="Keeping them for now",
            pros=("Nothing breaks and nothing is lost",),
            cons=("{count} that nobody uses stay in every migration and every list of types",),
            because="they may still be needed",
        ),
    ),
)

USAGE_RECORD = Choice(
    id="usage-record",
    pose=pose_usage,
    question="How is usage counted, per month or per event?",
    problem="The app charges ({tiers}), and the schema has no table for usage.",
    sides=(
        Side(
            id="A",
            title="Monthly counters",
            pros=(
                "One row answers a quota check such as: {quota} ({quota_line})",
                "The documents plan {planned} ({said})",
            ),
            cons=("A new kind of usage is a new column", "Past months cannot be counted again another way"),
            because="one row per user and month answers every monthly quota",
        ),
        Side(
            id="B",
            title="An event log",
            pros=(
                "Every use is a fact that can be counted again in another way",
                "The documents plan {events} ({said})",
            ),
            cons=("A quota check counts rows, so it needs an index on user and time",),
            because="the documents plan {events}",
            answers=("usage-monthly",),
        ),
    ),
)

OWNER_COLUMN = Choice(
    id="owner-column",
    pose=pose_owner,
    question="Who owns the rows of {workflows}, a user or a tenant?",
    problem="The mission gives every row a `user_id`; the rows of {workflows} belong to {tenant}.",
    sides=(
        Side(
            id="A",
            title="A `user_id` beside {tenant}",
            pros=("A person's own jobs can be listed, and the one who started a job is known",),
            cons=("It needs a rule for what happens when that person leaves",),
            because="somebody starts every job",
        ),
        Side(
            id="B",
            title="{tenant} alone",
            pros=("Rows stay with {tenant_table} when a person leaves", "It is what the project does now"),
            cons=("Nobody can tell who started a job",),
            because="rows that a team works on should not disappear with one person",
            answers=("job-owner", "result-owner", "enhancement-owner"),
        ),
    ),
    key=False,
)

ENUM_STYLE = Choice(
    id="enum-style",
    pose=pose_enum_style,
    question="{asked} or text with a list?",
    problem="New columns have a fixed list of values, and the schema shows no single habit.",
    sides=(
        Side(
            id="A",
            title="Database enums (pgEnum)",
            pros=("The database refuses any other value", "The schema does so in {native}"),
            cons=("Taking a value away means rebuilding the type",),
            because="the mission's status is an enum and the database then guards it",
        ),
        Side(
            id="B",
            title="Text with an enum list",
            pros=("A new value needs no migration", "The schema does so in {text}"),
            cons=("Only TypeScript guards the values",),
            because="most lists of this schema are kept that way",
        ),
    ),
    key=False,
)
