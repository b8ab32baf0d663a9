"""Checks on what of Stripe, and of usage, stands in the tables of the schema and of the documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from shipkit_mcp.facts import Evidence
from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns import OWNER_TABLES
from shipkit_mcp.patterns import stripe as known
from shipkit_mcp.patterns.owners import billing_owner
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.planned import Shape, shapes
from shipkit_mcp.rules.rule import Check, Fault
from shipkit_mcp.rules.shape import line_of

TIERS = frozenset(
    {
        "free",
        "basic",
        "starter",
        "creator",
        "pro",
        "plus",
        "premium",
        "team",
        "business",
        "enterprise",
        "trial",
    }
)
"""Values that tell that a column called ``plan`` or ``tier`` copies what is paid for."""
DOUBTFUL = frozenset(
    {"plan_tier", "plan_name", "is_subscribed", "trial_ends_at", "trial_end", "plan_expires_at"}
)
"""Columns of users that Stripe may know, or the app alone: a trial without a card, a newsletter."""
CATALOGUE = frozenset({"stripe_price_id", "stripe_product_id", "stripe_plan_id", "stripe_payment_method_id"})
"""IDs of what is sold and how it is paid: a copy on users, but perhaps a setting elsewhere."""
CONNECT = re.compile(r"account|connect")
"""Stripe Connect pays the app's users out; it is not their subscription."""
MIRRORED = re.compile(
    r"stripe_(?:subscription|invoice|price|product|plan|customer_(?!id$)|payment_method|event|coupon)"
)
"""Columns that tell that a table copies objects of Stripe, not merely pays through it."""
USERS = frozenset({*OWNER_TABLES, "user", "profile", "account", "user_profiles", "members", "customers"})
OTHER_SUBSCRIPTIONS = re.compile(
    r"newsletter|email|push|notification|webhook|feed|topic|channel|mailing|alert"
)
"""Words of tables and columns that tell of another kind of subscription than a paid one."""
PAID = re.compile(r"stripe|tier|plan|price|period|billing|trial|cancel")
USAGE_TABLE = re.compile(r"usage|quota|consum|credit_balance|limits?$")
COUNTERS = re.compile(r"_(?:count|used|consumed|made|processed|transcribed|usage)$|^(?:jobs|uploads)_")
QUOTA_TABLE = re.compile(r"usage_(?:tracking|stats|counters?|quotas?|limits?)$|quotas?$|^(?:user_)?usage$")
TOTALS = re.compile(r"_(?:count|used|made|processed|transcribed)$|^(?:jobs|uploads)_")
"""Sums that grow; a log's rows hold what one event consumed."""
PERIODS = re.compile(r"month|period|year|week|cycle|reset|window|^day$|^date$")
EVENTS = ("event_type", "event", "action", "event_name", "kind", "type")


def another_subscription(shape: Shape) -> bool:
    """Whether a table is about newsletters, push messages and the like, and nothing of it is paid for."""
    words = " ".join((shape.name, *shape.columns))
    paid = any(PAID.search(one) for one in shape.columns)
    return bool(OTHER_SUBSCRIPTIONS.search(words)) and not paid


def on_users(shape: Shape) -> bool:
    return shape.name in USERS


def forbid_columns(wrong: Callable[[Shape, str], bool]) -> Check:
    """No table of the schema or of a document may have such a column."""

    def check(context: Context) -> Iterator[Fault]:
        for shape in shapes(context):
            for name, evidence in shape.columns.items():
                if wrong(shape, name):
                    words = {"column": shape.written(name), "customer": context.customer}
                    yield _fault(shape, evidence, **words)

    return check


def forbid_table(wrong: Callable[[Shape], bool]) -> Check:
    """No table of the schema or of a document may be such a table."""

    def check(context: Context) -> Iterator[Fault]:
        return (_fault(shape, shape.evidence) for shape in shapes(context) if wrong(shape))

    return check


def _fault(shape: Shape, evidence: Evidence, **words: str) -> Fault:
    column = words.get("column")
    return Fault(
        subject=f"{shape.name}.{column}" if column else shape.name,
        evidence=tuple(dict.fromkeys((evidence, shape.evidence))),
        words={"table": shape.name, **words},
        table=shape.table,
    )


def state_on_users(shape: Shape, column: str) -> bool:
    """A copy of the subscription on a table of users or tenants."""
    rejected = column in known.REJECTED_COLUMNS or column in known.REJECTED_ON_OWNERS
    return on_users(shape) and rejected and column not in DOUBTFUL


def state_elsewhere(shape: Shape, column: str) -> bool:
    """A copy of the subscription on another table, one that is no mirror as a whole."""
    if column not in known.REJECTED_COLUMNS or column in CATALOGUE:
        return False
    return not (on_users(shape) or mirrors(shape) or another_subscription(shape))


def catalogue_elsewhere(shape: Shape, column: str) -> bool:
    """An ID of what Stripe sells, on a table of the app's own."""
    return column in CATALOGUE and not on_users(shape) and not mirrors(shape)


def tier_on_users(shape: Shape, column: str) -> bool:
    """A column of users that looks like what they pay for, told by its values."""
    if not on_users(shape) or state_on_users(shape, column):
        return False
    if column in DOUBTFUL:
        return True
    return column in known.TIER_COLUMNS and bool(TIERS & shape.words.get(column, frozenset()))


def more_of_stripe(shape: Shape, column: str) -> bool:
    """Anything else of Stripe's on a table of users; a Connect account is the user's own."""
    if not on_users(shape) or not column.startswith("stripe_") or column == known.KEEP_COLUMN:
        return False
    return column not in known.REJECTED_COLUMNS and not CONNECT.search(column)


def mirrors(shape: Shape) -> bool:
    """Whether a table as a whole copies what Stripe holds."""
    if shape.name in known.REJECTED_TABLES:
        return not another_subscription(shape)
    ids = [one for one in shape.columns if MIRRORED.match(one)]
    return shape.name in known.REJECTED_TABLES_WITH_STRIPE and bool(ids)


def counts_usage(shape: Shape) -> bool:
    """Whether a table holds counters of use (not the mission's job tables and not an event log)."""
    if USAGE_TABLE.search(shape.name):
        return True
    return on_users(shape) and any(COUNTERS.search(one) for one in shape.columns)


def mixes_usage(shape: Shape, column: str) -> bool:
    """Tier or subscription state beside usage counters; limits there are fine."""
    if column not in known.TIER_COLUMNS or not counts_usage(shape):
        return False
    return any(COUNTERS.search(one) for one in shape.columns)


def is_usage(shape: Shape) -> bool:
    return bool(USAGE_TABLE.search(shape.name)) and not shape.any(*EVENTS)


def has_period(shape: Shape) -> bool:
    return any(PERIODS.search(one) for one in shape.columns)


def usage_without_month(shape: Shape) -> bool:
    """Counters that nothing resets: one row for ever."""
    limited = any(one.endswith("_limit") or one.startswith("jobs_") for one in shape.columns)
    counts = is_usage(shape) and any(TOTALS.search(one) for one in shape.columns)
    return counts and (limited or bool(QUOTA_TABLE.search(shape.name))) and not has_period(shape)


def usage_of_messages(shape: Shape, column: str) -> bool:
    """Counters of messages, left over from a chat template."""
    return is_usage(shape) and bool(re.match(r"messages?_(?:count|used|limit|sent)$", column))


def usage_without_resources(shape: Shape) -> bool:
    """Monthly counters that count jobs alone."""
    if not is_usage(shape) or not has_period(shape):
        return False
    counted = [one for one in shape.columns if COUNTERS.search(one)]
    return bool(counted) and all(one.startswith(("job", "count", "used")) for one in counted)


def require_customer_id() -> Check:
    """An app that bills must keep the one link to Stripe."""

    def check(context: Context) -> Iterator[Fault]:
        if not context.bills or not context.schema.tables:
            return
        known_shapes = tuple(shapes(context))
        if not any(known.KEEP_COLUMN in one.columns for one in known_shapes):
            yield from _customer_fault(context, known_shapes)

    return check


def _customer_fault(context: Context, known_shapes: tuple[Shape, ...]) -> Iterator[Fault]:
    owner, reason = billing_owner(context.schema.tables), billing_line(context)
    lines = (*((line_of(owner),) if owner else ()), *((reason,) if reason else ()))
    near = next(
        (one for one in known_shapes if on_users(one) and one.any("stripe_id", "stripe_customer")), None
    )
    if not lines:
        return
    name = owner.name if owner else "users"
    fault = Fault(
        subject=f"{name}.{context.customer}",
        evidence=lines,
        words={"table": name, "customer": context.customer},
        table=owner,
        unread=next(iter(owner.unread), None) if owner else None,
    )
    weight = Severity.RECOMMEND if near else None
    said = context.uses_stripe and reason  # a package alone does not say that this app's users pay
    yield replace(fault, severity=weight if said else Severity.NOTE)


def billing_line(context: Context) -> Evidence | None:
    """The line that says that the app charges."""
    vision = context.survey.vision
    for statement in (vision.business_model, *vision.tiers):
        if statement:
            return statement.evidence
    return next((line.evidence for line in context.lines if line.has("stripe") and not line.later), None)


def require_usage_table() -> Check:
    """An app with quotas must count usage in a table of its own; a planned one is cited."""

    def check(context: Context) -> Iterator[Fault]:
        vision = context.survey.vision
        quotas = [quota.evidence for tier in vision.tiers for quota in tier.quotas]
        counted = any(USAGE_TABLE.search(one.name) for one in shapes(context))
        if quotas and context.bills and context.schema.tables and not counted:
            planned = [one.evidence for one in vision.billing_tables if USAGE_TABLE.search(one.text)]
            yield Fault(subject="usage_tracking", evidence=tuple(dict.fromkeys((quotas[0], *planned))))

    return check
