"""Survey and mappings -> the known choices that this project poses, each with both sides."""

from __future__ import annotations

from collections.abc import Mapping

from shipkit_mcp.errors import beat
from shipkit_mcp.findings import Decision
from shipkit_mcp.plan import choices_project as project
from shipkit_mcp.plan import choices_tables as tables
from shipkit_mcp.plan.choice import Case, Choice, Posed, decide

MOST_KEY = 4
"""The mission asks for two to four key decisions."""
FEWEST_KEY = 2

CHOICES: tuple[Choice, ...] = (
    project.STRIPE_STATE,
    tables.OWN_JOBS_TABLE,
    tables.STATUS_VOCABULARY,
    tables.RESULTS_PLACE,
    tables.RESULT_VERSIONS,
    project.TEMPLATE_TABLES,
    project.USAGE_RECORD,
    project.CONTRADICTING,
    tables.RUN_ID_NAME,
    project.OWNER_COLUMN,
    tables.ENHANCEMENT_TIMING,
    project.ENUM_STYLE,
)
"""Most critical first."""


def pose_decisions(case: Case, chosen: Mapping[str, str]) -> tuple[Decision, ...]:
    """The choices that this project poses, two to four of them key where it poses so many."""
    posed = [(choice, one) for choice in CHOICES if (one := _posed(choice, case))]
    decisions = [(choice.key, decide(choice, one, chosen.get(choice.id))) for choice, one in posed]
    ranked = [one for key, one in decisions if key] + [one for key, one in decisions if not key]
    able = sum(key for key, _ in decisions)
    count = min(max(able, FEWEST_KEY), MOST_KEY, len(ranked))
    return tuple(one.model_copy(update={"key": place < count}) for place, one in enumerate(ranked))


def _posed(choice: Choice, case: Case) -> Posed | None:
    beat()
    return choice.pose(case)


def answered_rules() -> dict[tuple[str, str], tuple[str, ...]]:
    """(decision, option) to the rules whose findings it answers."""
    return {(choice.id, side.id): side.answers for choice in CHOICES for side in choice.sides if side.answers}
