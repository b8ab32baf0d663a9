"""A column -> the mission's group it belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection

from shipkit_mcp.facts import Role
from shipkit_mcp.findings import Group
from shipkit_mcp.mapping.wanted import WantedColumn
from shipkit_mcp.patterns.kinds import KINDS
from shipkit_mcp.patterns.owners import OWNER_NAMES

_BY_NAME: tuple[tuple[re.Pattern[str], Group], ...] = (
    (re.compile(r"_at$|_on$"), Group.TIMESTAMPS),
    (
        re.compile(r"^(?:current_)?(?:stage|step|phase)$|_status$|^(?:attempts?|retry_count|retries)$"),
        Group.TRACKING,
    ),
)
_METADATA = re.compile(
    r"_(?:count|seconds|ms|bytes|language|duration|metadata|stats|score|tokens|model|provider|cost|size)$"
    r"|^(?:metadata|language|duration|model|version|format|word_count)$"
)
_OUTPUT = re.compile(r"^(?:results?|outputs?|suggestions)$|_(?:results?|output)$")
_PROCESSING = frozenset(
    column.name for kind in KINDS for column in kind.job_columns if column.group is Group.PROCESSING
)
ORDER = tuple(Group)
"""The order in which the mission lists them."""


def owner_among(names: Collection[str], owner: str) -> str | None:
    """The one column that owns a row: the workflow's, else the most usual of those that are there."""
    return owner if owner in names else next((name for name in OWNER_NAMES if name in names), None)


def group_of(column: WantedColumn, role: Role, owner: str | None) -> Group:
    """By the mission's row, the key it is, its name, and in a jobs table by when it can be filled."""
    pattern = column.pattern or column.habit
    if pattern is not None:
        return pattern.group
    if column.name == owner:
        return Group.OWNER
    if _is_key(column):
        return Group.KEY
    named = next((group for words, group in _BY_NAME if words.search(column.name)), None)
    return named or (_of_job(column) if role is Role.JOBS else _of_output(column.name, role))


def _is_key(column: WantedColumn) -> bool:
    declared, existing = column.declared, column.existing
    if (
        column.name == "id"
        or column.name in OWNER_NAMES
        or (declared and (declared.primary_key or declared.references))
    ):
        return True
    return bool(existing and (existing.primary_key or existing.references))


def _of_job(column: WantedColumn) -> Group:
    if column.payload is not None:
        return Group.INPUT
    if _OUTPUT.search(column.name):
        return Group.OUTPUT
    later = column.name in _PROCESSING or column.name.startswith(("detected_", "total_", "processed_"))
    return Group.PROCESSING if later or _may_be_empty(column) else Group.INPUT


def _may_be_empty(column: WantedColumn) -> bool:
    """What cannot be known when the row is inserted has to be nullable."""
    if column.declared is not None and column.declared.not_null is not None:
        return not column.declared.not_null
    return column.existing is not None and not column.existing.not_null


def _of_output(name: str, role: Role) -> Group:
    if role in (Role.RESULTS, Role.ENHANCEMENT):
        return Group.OUTPUT_METADATA if _METADATA.search(name) else Group.OUTPUT
    return Group.OUTPUT if role is Role.USAGE else Group.INPUT
