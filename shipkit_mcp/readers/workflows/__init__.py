"""Turns workflow files, index entries and sections of one big file into workflows."""

from __future__ import annotations

from collections.abc import Sequence

from shipkit_mcp.facts import DocKind, PrepDoc, Workflow
from shipkit_mcp.readers.workflows.blueprint import read_job_blocks
from shipkit_mcp.readers.workflows.build import read_workflow
from shipkit_mcp.readers.workflows.merge import join_blueprint, join_index, settle_owners
from shipkit_mcp.readers.workflows.units import cut

__all__ = ["read_workflows"]


def read_workflows(documents: Sequence[PrepDoc]) -> tuple[Workflow, ...]:
    """Every workflow the documents speak of, in their order, left-over documents apart. Never raises.

    A workflow described in full wins over its index entry and the blueprint; an entry or a background-job
    block that nothing describes is a workflow of low confidence.
    """
    own = [document for document in documents if not document.boilerplate]
    described = [read_workflow(unit) for one in own if one.kind is DocKind.WORKFLOW for unit in cut(one)]
    entries = [read_workflow(unit) for one in own if one.kind is DocKind.WORKFLOW_INDEX for unit in cut(one)]
    joined = join_blueprint(join_index(described, entries), read_job_blocks(own))
    return settle_owners(joined)
