"""The mission's rules on Stripe as the single source of truth, as rows: what to reject, what to do."""

from __future__ import annotations

from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns import stripe as known
from shipkit_mcp.rules import billing, promises, words
from shipkit_mcp.rules.examples import USERS, alone, pages, table
from shipkit_mcp.rules.rule import Rule

ID = 'uuid("id").primaryKey()'
PAID = """## Business Model Integration

**Free Tier ($0/month)**

- 3 uploads per month

**Pro Tier ($49/month)**

- Unlimited uploads

"""
CUSTOMER = {"id": ID, "stripe_customer_id": 'text("stripe_customer_id")'}
CUSTOMERS = (
    f'import {{ pgTable, text, uuid }} from "drizzle-orm/pg-core";\n{table("users", "users", CUSTOMER)}\n'
)
PLAIN = f'import {{ pgTable, text, uuid }} from "drizzle-orm/pg-core";\n{USERS}\n'


def users(column: str, source: str) -> str:
    """A table of users with one more column."""
    return table("users", "users", {**CUSTOMER, column: source})


STRIPE_RULES: tuple[Rule, ...] = (
    Rule(
        id="stripe-state-in-users",
        severity=Severity.REJECT,
        mission=known.COLUMN_MISSION,
        message="`{table}.{column}` copies what Stripe knows of the subscription; the copy will go stale.",
        fix="Drop `{table}.{column}`, keep `stripe_customer_id` and ask the Stripe API instead.",
        check=billing.forbid_columns(billing.state_on_users),
        breaks=alone(users("subscription_tier", 'text("subscription_tier")')),
        keeps=alone(users("status", 'text("status")')),
    ),
    Rule(
        id="stripe-tier-in-users",
        severity=Severity.RECOMMEND,
        mission=known.NEVER_MISSION,
        message="`{table}.{column}` looks like a copy of the tier that is paid for.",
        fix="If Stripe sells it, drop it and ask the Stripe API; if not, allow this rule beside the table.",
        check=billing.forbid_columns(billing.tier_on_users),
        breaks=alone(users("plan", 'text("plan", { enum: ["free", "pro"] })')),
        keeps=alone(users("plan", 'text("plan", { enum: ["morning", "evening"] })')),
    ),
    Rule(
        id="stripe-subscription-data",
        severity=Severity.REJECT,
        mission=known.NEVER_MISSION,
        message="`{table}.{column}` copies what Stripe knows of the subscription; the copy will go stale.",
        fix="Drop `{table}.{column}` and ask the Stripe API when access is checked.",
        check=billing.forbid_columns(billing.state_elsewhere),
        breaks=alone(
            table(
                "teams",
                "team_settings",
                {"id": ID, "stripe_subscription_id": 'text("stripe_subscription_id")'},
            )
        ),
        keeps=alone(table("workspaces", "workspaces", CUSTOMER)),
    ),
    Rule(
        id="stripe-catalogue-ids",
        severity=Severity.RECOMMEND,
        mission=known.NEVER_MISSION,
        message="`{table}.{column}` keeps an ID of what Stripe sells or charges.",
        fix="Keep it in the code's configuration, or allow this rule beside the table.",
        check=billing.forbid_columns(billing.catalogue_elsewhere),
        breaks=alone(table("tiers", "tiers", {"id": ID, "stripe_price_id": 'text("stripe_price_id")'})),
        keeps=alone(table("tiers", "tiers", {"id": ID, "price": 'text("price")'})),
    ),
    Rule(
        id="stripe-mirror-table",
        severity=Severity.REJECT,
        mission=known.TABLE_MISSION,
        message="Table `{table}` mirrors Stripe.",
        fix="Drop table `{table}` and ask the Stripe API when access is checked.",
        check=billing.forbid_table(billing.mirrors),
        breaks=alone(table("subscriptions", "subscriptions", {"id": ID})),
        keeps=alone(table("invoices", "invoices", {"id": ID, "client_name": 'text("client_name")'})),
    ),
    Rule(
        id="stripe-only-customer-id",
        severity=Severity.REQUIRE,
        mission=known.KEEP_MISSION,
        message="`{table}.{column}` keeps more of Stripe than the customer's ID.",
        fix="Drop `{table}.{column}`; everything else is found from `{customer}`.",
        check=billing.forbid_columns(billing.more_of_stripe),
        breaks=alone(users("stripe_default_card", 'text("stripe_default_card")')),
        keeps=alone(users("full_name", 'text("full_name")')),
    ),
    Rule(
        id="stripe-customer-id",
        severity=Severity.REQUIRE,
        mission="**Database:** Recommend ONLY `stripe_customer_id` field in users table",
        message="The app charges its users, but no table keeps `{customer}`.",
        fix="Add `{customer}` to `{table}` as nullable, unique `text`.",
        check=billing.require_customer_id(),
        breaks=pages(PAID + "Payments with Stripe.", source=PLAIN),
        keeps=pages(PAID + "Payments with Stripe.", source=CUSTOMERS),
    ),
    Rule(
        id="stripe-planned-mirror",
        severity=Severity.REJECT,
        mission=known.TABLE_MISSION,
        message="{document} plans a table `{what}` that mirrors Stripe.",
        fix="Leave `{what}` out: keep `{customer}` on users and ask the Stripe API.",
        check=promises.forbid_mirror(),
        breaks=pages("### Stripe Integration\n\n- `user_subscriptions` table: plan_tier, status"),
        keeps=pages("### Stripe Integration\n\n- Never create a `user_subscriptions` table"),
    ),
    Rule(
        id="stripe-planned-state",
        severity=Severity.REJECT,
        mission=known.NEVER_MISSION,
        message="{document} plans to store `{what}`, which is Stripe's to know.",
        fix="Leave `{what}` out of the database and ask the Stripe API.",
        check=promises.forbid_state(),
        breaks=pages("### Stripe Integration\n\n- Store `subscription_tier` on users"),
        keeps=pages("### Stripe Integration\n\n- Never store `subscription_tier` on users"),
    ),
    Rule(
        id="stripe-cached-state",
        severity=Severity.REJECT,
        mission="Never cache or duplicate subscription data in your database",
        message="{document} plans to keep a copy of Stripe's subscription data.",
        fix="Ask the Stripe API at the moment the answer is needed.",
        check=promises.forbid_promise(words.STORED, near=words.PAID),
        breaks=pages("### Billing\n\n- Cache the subscription status in our database for fast checks"),
        keeps=pages("### Billing\n\n- Do not cache the subscription status in our database"),
    ),
    Rule(
        id="stripe-webhook-sync",
        severity=Severity.REJECT,
        mission=known.WEBHOOK_MISSION,
        message="{document} lets a webhook write subscription state.",
        fix="Keep the webhook minimal (email notifications at most) and ask the Stripe API for the state.",
        check=promises.forbid_promise(
            words.SYNCS, words.SYNCED_BY, near=("webhook",), about=promises.of_stripe_itself
        ),
        breaks=pages(
            "### Stripe Integration\n\n1. Payment completes, Stripe webhook updates subscription status"
        ),
        keeps=pages("### Stripe Integration\n\n1. Do not use webhooks to update the subscription status"),
    ),
    Rule(
        id="stripe-webhook-minimal",
        severity=Severity.REQUIRE,
        mission="Only handle `invoice.payment_succeeded` for email notifications (optional)",
        message="{document} handles more of Stripe's webhook events than `invoice.payment_succeeded`.",
        fix="Handle `invoice.payment_succeeded` for email notifications, or no event at all.",
        check=promises.forbid_promise(words.EVENTS, near=words.EVENT_NAMES, about=promises.of_webhooks),
        breaks=pages("### Webhooks\n\n- Handle `customer.subscription.updated` events from Stripe"),
        keeps=pages("### Webhooks\n\n- Handle `invoice.payment_succeeded` from Stripe to send the receipt"),
    ),
    Rule(
        id="stripe-billing-pages",
        severity=Severity.REJECT,
        mission=known.PAGES_MISSION,
        message='{document} plans billing pages of its own under "{section}".',
        fix="Replace them by a link to the Stripe Customer Portal.",
        check=promises.forbid_billing_pages(),
        breaks=pages(
            "### Billing Page\n\n- Invoice history with PDF downloads\n- Update payment method form"
        ),
        keeps=pages(
            "### Billing\n\n- Manage Billing opens the Stripe Customer Portal (invoice history, cards)"
        ),
    ),
    Rule(
        id="stripe-query-api",
        severity=Severity.NOTE,
        mission="**Subscription Checks:** Recommend querying Stripe API in real-time",
        message="No document says how access is checked; ask the Stripe API in real time.",
        fix="Say in {subject} that subscription status is read from the Stripe API when it is needed.",
        check=promises.require_promise(words.ASKS_STRIPE),
        breaks=pages(PAID + "Payments with Stripe, managed in the Customer Portal."),
        keeps=pages(PAID + "Payments with Stripe; the tier is read from the Stripe API."),
    ),
    Rule(
        id="stripe-portal",
        severity=Severity.RECOMMEND,
        mission="Always link users to Stripe Customer Portal for all billing management",
        message="The app charges its users, but no document links them to the Stripe Customer Portal.",
        fix="Say in {subject} that billing is managed in the Stripe Customer Portal.",
        check=promises.require_promise(words.LINKS_PORTAL),
        breaks=pages(PAID + "Payments with Stripe."),
        keeps=pages(PAID + "Payments with Stripe; billing is managed in the Customer Portal."),
    ),
    Rule(
        id="stripe-user-context",
        severity=Severity.REQUIRE,
        mission="Use `UserContext` to cache `stripe_customer_id` only (not subscription status)",
        message="{document} keeps subscription state in `UserContext`.",
        fix="Keep `stripe_customer_id` there and ask the Stripe API for the rest.",
        check=promises.forbid_promise(words.USER_CONTEXT, near=("context",)),
        breaks=pages("### Access\n\n- `UserContext` holds the subscription status"),
        keeps=pages("### Access\n\n- `UserContext` holds the `stripe_customer_id`"),
    ),
)
