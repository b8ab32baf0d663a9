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
    yield from (f"**Bottom Line:** {_bottom_line(material)}", "", _OPENING)
    yield from ("", "**Purpose** – Create your final reference document for iterative development.", "")
    decisions = key_decisions(material)
    yield from (f"- ✅ {recommendation(material, one)}" for one in decisions)
    yield from ("",) if decisions else ()
    yield "**Generating your document now...**"


def _bottom_line(material: Material) -> str:
    planned = bool(material.plan.workflows)
    if not material.due:
        why = "the schema fits your workflows" if planned else "no workflow asks for one yet"
        return f"No change is planned: {why}."
    phases = counted(len({one.phase for one in material.due}), "phase")
    fits = ", and the schema fits your workflows" if planned else ""
    return f"{counted(len(material.due), 'change')} in {phases}{fits}."
