"""What a known choice is made of: when a project poses it, and what its own facts say for each side."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shipkit_mcp.facts import Evidence, Survey, Table
from shipkit_mcp.findings import Decision, Finding, Option, TableMapping, TableNote, WorkflowMapping
from shipkit_mcp.plan.style import Style


@dataclass(frozen=True)
class Case:
    """Everything a choice may look at."""

    survey: Survey
    mappings: tuple[WorkflowMapping, ...]
    findings: tuple[Finding, ...]
    removable: tuple[TableNote, ...]
    style: Style

    def built(self, mapping: TableMapping) -> Table | None:
        """The schema's table that plays this part."""
        return self.survey.schema.table(mapping.existing or mapping.table)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """That a project poses a choice: its facts, who is affected, what speaks for which option."""

    facts: Mapping[str, str]
    """Words for the blanks of the row; a line whose blank has no word is left out."""
    recommended: str
    affects: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One option of a choice, with blanks for the project's facts."""

    id: str
    title: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    because: str
    """What follows "I recommend ... because" where this side is recommended."""
    answers: tuple[str, ...] = ()
    """Rules whose findings are accepted once somebody chose this side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One known choice."""

    id: str
    pose: Callable[[Case], Posed | None]
    question: str
    problem: str
    sides: tuple[Side, ...]
    key: bool = True
    """Whether it may stand among the key decisions."""


def decide(choice: Choice, posed: Posed, chosen: str | None) -> Decision:
    """The choice with this project's facts filled in."""
    known = {side.id for side in choice.sides}
    recommended = next(side for side in choice.sides if side.id == posed.recommended)
    title = fill(recommended.title, posed.facts) or ""
    return Decision(
        id=choice.id,
        question=fill(choice.question, posed.facts) or choice.question,
        problem=fill(choice.problem, posed.facts) or "",
        options=tuple(_option(side, posed.facts) for side in choice.sides),
        recommended=posed.recommended,
        why=f"I recommend {_inside(title)} because {fill(recommended.because, posed.facts)}.",
        affects=posed.affects,
        chosen=chosen if chosen in known else None,
        evidence=posed.evidence,
    )


def fill(text: str, facts: Mapping[str, str]) -> str | None:
    """The text with its blanks filled; None where a fact is missing."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    if any(not facts.get(name) for name in names):
        return None
    return text.format_map(facts)


def _option(side: Side, facts: Mapping[str, str]) -> Option:
    return Option(
        id=side.id,
        title=fill(side.title, facts) or side.title,
        pros=_lines(side.pros, facts),
        cons=_lines(side.cons, facts),
    )


def _lines(texts: tuple[str, ...], facts: Mapping[str, str]) -> tuple[str, ...]:
    filled = (fill(text, facts) for text in texts)
    return tuple(line for line in filled if line)


def _inside(title: str) -> str:
    """A title inside a sentence."""
    plain = title[:1].isupper() and title[1:2].islower()
    return title[:1].lower() + title[1:] if plain else title
