"""What of Stripe is reported, in schema and documents, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from unit.rules.projects import check, survey_of

from shipkit_mcp.facts import Stack
from shipkit_mcp.findings import Severity
from shipkit_mcp.rules import Example, check_project
from shipkit_mcp.rules.examples import IMPORTS, PAGES

UUID = 'uuid("id").primaryKey()'


def rules_of(table: str, *columns: str) -> dict[str, Severity]:
    body = ", ".join(f'{one}: text("{one}")' for one in columns)
    source = f'{IMPORTS}\nexport const t = pgTable("{table}", {{ id: {UUID}, {body} }});\n'
    return {
        one.rule: one.severity for one in check(Example(schema=source)) if one.rule != "foreign-key-index"
    }


def planned(text: str, path: str = PAGES) -> dict[str, Severity]:
    document = f"# App Pages & Functionality Blueprint\n\n{text}\n"
    found = check(Example(documents=((path, document),)))
    wanted = ("stripe-", "usage-")
    said = ("stripe-portal", "stripe-query-api")
    return {one.rule: one.severity for one in found if one.rule.startswith(wanted) and one.rule not in said}


@pytest.mark.parametrize("table", ["users", "profiles", "accounts", "workspaces", "organizations", "teams"])
@pytest.mark.parametrize(
    "column",
    ["subscription_tier", "subscription_status", "stripe_subscription_id", "subscription_period_end"],
)
def test_subscription_state_on_users_or_tenants_is_rejected(table: str, column: str) -> None:
    assert rules_of(table, "stripe_customer_id", column) == {"stripe-state-in-users": Severity.REJECT}


def test_subscription_state_on_any_other_table_is_rejected() -> None:
    assert rules_of("team_settings", "subscription_status") == {"stripe-subscription-data": Severity.REJECT}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("subscriptions", ("user_id", "status")),
        ("user_subscriptions", ("plan_tier", "stripe_subscription_id")),
        ("billing_transactions", ("amount", "status")),
        ("stripe_prices", ("amount",)),
        ("invoices", ("stripe_invoice_id", "amount")),
        ("customers", ("stripe_customer_id", "stripe_price_id")),
    ],
)
def test_a_table_that_mirrors_stripe_is_rejected_as_a_whole(table: str, columns: tuple[str, ...]) -> None:
    assert rules_of(table, *columns)["stripe-mirror-table"] is Severity.REJECT


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("users", ("stripe_customer_id",)),
        ("workspaces", ("stripe_customer_id",)),
        ("organizations", ("stripe_customer_id", "stripe_account_id", "stripe_connect_status")),
        ("invoices", ("client_id", "number", "status", "stripe_payment_intent_id")),
        ("quotes", ("status", "tier")),
        ("clients", ("account_billing_status",)),
        ("events", ("ticket_price", "tier")),
        ("sponsors", ("tier", "status", "click_count")),
        ("newsletter_subscriptions", ("email", "subscription_status")),
        ("push_subscriptions", ("endpoint", "p256dh")),
        ("subscriptions", ("feed_url", "topic")),
        ("payments", ("stripe_account_id", "stripe_payment_intent_id")),
        ("usage_tracking", ("month", "jobs_count", "jobs_limit", "minutes_consumed", "minutes_limit")),
        ("usage_events", ("event_type", "quantity")),
        ("ai_summaries", ("tier", "word_count")),
        ("users", ("status", "role", "plan")),
    ],
)
def test_what_is_the_apps_own_is_left_alone(table: str, columns: tuple[str, ...]) -> None:
    assert rules_of(table, *columns) == {}


def test_usage_beside_the_tier_is_rejected_and_beside_limits_it_is_not() -> None:
    assert rules_of("user_usage", "month", "jobs_count", "minutes_used", "tier") == {
        "usage-mixed": Severity.REJECT
    }
    assert rules_of("users", "uploads_count", "plan") == {"usage-mixed": Severity.REJECT}
    assert rules_of("user_usage", "month", "jobs_count", "minutes_used", "jobs_limit") == {}


def test_counters_by_a_period_are_monthly_enough() -> None:
    assert rules_of("usage_tracking", "jobs_count", "minutes_used") == {"usage-monthly": Severity.RECOMMEND}
    assert rules_of("usage_tracking", "jobs_count", "minutes_used", "period_start") == {}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            "### Stripe\n\n**Schema:**\n\n- `user_subscriptions` table: plan_tier, status",
            "stripe-planned-mirror",
        ),
        ("### Stripe\n\n- Crear la tabla `user_subscriptions`", "stripe-planned-mirror"),
        ("### Stripe\n\n```sql\nCREATE TABLE user_subscriptions (id uuid);\n```", "stripe-planned-mirror"),
        ("### Billing\n\n- `users` table: email, subscription_tier", "stripe-planned-state"),
        ("### Abbonamenti\n\n- Colonna `subscription_status` su users", "stripe-planned-state"),
        ("### Billing\n\n- Sync the subscription status to the database", "stripe-cached-state"),
        ("### Facturación\n\n- El webhook de Stripe actualiza la suscripción", "stripe-webhook-sync"),
        ("### Webhooks\n\n- `checkout.session.completed`: grant access", "stripe-webhook-minimal"),
        ("### Billing\n\n- Page with invoice history and saved card", "stripe-billing-pages"),
        ("### Access\n\n- The `UserContext` caches the subscription tier", "stripe-user-context"),
        ("### Quotas\n\n- Report usage to Stripe with usage records", "usage-from-own-database"),
    ],
)
def test_a_document_that_plans_it_is_reported(text: str, rule: str) -> None:
    assert rule in planned(text)


@pytest.mark.parametrize(
    "text",
    [
        "### Stripe\n\n- Never store `subscription_tier` or `subscription_status`",
        "### Stripe\n\n**Do NOT store:**\n\n- `subscription_tier`\n- `user_subscriptions` table",
        "### Stripe\n\n- ❌ `user_subscriptions` table",
        "### Stripe\n\n- `stripe_customer_id` on `workspaces`; ask the Stripe API for the tier",
        "### Stripe\n\n- Let Stripe manage subscription status (don't duplicate in our database)",
        "### Stripe\n\n- Webhook sends a receipt on `invoice.payment_succeeded`",
        "### Invoices\n\n- `/app/invoices` lists what users bill to clients\n- Invoice history per client",
        "### Queries\n\n- `lib/queries/subscriptions.ts` reads from the Stripe API",
        "### Billing\n\n- Manage Billing opens the Stripe Customer Portal (invoice history, saved card)",
        "### Newsletter\n\n- Store the `email` of subscribers",
        "### Stripe\n\n- No almacenar `subscription_tier`",
        "### Stripe\n\n- Non salvare `subscription_status` nella tabella users",
        "### Stripe\n\n- Ne pas stocker `subscription_status`",
        "### Usage\n\n- Usage is counted in `usage_tracking`, never in Stripe",
    ],
)
def test_a_document_that_rules_it_out_or_means_something_else_is_left_alone(text: str) -> None:
    assert planned(text) == {}


def test_a_planned_mirror_cites_the_line_that_says_otherwise() -> None:
    text = "### Stripe\n\n- `user_subscriptions` table\n\n### Why\n\n- Let Stripe manage subscription status"
    document = f"# App Pages & Functionality Blueprint\n\n{text}\n"
    [one] = [
        one for one in check(Example(documents=((PAGES, document),))) if one.rule == "stripe-planned-mirror"
    ]

    assert [evidence.quote for evidence in one.evidence] == [
        "- `user_subscriptions` table",
        "- Let Stripe manage subscription status",
    ]


def test_a_document_that_follows_ours_is_only_noted() -> None:
    text = "# Roadmap\n\n## Phase 1\n\n- Stripe webhook updates the subscription status"
    found = check(Example(documents=(("ai_docs/prep/roadmap.md", text),)))

    assert [one.severity for one in found if one.rule == "stripe-webhook-sync"] == [Severity.NOTE]


def test_an_app_that_does_not_charge_is_asked_for_nothing() -> None:
    text = "# Master Idea Document\n\n## Business Model & Revenue Strategy\n\n**Model Type:** Free\n"
    source = f'{IMPORTS}\nexport const users = pgTable("users", {{ id: {UUID} }});\n'
    found = check(Example(schema=source, documents=(("ai_docs/prep/master_idea.md", text),)))

    assert [one.rule for one in found] == []


def test_an_app_with_stripe_and_no_users_is_asked_nothing_that_cannot_be_cited() -> None:
    source = f'{IMPORTS}\nexport const t = pgTable("things", {{ id: {UUID} }});\n'
    survey = replace(survey_of(Example(schema=source)), stack=Stack(packages=(("stripe", "^18"),)))

    assert check_project(survey, ()) == ()


def test_another_name_for_the_customer_id_is_only_advised() -> None:
    for column, severity in (("stripe_id", Severity.RECOMMEND), ("email", Severity.REQUIRE)):
        body = f'id: {UUID}, {column}: text("{column}")'
        source = f'{IMPORTS}\nexport const users = pgTable("users", {{ {body} }});\n'
        text = "# App Pages & Functionality Blueprint\n\n### Stripe Integration\n\n- Pay with Stripe\n"
        found = check(Example(schema=source, documents=((PAGES, text),)))

        assert [one.severity for one in found if one.rule == "stripe-customer-id"] == [severity]


@pytest.mark.parametrize("column", ["is_subscribed", "trial_ends_at", "plan_tier"])
def test_what_may_be_the_apps_own_on_users_is_only_advised(column: str) -> None:
    assert rules_of("users", column) == {"stripe-tier-in-users": Severity.RECOMMEND}


def test_an_app_that_charges_without_stripe_is_only_told_what_stripe_would_need() -> None:
    text = """# Master Idea Document

## Business Model & Revenue Strategy

**Model Type:** Tiered subscription, paid with Razorpay

- **Free ($0/month):** 3 events
- **Pro ($9/month):** 30 events
"""
    source = f'{IMPORTS}\nexport const users = pgTable("users", {{ id: {UUID} }});\n'
    found = check(Example(schema=source, documents=(("ai_docs/prep/master_idea.md", text),)))

    assert {one.severity for one in found if one.rule.startswith("stripe-")} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("path", "severity"), [(PAGES, Severity.REQUIRE), ("ai_docs/prep/roadmap.md", Severity.NOTE)]
)
def test_stripe_in_a_document_that_follows_ours_does_not_say_who_is_paid(
    path: str, severity: Severity
) -> None:
    schema = f'{IMPORTS}\nexport const users = pgTable("users", {{ id: {UUID} }});\n'
    paid = "**Pro Tier ($9/month)**\n\n- Unlimited imports\n"
    pages = f"# App Pages & Functionality Blueprint\n\n## Business Model Integration\n\n{paid}"
    said = "\n### Payment\n\n- Stripe payment integration\n"
    documents = {PAGES: pages}
    documents[path] = documents.get(path, "# Roadmap\n") + said

    found = check(Example(schema=schema, documents=tuple(documents.items())))

    assert [one.severity for one in found if one.rule == "stripe-customer-id"] == [severity]


def test_without_a_document_a_package_alone_asks_for_the_customer_as_a_note() -> None:
    source = f"{IMPORTS}\n" + "\n".join(
        f'export const {name} = pgTable("{name}", {{ id: {UUID} }});' for name in ("customers", "users")
    )
    survey = replace(
        survey_of(Example(schema=source)), stack=Stack(packages=(("stripe", "^18.0.0"),), uses_trigger=True)
    )

    (asked,) = (one for one in check_project(survey, ()) if one.rule == "stripe-customer-id")

    assert (asked.severity, asked.subject) == (Severity.NOTE, "users.stripe_customer_id")


@pytest.mark.parametrize(
    ("columns", "name"),
    [
        (("fullName", "createdAt"), "stripeCustomerId"),
        (("full_name", "created_at"), "stripe_customer_id"),
        (("name",), "stripe_customer_id"),
    ],
)
def test_the_customers_id_is_spelled_as_the_project_spells_its_columns(
    columns: tuple[str, ...], name: str
) -> None:
    body = ", ".join(f'{one}: text("{one}")' for one in columns)
    source = f'{IMPORTS}\nexport const users = pgTable("users", {{ id: {UUID}, {body} }});\n'
    document = "# Master Idea\n\n## Business Model\n\n- Pro: $9 a month, paid with Stripe\n"
    found = check(Example(documents=(("ai_docs/prep/master_idea.md", document),), schema=source))
    said = next(one for one in found if one.rule == "stripe-customer-id")

    assert (said.subject, f"`{name}`" in said.message, f"Add `{name}`" in said.fix) == (
        f"users.{name}",
        True,
        True,
    )
