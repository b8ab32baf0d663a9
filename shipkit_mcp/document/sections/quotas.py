"""What the documents' price tiers limit: jobs, and the resources that jobs use up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shipkit_mcp.facts import Statement, Tier, Vision

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

Quotas = list[tuple[Tier, Statement]]
"""Quotas with the tier that states them."""


def charges(vision: Vision) -> bool:
    """Whether the documents say that the app takes money."""
    return bool(vision.tiers or vision.billing_tables) if vision.bills is None else vision.bills


def resources(vision: Vision) -> dict[str, Quotas]:
    """What the tiers limit, by resource, in the order in which the documents name it."""
    found: dict[str, Quotas] = {}
    for tier in vision.tiers:
        for quota in tier.quotas:
            for name in _named(quota.text):
                found.setdefault(name, []).append((tier, quota))
    return found


def job_quotas(vision: Vision) -> Quotas:
    """Of each tier the first amount that is of no resource: how many jobs it allows."""
    found: Quotas = []
    for tier in vision.tiers:
        amounts = [one for one in tier.quotas if _AMOUNT.search(one.text) and not _named(one.text)]
        found += [(tier, one) for one in amounts[:1]]
    return found


def _named(text: str) -> list[str]:
    if not _AMOUNT.search(text):
        return []
    return [name for name, words in RESOURCES.items() if re.search(words, text, re.IGNORECASE)]
