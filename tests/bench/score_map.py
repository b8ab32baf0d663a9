"""Scores what the readers find in planning documents against what a person found in them.

    python -m tests.bench.score_map DECLARED CHECKOUTS [--verbose]

DECLARED is a JSON file of hand-read declarations, or a folder that holds one (``*-declared.json``). CHECKOUTS
holds one project for each ``case`` of it: ``SE@5b78759`` stands in the folder ``5b78759``, or in one whose
name ends so. Counted apart, each with recall and precision: tables with their role, columns, nullability,
references, values, legacy marks, task ids, statuses, and the fields of root payloads. The exit status is 1
where one of the figures that are gated falls below the bar.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shipkit_mcp.facts import DeclaredTable, Source, TableUse, Workflow
from shipkit_mcp.readers.documents import read_documents
from shipkit_mcp.readers.workflows import read_workflows

BAR = 0.98
LATER = {"initial_data_schema.md"}
GATED = ("tables with role", "columns", "nullability", "references", "values", "task ids")

Item = tuple[str, ...]


class Folder:
    """A project's files, read from disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, path: str) -> Source | None:
        file = self.root / path
        if not file.is_file():
            return None
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))

    def under(self, folder: str = "") -> list[str]:
        found = (self.root / folder).rglob("*.md")
        return sorted(file.relative_to(self.root).as_posix() for file in found)


def read_case(root: Path) -> tuple[Workflow, ...]:
    files = Folder(root)
    paths = [path for path in files.under("ai_docs/prep") if Path(path).name not in LATER]
    return read_workflows(read_documents(files, paths))


def role_of(table: DeclaredTable) -> str:
    if table.use is TableUse.DEFINED:
        return table.role.value if table.role else "none"
    return table.use.value


def wanted_items(entry: dict[str, Any]) -> Iterator[tuple[str, Item]]:
    workflow = entry["workflow"]
    for task in entry["tasks"]:
        yield "task ids", (workflow, task)
    for status in entry["statuses"]:
        yield "statuses", (workflow, status)
    for fields in entry["payload_fields"].values():
        for field in fields:
            yield "payload fields", (workflow, field)
    for table in entry["tables"]:
        yield "tables with role", (workflow, table["name"], table["role"])
        for column in table["columns"]:
            key = (workflow, table["name"], column["name"])
            yield "columns", key
            if column["nullable"] is not None:
                yield "nullability", (*key, str(column["nullable"]))
            if column["references"]:
                yield "references", (*key, column["references"])
            if column["values"]:
                yield "values", (*key, *column["values"])
            if column["legacy"]:
                yield "legacy", key


def found_items(workflow: Workflow, entry: dict[str, Any]) -> Iterator[tuple[str, Item]]:
    name = entry["workflow"]
    for task in workflow.tasks:
        if not task.deprecated:
            yield "task ids", (name, task.id)
    for status in workflow.statuses:
        yield "statuses", (name, status)
    for interface in workflow.interfaces:
        if interface.part == "payload":
            for field in interface.fields:
                yield "payload fields", (name, field.doc_name)
    declared = {table["name"]: table for table in entry["tables"]}
    for table in workflow.tables:
        wanted = declared.get(table.name, {})
        if table.name in entry.get("implied_tables", []) or table.name in entry.get("index_only_tables", []):
            continue
        role = role_of(table)
        yield (
            "tables with role",
            (name, table.name, wanted["role"] if role in wanted.get("role_also", []) else role),
        )
        yield from found_columns(name, table, {one["name"]: one for one in wanted.get("columns", [])})


def found_columns(workflow: str, table: DeclaredTable, wanted: dict[str, Any]) -> Iterator[tuple[str, Item]]:
    for column in table.columns:
        told = wanted.get(column.name, {})
        key = (workflow, table.name, column.name)
        if told.get("loose"):
            continue
        yield "columns", key
        if column.not_null is not None:
            yield "nullability", (*key, str(not column.not_null))
        if column.references and column.references != told.get("references_implied"):
            yield "references", (*key, column.references)
        if column.values and column.values != tuple(told.get("values") or ()):
            yield "values", (*key, *column.values)
        elif column.values:
            yield "values", (*key, *told["values"])
        if column.legacy:
            yield "legacy", key


def score(wanted: list[tuple[str, Item]], found: list[tuple[str, Item]]) -> dict[str, tuple[int, int, int]]:
    """Of each figure: (right, declared, found)."""
    need, have = Counter(wanted), Counter(found)
    figures: dict[str, tuple[int, int, int]] = {}
    for figure in dict.fromkeys(name for name, _ in [*wanted, *found]):
        declared = {item for name, item in need if name == figure}
        given = {item for name, item in have if name == figure}
        figures[figure] = (len(declared & given), len(declared), len(given))
    return figures


def matching(entry: dict[str, Any], workflows: tuple[Workflow, ...]) -> Workflow | None:
    return next((one for one in workflows if one.name == entry["workflow"] or one.path == entry["doc"]), None)


def declarations(path: Path) -> list[dict[str, Any]]:
    files = sorted(path.glob("*-declared.json")) if path.is_dir() else [path]
    return [entry for file in files for entry in json.loads(file.read_text(encoding="utf-8"))]


def checkout(folder: Path, case: str) -> Path:
    commit = case.rpartition("@")[2]
    found = sorted(one for one in folder.iterdir() if one.is_dir() and one.name.endswith(commit))
    return next(iter(found), folder / commit)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("declared", type=Path, help="hand-read declarations, or the folder that holds them")
    parser.add_argument("checkouts", type=Path, help="folder with one project for each case")
    parser.add_argument("--verbose", action="store_true", help="list what was missed and what was invented")
    options = parser.parse_args(arguments)
    wanted: list[tuple[str, Item]] = []
    found: list[tuple[str, Item]] = []
    for entry in declarations(options.declared):
        wanted.extend(wanted_items(entry))
        workflow = matching(entry, read_case(checkout(options.checkouts, entry["case"])))
        if workflow is None:
            print(f"no workflow {entry['workflow']} was found", file=sys.stderr)
            continue
        found.extend(found_items(workflow, entry))
    return report(wanted, found, verbose=options.verbose)


def report(wanted: list[tuple[str, Item]], found: list[tuple[str, Item]], *, verbose: bool) -> int:
    below = False
    print("faithfulness to the documents")
    for figure, (right, declared, given) in score(wanted, found).items():
        recall = right / declared if declared else 1.0
        precision = right / given if given else 1.0
        low = figure in GATED and min(recall, precision) < BAR
        below = below or low
        mark = "  below the bar" if low else ""
        counted = f"({right} of {declared}, {given} found)"
        print(f"  {figure:18} recall {recall:7.1%}  precision {precision:7.1%}  {counted}{mark}")
    if verbose:
        for name, items in (("missed", set(wanted) - set(found)), ("invented", set(found) - set(wanted))):
            for item in sorted(items, key=str):
                print(f"  {name}: {item[0]}: {' '.join(item[1])}")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
