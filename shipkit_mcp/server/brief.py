"""The mentor's prompt: the parts in ``prompts/`` to the whole of it, to one step, or to one topic."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from shipkit_mcp.server.outgoing import clean

PARTS = (
    "01_context_and_mission",
    "02_role_and_voice",
    "03_background_job_patterns",
    "04_stripe_single_source_of_truth",
    "05_process_overview",
    "06_message_templates",
    "07_step_0",
    "08_step_1",
    "09_step_2",
    "10_step_3",
    "11_step_4",
    "12_document_template",
    "13_kickoff",
)
"""In the order of the mission; joined they are the mission, byte for byte."""

STEPS = {"0": "07_step_0", "1": "08_step_1", "2": "09_step_2", "3": "10_step_3", "4": "11_step_4"}

TOPICS = {
    "mission": PARTS,
    "role": ("02_role_and_voice",),
    "job-pattern": ("03_background_job_patterns",),
    "stripe": ("04_stripe_single_source_of_truth",),
    "process": ("05_process_overview", "06_message_templates"),
    "document": ("12_document_template",),
    "kickoff": ("13_kickoff",),
    "rules": ("rules_in_brief",),
    "tools": ("tools",),
}
"""What ``shipkit://guide/{topic}`` and ``mentor_guide`` can be asked for."""


def _folder() -> Traversable:
    """Inside the package in a wheel, beside it in a checkout."""
    package = files("shipkit_mcp")
    packed = package / "prompts"
    if packed.is_dir():
        return packed
    return package / ".." / "prompts"


@cache
def part(name: str) -> str:
    """One part, as it stands in ``prompts/``."""
    return (_folder() / f"{name}.md").read_text(encoding="utf-8")


def mission() -> str:
    """The mission text, word for word."""
    return "".join(part(name) for name in PARTS)


def mentor(step: str | None = None) -> str:
    """The whole mentor prompt, or role, rules in brief and one step (under 8,000 characters).

    Raises ValueError for a step that is not ``0`` to ``4``.
    """
    if step is None:
        return f"{mission()}\n---\n\n{part('tools')}"
    if step not in STEPS:
        raise ValueError(
            f"There is no step {clean(step)[:40]!r}. The steps are 0, 1, 2, 3 and 4; "
            "without one the whole prompt comes."
        )
    return "\n".join((part("02_role_and_voice"), part("rules_in_brief"), part(STEPS[step]), _serving(step)))


def _serving(step: str) -> str:
    """The line of ``tools.md`` about one step."""
    lines = part("tools").splitlines()
    mine = [line for line in lines if line.startswith((f"- **Step {step} ", "- **Any step**"))]
    return "**The tools that serve this step**\n\n" + "\n".join(mine) + "\n"


def topic(name: str) -> str:
    """One topic of the guide. Raises ValueError with the known topics for any other."""
    if name not in TOPICS:
        raise ValueError(f"There is no topic {clean(name)[:40]!r}. The topics are {', '.join(TOPICS)}.")
    return "".join(part(one) for one in TOPICS[name])
