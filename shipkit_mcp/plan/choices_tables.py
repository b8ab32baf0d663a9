"""The known choices about a workflow's tables, as rows."""

from __future__ import annotations

from shipkit_mcp.plan.choice import Choice, Side
from shipkit_mcp.plan.posing_jobs import pose_own_jobs_table, pose_run_id, pose_statuses
from shipkit_mcp.plan.posing_results import pose_enhancement_timing, pose_results_place
from shipkit_mcp.plan.posing_versions import pose_versions

OWN_JOBS_TABLE = Choice(
    id="own-jobs-table",
    pose=pose_own_jobs_table,
    question="A jobs table for {workflows}, or none?",
    problem="The mission asks every workflow for a jobs table; no table tracks the jobs of {workflows}.",
    sides=(
        Side(
            id="A",
            title="No jobs table",
            pros=(
                "A row in {writes} says that the run is done, and the document asks for no more",
                "The document says so itself ({said})",
                "A run takes {duration}, so Trigger.dev's own metadata covers the wait",
            ),
            cons=(
                "No `status`, `progress_percentage`, `error_message` or `trigger_job_id` in the database",
                "A failed run leaves no row, so it can neither be shown nor retried from a list",
            ),
            because="a row in {writes} already records a finished run and the document tracks no job",
            answers=("job-table",),
        ),
        Side(
            id="B",
            title="A jobs table, {tables}",
            pros=(
                "Failures are kept with a message for the user, and progress survives a reload",
                "It works like every other workflow, with the same hooks and the same queries",
            ),
            cons=("One more table, and one more write per run, than the document describes",),
            because=(
                "the status, progress, error and run id of {workflows} then stand in the database, "
                "as the mission asks of every workflow"
            ),
        ),
    ),
)

STATUS_VOCABULARY = Choice(
    id="status-vocabulary",
    pose=pose_statuses,
    question="Statuses of {tables}: the five, or {own}?",
    problem="{table} has {count} ({values}); the mission's job pattern has {five}.",
    sides=(
        Side(
            id="A",
            title="The five statuses plus a stage column",
            pros=(
                "Every job list, poll and index works on the same five values",
                "{stage} stands in the document already and takes the finer steps ({extra})",
                "A new column {new_stage} takes the finer steps ({extra})",
                "It adds what is missing ({lacks})",
            ),
            cons=(
                "Waiting for a person ({waits}) is `processing` with a stage, so pages read two columns",
                "Code that writes {extra} to `status` changes",
            ),
            because=(
                "jobs of every workflow can then be listed and polled alike, and what else {workflow} "
                "tells is a step inside `processing`"
            ),
        ),
        Side(
            id="B",
            title="The workflow's own statuses",
            pros=(
                "One column tells everything, as {workflow} describes it",
                "Nothing changes in {built}",
            ),
            cons=(
                "It lacks {lacks}",
                "Shared code for job lists must know each workflow's own words ({extra})",
            ),
            because="{reason}",
            answers=("job-status-values", "job-status-planned"),
        ),
    ),
)

RESULTS_PLACE = Choice(
    id="results-place",
    pose=pose_results_place,
    question="Results of {workflows}: inline or in a table?",
    problem="The mission keeps results in a table of their own; {where}.",
    sides=(
        Side(
            id="A",
            title="Results inline in {table}",
            pros=(
                "{said}",
                "The result is looked at once and taken over or dismissed ({output})",
                "One row to read and one row to delete",
            ),
            cons=(
                "A result cannot outlive its job",
                "Lists of jobs carry the whole result unless the query leaves {column} out",
            ),
            because="{reason}",
            answers=("result-table",),
        ),
        Side(
            id="B",
            title="A results table, {tables}, one row per job",
            pros=(
                "Results outlive a clean-up of jobs and can be indexed",
                "It is the mission's pattern, with UNIQUE `job_id`",
            ),
            cons=("One more table and one more join for {workflows}",),
            because="{output_reason}",
        ),
    ),
)

RESULT_VERSIONS = Choice(
    id="result-versions",
    pose=pose_versions,
    question="One row of {tables} for each row of {parent}, or versions?",
    problem="{column} of {table} {state}; the mission fills it and makes it UNIQUE.",
    sides=(
        Side(
            id="A",
            title="One row for each row of {parent}",
            pros=(
                "UNIQUE {column} stops a retried task from saving twice",
                "Deleting a row of {parent} deletes what belongs to it",
            ),
            cons=("Rows of {table} without a row of {parent} are impossible", "There are no versions"),
            because="a retry of {workflow} must not save twice, and a new version is a new row of {parent} anyway",
        ),
        Side(
            id="B",
            title="Versions, where {column} may repeat",
            pros=(
                "Older versions are kept and can be compared or restored",
                "Nothing changes in {built}",
                "The document allows it ({line})",
            ),
            cons=("A retried task can save the same output twice unless the code checks",),
            because="{reason}",
            answers=(
                "result-job-unique",
                "result-job-not-null",
                "result-job-cascade",
                "result-job-reference",
                "enhancement-result-unique",
                "enhancement-result-not-null",
                "enhancement-result-cascade",
            ),
        ),
    ),
)

RUN_ID_NAME = Choice(
    id="run-id-name",
    pose=pose_run_id,
    question="Run id of {tables}: `trigger_job_id` or {near}?",
    problem="The run id stands as {near} in {tables}; the mission calls it `trigger_job_id`.",
    sides=(
        Side(
            id="A",
            title="The name `trigger_job_id`",
            pros=(
                "Every job table is read by the same hook and the same query",
                "It costs nothing while {planned} is only planned",
            ),
            cons=("Code that writes {near} changes with it", "It takes a RENAME COLUMN in {built}"),
            because="nothing is built in {planned} yet and the hook code can then be shared",
        ),
        Side(
            id="B",
            title="The name {near}",
            pros=("No column to rename and no code to change", "{near} says what it holds"),
            cons=("Shared code must know two names",),
            because="{near} holds the same id and is already in use in {built}",
            answers=("job-trigger-run-id",),
        ),
    ),
    key=False,
)

ENHANCEMENT_TIMING = Choice(
    id="enhancement-timing",
    pose=pose_enhancement_timing,
    question="Is {table} filled on demand or automatically?",
    problem="{workflow} adds to a result; it can run when somebody asks or after every job.",
    sides=(
        Side(
            id="A",
            title="Enhancement on demand",
            pros=(
                "Nobody pays for what nobody reads",
                "The document says: {trigger}",
                "It can be kept to paying tiers ({tiers})",
            ),
            cons=("The user waits after asking ({duration})", "The page needs a button and a waiting state"),
            because="its cost then falls only where somebody wants it",
        ),
        Side(
            id="B",
            title="Automatic enhancement, after the result is saved",
            pros=("It is there when the page opens",),
            cons=("Every job pays for it, read or not",),
            because="the document does not wait for the user to ask",
        ),
    ),
    key=False,
)
