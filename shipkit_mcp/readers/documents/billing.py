"""Turns the business sections of the documents into what the app charges and the billing tables it plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from shipkit_mcp.facts import PrepDoc, Section, Statement, Tier
from shipkit_mcp.readers.documents import words
from shipkit_mcp.readers.markdown_labels import Labelled, bullets, labelled, subtree
from shipkit_mcp.readers.markdown_text import codes, fold, spoken


def _said(document: PrepDoc, text: str, line: int) -> Statement:
    return Statement(text=spoken(text), evidence=document.source.at(line - 1))


def _business_sections(document: PrepDoc) -> Iterator[Section]:
    """Sections about money, each once, with everything below them."""
    seen: set[int] = set()
    for at, section in enumerate(document.sections):
        if section.level and words.BUSINESS.fullmatch(section.key):
            for inner in subtree(document.sections, at):
                if inner.line not in seen:
                    seen.add(inner.line)
                    yield inner


def read_business(documents: Iterable[PrepDoc]) -> tuple[Statement | None, bool | None]:
    """(the business model as stated, whether the app charges; None where the documents do not say)."""
    for document in documents:
        for section in _business_sections(document):
            for pair in labelled(section.blocks):
                if pair.key in words.MODEL_TYPE and pair.value:
                    return _said(document, pair.value, pair.line), _charges(pair.said)
    return None, None


def _charges(text: str) -> bool | None:
    if words.NO_CHARGE.search(text):
        return False
    return True if words.CHARGE.search(text) or words.PRICE.search(text) else None


def read_tiers(documents: Iterable[PrepDoc]) -> tuple[Tier, ...]:
    """Price tiers with their quotas; of the same tier in two documents, the one with more quotas."""
    found: dict[str, Tier] = {}
    for document in documents:
        for section in _business_sections(document):
            for pair in labelled(section.blocks):
                tier = _tier(document, pair)
                if tier is None:
                    continue
                known = found.get(fold(tier.name))
                if known is None or len(tier.quotas) > len(known.quotas):
                    found[fold(tier.name)] = tier
    return tuple(found.values())


def _tier(document: PrepDoc, pair: Labelled) -> Tier | None:
    price = words.PRICE.search(f"{pair.note} {pair.label}") or words.PRICE.match(pair.value)
    name = _tier_name(pair, priced=bool(price or words.FREE.search(pair.note)))
    if name is None:
        return None
    items = bullets(pair.blocks)
    quotas = [_said(document, block.text, block.line) for block in items]
    if not items:
        quotas = [_said(document, part, pair.line) for part in pair.said.split(",") if part.strip()]
    return Tier(
        name=name,
        price=price[0] if price else None,
        quotas=tuple(quotas),
        evidence=document.source.at(pair.line - 1),
    )


def _tier_name(pair: Labelled, *, priced: bool) -> str | None:
    """The tier a label names: "Pro Tier", "Piano Pro", or a short name with its price behind it."""
    named = words.TIER.fullmatch(pair.label)
    if pair.mark != "bold":
        return None
    if named and (named["before"] or named["after"]):
        return str(named["before"] or named["after"]).strip()
    short = words.PRICE.sub("", pair.label).strip(" -–—()")
    return short if priced and pair.note and 1 <= len(short.split()) <= 3 else None


def read_billing_tables(documents: Sequence[PrepDoc]) -> tuple[Statement, ...]:
    """Bullets of a billing section that plan a table, such as "`user_subscriptions` table: plan_tier"."""
    return tuple(
        _said(document, block.text, block.line)
        for document in documents
        for section in _business_sections(document)
        for pair in labelled(section.blocks)
        if pair.key in words.BILLING_TABLES
        for block in bullets(pair.blocks)
        if codes(block.text)
    )
