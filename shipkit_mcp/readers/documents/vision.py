"""Turns the master idea, the pages blueprint and the wireframe into what the app is for and who uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from shipkit_mcp.facts import Block, BlockKind, DocKind, PrepDoc, Section, Statement, Vision
from shipkit_mcp.readers.documents import words
from shipkit_mcp.readers.documents.billing import read_billing_tables, read_business, read_tiers
from shipkit_mcp.readers.documents.pages import read_pages
from shipkit_mcp.readers.documents.template import TEMPLATE_LABELS
from shipkit_mcp.readers.markdown_labels import bullets, pairs, subtree
from shipkit_mcp.readers.markdown_text import fold, spoken

_ORDER = (DocKind.MASTER_IDEA, DocKind.APP_PAGES, DocKind.WIREFRAME, DocKind.WORKFLOW_INDEX)
_NAMED_IDEA = re.compile(r"master idea(?: document)?\s*[:–—-]\s*(.{2,80})", re.IGNORECASE)
_NOT_A_USER = frozenset({"system administrators"})


def read_vision(documents: Sequence[PrepDoc]) -> Vision:
    """What the documents say of the app. Left-over documents count only where there are no others."""
    usable = [one for one in documents if one.kind in _ORDER and not one.boilerplate]
    told = sorted(usable, key=lambda one: _ORDER.index(one.kind))
    model, bills = read_business(told)
    tiers = read_tiers(told)
    return Vision(
        app_name=_app_name(told),
        end_goal=_sentence(told, words.END_GOAL),
        problem=_sentence(told, words.PROBLEM),
        value=_sentence(told, words.VALUE),
        users=tuple(_users(told)),
        functions=tuple(_functions(told, background=False)),
        stories=tuple(_stories(told, background=False)),
        features=tuple(_features(told)),
        background_jobs=(*_stories(told, background=True), *_functions(told, background=True)),
        business_model=model,
        bills=True if bills is None and any(tier.price for tier in tiers) else bills,
        tiers=tiers,
        billing_tables=read_billing_tables(told),
        template=_sentence(told, TEMPLATE_LABELS),
        pages=read_pages(told),
    )


def said(document: PrepDoc, text: str, line: int) -> Statement:
    """A statement at a line of a document."""
    return Statement(text=spoken(text), evidence=document.source.at(line - 1))


def _app_name(documents: Sequence[PrepDoc]) -> Statement | None:
    for document in documents:
        for section in document.sections[:2]:
            if found := _NAMED_IDEA.search(section.title):
                return said(document, found[1], section.line)
    for document in documents:
        for pair in pairs(document.sections):
            if pair.key in words.APPLICATION and pair.value and pair.mark == "bold":
                return said(document, re.split(r"\s[-–—]\s", pair.said)[0], pair.line)
    return None


def _sentence(documents: Iterable[PrepDoc], keys: frozenset[str]) -> Statement | None:
    """The first paragraph below such a heading, or the value of such a label."""
    for document in documents:
        for section in document.sections:
            block = next((one for one in section.blocks if one.kind is not BlockKind.FENCE), None)
            if section.key in keys and block:
                return said(document, block.text, block.line)
        for pair in pairs(document.sections):
            if pair.key in keys and pair.value:
                return said(document, pair.value, pair.line)
    return None


def _below(document: PrepDoc, pattern: re.Pattern[str]) -> Iterator[tuple[Section, Section]]:
    """(the section that matches, each section from it downwards)."""
    for at, section in enumerate(document.sections):
        if section.level and pattern.fullmatch(section.key):
            for inner in subtree(document.sections, at):
                yield section, inner


_USERS = re.compile("|".join(re.escape(key) for key in sorted(words.USERS)))


def _users(documents: Iterable[PrepDoc]) -> Iterator[Statement]:
    """Headings below "All User Types", else the "Target Users" line."""
    for document in documents:
        found = [
            said(document, inner.title, inner.line)
            for section, inner in _below(document, _USERS)
            if inner.level == section.level + 1
        ]
        if found:
            yield from found
            return
    target = _sentence(documents, words.USERS)
    if target:
        yield target


def _functions(documents: Iterable[PrepDoc], *, background: bool) -> Iterator[Statement]:
    """Bullets below a role; the role stands before each, the background ones stand alone."""
    for document in documents:
        for section, inner in _below(document, words.FUNCTIONS):
            role = inner.title if inner is not section else ""
            for block in bullets(inner.blocks):
                if block.depth == 0 and _is_role(inner.blocks, block):
                    role = spoken(block.text).rstrip(":")
                elif bool(words.BACKGROUND.fullmatch(fold(role))) == background:
                    text = spoken(block.text)
                    yield said(document, text if background or not role else f"{role}: {text}", block.line)


def _is_role(blocks: Sequence[Block], block: Block) -> bool:
    following = blocks[blocks.index(block) + 1 :]
    return block.text.startswith("**") and bool(following) and following[0].depth > block.depth


def _stories(documents: Iterable[PrepDoc], *, background: bool) -> Iterator[Statement]:
    for document in documents:
        for section, inner in _below(document, words.STORIES):
            is_background = inner is not section and bool(words.BACKGROUND.fullmatch(inner.key))
            if is_background == background:
                yield from (
                    said(document, block.text, block.line)
                    for block in bullets(inner.blocks)
                    if block.depth == 0
                )


def _features(documents: Iterable[PrepDoc]) -> Iterator[Statement]:
    for document in documents:
        for _, inner in _below(document, words.FEATURES):
            yield from (
                said(document, block.text, block.line) for block in bullets(inner.blocks) if block.depth == 0
            )
