"""Tells from the documents which ShipKit template the project started from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from shipkit_mcp.facts import DocKind, PrepDoc
from shipkit_mcp.readers.markdown_labels import pairs

TEMPLATE_LABELS = frozenset(
    {
        "template type",
        "template used",
        "template foundation",
        "template",
        "chosen template",
        "your chosen template",
        "tipo de plantilla",
        "plantilla",
        "tipo di template",
        "type de template",
    }
)
_KNOWN = re.compile(
    r"(?<![\w-])(?P<family>worker|rag-chat|chat|rag|adk-agent|adk|base|web)[-_ ]?"
    r"(?P<size>simple|saas|template)(?![\w-])",
    re.IGNORECASE,
)


def read_template(documents: Sequence[PrepDoc]) -> str | None:
    """``worker-simple``, ``worker-saas`` ... or None; a "Template Type" line is worth more than a mention."""
    ordered = sorted(documents, key=lambda one: one.kind in {DocKind.LATER, DocKind.DATA_SCHEMA})
    usable = [one for one in ordered if not one.boilerplate and one.kind is not DocKind.DATA_SCHEMA]
    return _first(_labels(usable)) or _first(
        line for document in usable if document.kind is not DocKind.LATER for line in document.source.lines
    )


def _labels(documents: Iterable[PrepDoc]) -> Iterable[str]:
    for document in documents:
        for pair in pairs(document.sections):
            if pair.key in TEMPLATE_LABELS:
                yield pair.value


def _first(texts: Iterable[str]) -> str | None:
    for text in texts:
        found = _KNOWN.search(text)
        if found:
            return f"{found['family']}-{found['size']}".lower()
    return None
