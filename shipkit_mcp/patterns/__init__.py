"""The mission as data: one set of rows that rules, mapping, plan, document and code all read."""

from __future__ import annotations

from shipkit_mcp.patterns.columns import (
    INTEGRATION_COLUMNS,
    JOB_COLUMNS,
    JOB_STATUSES,
    ColumnPattern,
)
from shipkit_mcp.patterns.kinds import KINDS, UNCLASSIFIED, Kind
from shipkit_mcp.patterns.near import find_column, plays
from shipkit_mcp.patterns.owners import OWNER_COLUMNS, OWNER_NAMES, OWNER_TABLES
from shipkit_mcp.patterns.reserved import is_reserved
from shipkit_mcp.patterns.tables import (
    ENHANCEMENT,
    JOBS,
    RESULTS,
    USAGE_EVENTS,
    USAGE_TRACKING,
    IndexPattern,
    TablePattern,
)
from shipkit_mcp.patterns.templates import TEMPLATES, Template, TemplateTable, known_template
from shipkit_mcp.patterns.types import SqlType

__all__ = [
    "ENHANCEMENT",
    "INTEGRATION_COLUMNS",
    "JOBS",
    "JOB_COLUMNS",
    "JOB_STATUSES",
    "KINDS",
    "OWNER_COLUMNS",
    "OWNER_NAMES",
    "OWNER_TABLES",
    "RESULTS",
    "TEMPLATES",
    "UNCLASSIFIED",
    "USAGE_EVENTS",
    "USAGE_TRACKING",
    "ColumnPattern",
    "IndexPattern",
    "Kind",
    "SqlType",
    "TablePattern",
    "Template",
    "TemplateTable",
    "find_column",
    "is_reserved",
    "known_template",
    "plays",
]
