"""The sections of the document, one file each, in the order of the mission's template."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.sections import (
    app_summary,
    current_state,
    recommended_changes,
    schema_overview,
    strategic_advantage,
    trigger_integration,
    usage_tracking,
    workflow_mapping,
)

SECTIONS: tuple[tuple[str, Callable[[Material], Iterable[str]]], ...] = (
    (app_summary.TITLE, app_summary.render_app_summary),
    (current_state.TITLE, current_state.render_current_state),
    (workflow_mapping.TITLE, workflow_mapping.render_workflow_mapping),
    (recommended_changes.TITLE, recommended_changes.render_recommended_changes),
    (strategic_advantage.TITLE, strategic_advantage.render_strategic_advantage),
    (trigger_integration.TITLE, trigger_integration.render_trigger_integration),
    (usage_tracking.TITLE, usage_tracking.render_usage_tracking),
    (schema_overview.TITLE, schema_overview.render_schema_overview),
)
"""(title, how it is rendered): the table is the document."""
