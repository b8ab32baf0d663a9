"""A workflow -> its kinds, each with the lines that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shipkit_mcp.facts import DeclaredTable, Evidence, Statement, Workflow
from shipkit_mcp.findings import KindMatch
from shipkit_mcp.patterns.kinds import ENOUGH, KINDS, SHARE, UNCLASSIFIED, Kind

_CUES = {
    kind.id: tuple(
        (re.compile(rf"(?<![^\W_])(?:{word})", re.IGNORECASE), cue.weight)
        for cue in kind.cues
        for word in cue.words
    )
    for kind in KINDS
}
_LINES = 4
"""How many lines a kind is shown with."""


def classify(workflow: Workflow, tables: Sequence[DeclaredTable]) -> tuple[KindMatch, ...]:
    """The kinds a workflow is of, most certain first; empty where none is said clearly enough."""
    lines = tuple(_lines(workflow, tables))
    scored = sorted((_score(kind, lines) for kind in KINDS), key=lambda one: -one[0])
    best = scored[0][0]
    if best < ENOUGH:
        return ()
    return tuple(match for points, match in scored if points >= max(ENOUGH, best * SHARE))


def kind_ids(matches: Sequence[KindMatch]) -> tuple[str, ...]:
    """The ids, or ``unclassified``: never empty."""
    return tuple(match.kind for match in matches) or (UNCLASSIFIED,)


def _lines(workflow: Workflow, tables: Sequence[DeclaredTable]) -> Iterator[tuple[str, Evidence]]:
    yield f"{workflow.title} {workflow.name}", workflow.evidence
    for said in (workflow.purpose, workflow.trigger):
        if said is not None:
            yield said.text, said.evidence
    for statement in _statements(workflow):
        yield statement.text, statement.evidence
    for task in workflow.tasks:
        if not task.deprecated:
            yield f"{task.id} {task.description or ''}", task.evidence
    for table in tables:
        yield from ((column.name, column.evidence) for column in table.columns if not column.legacy)


def _statements(workflow: Workflow) -> tuple[Statement, ...]:
    return (*workflow.inputs, *workflow.outputs)


def _score(kind: Kind, lines: Sequence[tuple[str, Evidence]]) -> tuple[int, KindMatch]:
    points = 0
    evidence: dict[str, Evidence] = {}
    everything = "\n".join(text for text, _ in lines)  # most cues are in none: one look tells
    for cue, weight in _CUES[kind.id]:
        told = lines if cue.search(everything) else ()
        hit = next((where for text, where in told if cue.search(text)), None)
        if hit is not None:
            points += weight
            evidence.setdefault(str(hit), hit)
    return points, KindMatch(kind=kind.id, evidence=tuple(evidence.values())[:_LINES])
