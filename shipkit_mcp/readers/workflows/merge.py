"""Joins what several documents say of one workflow, and settles which workflow owns a table and a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shipkit_mcp.facts import DeclaredTable, TableUse, Task, Workflow
from shipkit_mcp.readers.markdown_text import snake
from shipkit_mcp.readers.workflows.blueprint import JobBlock
from shipkit_mcp.readers.workflows.units import title_words

_FILLED_FROM_INDEX = (
    "purpose",
    "trigger",
    "duration",
    "inputs",
    "outputs",
    "decision_points",
    "enhancements",
)


def join_described(workflows: Sequence[Workflow]) -> list[Workflow]:
    """Workflows described in full; one that a file and a section of a big file describe is one."""
    joined: list[Workflow] = []
    for workflow in sorted(workflows, key=lambda one: one.source != "file"):
        at = next((at for at, one in enumerate(joined) if _is_named_alike(one, workflow)), None)
        if at is None:
            joined.append(workflow)
        else:
            joined[at] = _filled(joined[at], workflow)
    order = {id(one): at for at, one in enumerate(workflows)}
    return sorted(joined, key=lambda one: order.get(id(one), 0)) if len(joined) == len(workflows) else joined


def _is_named_alike(one: Workflow, other: Workflow) -> bool:
    return one.name == other.name or title_words(one.title) == title_words(other.title)


def join_index(described: Sequence[Workflow], entries: Sequence[Workflow]) -> list[Workflow]:
    """The described workflows, filled from their index entries, then the entries that nothing describes."""
    joined = list(described)
    for entry in entries:
        at = _same(joined, entry)
        if at is None:
            joined.append(entry)
        else:
            joined[at] = _filled(joined[at], entry)
    return joined


def _same(workflows: Sequence[Workflow], other: Workflow) -> int | None:
    names = [at for at, one in enumerate(workflows) if one.name == other.name]
    titles = [at for at, one in enumerate(workflows) if title_words(one.title) == title_words(other.title)]
    tasks = {task.id for task in other.tasks}
    shared = [at for at, one in enumerate(workflows) if tasks and tasks <= {task.id for task in one.tasks}]
    return next(iter([*names, *titles, *shared]), None)


def _filled(workflow: Workflow, entry: Workflow) -> Workflow:
    """The entry's one-line purpose is the better one; elsewhere the workflow's own document wins."""
    update: dict[str, object] = {
        name: getattr(entry, name) for name in _FILLED_FROM_INDEX if not getattr(workflow, name)
    }
    if entry.purpose:
        update["purpose"] = entry.purpose
    if entry.trigger and not workflow.trigger:
        update["trigger"] = entry.trigger
    if title_words(workflow.title) <= title_words(entry.title) and len(entry.title) > len(workflow.title):
        update["title"] = entry.title
    update["tasks"] = _described(workflow.tasks, entry.tasks) or entry.tasks
    update["also_read"] = tuple(dict.fromkeys([*workflow.also_read, entry.path]))
    return workflow.model_copy(update=update)


def _described(tasks: Sequence[Task], entry: Sequence[Task]) -> tuple[Task, ...]:
    words = {task.id: task.description for task in entry if task.description}
    return tuple(
        task.model_copy(update={"description": task.description or words.get(task.id)}) for task in tasks
    )


def join_tasks(workflows: Sequence[Workflow], built: Sequence[Workflow]) -> list[Workflow]:
    """The workflows, filled from the task documents that build them; other task documents stand alone."""
    joined = list(workflows)
    for task in built:
        at = next((at for at, one in enumerate(joined) if _shares_task(one, task)), None)
        if at is None:
            joined.append(task)
        else:
            joined[at] = _with_task(joined[at], task)
    return joined


def _shares_task(one: Workflow, other: Workflow) -> bool:
    return bool({task.id for task in one.tasks} & {task.id for task in other.tasks})


def _with_task(workflow: Workflow, task: Workflow) -> Workflow:
    """Tables, statuses and the like where the workflow's own document says nothing of them."""
    update: dict[str, object] = {
        name: getattr(task, name)
        for name in ("tables", "statuses", "statuses_evidence", "interfaces", "progress", "checklist")
        if not getattr(workflow, name)
    }
    if workflow.confidence == "low":
        update["confidence"] = "medium"
    update["also_read"] = tuple(dict.fromkeys([*workflow.also_read, task.path]))
    return workflow.model_copy(update=update)


def join_blueprint(workflows: Sequence[Workflow], blocks: Sequence[JobBlock]) -> list[Workflow]:
    """The workflows, filled from the blueprint's blocks, then one for each block that none describes."""
    joined = list(workflows)
    for block in blocks:
        at = _of_block(joined, block)
        if at is not None:
            joined[at] = _with_block(joined[at], block)
        elif not block.task:
            joined.append(_from_block(block))
    return joined


def _of_block(workflows: Sequence[Workflow], block: JobBlock) -> int | None:
    if block.task:
        return next(
            (at for at, one in enumerate(workflows) if block.task in {task.id for task in one.tasks}), None
        )
    words = title_words(block.title)
    for at, one in enumerate(workflows):
        other = title_words(one.title)
        if words == other or words < other or other < words:
            return at
    return None


def _with_block(workflow: Workflow, block: JobBlock) -> Workflow:
    own = workflow.source in {"file", "section"}
    update: dict[str, object] = {
        "also_read": tuple(dict.fromkeys([*workflow.also_read, block.document.path]))
    }
    for name in ("trigger", "duration", "inputs", "steps", "outputs"):
        if not getattr(workflow, name):
            update[name] = getattr(block, name)
    if block.payload and not (own and workflow.interfaces):
        update["interfaces"] = (*workflow.interfaces, block.payload)
    return workflow.model_copy(update=update)


def _from_block(block: JobBlock) -> Workflow:
    return Workflow(
        name=snake(block.title) or "workflow",
        title=block.title,
        source="blueprint",
        path=block.document.path,
        confidence="low",
        trigger=block.trigger,
        duration=block.duration,
        inputs=block.inputs,
        steps=block.steps,
        outputs=block.outputs,
        interfaces=(block.payload,) if block.payload else (),
        evidence=block.document.source.at(block.line - 1),
    )


def join_flow(workflows: Sequence[Workflow], flow: JobBlock | None) -> list[Workflow]:
    """The blueprint's one "Input → Process → Output" flow speaks of the only workflow, or is it."""
    if flow is None or len(workflows) > 1:
        return list(workflows)
    return [_with_block(workflows[0], flow)] if workflows else [_from_block(flow)]


Owner = tuple[Workflow, DeclaredTable]
"""A workflow that defines a table, and the table as it has it."""


def settle_owners(workflows: Sequence[Workflow]) -> tuple[Workflow, ...]:
    """A table that another workflow defines in full is not this one's; so is a task that it only calls."""
    owners: dict[str, dict[int, Owner]] = {}
    for workflow in workflows:
        for table in workflow.tables:
            if table.use is TableUse.DEFINED:
                owners.setdefault(table.name, {}).setdefault(id(workflow), (workflow, table))
    return tuple(_settled(workflow, owners) for workflow in workflows)


def _settled(workflow: Workflow, owners: Mapping[str, Mapping[int, Owner]]) -> Workflow:
    tables = tuple(
        table.model_copy(update={"use": TableUse.OTHER_WORKFLOW, "role": None})
        if table.use is TableUse.DEFINED and _better_owner(workflow, table, owners[table.name].values())
        else table
        for table in workflow.tables
    )
    return workflow if tables == workflow.tables else workflow.model_copy(update={"tables": tables})


def _better_owner(workflow: Workflow, table: DeclaredTable, owners: Iterable[Owner]) -> bool:
    """True where this document lists the table in part and the workflow named like it defines it."""
    if table.name.startswith(f"{workflow.name}_"):
        return False
    for other, theirs in owners:
        if other is workflow or not theirs.columns:
            continue
        named = title_words(other.name) == title_words(table.name) or table.name.startswith(f"{other.name}_")
        if named or (table.partial and not theirs.partial):
            return True
    return False
