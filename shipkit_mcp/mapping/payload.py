"""A workflow's payload -> the fields that become columns of its jobs table."""

from __future__ import annotations

import re

from shipkit_mcp.facts import PayloadField, Workflow
from shipkit_mcp.mapping.names import to_snake
from shipkit_mcp.patterns.columns import JOB_COLUMNS
from shipkit_mcp.patterns.near import plays
from shipkit_mcp.patterns.owners import OWNER_NAMES

_NEVER = re.compile(
    r"token|secret|password|credential|api_?key|access_?key|signature|(?:^|_)auth(?:orization)?(?:$|_)|config$"
)
"""Secrets and the settings of a call are handed over, not kept."""


def fields_of(workflow: Workflow) -> tuple[PayloadField, ...]:
    """Every field of what triggers the workflow, each name once."""
    fields = (field for one in workflow.interfaces if one.part == "payload" for field in one.fields)
    found: dict[str, PayloadField] = {}
    for field in (one for one in fields if one.name):
        found.setdefault(to_snake(field.name), field)
    return tuple(found.values())


def input_columns(workflow: Workflow, *, ids: bool) -> tuple[PayloadField, ...]:
    """Input metadata worth a column; with ``ids`` also ids of what the job is about (not job, run, owner)."""
    return tuple(
        field
        for field in fields_of(workflow)
        if not _NEVER.search(field.name) and (field.use == "input" or (ids and _is_subject(field)))
    )


def _is_subject(field: PayloadField) -> bool:
    own = field.name in ("id", "job_id", *OWNER_NAMES) or field.name.endswith(("_job_id", "_run_id"))
    tracked = any(plays(field.name, row) for row in JOB_COLUMNS)
    return field.use == "key" and field.name.endswith("_id") and not own and not tracked
