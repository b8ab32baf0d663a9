"""The whole plan of examples and of made projects: first time, again, and how it grows, in CPU seconds of one thread."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.made_project import make_project
from bench.rows import Row

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MEASURED = """
import gc, json, resource, sys, time
from shipkit_mcp.cli import COLLECT_AFTER
gc.set_threshold(COLLECT_AFTER, 20, 20)  # as every command and the server do
from shipkit_mcp.analysis import analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.project import open_project
root, warm, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])

def plan(project, memory):
    started, cpu = time.perf_counter(), time.process_time()
    analyse(open_project(None, launch=project, environ={}, cwd="/"), Request(), memory)
    return time.perf_counter() - started, time.process_time() - cpu

plan(warm, Memory())
gc.freeze()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
first, again = [], []
for _ in range(rounds):
    memory = Memory()
    first.append(plan(root, memory))
    again.append(min((plan(root, memory) for _ in range(3)), key=lambda one: one[1]))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"first": min(one[1] for one in first), "cpu": min(one[1] for one in first),
                  "again": min(one[1] for one in again), "wall": min(first)[0],
                  "memory": after / 1024, "grown": (after - before) / 1024}))
"""
SIZES = (10, 30, 100, 300, 1_000, 3_000)
SETTLE = 2.1
"""Seconds after which an unchanged file counts as settled: nobody edits and asks in the same moment."""


def measure(root: Path, warm: Path, rounds: int) -> dict[str, Any]:
    """The least times of a project, in a process of its own."""
    command = [sys.executable, "-c", MEASURED, str(root), str(warm), str(rounds)]
    said: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return said


def plan_rows(scratch: Path, most: int) -> Iterator[Row]:
    """Examples, the large project, growth."""
    warm = _copied(scratch, "audio-notes")
    site = _copied(scratch, "site-studio")
    large = make_project(scratch / "large", tables=1_000, files=100, workflows=50)
    grown = {size: make_project(scratch / f"grown{size}", tables=size) for size in SIZES if size <= most}
    time.sleep(SETTLE)
    for root in (warm, site):
        yield from _small(root, warm)
    said = measure(large, warm, 2)
    yield Row(
        "1,000 tables in 100 files, 50 workflows: plan, CPU",
        f"{said['first']:.2f} s",
        "< 3 s",
        said["first"] < 3,
    )
    yield Row("the same: memory of the process", f"{said['memory']:.0f} MB", "< 300 MB", said["memory"] < 300)
    yield Row("the same, unchanged, CPU", f"{said['again'] * 1000:.0f} ms")
    yield from _growth(grown, warm)


def _copied(scratch: Path, name: str) -> Path:
    target = scratch / name
    shutil.copytree(EXAMPLES / name, target)
    return target


def _small(root: Path, warm: Path) -> Iterator[Row]:
    said = measure(root, warm, 7)
    yield Row(
        f"{root.name}: whole plan, caches cold, CPU (least of 7)",
        f"{said['first'] * 1000:.0f} ms",
        "< 150 ms",
        said["first"] < 0.150,
    )
    yield Row(
        f"{root.name}: unchanged, CPU", f"{said['again'] * 1000:.1f} ms", "< 20 ms", said["again"] < 0.020
    )


def _growth(grown: dict[int, Path], warm: Path) -> Iterator[Row]:
    figures = {size: measure(root, warm, 2) for size, root in grown.items()}
    for size, said in figures.items():
        each = said["cpu"] / size * 1000
        yield Row(
            f"{size:,} tables: plan, CPU",
            f"{said['cpu']:.2f} s, {each:.1f} ms a table, {said['grown']:.0f} MB more",
        )
    sizes = sorted(figures)
    ratio = (figures[sizes[-1]]["cpu"] / sizes[-1]) / (figures[100]["cpu"] / 100)
    yield Row(f"CPU a table, {sizes[-1]:,} tables / 100 tables", f"{ratio:.2f}", "<= 2", ratio <= 2)
