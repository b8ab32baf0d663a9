"""What a decision comes to, in the mentor's voice: the recommendation, or what was chosen, and why."""

from __future__ import annotations

from shipkit_mcp.document.material import Material
from shipkit_mcp.findings import Decision, Option

MOST_KEY_DECISIONS = 4


def key_decisions(material: Material) -> tuple[Decision, ...]:
    """The decisions that come first: never more than four."""
    return tuple(one for one in material.plan.decisions if one.key)[:MOST_KEY_DECISIONS]


def recommendation(material: Material, decision: Decision) -> str:
    """One decision on one line: the question and what it comes to."""
    return f"**{material.prose(decision.question)}** {verdict(material, decision)}"


def verdict(material: Material, decision: Decision) -> str:
    """``I recommend X because Y.`` until somebody chose; then what was decided, and why."""
    given = material.narrative(f"decision.{decision.id}")
    reason = material.prose(given or _because(decision)).rstrip(".")
    if decision.chosen is None:
        return f"I recommend {inside(material.prose(decision.taken.title))} because {reason}."
    decided = f"Decided: {inside(material.prose(decision.taken.title))}"
    if given or decision.chosen == decision.recommended:
        return f"{decided}, because {reason}."
    advised = next(one for one in decision.options if one.id == decision.recommended)
    return f"{decided}. My recommendation was {inside(material.prose(advised.title))} because {reason}."


def pros_and_cons(material: Material, option: Option) -> str:
    """An option's two sides in one breath."""
    sides = [("✅", one) for one in option.pros] + [("❌", one) for one in option.cons]
    told = [f"{sign} {material.prose(one)}" for sign, one in sides]
    return f" - {'; '.join(told)}" if told else ""


def _because(decision: Decision) -> str:
    """The reason alone: the plan writes it as a whole recommendation."""
    before, _, after = decision.why.partition(" because ")
    return after if before.startswith("I recommend") and after else decision.why


def inside(title: str) -> str:
    """A title as it stands inside a sentence; names and abbreviations keep their capitals."""
    plain = title[:1].isupper() and (title[1:2].islower() or title.startswith("A "))
    return title[:1].lower() + title[1:] if plain else title
