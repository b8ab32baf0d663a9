"""Checks on what documents say of billing, usage, errors and progress."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from shipkit_mcp.facts import BlockKind
from shipkit_mcp.findings import Severity
from shipkit_mcp.rules import words
from shipkit_mcp.rules.billing import billing_line
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.prose import Line
from shipkit_mcp.rules.rule import Check, Fault

Notices = Callable[[Line], bool]
MOST_LINES = 5
"""So many lines of one section are cited; the first is enough to find the rest."""


def forbid_promise(
    *patterns: re.Pattern[str], near: tuple[str, ...], about: Notices = lambda _: True
) -> Check:
    """No document may plan this: one finding a section; a line that rules it out does not count.

    Every such line holds one of the words of ``near``: only these are read.
    """

    def check(context: Context) -> Iterator[Fault]:
        lines = context.lines_with(*near)
        found = (one for one in lines if any(one.claims(pattern) for pattern in patterns))
        return (_section_fault(lines) for lines in _by_section(one for one in found if about(one)))

    return check


def _by_section(lines: Iterable[Line]) -> Iterator[list[Line]]:
    sections: dict[tuple[str, int], list[Line]] = {}
    for line in lines:  # of a document that follows ours, one finding is enough
        sections.setdefault((line.document.path, -1 if line.later else line.section.line), []).append(line)
    return iter(sections.values())


def _section_fault(lines: list[Line]) -> Fault:
    first = lines[0]
    return Fault(
        subject=f"{first.document.path}#{first.section.title or 'top'}",
        evidence=tuple(dict.fromkeys(one.evidence for one in lines[:MOST_LINES])),
        words={"section": first.section.title, "document": first.document.path},
        severity=Severity.NOTE if first.later else None,
    )


def of_stripe(line: Line) -> bool:
    """Whether a line is about money: its own words, its heading or what introduces it say so."""
    return bool(words.MONEY.search(line.around()))


def of_stripe_itself(line: Line) -> bool:
    """The same, without what stands further above."""
    return bool(words.MONEY.search(f"{line.section.title} {line.text}"))


def of_webhooks(line: Line) -> bool:
    """Whether a line, or what stands above it, speaks of Stripe or of webhooks."""
    return bool(words.WEBHOOKS.search(line.around()))


def of_a_plan(line: Line) -> bool:
    """Whether a document plans a table or column here: a name in code marks, code, or a word for table."""
    return line.kind is BlockKind.FENCE or bool(words.PLANS_TABLE.search(line.text))


def forbid_mirror() -> Check:
    """No document may plan a table that mirrors Stripe; where another line says so, both are cited."""

    def check(context: Context) -> Iterator[Fault]:
        built = {one.name for one in context.schema.tables}
        against = tuple(one.evidence for one in _says_otherwise(context))
        for name, lines in _named(context, words.MIRRORS, words.MIRROR_NAMES).items():
            if name not in built:
                fault = _named_fault(name, lines, customer=context.customer)
                yield replace(fault, evidence=tuple(dict.fromkeys((*fault.evidence, *against))))

    return check


def forbid_state() -> Check:
    """No document may plan columns that copy the subscription (apart from a mirror table's own)."""

    def check(context: Context) -> Iterator[Fault]:
        for name, lines in _named(context, words.STATES, words.NAMED).items():
            apart = [one for one in lines if not words.MIRRORS.search(one.text)]
            if apart:
                yield _named_fault(name, apart)

    return check


def _named(context: Context, pattern: re.Pattern[str], near: tuple[str, ...]) -> dict[str, list[Line]]:
    """What the documents plan of these names, and where."""
    named: dict[str, list[Line]] = {}
    for line in context.lines_with(*near):
        found = line.claims(pattern)
        if found and of_a_plan(line) and of_stripe(line):
            named.setdefault(found[found.lastindex or 0], []).append(line)
    return named


def _named_fault(name: str, lines: list[Line], **more: str) -> Fault:
    return replace(
        _section_fault(sorted(lines, key=lambda one: one.later)),
        subject=name,
        words={"what": name, "document": lines[0].document.path, **more},
    )


def _says_otherwise(context: Context) -> tuple[Line, ...]:
    spoken = (one for one in context.lines_with("stripe", "subscription") if not one.later)
    return tuple(one for one in spoken if words.OTHERWISE.search(one.text))[:1]


def forbid_billing_pages() -> Check:
    """No document may plan pages that do what Stripe's portal does."""

    def check(context: Context) -> Iterator[Fault]:
        for lines in _by_section(one for one in context.lines_with(*words.PAGES) if _of_billing_pages(one)):
            fault = _section_fault(lines)
            linked = words.PORTAL.search(lines[0].document.source.text)
            yield replace(fault, severity=fault.severity or (Severity.REQUIRE if linked else None))

    return check


def _of_billing_pages(line: Line) -> bool:
    """An app may have invoices of its users' making; these are about what the app charges."""
    if not line.claims(words.BILLING_UI) or words.PORTAL.search(line.text):
        return False
    text = " ".join((line.section.title, *(block.text for block in line.section.blocks)))
    return bool(words.OWN_BILLING.search(text))


def require_promise(pattern: re.Pattern[str]) -> Check:
    """The documents of an app that bills must say this somewhere."""

    def check(context: Context) -> Iterator[Fault]:
        reason = billing_line(context)
        if not context.bills or reason is None:
            return
        if not any(pattern.search(line.text) for line in context.lines_with(*words.PORTALS)):
            weight = None if context.uses_stripe else Severity.NOTE
            yield Fault(subject=reason.path, evidence=(reason,), severity=weight)

    return check


def forbid_stack_traces() -> Check:
    """What a user reads must not be a stack trace; logging one is fine."""
    return forbid_promise(
        words.STACKS, near=("stack",), about=lambda line: not words.FOR_US.search(line.text)
    )


def require_progress() -> Check:
    """A workflow's own document must say how its tasks report progress."""

    def check(context: Context) -> Iterator[Fault]:
        texts = {one.path: one.source.text for one in context.survey.documents}
        for workflow in context.survey.workflows:
            told = workflow.progress or words.REPORTS.search(texts.get(workflow.path, ""))
            if workflow.source in ("file", "section") and not told:
                yield Fault(
                    subject=workflow.name,
                    evidence=(workflow.evidence,),
                    words={"workflow": workflow.title},
                )

    return check
