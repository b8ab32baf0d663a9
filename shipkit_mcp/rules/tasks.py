"""Checks on documented tasks against the task ids in the code."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.rules.context import Context
from shipkit_mcp.rules.rule import Check, Fault


def tasks_not_built() -> Check:
    """Tasks that documents describe and the code does not have; nothing is said where no code was seen."""

    def check(context: Context) -> Iterator[Fault]:
        built = {one.id for one in context.survey.code.tasks}
        if not context.survey.code.scanned:
            return
        for workflow in context.survey.workflows:
            for task in workflow.tasks:
                if task.id not in built and not task.deprecated:
                    words = {"task": task.id, "workflow": workflow.title}
                    yield Fault(subject=task.id, evidence=(task.evidence,), words=words)

    return check


def tasks_not_documented() -> Check:
    """Tasks that the code has and no document describes."""

    def check(context: Context) -> Iterator[Fault]:
        workflows = context.survey.workflows
        documented = {task.id for workflow in workflows for task in workflow.tasks}
        if not workflows:
            return
        for task in context.survey.code.tasks:
            if task.id not in documented:
                yield Fault(subject=task.id, evidence=(task.evidence,), words={"task": task.id})

    return check
