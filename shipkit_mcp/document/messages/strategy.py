"""Step 4: the decisions that went in, and the document that comes out."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.verdicts import key_decisions, recommendation
from shipkit_mcp.document.words import counted

_OPENING = (
    "Perfect! I've incorporated your decisions. Let me create your Strategic Database Planning Document."
)


def strategy(material: Material) -> Iterator[str]:
    phases = counted(len({one.phase for one in material.due}), "phase")
    changes = counted(len(material.due), "change")
    yield from (f"**Bottom Line:** {changes} in {phases}, and the schema fits your workflows.", "", _OPENING)
    yield from ("", "**Purpose** – Create your final reference document for iterative development.", "")
    decisions = key_decisions(material)
    yield from (f"- ✅ {recommendation(material, one)}" for one in decisions)
    yield from ("",) if decisions else ()
    yield "**Generating your document now...**"
