"""Quotas by jobs and resources, as this app's documents state them, apart from Stripe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.sections.quotas import charges, job_quotas, resources
from shipkit_mcp.document.words import at, code, counted, fenced, listed, one_line, quoted, said, shorten
from shipkit_mcp.facts import Role, Vision
from shipkit_mcp.findings import Severity
from shipkit_mcp.mapping.lookups import column_named
from shipkit_mcp.patterns.stripe import KEEP_COLUMN

TITLE = "📊 Usage Tracking Pattern"
USAGE_NAME = re.compile(r"(?:^|_)(?:usage|quotas?)(?:_|$)")

STRIPE = """\
- Check subscriptions by asking the Stripe API in real time; nothing of a subscription is stored
- Link to the Stripe Customer Portal for all billing management
- Usage is counted in your own tables, apart from Stripe
"""


def render_usage_tracking(material: Material) -> Iterator[str]:
    yield from (f"## {TITLE}", "")
    vision = material.survey.vision
    if not charges(vision):
        yield from (no_billing(vision), "")
        yield from _tables(material)
        return
    yield from ("### Job-Based Quota Enforcement", "", *_pattern(material), "")
    yield from (*(_tables(material) or [_OPTION, ""]),)
    yield from ("### Tier-Based Restrictions", "", *_tiers(vision))
    yield from ("### Stripe as Single Source of Truth", "", *_stripe(material), *STRIPE.split("\n"))


_OPTION = (
    "The monthly table is the mission's pattern and an option, not planned here: an event log, or limits "
    "kept in code, serve as well."
)


def no_billing(vision: Vision) -> str:
    """One sentence why there is no usage to track."""
    if vision.bills is False:
        why = f": {said(vision.business_model)}" if vision.business_model else "."
        return f"The documents say that this app does not charge, so no quota is needed{why}"
    return "No planning document says that this app charges, so no quota or usage table is planned."


def _pattern(material: Material) -> list[str]:
    """The app's own usage tables as they stand or are planned, else the mission's pattern for this app."""
    limits = _limits(material.survey.vision)
    own = [line for name in usage_tables(material) for line in _own(material, name, limits)]
    return fenced(own or _monthly(material, limits), "typescript")


def _limits(vision: Vision) -> dict[str, str]:
    """What each column that ends in ``_limit`` holds, tier by tier, each with its line."""
    quotas = {"jobs": job_quotas(vision), **resources(vision)}
    return {
        name: "; ".join(f"{_plain(tier.name)}: {_plain(one.text)} ({one.evidence})" for tier, one in some)
        for name, some in quotas.items()
    }


def _own(material: Material, name: str, limits: Mapping[str, str]) -> Iterator[str]:
    table = material.target.get(name) or material.existing.get(name)
    yield f"{_plain(name)} {{  // {'as it is' if name in material.existing else 'planned'}"
    for column in table.columns if table else ():
        limit = limits.get(_limited_by(column.name, limits))
        yield f"  {_plain(column.name)}: {_plain(column.type)}" + (f"  // {limit}" if limit else "")
    yield "}"


def _limited_by(column: str, limits: Mapping[str, str]) -> str:
    """The quota that a column of a usage table holds or counts towards, by its name."""
    if column.endswith("_limit"):
        return column.removesuffix("_limit")
    counted_by = (name for name in limits if column.startswith(f"{name}_"))
    return next(counted_by, "jobs" if column.endswith("_count") else "")


def _monthly(material: Material, limits: Mapping[str, str]) -> Iterator[str]:
    yield from ("// Job-based limits, apart from Stripe", "usage_tracking {")
    yield from (f"  {_owner(material)}: uuid", "  month: date", "", "  // Job quota (primary enforcement)")
    yield from ("  jobs_count: integer", f"  jobs_limit: integer  // Tier-based. {limits['jobs']}".rstrip())
    for name, limit in limits.items():
        if name != "jobs":
            yield from ("", f"  {name}_consumed: integer", f"  {name}_limit: integer  // {limit}")
    yield "}"


def _owner(material: Material) -> str:
    owners = {one.owner for one in material.plan.workflows if one.owner}
    return owners.pop() if len(owners) == 1 else "user_id"


def _plain(text: str) -> str:
    return shorten(one_line(text).replace("**", "").replace("`", ""), 100)


def usage_tables(material: Material) -> list[str]:
    """Tables that count usage, existing or planned."""
    names = [*material.existing, *sorted(material.planned - set(material.existing))]
    return [name for name in names if counts_use(material, name) and name not in material.removed]


def counts_use(material: Material, name: str) -> bool:
    """Whether a table counts usage: by its role, else by its name."""
    further = material.further.get(name)
    roles = {mapping.role for _, mapping in material.uses(name)} | ({further.role} if further else set())
    return Role.USAGE in roles or USAGE_NAME.search(name) is not None


def _tables(material: Material) -> list[str]:
    tables = usage_tables(material)
    lines = [f"- {material.table(name)} - {material.purpose(name)}" for name in tables]
    return ["Tables of this app that count usage:", "", *lines, ""] if lines else []


def _tiers(vision: Vision) -> Iterator[str]:
    for tier in vision.tiers:
        price = f" ({quoted(tier.price, 60)})" if tier.price else ""
        yield from (f"**{quoted(tier.name, 60)}{price}:**{at([tier.evidence])}", "")
        yield from ([f"- {said(one)}" for one in tier.quotas] or ["- no quota stated"])
        yield ""
    if not vision.tiers:
        yield from ("The documents name no tiers.", "")


def _stripe(material: Material) -> Iterator[str]:
    names = [*material.existing, *sorted(material.planned)]
    held = [(name, column) for name in names if (column := _holder(material, name))]
    if held:
        where = [f"{material.column(name, column)} in {code(name)}" for name, column in held]
        yield f"- Stored: {listed(where)}, and nothing else of Stripe"
    else:
        yield f"- No table has {KEEP_COLUMN} yet: it is the only thing of Stripe to store, beside the user"
    rejected = [
        one for one in material.plan.findings if one.severity is Severity.REJECT and not one.accepted_by
    ]
    if rejected:
        yield f"- ❌ {counted(len(rejected), 'rejected pattern')} to put right, see Findings Open"


def _holder(material: Material, table: str) -> str | None:
    """The column that keeps the customer, as the table spells it."""
    tables = (material.existing.get(table), material.target.get(table))
    return next((found.name for one in tables if (found := column_named(one, KEEP_COLUMN))), None)
