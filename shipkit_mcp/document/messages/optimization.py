"""Step 2: what of the template serves, what is bloat, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from shipkit_mcp.document.material import Material, here
from shipkit_mcp.document.sections.strategic_advantage import gaps
from shipkit_mcp.document.words import at, code, counted, listed, quoted
from shipkit_mcp.findings import Feature, TableMapping, TableNote, WorkflowMapping
from shipkit_mcp.patterns import known_template


def optimization(material: Material) -> Iterator[str]:
    yield from (f"**Bottom Line:** {_bottom_line(material)}", "")
    yield from (_OPENING, "", f"**Purpose** – {_PURPOSE}", "")
    yield from ("**My Analysis**", "", _analysis(material), "")
    yield from ("**Smart Recommendations**", "")
    for title, lines in _recommendations(material):
        yield from (title, "", *(lines or ["- nothing"]), "")
    yield from ("**Workflow-to-Database Mapping**", "")
    for workflow in material.plan.workflows:
        yield from (*_mapping(material, workflow), "")
    yield from () if material.plan.workflows else ("- no workflow was found", "")
    yield from ("**Template Optimization Plan (editable)**", "", *_plan(material), "")
    yield from ("**Your Validation**", "", *_VALIDATION)


_OPENING = (
    "Perfect! Now let me analyze how well your chosen template fits your actual workflow needs and recommend "
    "optimizations."
)
_PURPOSE = (
    "Ensure your database is lean and focused on your specific background job workflows, not generic "
    "template features."
)
_VALIDATION = (
    "1. Do these optimizations align with your workflow designs?",
    "2. Any template features you want to keep that I suggested removing?",
)


def recap_of_optimization(material: Material) -> str:
    """The changes to the schema, in one line."""
    plan = material.plan
    proposed = sum(not one.accepted for one in plan.remove)
    counts = (
        (counted(len(plan.create), "new table"), plan.create),
        (f"{counted(len(plan.modify), 'table')} to modify", plan.modify),
        (counted(proposed, "removal to consider", "removals to consider"), proposed),
    )
    return listed([text for text, any_of in counts if any_of], none="no change to the tables")


def _bottom_line(material: Material) -> str:
    if not material.plan.workflows:
        return f"No workflow asks for a table yet; I recommend {recap_of_optimization(material)}."
    rest = " and no document speaks of the rest" if material.plan.remove else ""
    return (
        f"I recommend {recap_of_optimization(material)}, because that is what your workflows ask for{rest}."
    )


def _analysis(material: Material) -> str:
    known = known_template(material.plan.template)
    opening = _KNOWN.format(known) if known else _UNKNOWN
    if not material.plan.workflows:
        return f"{opening} What fits shows once your trigger workflows are written."
    titles = listed([material.title(one.name) for one in material.plan.workflows])
    return f"{opening} Based on your app vision for {titles}, I can see how to optimize it for your use case."


_KNOWN = "You chose the {0.title} template, which comes with tables for {0.feature}."
_UNKNOWN = "I judge each table of your template by what your documents say of it."


def _recommendations(material: Material) -> Iterator[tuple[str, list[str]]]:
    plan = material.plan
    yield (
        "**✅ Template Features You'll Use**",
        [_feature(material, "✅", one) for one in plan.features if one.used],
    )
    unused = [_feature(material, "❌", one) for one in plan.features if not one.used]
    yield (
        "**❌ Template Bloat to Consider Removing**",
        [_removal(material, one) for one in plan.remove] or unused,
    )
    yield "**🔧 Template Gaps to Fill**", gaps(material)


def _feature(material: Material, sign: str, feature: Feature) -> str:
    return (
        f"- {sign} **{material.prose(feature.title)}** - {material.prose(feature.why)}{at(feature.evidence)}"
    )


def _removal(material: Material, note: TableNote) -> str:
    how = "removal accepted" if note.accepted else "proposed, yours to decide"
    return f"- ❌ **{code(note.table)}** - {material.prose(note.why)} ({how}){at(note.evidence)}"


def _mapping(material: Material, workflow: WorkflowMapping) -> Iterator[str]:
    yield from (f"**{quoted(workflow.title, 120)}** ({code(workflow.path)}):", "")
    if workflow.jobs:
        yield _needed(material, "Jobs table", workflow.jobs)
    yield from (_needed(material, "Results table", one) for one in workflow.results)
    yield from (_needed(material, "Enhancements", one) for one in workflow.enhancements)
    yield from (_needed(material, "Further table", one) for one in (*workflow.others, *workflow.alters))
    if not workflow.tables:
        yield "- no table of its own"


def _needed(material: Material, label: str, table: TableMapping) -> str:
    name = here(table)
    fields = [code(one.existing or one.name) for one in table.columns[:12]]
    more = f" and {len(table.columns) - 12} more" if len(table.columns) > 12 else ""
    listed_fields = f" with fields {', '.join(fields)}{more}" if fields else ""
    return f"- **{label}**: {material.table(name)}{listed_fields}"


def _plan(material: Material) -> list[str]:
    changes = [f"- Change #{one.number}: {material.prose(one.title)}" for one in material.plan.changes]
    return changes or ["- no change is needed"]
