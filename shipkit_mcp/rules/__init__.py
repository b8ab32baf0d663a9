"""The mission as one literal table of rules, and what a project breaks of it."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Finding, WorkflowMapping
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.documents import DOCUMENT_RULES
from shipkit_mcp.rules.enhancements import ENHANCEMENT_RULES
from shipkit_mcp.rules.jobs import JOB_RULES
from shipkit_mcp.rules.keys import KEY_RULES
from shipkit_mcp.rules.results import RESULT_RULES
from shipkit_mcp.rules.rule import Example, Rule
from shipkit_mcp.rules.stripe import STRIPE_RULES
from shipkit_mcp.rules.usage import USAGE_RULES

RULES: tuple[Rule, ...] = (
    *STRIPE_RULES,
    *JOB_RULES,
    *RESULT_RULES,
    *ENHANCEMENT_RULES,
    *USAGE_RULES,
    *DOCUMENT_RULES,
    *KEY_RULES,
)
"""In the order of report."""


def check_project(survey: Survey, mappings: Sequence[WorkflowMapping]) -> tuple[Finding, ...]:
    """Everything of the mission that a project does not keep, in the order of the rules.

    A finding that ``// shipkit: allow RULE reason`` beside its table answers carries ``accepted_by``;
    what decisions answer, the plan marks.
    """
    context = Context(survey, mappings)
    return tuple(dict.fromkeys(one for rule in RULES for one in rule.findings(context)))


__all__ = ["RULES", "Example", "Rule", "check_project"]
