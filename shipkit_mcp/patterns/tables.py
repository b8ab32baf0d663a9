"""The tables that the mission asks for: role, name, columns, indexes and unique constraints."""

from __future__ import annotations

from dataclasses import dataclass

from shipkit_mcp.facts import Role
from shipkit_mcp.patterns.columns import (
    ENHANCEMENT_COLUMNS,
    JOB_COLUMNS,
    RESULT_COLUMNS,
    USAGE_COLUMNS,
    USAGE_EVENT_COLUMNS,
    ColumnPattern,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPattern:
    """An index the mission wants; ``user_id`` stands for the owner column."""

    columns: tuple[str, ...]
    why: str
    mission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePattern:
    """A kind of table of the mission."""

    role: Role
    name: str
    """``{workflow}`` stands for the workflow's name."""
    columns: tuple[ColumnPattern, ...]
    indexes: tuple[IndexPattern, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    why: str
    mission: str

    def column(self, name: str) -> ColumnPattern | None:
        return next((one for one in self.columns if one.name == name), None)


JOBS = TablePattern(
    role=Role.JOBS,
    name="{workflow}_jobs",
    columns=JOB_COLUMNS,
    indexes=(
        IndexPattern(
            columns=("user_id",),
            why="for user's job list queries",
            mission="user_id (for user's job list queries)",
        ),
        IndexPattern(
            columns=("status",), why="for polling active jobs", mission="status (for polling active jobs)"
        ),
        IndexPattern(
            columns=("created_at",),
            why="for sorting/pagination",
            mission="created_at (for sorting/pagination)",
        ),
    ),
    why="Tracks every run: status, progress, input metadata and the Trigger.dev run id.",
    mission="**Job Tracking Table** - Status, progress, input metadata, Trigger.dev job ID",
)
RESULTS = TablePattern(
    role=Role.RESULTS,
    name="{workflow}_results",
    columns=RESULT_COLUMNS,
    indexes=(
        IndexPattern(
            columns=("user_id",),
            why="for user's results queries",
            mission="user_id (for user's results queries)",
        ),
        IndexPattern(columns=("created_at",), why="for sorting", mission="created_at (for sorting)"),
    ),
    unique=(("job_id",),),
    why="Holds what a finished job produced, one row per job.",
    mission="UNIQUE constraint on job_id (one result per job)",
)
ENHANCEMENT = TablePattern(
    role=Role.ENHANCEMENT,
    name="{workflow}_enhancements",
    columns=ENHANCEMENT_COLUMNS,
    indexes=(
        IndexPattern(
            columns=("user_id",),
            why="for user's enhancements queries",
            mission="user_id (for user's enhancements queries)",
        ),
    ),
    unique=(("{result}_id",),),
    why="Holds what secondary processing adds to a result, one row per result.",
    mission="UNIQUE constraint on result_id (one enhancement per result)",
)
USAGE_TRACKING = TablePattern(
    role=Role.USAGE,
    name="usage_tracking",
    columns=USAGE_COLUMNS,
    unique=(("user_id", "month"),),
    why="Counts jobs and resources per owner and month, apart from Stripe.",
    mission="Store usage in your own database tables (`usage_events`, `usage_tracking`)",
)
USAGE_EVENTS = TablePattern(
    role=Role.USAGE,
    name="usage_events",
    columns=USAGE_EVENT_COLUMNS,
    why="Logs each use, so that limits are counted from facts.",
    mission="`usage_events` - Individual job event log (optional)",
)

BY_ROLE: dict[Role, TablePattern] = {
    Role.JOBS: JOBS,
    Role.RESULTS: RESULTS,
    Role.ENHANCEMENT: ENHANCEMENT,
}

ROLE_NAMES: tuple[tuple[str, Role], ...] = (
    (r"(?:^|_)(?:jobs?|runs?)$", Role.JOBS),
    (r"(?:^|_)usage(?:_|$)|_counters?$|_quotas?$", Role.USAGE),
    (r"(?:^|_)(?:settings|preferences|configs?|configurations?)$", Role.SETTINGS),
    (r"(?:^|_)(?:results?|outputs?)$", Role.RESULTS),
    (r"(?:^|_)(?:summaries|summary|insights?|analytics|enhancements?|highlights)$", Role.ENHANCEMENT),
)
"""What a table's name says of its role, where foreign keys and the document say nothing."""
