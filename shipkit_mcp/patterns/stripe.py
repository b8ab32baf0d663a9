"""What of Stripe may stand in the database, and what must not."""

from __future__ import annotations

import re
from collections.abc import Sequence

KEEP_COLUMN = "stripe_customer_id"
"""The one thing to store."""
_CAMEL_KEEP_COLUMN = "stripeCustomerId"
_CAMEL = re.compile(r"[a-z0-9][A-Z]")

REJECTED_COLUMNS = frozenset(
    {
        "subscription_tier",
        "subscription_status",
        "subscription_plan",
        "subscription_id",
        "subscription_type",
        "subscription_level",
        "subscription_period_start",
        "subscription_period_end",
        "subscription_start_date",
        "subscription_end_date",
        "subscription_started_at",
        "subscription_ends_at",
        "subscription_expires_at",
        "subscription_current_period_end",
        "subscription_cancel_at",
        "subscription_canceled_at",
        "subscription_cancelled_at",
        "stripe_subscription_id",
        "stripe_subscription_status",
        "stripe_subscription_item_id",
        "stripe_current_period_end",
        "stripe_price_id",
        "stripe_product_id",
        "stripe_plan_id",
        "stripe_payment_method_id",
        "cancel_at_period_end",
        "is_subscribed",
        "has_active_subscription",
    }
)
"""Columns that copy Stripe's state, wherever they stand."""

REJECTED_ON_OWNERS = frozenset(
    {"current_period_start", "current_period_end", "trial_ends_at", "trial_end", "plan_expires_at"}
)
"""Columns that copy Stripe's state where they stand on a table of users or tenants."""

REJECTED_TABLES = frozenset(
    {
        "subscriptions",
        "subscription",
        "user_subscriptions",
        "customer_subscriptions",
        "account_subscriptions",
        "workspace_subscriptions",
        "organization_subscriptions",
        "team_subscriptions",
        "stripe_subscriptions",
        "stripe_customers",
        "stripe_products",
        "stripe_prices",
        "stripe_invoices",
        "stripe_events",
        "billing_subscriptions",
        "subscription_plans",
        "subscription_history",
        "subscription_events",
        "billing_transactions",
        "billing_history",
        "payment_methods",
    }
)
"""Tables that mirror Stripe."""

REJECTED_TABLES_WITH_STRIPE = frozenset(
    {
        "plans",
        "prices",
        "products",
        "invoices",
        "payments",
        "transactions",
        "customers",
        "charges",
        "webhook_events",
    }
)
"""Tables that mirror Stripe only if a ``stripe_`` column other than the customer's stands in them: many apps
have their own invoices, products and payments."""

ALLOWED_COLUMNS = frozenset({KEEP_COLUMN, "account_billing_status", "ticket_price", "billing_email"})
ALLOWED_TABLES = frozenset(
    {"usage_events", "usage_stats", "usage_tracking", "invoices", "quotes", "push_subscriptions"}
)

TIER_COLUMNS = frozenset(
    {"subscription_tier", "subscription_status", "tier", "plan", "plan_tier", "plan_name"}
)
"""Columns that must not share a table with usage counters (limits there are fine)."""

KEEP_MISSION = "**ONLY store `stripe_customer_id`** in users table (for linking to Stripe customer)"
NEVER_MISSION = "**NEVER store `subscription_tier`, `subscription_status`, or any Stripe subscription data**"
COLUMN_MISSION = "Storing `subscription_tier` or `subscription_status` in users table"
TABLE_MISSION = "Creating `subscriptions` table to mirror Stripe data"
WEBHOOK_MISSION = 'Using webhooks to keep database "in sync" with Stripe'
PAGES_MISSION = "Building custom billing management pages instead of linking to Stripe Portal"
MIXING_MISSION = "Mixing usage tracking with subscription status in same table"


def keep_column(columns: Sequence[str]) -> str:
    """The one column of Stripe as a schema with these columns calls it, or would call it."""
    there = next((one for one in columns if one.replace("_", "").lower() == _CAMEL_KEEP_COLUMN.lower()), None)
    camel = [one for one in columns if _CAMEL.search(one) and "_" not in one]
    snake = [one for one in columns if "_" in one]
    return there or (_CAMEL_KEEP_COLUMN if len(camel) > len(snake) else KEEP_COLUMN)
