"""Checks on what documents count: workflows, pages and the progress of each task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from shipkit_mcp.facts import Evidence, PrepDoc, Progress, Workflow
from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.rule import Check, Fault

TOTAL = re.compile(r"\*\*Total (Workflows|Pages):?\s*\*{0,2}\s*:?\s*(\d+)(\+?)", re.IGNORECASE)
LISTED = re.compile(r"^[^:]{1,40}:\s*(\d+) pages?\b", re.IGNORECASE)


def differing_totals() -> Check:
    """A number of workflows that a document states must be the number that the documents describe."""

    def check(context: Context) -> Iterator[Fault]:
        workflows = [one for one in context.survey.workflows if one.source != "task"]
        for line in context.lines_with("total "):
            match = TOTAL.search(line.text)
            if match and match[1].lower() == "workflows" and int(match[2]) != len(workflows):
                yield _count(
                    line.evidence, "workflows", match[2], len(workflows), [one.evidence for one in workflows]
                )

    return check


def _count(place: Evidence, what: str, stated: str, counted: int, others: list[Evidence]) -> Fault:
    words = {"what": what, "stated": stated, "counted": str(counted), "document": place.path}
    return Fault(subject=f"{place.path}#{what}", evidence=(place, *others), words=words)


def differing_page_totals() -> Check:
    """A number of pages must be the sum of what is listed below it."""

    def check(context: Context) -> Iterator[Fault]:
        for line in context.lines_with("total "):
            match = TOTAL.search(line.text)
            if match and match[1].lower() == "pages":
                yield from _pages(line.document, line.row, match)

    return check


def _pages(document: PrepDoc, row: int, stated: re.Match[str]) -> Iterator[Fault]:
    listed: list[tuple[int, int]] = []
    for offset, text in enumerate(document.source.lines[row + 1 : row + 15]):
        match = LISTED.match(text.lstrip("-* \t"))
        if match:
            listed.append((row + 1 + offset, int(match[1])))
        elif text.strip():
            break
    total = sum(count for _, count in listed)
    at_least = stated[3] and total >= int(stated[2])
    if listed and total != int(stated[2]) and not at_least:
        others = [document.source.at(place) for place, _ in listed]
        yield _count(document.source.at(row), "pages", stated[2], total, others)


def differing_progress() -> Check:
    """One task must have one range of progress in one document."""

    def check(context: Context) -> Iterator[Fault]:
        for workflow in context.survey.workflows:
            ids = {task.id for task in workflow.tasks}
            by_label: dict[tuple[str, str], list[Progress]] = {}
            for one in workflow.progress:
                if one.label in ids:
                    by_label.setdefault((one.evidence.path, one.label), []).append(one)
            for (_, label), ranges in by_label.items():
                if _disagree({(one.start, one.end) for one in ranges}):
                    yield _progress(workflow, label, ranges)

    return check


def _disagree(ranges: set[tuple[int, int]]) -> bool:
    """Whether ranges of one task cannot all be true: stages that follow each other can."""
    whole = (min(start for start, _ in ranges), max(end for _, end in ranges))
    stages = sorted(ranges - {whole})
    overlap = any(end > start for (_, end), (start, _) in pairwise(stages))
    covered = sum(end - start for start, end in stages)
    partly = whole in ranges and bool(stages) and covered != whole[1] - whole[0]
    return overlap or partly


def _progress(workflow: Workflow, label: str, ranges: list[Progress]) -> Fault:
    said = " and ".join(dict.fromkeys(f"{one.start}-{one.end}%" for one in ranges))
    places = tuple(dict.fromkeys(one.evidence for one in ranges))
    return Fault(subject=f"{workflow.name}.{label}", evidence=places, words={"task": label, "ranges": said})
