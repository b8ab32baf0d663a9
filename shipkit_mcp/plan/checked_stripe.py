"""A declared table -> what it would copy of Stripe, and what to store instead."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.facts import DeclaredTable
from shipkit_mcp.patterns.owners import OWNER_TABLES
from shipkit_mcp.patterns.stripe import (
    ALLOWED_COLUMNS,
    ALLOWED_TABLES,
    KEEP_COLUMN,
    REJECTED_COLUMNS,
    REJECTED_ON_OWNERS,
    REJECTED_TABLES,
    REJECTED_TABLES_WITH_STRIPE,
    TIER_COLUMNS,
)
from shipkit_mcp.plan.posing_project import USAGE

LIVE_STATE = "Store only `stripe_customer_id` on the table of users and ask Stripe for the rest."


def check_stripe(table: DeclaredTable, *, is_new: bool) -> Iterator[str]:
    """What of Stripe may not stand in a declared table."""
    names = {one.name for one in table.columns if not one.dropped}
    keeps_stripe = any(one.startswith("stripe_") and one != KEEP_COLUMN for one in names)
    mirrors = table.name in REJECTED_TABLES and table.name not in ALLOWED_TABLES
    if is_new and (mirrors or (table.name in REJECTED_TABLES_WITH_STRIPE and keeps_stripe)):
        yield f"`{table.name}` would mirror Stripe. {LIVE_STATE}"
    rejected = names & REJECTED_COLUMNS
    if table.name in OWNER_TABLES or rejected:
        rejected |= names & REJECTED_ON_OWNERS
    for name in sorted(rejected - ALLOWED_COLUMNS):
        yield f"`{table.name}.{name}` copies subscription state of Stripe. {LIVE_STATE}"
    if USAGE.search(table.name):
        for name in sorted((names & TIER_COLUMNS) - rejected):
            yield (
                f"`{table.name}.{name}` mixes the subscription with usage. Leave it out and read the plan "
                "from Stripe; limits such as `jobs_limit` may stay."
            )
