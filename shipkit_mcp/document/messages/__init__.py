"""The mission's step messages with this project's facts: what a mentor says from Step 0 to the closing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.messages.analysis import analysis, recap_of_analysis
from shipkit_mcp.document.messages.assessment import assessment, recap_of_assessment
from shipkit_mcp.document.messages.optimization import optimization, recap_of_optimization
from shipkit_mcp.document.messages.options import options, recap_of_options
from shipkit_mcp.document.messages.strategy import strategy
from shipkit_mcp.document.words import code
from shipkit_mcp.errors import ShipkitError
from shipkit_mcp.facts import Survey
from shipkit_mcp.findings import Plan

STEPS: Mapping[int, tuple[str, Callable[[Material], Iterable[str]], Callable[[Material], str] | None]] = {
    0: ("Analyze Planning Documents & Schema", analysis, None),
    1: ("Strategic Database Assessment", assessment, recap_of_analysis),
    2: ("Template Optimization Review", optimization, recap_of_assessment),
    3: ("Present Strategic Options", options, recap_of_optimization),
    4: ("Final Database Strategy", strategy, recap_of_options),
}
"""Step to (its name, its message, the recap of the step before it)."""


_ONCE_SAVED = "**Once `write_initial_data_schema` has saved the document:**"


def render_step(survey: Survey, plan: Plan, step: int) -> str:
    """The message of a step of the mission (0 to 4): the segue from the step before, then the step itself.

    Step 4 ends with the closing message. Raises ShipkitError for any other number.
    """
    if step not in STEPS:
        raise ShipkitError(f"There is no step {step}: the mission's steps are 0, 1, 2, 3 and 4.")
    material = Material(survey, plan)
    name, message, recap = STEPS[step]
    lines = [*(_segue(recap(material)) if recap else ()), f"### Step {step} – {name}", "", *message(material)]
    if step == max(STEPS):
        lines += ["", "---", "", _ONCE_SAVED, "", closing_message(document_path(survey))]
    return "\n".join(lines).rstrip("\n") + "\n"


def closing_message(path: str) -> str:
    """What the mentor says once the document is written."""
    return (
        f"Perfect! I've saved your Strategic Database Planning Document to {code(path)}. This serves as "
        "your comprehensive reference for database decisions throughout development, with clear mapping from "
        "your Trigger.dev workflows to database requirements. You can now proceed to **implementation** with "
        "a clear database strategy."
    )


def document_path(survey: Survey) -> str:
    """Where the document stands or will: beside the documents found, where those stand in the project."""
    folder = survey.documents_folder
    outside = folder is not None and folder.partition("/")[0] == ".."
    folder = "ai_docs/prep" if folder is None or outside else folder.strip("/")
    return f"{folder}/initial_data_schema.md" if folder not in ("", ".") else "initial_data_schema.md"


def _segue(recap: str) -> list[str]:
    return [f"Great! Captured: {recap}.", "", "Next step coming up…", ""]
