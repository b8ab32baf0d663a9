"""Quotas by jobs and resources, as this app's documents state them, apart from Stripe."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.words import at, code, counted, fenced, listed, one_line, quoted, said, shorten
from shipkit_mcp.facts import Role, Statement, Tier, Vision
from shipkit_mcp.findings import Severity
from shipkit_mcp.patterns.stripe import KEEP_COLUMN

TITLE = "📊 Usage Tracking Pattern"
USAGE_NAME = re.compile(r"(?:^|_)(?:usage|quotas?)(?:_|$)")

RESOURCES: Mapping[str, str] = {
    "minutes": r"\b(?:min|mins|minutes?|minutos?|minut[io])\b",
    "hours": r"\b(?:hours?|horas?|ore|heures?)\b",
    "storage_gb": r"\b(?:GB|gigabytes?|Go)\b|\bstorage\b",
    "storage_mb": r"\b(?:MB|megabytes?)\b",
    "api_calls": r"\bapi[- ](?:calls?|requests?)\b",
    "credits": r"\b(?:credits?|cr[eé]ditos?|crediti)\b",
    "tokens": r"\btokens?\b",
    "images": r"\b(?:images?|im[aá]genes|immagini)\b",
    "videos": r"\bvideos?\b",
    "pages": r"\b(?:pages?|p[aá]ginas?|pagine)\b",
    "words": r"\b(?:words?|palabras?|parole)\b",
    "emails": r"\be-?mails?\b",
    "messages": r"\b(?:messages?|mensajes?|messaggi)\b",
    "exports": r"\bexports?\b",
    "uploads": r"\buploads?\b",
    "sites": r"\b(?:web)?sites?\b",
    "projects": r"\bprojects?\b",
    "seats": r"\b(?:seats?|team members?|users?)\b",
}
"""What a quota may limit, by the name its columns would have. Data, so that a unit is one row."""
_AMOUNT = re.compile(r"\d|\b(?:unlimited|ilimitad[oa]s?|illimitat[oiae]|illimit[ée]e?s?)\b", re.IGNORECASE)

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


def charges(vision: Vision) -> bool:
    """Whether the documents say that the app takes money."""
    return bool(vision.tiers or vision.billing_tables) if vision.bills is None else vision.bills


def no_billing(vision: Vision) -> str:
    """One sentence why there is no usage to track."""
    if vision.bills is False:
        why = f": {said(vision.business_model)}" if vision.business_model else "."
        return f"The documents say that this app does not charge, so no quota is needed{why}"
    return "No planning document says that this app charges, so no quota or usage table is planned."


def resources(vision: Vision) -> dict[str, list[tuple[Tier, Statement]]]:
    """What the tiers limit, by resource, in the order in which the documents name it."""
    found: dict[str, list[tuple[Tier, Statement]]] = {}
    for tier in vision.tiers:
        for quota in tier.quotas:
            for name in _named(quota.text):
                found.setdefault(name, []).append((tier, quota))
    return found


def _named(text: str) -> list[str]:
    if not _AMOUNT.search(text):
        return []
    return [name for name, words in RESOURCES.items() if re.search(words, text, re.IGNORECASE)]


def _pattern(material: Material) -> list[str]:
    vision, owner = material.survey.vision, _owner(material)
    tiers = ", ".join(_plain(one.name) for one in vision.tiers)
    lines = [
        "// Job-based limits, apart from Stripe",
        "usage_tracking {",
        f"  {owner}: uuid",
        "  month: date",
        "",
    ]
    lines += ["  // Job quota (primary enforcement)", "  jobs_count: integer"]
    lines += [f"  jobs_limit: integer  // Tier-based{': ' + tiers if tiers else ''}"]
    limited = resources(vision)
    lines += ["", "  // Resource consumption (this app's)"] if limited else []
    for name, quotas in limited.items():
        limits = "; ".join(
            f"{_plain(tier.name)}: {_plain(quota.text)} ({quota.evidence})" for tier, quota in quotas
        )
        lines += [f"  {name}_consumed: integer", f"  {name}_limit: integer  // {limits}"]
    return fenced([*lines, "}"], "typescript")


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
    holders = [material.column(name, KEEP_COLUMN) for name in names if _holds(material, name)]
    if holders:
        tables = [code(name) for name in names if _holds(material, name)]
        where = [f"{column} in {table}" for table, column in zip(tables, holders, strict=True)]
        yield f"- Stored: {listed(where)}, and nothing else of Stripe"
    else:
        yield f"- No table has {KEEP_COLUMN} yet: it is the only thing of Stripe to store, beside the user"
    rejected = [
        one for one in material.plan.findings if one.severity is Severity.REJECT and not one.accepted_by
    ]
    if rejected:
        yield f"- ❌ {counted(len(rejected), 'rejected pattern')} to put right, see Findings Open"


def _holds(material: Material, table: str) -> bool:
    stands = material.column_place(table, KEEP_COLUMN) is not None
    return stands or (table in material.target and material.target[table].column(KEEP_COLUMN) is not None)
