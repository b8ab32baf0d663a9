"""The columns that the mission asks of each role, as rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shipkit_mcp.findings import Group
from shipkit_mcp.patterns.types import DATE, ENUM, INTEGER, JSON, TEXT, TIMESTAMP, UUID, SqlType

JOB_STATUSES = ("pending", "processing", "completed", "failed", "cancelled")
"""Values: `pending`, `processing`, `completed`, `failed`, `cancelled`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPattern:
    """A column the mission asks for, and what real projects call it."""

    name: str
    """``{result}`` stands for the singular of the results table."""
    type: SqlType
    group: Group
    not_null: bool
    """As it is planned where it is missing."""
    null_matters: bool = False
    """True where the opposite nullability breaks the mission's pattern."""
    primary_key: bool = False
    unique: bool = False
    default: str | None = None
    """SQL of PostgreSQL."""
    references: str | None = None
    """``table.column``; ``{jobs}``, ``{results}`` and ``{owner}`` stand for the tables of these roles."""
    on_delete: str | None = None
    values: tuple[str, ...] | None = None
    near: tuple[str, ...] = ()
    """Other names for the same thing, snake_case."""
    near_ends: tuple[str, ...] = ()
    """Ends of names that are the same thing (``_job_id``)."""
    why: str = ""
    mission: str = ""
    """The mission's words, verbatim."""


ID = ColumnPattern(
    name="id",
    type=UUID,
    group=Group.KEY,
    not_null=True,
    primary_key=True,
    default="gen_random_uuid()",
    why="Identifies the row.",
    mission="id: uuid (PK)",
)
OWNER = ColumnPattern(
    name="user_id",
    type=UUID,
    group=Group.OWNER,
    not_null=True,
    null_matters=True,
    references="{owner}.id",
    on_delete="cascade",
    why="Whose row it is; deleting the owner deletes it.",
    mission="user_id: uuid (FK → users.id, cascade delete)",
)
STATUS = ColumnPattern(
    name="status",
    type=ENUM,
    group=Group.TRACKING,
    not_null=True,
    null_matters=True,
    default="'pending'",
    values=JOB_STATUSES,
    near=("job_status", "state", "job_state", "run_status", "processing_status"),
    why="Where the job stands, in step with Trigger.dev.",
    mission="status: enum (pending, processing, completed, failed, cancelled)",
)
PROGRESS = ColumnPattern(
    name="progress_percentage",
    type=INTEGER,
    group=Group.TRACKING,
    not_null=True,
    default="0",
    near=(
        "progress",
        "percent",
        "percentage",
        "progress_percent",
        "progress_pct",
        "percent_complete",
        "percentage_complete",
        "completion_percentage",
        "job_progress",
    ),
    why="Drives the progress bar, 0 to 100.",
    mission="progress_percentage: integer (0-100, synced with Trigger.dev metadata)",
)
ERROR = ColumnPattern(
    name="error_message",
    type=TEXT,
    group=Group.TRACKING,
    not_null=False,
    null_matters=True,
    near=(
        "error",
        "error_text",
        "error_msg",
        "error_reason",
        "error_details",
        "last_error",
        "failure_reason",
        "failure_message",
        "fail_reason",
        "failed_reason",
    ),
    why="What the user reads when the job failed; empty otherwise.",
    mission="error_message: text (nullable, user-friendly message)",
)
RUN_ID = ColumnPattern(
    name="trigger_job_id",
    type=TEXT,
    group=Group.TRACKING,
    not_null=False,
    near=(
        "trigger_run_id",
        "run_id",
        "job_run_id",
        "trigger_id",
        "triggerdev_run_id",
        "trigger_dev_run_id",
        "trigger_dev_job_id",
        "trigger_task_run_id",
        "trigger_handle_id",
        "task_run_id",
    ),
    why="The Trigger.dev run that useRealtimeRun() follows.",
    mission="trigger_job_id: text (Trigger.dev run ID for real-time tracking)",
)
CREATED = ColumnPattern(
    name="created_at",
    type=TIMESTAMP,
    group=Group.TIMESTAMPS,
    not_null=True,
    null_matters=True,
    default="now()",
    near=("created", "created_on", "created_date", "inserted_at", "queued_at", "requested_at"),
    why="Sorting and pagination.",
    mission="created_at: timestamp",
)
COMPLETED = ColumnPattern(
    name="completed_at",
    type=TIMESTAMP,
    group=Group.TIMESTAMPS,
    not_null=False,
    null_matters=True,
    near=("finished_at", "ended_at", "done_at", "completed_on", "completion_time", "updated_at"),
    why="When it ended; empty until then.",
    mission="completed_at: timestamp (nullable until complete)",
)
JOB_ID = ColumnPattern(
    name="job_id",
    type=UUID,
    group=Group.KEY,
    not_null=True,
    null_matters=True,
    unique=True,
    references="{jobs}.id",
    on_delete="cascade",
    near_ends=("_job_id",),
    why="One result per job.",
    mission="job_id: uuid (FK → [workflow]_jobs.id, cascade delete, UNIQUE)",
)
RESULT_ID = ColumnPattern(
    name="{result}_id",
    type=UUID,
    group=Group.KEY,
    not_null=True,
    null_matters=True,
    unique=True,
    references="{results}.id",
    on_delete="cascade",
    near=("result_id", "output_id"),
    near_ends=("_result_id",),
    why="One enhancement per result.",
    mission="[result_table]_id: uuid (FK → results table, cascade delete, UNIQUE)",
)

JOB_COLUMNS = (ID, OWNER, STATUS, PROGRESS, ERROR, RUN_ID, CREATED, COMPLETED)
RESULT_COLUMNS = (ID, JOB_ID, OWNER, CREATED)
ENHANCEMENT_COLUMNS = (ID, RESULT_ID, OWNER, CREATED)
INTEGRATION_COLUMNS = (RUN_ID, STATUS, PROGRESS, ERROR)
"""Every job tracking table MUST include these."""

USAGE_COLUMNS = (
    OWNER,
    ColumnPattern(
        name="month",
        type=DATE,
        group=Group.KEY,
        not_null=True,
        near=("period", "period_start", "month_start", "year_month", "billing_month", "usage_month"),
        why="The month counted, as its first day.",
        mission="month: date (first day of month)",
    ),
    ColumnPattern(
        name="jobs_count",
        type=INTEGER,
        group=Group.OUTPUT,
        not_null=True,
        default="0",
        near=("job_count", "jobs_used", "jobs_created", "count", "used"),
        why="Jobs started this month.",
        mission="jobs_count: integer (total jobs this month)",
    ),
    ColumnPattern(
        name="jobs_limit",
        type=INTEGER,
        group=Group.OUTPUT,
        not_null=False,
        near=("job_limit", "limit", "quota", "monthly_limit"),
        why="Jobs the tier allows.",
        mission="jobs_limit: integer (tier-based limit)",
    ),
)
USAGE_RESOURCE_COLUMNS = ("{resource}_consumed", "{resource}_limit")
"""One pair for each resource a workflow consumes."""
USAGE_RESOURCES = ("minutes_transcribed", "gb_processed", "api_calls_made", "storage_bytes_used")
"""The mission's examples."""

USAGE_EVENT_COLUMNS = (
    ID,
    OWNER,
    ColumnPattern(
        name="event_type",
        type=TEXT,
        group=Group.INPUT,
        not_null=True,
        near=("type", "kind", "event", "action", "feature"),
        why="What was used.",
    ),
    ColumnPattern(
        name="quantity",
        type=INTEGER,
        group=Group.OUTPUT,
        not_null=True,
        default="1",
        near=("amount", "units", "count"),
        why="How much of it.",
    ),
    ColumnPattern(name="metadata", type=JSON, group=Group.OUTPUT_METADATA, not_null=False, why="Which job."),
    CREATED,
)

VERSION = re.compile(r"^(?:version|revision|iteration)(?:_(?:number|no|index))?$")
"""A column that counts versions: its table keeps several rows of one job or result on purpose."""
