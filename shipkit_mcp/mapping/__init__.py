"""Workflows and schema -> which table plays which part, column by column, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shipkit_mcp.errors import beat
from shipkit_mcp.facts import Role, Survey
from shipkit_mcp.findings import TableMapping, WorkflowMapping
from shipkit_mcp.mapping.homes import find_homes
from shipkit_mcp.mapping.lookups import look_up
from shipkit_mcp.mapping.names import table_key
from shipkit_mcp.mapping.own import Neighbours
from shipkit_mcp.mapping.roles import Parts, assign_roles
from shipkit_mcp.mapping.workflow import map_workflow

__all__ = ["map_workflows"]


def map_workflows(survey: Survey) -> tuple[WorkflowMapping, ...]:
    """Map every workflow of a survey to tables of its schema, in the documents' order.

    Pure and total, but for Cancelled.
    """
    lookups = look_up(survey)
    homes = find_homes(survey.workflows)
    parts = assign_roles(survey.workflows, homes, lookups)
    neighbours = Neighbours(
        lookups=lookups,
        homes={key: home.owners for key, home in homes.items()},
        defined={key: home.table for key, home in homes.items()},
        roles=_roles(parts),
        results={table_key(table.name): table.name for one in parts for table in one.results},
    )
    return tuple(_map_each(parts, neighbours))


def _map_each(parts: Sequence[Parts], neighbours: Neighbours) -> Iterator[WorkflowMapping]:
    done: dict[str, TableMapping] = {}
    for one in parts:
        beat()
        yield map_workflow(one, neighbours, done)


def _roles(parts: Sequence[Parts]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for one in parts:
        placed = [(Role.JOBS, one.jobs)] if one.jobs else []
        placed += [(Role.RESULTS, table) for table in one.results]
        placed += [(Role.ENHANCEMENT, table) for table in one.enhancements]
        for role, table in (*placed, *one.others):
            found.setdefault(table_key(table.name), role)
    return found
