"""Narrative -> places that do not exist and names that are wrong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Plan
from shipkit_mcp.patterns.reserved import FILE_ENDINGS
from shipkit_mcp.plan.nearest import is_one_edit, suggest

PLACES = ("end_goal", "advantage", "next_steps")
LONGEST = 4000
_PAIR = re.compile(r"(?<![\w./-])([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)(?![\w(/-]|\.\w)")
_SNAKE = re.compile(r"(?<![\w./-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w(])")
_TICKED = re.compile(r"`([^`\n]{1,120})`")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")


@dataclass(frozen=True)
class Names:
    """Everything that prose may name."""

    tables: Mapping[str, frozenset[str]]
    """Tables with their columns, existing and planned."""
    words: frozenset[str]
    """All of these and the project's other names."""
    workflows: frozenset[str]
    decisions: frozenset[str]


def known_names(survey: Survey, plan: Plan) -> Names:
    """The names of a project as it is and as planned."""
    tables: dict[str, set[str]] = {}
    for table in (*survey.schema.tables, *plan.target.tables):
        tables.setdefault(table.name, set()).update(one.name for one in table.columns)
    workflows = {one.name for one in plan.workflows}
    words = {*tables, *workflows, *(name for names in tables.values() for name in names)}
    words |= {one.table for one in plan.undeclared}
    for schema in (survey.schema, plan.target):
        words |= {one.name for one in schema.enums} | {one.name for one in schema.views}
    words |= {value for one in plan.target.enums for value in one.values}
    words |= {value for t in plan.target.tables for c in t.columns for value in c.enum_values or ()}
    words |= {
        value for one in plan.workflows for value in (*one.statuses, *(name for name, _ in one.payload))
    }
    words |= {
        name
        for one in survey.workflows
        for t in one.tables
        for name in (t.name, *(c.name for c in t.columns))
    }
    return Names(
        {name: frozenset(columns) for name, columns in tables.items()},
        frozenset(words),
        frozenset(workflows),
        frozenset(one.id for one in plan.decisions),
    )


def check_narrative(narrative: Mapping[str, str], names: Names) -> Iterator[str]:
    """What must be put right before the prose can be rendered."""
    for place, text in narrative.items():
        yield from _check_place(place, names)
        if len(text) > LONGEST:
            yield f"The prose for `{place}` has {len(text)} letters; keep it under {LONGEST}."
        yield from (f"The prose for `{place}` {wrong}" for wrong in _wrong_names(text, names))


def _check_place(place: str, names: Names) -> Iterator[str]:
    kind, _, name = place.partition(".")
    known = {"table": names.tables.keys(), "workflow": names.workflows, "decision": names.decisions}
    if place in PLACES:
        return
    if kind not in known or not name:
        places = ", ".join(f"`{one}`" for one in (*PLACES, "table.NAME", "workflow.NAME", "decision.ID"))
        yield f"`{place}` is no place for prose. Places are {places}."
    elif name not in known[kind]:
        yield f"`{place}` names no {kind} of this plan. {suggest(name, known[kind])}"


def _wrong_names(text: str, names: Names) -> Iterator[str]:
    told: set[str] = set()
    for table, column in _PAIR.findall(text):
        wrong = f"{table}.{column}"
        columns = names.tables.get(table)
        if columns is None or column in columns or column in FILE_ENDINGS or wrong in told:
            continue
        told |= {wrong, column}
        yield f"names `{wrong}`, which does not exist. {suggest(column, columns)}"
    for word in _SNAKE.findall(text):
        close = None if word in names.words or word in told else is_one_edit(word, names.words)
        if close:
            told.add(word)
            yield f"names `{word}`, which does not exist. Did you mean `{close}`?"


def warn_narrative(narrative: Mapping[str, str], names: Names) -> Iterator[str]:
    """Words in backticks that nothing in the project is called."""
    for place, text in narrative.items():
        for word in dict.fromkeys(_TICKED.findall(text)):
            parts = set(word.split("."))
            if _NAME.fullmatch(word) and "_" in word and word not in names.words and not parts <= names.words:
                yield f"The prose for `{place}` names `{word}`, which is neither in the schema nor planned."
