"""The mission's rules on usage tracking, as rows."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns import stripe as known
from shipkit_mcp.rules import billing, promises, words
from shipkit_mcp.rules.examples import alone, pages, table
from shipkit_mcp.rules.rule import Rule
from shipkit_mcp.rules.stripe import CUSTOMERS, ID, PAID

COUNTED = {
    "id": ID,
    "user_id": 'uuid("user_id").notNull()',
    "month": 'text("month").notNull()',
    "jobs_count": 'integer("jobs_count").notNull()',
    "jobs_limit": 'integer("jobs_limit")',
    "minutes_consumed": 'integer("minutes_consumed").notNull()',
}


def usage(**changes: str | None) -> str:
    """The mission's monthly counters with some columns changed."""
    columns = {name: source for name, source in {**COUNTED, **changes}.items() if source is not None}
    return table("usageTracking", "usage_tracking", columns)


USAGE_RULES: tuple[Rule, ...] = (
    Rule(
        id="usage-mixed",
        severity=Severity.REJECT,
        mission=known.MIXING_MISSION,
        message="`{table}` counts usage and keeps `{column}` beside it.",
        fix="Keep the counters in a table of their own and ask the Stripe API for the tier.",
        check=billing.forbid_columns(billing.mixes_usage),
        breaks=alone(usage(subscription_status='text("subscription_status")')),
        keeps=alone(usage()),
    ),
    Rule(
        id="usage-table",
        severity=Severity.RECOMMEND,
        mission="Store usage in your own database tables (`usage_events`, `usage_tracking`)",
        message="The documents state quotas, but no table counts what is used.",
        fix="Add `usage_tracking` (counters by month) or `usage_events` (a log).",
        check=billing.require_usage_table(),
        breaks=pages(PAID + "Payments with Stripe.", source=CUSTOMERS),
        keeps=pages(
            PAID + "Payments with Stripe.",
            source=CUSTOMERS.replace("pgTable, text", "integer, pgTable, text") + usage(),
        ),
    ),
    Rule(
        id="usage-monthly",
        severity=Severity.RECOMMEND,
        mission="month: date (first day of month)",
        message="`{table}` counts usage without a month: nothing resets the quota.",
        fix="Add `month` (first day of the month) to `{table}`, unique together with the owner.",
        check=billing.forbid_table(billing.usage_without_month),
        breaks=alone(usage(month=None)),
        keeps=alone(usage()),
    ),
    Rule(
        id="usage-job-based",
        severity=Severity.RECOMMEND,
        mission="// Track job-based usage, not message-based",
        message="`{table}.{column}` counts messages; this kind of app is limited by its jobs.",
        fix="Replace `{table}.{column}` by a count of jobs.",
        check=billing.forbid_columns(billing.usage_of_messages),
        breaks=alone(usage(message_count='integer("message_count")')),
        keeps=alone(usage()),
    ),
    Rule(
        id="usage-per-resource",
        severity=Severity.NOTE,
        mission="[resource]_consumed: varies by workflow",
        message="`{table}` counts jobs, but nothing of what they consume.",
        fix="Add a pair such as `minutes_consumed` and `minutes_limit` if a tier limits a resource.",
        check=billing.forbid_table(billing.usage_without_resources),
        breaks=alone(usage(minutes_consumed=None)),
        keeps=alone(usage()),
    ),
    Rule(
        id="usage-from-own-database",
        severity=Severity.REQUIRE,
        mission="Query YOUR database for usage limits and tracking, not Stripe",
        message="{document} tracks usage in Stripe.",
        fix="Count usage in your own tables; Stripe is for subscription status and billing.",
        check=promises.forbid_promise(words.STRIPE_USAGE, near=("usage",)),
        breaks=pages("### Quotas\n\n- Read the monthly usage from Stripe"),
        keeps=pages("### Quotas\n\n- Read the monthly usage from `usage_tracking`, not from Stripe"),
    ),
)
