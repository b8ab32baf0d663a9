"""Scores what mapping proposes against what was truly built.

``python tests/bench/score_built.py BUILT.yaml COMMIT=FOLDER ...``: BUILT.yaml lists workflows with their
built tables, FOLDER holds the planning documents of that commit. The schema beside them is not shown to the
mapping, so that documents and mission alone are scored. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shipkit_mcp.facts import Schema, Survey
from shipkit_mcp.findings import Origin, WorkflowMapping
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.mapping.names import singular, to_snake
from shipkit_mcp.patterns.columns import JOB_COLUMNS
from shipkit_mcp.patterns.near import plays
from shipkit_mcp.project import find_documents, open_project
from shipkit_mcp.readers.documents import read_documents
from shipkit_mcp.readers.workflows import read_workflows

ROLES = ("jobs", "results", "enhancements")
_WORKFLOW = re.compile(r"- workflow: \S+ (\S+)")
_DOC = re.compile(r"\s+doc: (?:\w+@(\w+):|(?!none))")
_ROLE = re.compile(r"    (\w+):(?: none)?\s*$")
_TABLE = re.compile(r"      (\w+):")
_COLUMNS = re.compile(r"        (specific|generic): \[(.*)\]")


@dataclass
class Built:
    """One workflow as it was built: table to its specific and generic columns."""

    name: str
    commit: str = ""
    tables: dict[str, dict[str, list[str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """How many of the built were proposed, and how many of the proposed were built."""

    found: int = 0
    built: int = 0
    right: int = 0
    proposed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.built + other.built,
            self.right + other.right,
            self.proposed + other.proposed,
        )

    def shown(self) -> dict[str, Any]:
        recall = self.found / self.built if self.built else 1.0
        precision = self.right / self.proposed if self.proposed else 1.0
        counts = f"{self.found}/{self.built}, {self.right}/{self.proposed}"
        return {"recall": round(recall, 3), "precision": round(precision, 3), "counts": counts}


def read_built(text: str) -> Iterator[Built]:
    """The workflows that documents speak of; one that names no commit is of the last one named."""
    current: Built | None = None
    table = commit = ""
    for line in text.split("\n"):
        workflow, doc = _WORKFLOW.match(line), _DOC.match(line)
        named, columns = _TABLE.match(line), _COLUMNS.match(line)
        if workflow:
            if current and current.commit:
                yield current
            current = Built(workflow[1])
        elif current and doc:
            current.commit = commit = doc[1] or commit
        elif current and columns:
            names = [one.partition(":")[0].strip() for one in columns[2].split(",")]
            current.tables[table][columns[1]] = names
        elif current and named and not _ROLE.match(line):
            table = named[1]
            current.tables[table] = {}
    if current and current.commit:
        yield current


def survey_documents(folder: Path) -> Survey:
    """The workflows of a project, with an empty schema."""
    project = open_project(str(folder.resolve()), launch=None, environ={}, cwd=str(folder.resolve()))
    files = project.files()
    documents = read_documents(files, find_documents(files).paths)
    return Survey(
        project_root=".",
        documents=documents,
        workflows=read_workflows(documents),
        schema=Schema(dialect="postgresql"),
    )


def same(name: str) -> str:
    """One spelling for what counts as the same column: the mission's name for near ones."""
    snake = to_snake(name)
    return next((row.name for row in JOB_COLUMNS if plays(snake, row)), snake)


def score_columns(built: Iterable[str], proposed: Iterable[str]) -> Score:
    wanted, given = {same(one) for one in built}, {same(one) for one in proposed}
    both = len(wanted & given)
    return Score(both, len(wanted), both, len(given))


def proposed_tables(mapping: WorkflowMapping) -> dict[str, dict[str, bool]]:
    """Folded table name to its columns, each with whether it is one that nearly every such table has."""
    tables = (*((mapping.jobs,) if mapping.jobs else ()), *mapping.results, *mapping.enhancements)
    return {
        singular(table.table): {
            column.name: Origin.REQUIRED in (column.origin, *column.also) for column in table.columns
        }
        for table in tables
    }


def score_workflow(built: Built, mapping: WorkflowMapping | None) -> dict[str, Score]:
    """Tables, columns that are what the workflow is about, columns that nearly every such table has."""
    given = proposed_tables(mapping) if mapping else {}
    wanted = {singular(name): columns for name, columns in built.tables.items()}
    both = len(wanted.keys() & given.keys())
    total = {"tables": Score(both, len(wanted), both, len(given)), "specific": Score(), "generic": Score()}
    for key in wanted.keys() | given.keys():
        for part, one in score_table(wanted.get(key, {}), given.get(key, {})).items():
            total[part] += one
    return total


def score_table(built: Mapping[str, list[str]], given: Mapping[str, bool]) -> dict[str, Score]:
    """A link such as ``transcript_id`` is specific where the list says so, though the mission asks for it."""
    generic, specific = built.get("generic", []), built.get("specific", [])
    about = {same(one) for one in specific}
    usual = {
        name
        for name, required in given.items()
        if same(name) not in about and (required or same(name) in {same(one) for one in generic})
    }
    return {
        "specific": score_columns(specific, given.keys() - usual),
        "generic": score_columns(generic, usual),
    }


def score(built: Sequence[Built], surveys: Mapping[str, Survey]) -> dict[str, Any]:
    """Every workflow, and all together."""
    mappings = {commit: map_workflows(one) for commit, one in surveys.items()}
    shown: dict[str, Any] = {}
    total = {"tables": Score(), "specific": Score(), "generic": Score()}
    for one in built:
        if one.commit not in mappings:
            continue
        found = next((each for each in mappings[one.commit] if each.name == one.name), None)
        scores = score_workflow(one, found)
        shown[one.name] = {what: each.shown() for what, each in scores.items()}
        total = {what: total[what] + scores[what] for what in total}
    shown["all"] = {what: each.shown() for what, each in total.items()}
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("built", type=Path)
    parser.add_argument("projects", nargs="+", metavar="COMMIT=FOLDER")
    given = parser.parse_args(arguments)
    folders = dict(one.split("=", 1) for one in given.projects)
    surveys = {commit: survey_documents(Path(folder)) for commit, folder in folders.items()}
    built = tuple(read_built(given.built.read_text(encoding="utf-8")))
    print(json.dumps(score(built, surveys), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
