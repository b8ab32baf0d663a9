"""A schema file eight times as long costs about eight times as much, whatever is changed in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.one_file import amendments, make_one_file
from calm import cpu_seconds

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.code import draft_code
from shipkit_mcp.project import open_project

FEW, MANY = 50, 400


def cost(root: Path, change: str, tables: int) -> tuple[float, float]:
    """Processor seconds a table of the plan and of its code, with the schema read before."""
    make_one_file(root, tables)
    memory = Memory()

    def plan(change: str) -> Analysis:
        project = open_project(None, launch=str(root), environ={}, cwd="/")
        return analyse(project, Request(amendments=amendments(change, tables)), memory)

    def planned() -> None:
        plan("none")
        made.append(plan(change))

    made: list[Analysis] = []
    planning = cpu_seconds(planned, tries=2)
    coding = cpu_seconds(lambda: draft_code(made[-1].survey, made[-1].plan), tries=2)
    return planning / tables, coding / tables


@pytest.mark.parametrize("change", ["rename", "enum", "link", "remove"])
def test_a_change_of_every_table_costs_each_of_them_the_same(tmp_path: Path, change: str) -> None:
    few = cost(tmp_path / "few", change, FEW)
    many = cost(tmp_path / "many", change, MANY)

    assert all(large < 3 * small for small, large in zip(few, many, strict=True)), (few, many)
