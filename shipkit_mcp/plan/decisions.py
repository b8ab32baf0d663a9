"""Survey and mappings -> the known choices that this project poses, each with both sides."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.findings import Decision
from shipkit_mcp.plan.choice import Case, Choice, Side, decide
from shipkit_mcp.plan.posing_jobs import pose_own_jobs_table, pose_run_id, pose_statuses
from shipkit_mcp.plan.posing_project import (
    pose_contradictions,
    pose_enum_style,
    pose_owner,
    pose_stripe,
    pose_template_tables,
    pose_usage,
)
from shipkit_mcp.plan.posing_results import pose_enhancement_timing, pose_results_place, pose_versions

MOST_KEY = 4
"""The mission asks for two to four key decisions."""
FEWEST_KEY = 2

CHOICES: tuple[Choice, ...] = (
    Choice(
        id="stripe-state",
        pose=pose_stripe,
        question="What happens with the Stripe data in {subjects}?",
        problem="{count} of the project hold subscription state of their own; Stripe is the only source of truth.",
        sides=(
            Side(
                id="A",
                title="Store only `stripe_customer_id` and ask Stripe",
                pros=(
                    "Access checks read the truth, never a copy that a missed webhook left behind",
                    "{schema} can go, and with it the code that keeps it in step",
                    "The plans at {documents} need no table and no webhook",
                ),
                cons=("Each check of a subscription is a call to Stripe, so cache it per request",),
                because="a copied subscription is wrong as soon as one webhook is missed, and usage is counted apart from it",
            ),
            Side(
                id="B",
                title="Move readers to Stripe first, remove the copy later",
                pros=("Nothing that reads {schema} breaks on the day of the migration",),
                cons=(
                    "The finding stays open until the copy is gone",
                    "Two truths live side by side until then",
                ),
                because="readers must be moved before the copy can go",
            ),
        ),
    ),
    Choice(
        id="own-jobs-table",
        pose=pose_own_jobs_table,
        question="Does {workflows} get a jobs table of its own?",
        problem="The mission asks for a jobs table for every workflow; {workflows} tracks no job in the database.",
        sides=(
            Side(
                id="A",
                title="No jobs table",
                pros=(
                    "{writes} {is} all that the document asks for, and a finished row says that the run is done",
                    "The document says so itself ({said})",
                    "A run takes {duration}, so Trigger.dev's own metadata covers the wait",
                ),
                cons=(
                    "No `status`, `progress_percentage`, `error_message` or `trigger_job_id` in the database",
                    "A failed run leaves no row, so it can neither be shown nor retried from a list",
                ),
                because="{writes} already {is} the record of a finished run and the document tracks no job on purpose",
                answers=("job-table",),
            ),
            Side(
                id="B",
                title="Add {tables}",
                pros=(
                    "Failures are kept with a message for the user, and progress survives a reload",
                    "It works like every other workflow, with the same hooks and the same queries",
                ),
                cons=(
                    "One more table and one more write per run than the document describes",
                    "{writes} must be told apart from the job that made it",
                ),
                because="every workflow needs its status, progress, error and run id in the database before its page can be built",
            ),
        ),
    ),
    Choice(
        id="contradictions",
        pose=pose_contradictions,
        question="Which of two statements holds where the documents contradict each other?",
        problem="The documents contradict each other in {count}: {message}.",
        sides=(
            Side(
                id="A",
                title="{first} holds",
                pros=("It says: {first_quote}", "A workflow's own document is the nearest to its code"),
                cons=("{second} must be corrected: {second_quote}", "To settle as well: {more}"),
                because="the document nearest to the code is the one that gets built",
            ),
            Side(
                id="B",
                title="{second} holds",
                pros=("It says: {second_quote}",),
                cons=(
                    "{first} must be corrected: {first_quote}",
                    "The plan follows it only once it is corrected",
                ),
                because="it was written later",
            ),
        ),
    ),
    Choice(
        id="status-vocabulary",
        pose=pose_statuses,
        question="Which statuses does {tables} have?",
        problem="{table} has {count} ({values}); the mission's job pattern has five ({five}).",
        sides=(
            Side(
                id="A",
                title="The five statuses, and the stage in its own column",
                pros=(
                    "Every job list, poll and index works on the same five values",
                    "{stage} stands in the document already and takes the finer steps ({extra})",
                    "A new column {new_stage} takes the finer steps ({extra})",
                    "It adds what is missing ({lacks})",
                ),
                cons=(
                    "Waiting for a person ({waits}) is `processing` with a stage, so pages read two columns",
                    "Code in the documents that writes {extra} to `status` changes",
                ),
                because="the job lifecycle of Trigger.dev has these five values and the steps of {workflow} are stages inside `processing`",
            ),
            Side(
                id="B",
                title="The workflow's own vocabulary",
                pros=(
                    "One column tells everything, as the document of {workflow} has it",
                    "Nothing changes where it is built already",
                ),
                cons=(
                    "It lacks {lacks}",
                    "Shared code for job lists must know every workflow's own words ({extra})",
                ),
                because="it is built that way and a change would rewrite live rows for no new feature",
                answers=("job-status-values",),
            ),
        ),
    ),
    Choice(
        id="results-place",
        pose=pose_results_place,
        question="Where do the results of {workflows} stand?",
        problem="The mission's pattern keeps results in a table of their own; here they stay in {table}.",
        sides=(
            Side(
                id="A",
                title="Inline, in {table}",
                pros=(
                    "The document keeps them there: {said}",
                    "One row to read, one row to delete",
                    "No join for a result that lives {duration}",
                ),
                cons=(
                    "A result cannot be kept longer than its job, or belong to several",
                    "Lists of jobs carry the whole result unless the query leaves {column} out",
                ),
                because="the document keeps them with the job on purpose and nothing else refers to them",
                answers=("results-table",),
            ),
            Side(
                id="B",
                title="In {tables}, one row per job",
                pros=(
                    "Results outlive a clean-up of jobs and can be indexed",
                    "It is the mission's pattern, with UNIQUE `job_id`",
                ),
                cons=("One more table and one more join for {workflows}",),
                because="saved outputs belong in a table of their own",
            ),
        ),
    ),
    Choice(
        id="result-versions",
        pose=pose_versions,
        question="Does a job of {workflow} give one row of {table}, or may there be several?",
        problem="{column} of {table} {state}; the mission's results have a filled, UNIQUE reference to their job.",
        sides=(
            Side(
                id="A",
                title="One result per job",
                pros=(
                    "UNIQUE {column} stops a retried task from saving twice",
                    "Deleting a job deletes its result",
                ),
                cons=("Rows of {table} that no job made are impossible", "Each new version is a new job"),
                because="a retry of {workflow} must not save its output twice, and a new version is a new job anyway",
            ),
            Side(
                id="B",
                title="Versions, {column} may be empty or repeat",
                pros=("Rows can be made by hand or kept when {jobs} is cleaned up", "It is built that way"),
                cons=("A retried task can save the same output twice unless the code checks",),
                because="it is {built} that way and rows without a job may already exist",
                answers=("result-job-unique", "result-job-cascade", "result-job-not-null"),
            ),
        ),
    ),
    Choice(
        id="template-tables",
        pose=pose_template_tables,
        question="Do the template's {tables} stay or go?",
        problem="{count} of {template} ({tables}) serve a feature that none of your {documents} speaks of.",
        sides=(
            Side(
                id="A",
                title="Remove {count}",
                pros=("The schema says what the app does", "No migration has to carry {tables} along"),
                cons=(
                    "{imports} import them and must change first: {import_files}",
                    "Their rows are lost, so keep a copy",
                ),
                because="no workflow and no document needs {tables}",
            ),
            Side(
                id="B",
                title="Keep them for now",
                pros=("Nothing breaks and nothing is lost",),
                cons=("{count} nobody uses stay in every migration, type and query list",),
                because="they may still be needed",
            ),
        ),
    ),
    Choice(
        id="usage-record",
        pose=pose_usage,
        question="How is usage counted, per month or per event?",
        problem="The app charges ({tiers}) and the schema has no table for usage.",
        sides=(
            Side(
                id="A",
                title="Monthly counters",
                pros=(
                    "One row answers a quota check such as: {quota} ({quota_line})",
                    "The documents plan {planned} ({said})",
                ),
                cons=(
                    "A new kind of usage is a new column",
                    "Past months cannot be counted again in another way",
                ),
                because="quotas are monthly and one row per user and month answers them",
            ),
            Side(
                id="B",
                title="Event log",
                pros=(
                    "Every use is a fact that can be counted again in another way",
                    "The documents plan {planned} ({said})",
                ),
                cons=("A quota check counts rows, so it needs an index on user and time",),
                because="the documents plan {planned}",
            ),
        ),
    ),
    Choice(
        id="run-id-name",
        pose=pose_run_id,
        question="Is the run id of {tables} called `trigger_job_id`?",
        problem="{tables} keeps the Trigger.dev run id as {near}; the mission calls it `trigger_job_id`.",
        sides=(
            Side(
                id="A",
                title="Name it `trigger_job_id`",
                pros=(
                    "Every job table is read by the same hook and the same query",
                    "It costs nothing while the table is only {planned}",
                ),
                cons=("Code that writes {near} changes with it",),
                because="`useRealtimeRun()` code can then be shared and the table does not exist yet",
            ),
            Side(
                id="B",
                title="Accept {near}",
                pros=("No migration and no change of code", "{near} says what it holds"),
                cons=("Shared code must know two names",),
                because="{near} holds the same id and is already in use",
                answers=("job-trigger-run-id",),
            ),
        ),
        key=False,
    ),
    Choice(
        id="owner-column",
        pose=pose_owner,
        question="Who owns the rows of {workflows}, a user or a tenant?",
        problem="The mission's pattern gives every row a `user_id`; {workflows} belongs to {tenant}.",
        sides=(
            Side(
                id="A",
                title="`user_id` as well",
                pros=("A person's own jobs can be listed, and deleted with the account",),
                cons=("Rows of a tenant need a rule for when their user leaves",),
                because="somebody starts every job",
            ),
            Side(
                id="B",
                title="{tenant} alone",
                pros=(
                    "Rows stay with {tenant_table} when a person leaves",
                    "It is what the project does now",
                ),
                cons=("Nobody can tell who started a job",),
                because="rows that a whole team works on should not disappear with one person",
                answers=("job-owner", "result-owner", "enhancement-owner"),
            ),
        ),
        key=False,
    ),
    Choice(
        id="enhancement-timing",
        pose=pose_enhancement_timing,
        question="Is {table} filled on demand or automatically?",
        problem="{workflow} is an enhancement; it can run when somebody asks or after every job.",
        sides=(
            Side(
                id="A",
                title="On demand",
                pros=(
                    "Nobody pays for what nobody reads",
                    "The document says: {trigger}",
                    "It can be kept to paying tiers ({tiers})",
                ),
                cons=("The user waits {duration} when asking",),
                because="the document starts it when the user asks and its cost falls only where it is wanted",
            ),
            Side(
                id="B",
                title="Automatically, after the result is saved",
                pros=("It is there when the page opens",),
                cons=("Every job pays for it, read or not",),
                because="the document does not wait for the user to ask",
            ),
        ),
        key=False,
    ),
    Choice(
        id="enum-style",
        pose=pose_enum_style,
        question="Are {columns} database enums or text with a list?",
        problem="New columns have a fixed list of values, and the schema shows no single habit.",
        sides=(
            Side(
                id="A",
                title="pgEnum",
                pros=("The database refuses any other value", "The schema does so in {from}"),
                cons=("Removing a value means rebuilding the type",),
                because="the mission's status is an enum and the database then guards it",
            ),
            Side(
                id="B",
                title="Text with an enum list",
                pros=("A new value needs no migration", "The schema does so in {from}"),
                cons=("Only TypeScript guards the values",),
                because="most lists of this schema are kept that way",
            ),
        ),
        key=False,
    ),
)
"""Most critical first."""


def pose_decisions(case: Case, chosen: Mapping[str, str]) -> tuple[Decision, ...]:
    """The choices that this project poses, two to four of them key where it poses so many."""
    posed = [(choice, one) for choice in CHOICES if (one := choice.pose(case))]
    decisions = [(choice.key, decide(choice, one, chosen.get(choice.id))) for choice, one in posed]
    ranked = [one for key, one in decisions if key] + [one for key, one in decisions if not key]
    able = sum(key for key, _ in decisions)
    count = min(max(able, FEWEST_KEY), MOST_KEY, len(ranked))
    return tuple(one.model_copy(update={"key": place < count}) for place, one in enumerate(ranked))


def known_choices() -> dict[str, tuple[str, ...]]:
    """Every id that a project may pose, with its options."""
    return {choice.id: tuple(side.id for side in choice.sides) for choice in CHOICES}


def answered_rules() -> dict[tuple[str, str], tuple[str, ...]]:
    """(decision, option) to the rules whose findings it answers."""
    return {(choice.id, side.id): side.answers for choice in CHOICES for side in choice.sides if side.answers}
