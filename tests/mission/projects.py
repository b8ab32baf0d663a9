"""Both examples and small projects on disk, read and planned by the real pipeline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from shipkit_mcp import document
from shipkit_mcp.analysis import Analysis
from shipkit_mcp.findings import WorkflowMapping
from tests.golden.update import EXAMPLES, look

AUDIO, SITES = "audio-notes", "site-studio"


@cache
def analysis_of(name: str) -> Analysis:
    """An example as it stands in the repository; nothing is written."""
    return look(EXAMPLES / name)


@cache
def document_of(name: str) -> str:
    """The document that an example yields, without its end comment."""
    found = analysis_of(name)
    return document.render_document(found.survey, found.plan).partition("<!-- shipkit-mcp")[0]


@cache
def message_of(name: str, step: int) -> str:
    """A step's message for an example."""
    found = analysis_of(name)
    return document.render_step(found.survey, found.plan, step)


def workflow_of(name: str, workflow: str) -> WorkflowMapping:
    """One workflow of an example, as planned."""
    return next(one for one in analysis_of(name).plan.workflows if one.name == workflow)


def section_of(text: str, title: str) -> str:
    """A section of a document, its heading included."""
    found = re.search(rf"^## [^\n]*{re.escape(title)}$.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found[0]


def part_of(text: str, heading: str) -> str:
    """What stands under a heading of level 3 or a bold label, up to the next one."""
    found = re.search(rf"^(?:### )?{re.escape(heading)}.*?(?=^### |^\*\*[^\n]*\*\*$|\Z)", text, re.M | re.S)
    assert found is not None, heading
    return found[0]


def made(root: Path, texts: Mapping[str, str]) -> Analysis:
    """A small project, written to an empty folder and looked at."""
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return look(root)
