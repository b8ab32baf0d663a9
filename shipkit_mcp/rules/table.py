"""All rules in the order of report."""

from __future__ import annotations

from shipkit_mcp.rules.documents import DOCUMENT_RULES
from shipkit_mcp.rules.enhancements import ENHANCEMENT_RULES
from shipkit_mcp.rules.job_keys import JOB_KEY_RULES
from shipkit_mcp.rules.jobs import JOB_RULES
from shipkit_mcp.rules.keys import KEY_RULES
from shipkit_mcp.rules.results import RESULT_RULES
from shipkit_mcp.rules.rule import Rule
from shipkit_mcp.rules.stripe import STRIPE_RULES
from shipkit_mcp.rules.usage import USAGE_RULES

RULES: tuple[Rule, ...] = (
    *STRIPE_RULES,
    *JOB_RULES,
    *JOB_KEY_RULES,
    *RESULT_RULES,
    *ENHANCEMENT_RULES,
    *USAGE_RULES,
    *DOCUMENT_RULES,
    *KEY_RULES,
)
