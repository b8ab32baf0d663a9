"""Step 3: the choices where several approaches are sound."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material
from shipkit_mcp.document.verdicts import MOST_KEY_DECISIONS, key_decisions, verdict
from shipkit_mcp.document.words import at, counted, listed
from shipkit_mcp.findings import Decision, Option


def options(material: Material) -> Iterator[str]:
    shown = _shown(material)
    yield from (f"**Bottom Line:** {_bottom_line(material, shown)}", "")
    yield from (
        _OPENING,
        "",
        f"**Purpose** – {_PURPOSE}",
        "",
        "**My Analysis**",
        "",
        _analysis(material, shown),
        "",
    )
    yield from ("**Strategic Options Needing Your Input**", "")
    for decision in shown:
        yield from (f"**⚠️ {material.prose(decision.question)}**", "", *_approaches(material, decision), "")
    why = (
        "one approach is clearly best everywhere"
        if material.plan.workflows
        else "no workflow poses a choice yet"
    )
    yield from () if shown else (f"- none: {why}", "")
    yield from ("**Your Decision**", "", *_VALIDATION)


_OPENING = (
    "Great template optimization! Now let me present the strategic options where multiple approaches are "
    "possible."
)
_PURPOSE = "Get clarity on implementation approaches where your app vision allows multiple valid paths."
_VALIDATION = (
    "1. Which approaches align with your workflow designs?",
    "2. Any questions about the trade-offs?",
    "3. Ready to finalize your strategic database plan?",
)


def recap_of_options(material: Material) -> str:
    """What was decided, in one line."""
    posed = material.posed.values()
    chosen = sum(one.chosen is not None for one in posed)
    left = counted(len(posed) - chosen, "question")
    mine = f"my recommendation for {left}" if chosen < len(posed) else ""
    yours = f"{counted(chosen, 'decision')} of yours" if chosen else ""
    return listed([one for one in (yours, mine) if one], none="no decision was open")


def _shown(material: Material) -> tuple[Decision, ...]:
    """The strategic options; where there are none, the key decisions in full."""
    return (material.plan.options or key_decisions(material))[:MOST_KEY_DECISIONS]


def _bottom_line(material: Material, shown: tuple[Decision, ...]) -> str:
    if not shown:
        why = "nothing rivals it" if material.plan.workflows else "no workflow asks for anything else yet"
        return f"No option needs your input: I recommend the plan as it stands because {why}."
    more = len(material.plan.options) - len(shown)
    besides = (
        f" {counted(more, 'smaller one follows', 'smaller ones follow')} in the document." if more > 0 else ""
    )
    need = "needs" if len(shown) == 1 else "need"
    mine = "it has" if len(shown) == 1 else "each has"
    return f"{counted(len(shown), 'option')} {need} your input; {mine} my recommendation.{besides}"


def _analysis(material: Material, shown: tuple[Decision, ...]) -> str:
    titles = listed([material.title(one.name) for one in material.plan.workflows], none="your documents")
    if not shown and not material.plan.workflows:
        return "Which approaches are possible shows once your trigger workflows are written."
    if not shown:
        return (
            f"Based on {titles}, no area is left where different database approaches would work equally well."
        )
    return f"Based on {titles}, there are areas where different database approaches could work."


def _approaches(material: Material, decision: Decision) -> Iterator[str]:
    if decision.problem:
        yield f"- **Problem**: {material.prose(decision.problem)}{at(decision.evidence)}"
    for option in decision.options:
        yield from _approach(material, option)
    yield f"- **My Recommendation**: {verdict(material, decision)}"


def _approach(material: Material, option: Option) -> Iterator[str]:
    yield f"- **Approach {material.prose(option.id)}**: {material.prose(option.title)}"
    if option.pros:
        yield f"  - ✅ Pros: {'; '.join(material.prose(one) for one in option.pros)}"
    if option.cons:
        yield f"  - ❌ Cons: {'; '.join(material.prose(one) for one in option.cons)}"
