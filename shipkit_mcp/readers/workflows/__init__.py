"""Turns workflow files, index entries and sections of one big file into workflows."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.facts import DocKind, PrepDoc, Workflow
from shipkit_mcp.readers.workflows.blueprint import read_flow, read_job_blocks
from shipkit_mcp.readers.workflows.build import read_document, read_task_document
from shipkit_mcp.readers.workflows.index_rows import read_index_lists
from shipkit_mcp.readers.workflows.merge import (
    join_blueprint,
    join_described,
    join_flow,
    join_index,
    join_tasks,
    settle_owners,
)

__all__ = ["read_workflows"]

_TELLING = frozenset({DocKind.WORKFLOW, DocKind.WORKFLOW_INDEX})


def read_workflows(documents: Sequence[PrepDoc]) -> tuple[Workflow, ...]:
    """Every workflow the documents speak of, in their order, left-over documents apart. Never raises.

    A workflow described in full wins over its index entry and the blueprint; an entry or a background-job
    block that nothing describes is a workflow of low confidence. Task documents are read where they are given.
    """
    own = [document for document in documents if not document.boilerplate]
    told = [one for document in own if document.kind in _TELLING for one in read_document(document)]
    described = join_described([one for one in told if one.source != "index"])
    entries = [one for one in told if one.source == "index"]
    listed = [
        one
        for document in own
        if document.kind is DocKind.WORKFLOW_INDEX
        for one in read_index_lists(document)
    ]
    built = [one for document in own if document.kind is DocKind.TASK for one in read_task_document(document)]
    joined = join_blueprint(join_index(described, [*entries, *listed]), read_job_blocks(own))
    return settle_owners(join_flow(join_tasks(joined, built), read_flow(own)))
