"""What it costs to plan and to draft code where one file holds every table and each of them changes, in CPU seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.one_file import amendments, make_one_file
from bench.rows import Row

MEASURED = """
import gc, json, sys, time
from shipkit_mcp.cli import COLLECT_AFTER
gc.set_threshold(COLLECT_AFTER, 20, 20)  # as every command and the server do
from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.code import draft_code
from shipkit_mcp.picture import render_mermaid
from shipkit_mcp.project import open_project

root, given = sys.argv[1], json.loads(sys.stdin.read())
memory, clock = Memory(), time.process_time

def plan(amendments):
    project = open_project(None, launch=root, environ={}, cwd="/")
    return analyse(project, Request(amendments=amendments), memory)

marks = [clock()]
plan({}); marks.append(clock())
made = plan(given); marks.append(clock())
draft_code(made.survey, made.plan); marks.append(clock())
render_mermaid(made.survey.schema, made.plan); marks.append(clock())
print(json.dumps([after - before for before, after in zip(marks, marks[1:])]))
"""
STAGES = ("first plan", "plan with the changes", "code", "diagram")
FEW, MANY = 100, 1_000
TIMES = 2.5
"""What a table of the large file may cost of one of the small file: twice and some, never ten times."""


def drafting_rows(scratch: Path) -> Iterator[Row]:
    """Every table of one file renames a column."""
    small, large = (_measured(scratch / f"one{size}", size) for size in (FEW, MANY))
    for stage, few, many in zip(STAGES, small, large, strict=True):
        yield Row(f"{MANY:,} tables in one file, all of them change: {stage}, CPU", f"{many:.2f} s")
        if stage == "code":
            ratio = many / MANY / (few / FEW)
            yield Row(
                f"code, CPU a table, {MANY:,} tables / {FEW} tables",
                f"{ratio:.2f}",
                f"<= {TIMES}",
                ratio <= TIMES,
            )


def _measured(root: Path, tables: int) -> list[float]:
    command = [sys.executable, "-c", MEASURED, str(make_one_file(root, tables))]
    given = json.dumps(amendments("rename", tables))
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    said: list[float] = json.loads(done.stdout)
    return said
