"""Marks documents that speak of another app than the project's own: the template's demo and blank forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from shipkit_mcp.facts import BlockKind, DocKind, PrepDoc

_DEMO = re.compile(
    r"(?<!\w)(?:skribo(?:\.ai)?|ask scribo|scribo|audio transcriber saas|foundational shipkit boilerplate"
    r"|help solo creators and podcasters|helps \*{0,2}solo creators and podcasters)(?!\w)",
    re.IGNORECASE,
)
"""Names and phrases of the template's own filled-in example."""
_DEMO_WORKFLOWS = {
    "trigger_workflow_transcription.md": "transcribe-audio",
    "trigger_workflow_ai_summaries.md": "generate-ai-summary",
}
"""The demo's workflow files, and a task that each of them names."""
_BLANK = re.compile(
    r"\[(?:[A-Z][A-Za-z' /-]{3,60}|[a-z][a-z' /-]{3,60} (?:here|name|goal|description))\](?!\()"
)
_MANY_BLANKS = 8
_OWN = frozenset(
    {DocKind.MASTER_IDEA, DocKind.APP_PAGES, DocKind.WORKFLOW_INDEX, DocKind.WORKFLOW, DocKind.WIREFRAME}
)

_FORMS = _OWN - {DocKind.WIREFRAME}


def mark_leftovers(documents: tuple[PrepDoc, ...]) -> tuple[PrepDoc, ...]:
    """The same documents, the left-over ones flagged.

    The demo is a left-over only beside the user's own documents: in the untouched template it is the app.
    """
    demo = frozenset(document.path for document in documents if is_demo(document))
    own = [document for document in documents if document.kind in _OWN and document.path not in demo]
    if _idea_is_own(documents, demo):
        demo |= _unclaimed_demo_workflows(own)
    else:
        demo = frozenset()
    return tuple(
        replace(document, boilerplate=True) if document.path in demo or is_blank(document) else document
        for document in documents
    )


def _idea_is_own(documents: Sequence[PrepDoc], demo: frozenset[str]) -> bool:
    """The master idea tells whose app it is; without one, the other documents do."""
    ideas = [document.path for document in documents if document.kind is DocKind.MASTER_IDEA]
    told = ideas or [document.path for document in documents if document.kind in _OWN]
    return any(path not in demo for path in told)


def _unclaimed_demo_workflows(own: Sequence[PrepDoc]) -> frozenset[str]:
    """The demo's two workflow files name no app: they are left over where no other document names them."""
    found = set()
    for document in own:
        name = document.path.rpartition("/")[2]
        others = (one.source.text for one in own if one is not document and one.path not in found)
        if _DEMO_WORKFLOWS.get(name, "\0") in document.source.text and not any(
            name in text for text in others
        ):
            found.add(document.path)
    return frozenset(found)


def is_demo(document: PrepDoc) -> bool:
    """True for a document of the template's own example app."""
    return bool(_DEMO.search(document.source.text))


def is_blank(document: PrepDoc) -> bool:
    """True for a form whose places were never filled in; mock-ups in fences are none."""
    if document.kind not in _FORMS:
        return False
    prose = [
        block.text for one in document.sections for block in one.blocks if block.kind is not BlockKind.FENCE
    ]
    blanks = sum(len(_BLANK.findall(text)) for text in prose)
    return blanks >= max(_MANY_BLANKS, len(prose) // 4)
