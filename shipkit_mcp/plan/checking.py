"""Amendments against a project -> what is wrong with them, and what of recorded ones still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from shipkit_mcp.facts import Amendments, DeclaredTable, Survey, Unread
from shipkit_mcp.findings import Decision, Finding, Plan, WorkflowMapping
from shipkit_mcp.mapping import map_workflows
from shipkit_mcp.plan.answers import answer_findings
from shipkit_mcp.plan.checked_call import Call, check_call
from shipkit_mcp.plan.checked_defaults import find_unfit_defaults
from shipkit_mcp.plan.checked_kept import Misfit, find_misfits
from shipkit_mcp.plan.checked_prose import check_narrative, known_names
from shipkit_mcp.plan.checked_references import check_removals
from shipkit_mcp.plan.checked_tables import Problem, find_problems
from shipkit_mcp.plan.drafting import NOTHING, draft_plan
from shipkit_mcp.plan.links import references_of
from shipkit_mcp.plan.nearest import suggest
from shipkit_mcp.plan.standing import Standing, standing
from shipkit_mcp.plan.style import read_style
from shipkit_mcp.rules import check_project

Facts = tuple[Survey, tuple[WorkflowMapping, ...], tuple[Finding, ...]]


def check_amendments(
    survey: Survey,
    mappings: Sequence[WorkflowMapping],
    findings: Sequence[Finding],
    amendments: Amendments,
    declared: Sequence[DeclaredTable] = (),
    unread: Sequence[Unread] = (),
    call: Call | None = None,
) -> tuple[str, ...]:
    """Every problem of a set of amendments, each what is wrong, where, and what to write instead.

    ``declared`` and ``unread`` are what the notation reader made of ``amendments.tables``; ``call`` is what was
    given before it was merged into them.
    """
    facts: Facts = (survey, tuple(mappings), tuple(findings))
    without = draft_plan(*facts, Amendments(decisions=amendments.decisions), ())
    problems = [
        *(f"Line {one.line} of `tables` was not understood: {one.why}." for one in unread),
        *check_decisions(amendments.decisions, without.decisions),
        *(check_call(call, without.target) if call else ()),
        *check_removals(amendments.remove, without, survey.schema, {one.name for one in declared}),
        *_check_declared(survey, without, amendments, declared),
    ]
    if problems:
        return tuple(dict.fromkeys(problems))
    drafted = draft_plan(*facts, amendments, declared)
    problems += check_narrative(amendments.narrative, known_names(survey, drafted))
    problems += [one.text for one in _new_misfits(survey, without, drafted, declared)]
    if declared or amendments.remove:
        problems += [f"{one.message} {one.fix}" for one in _broken_rules(facts, without, drafted)]
    return tuple(dict.fromkeys(problems))


def check_decisions(chosen: Mapping[str, str], posed: Sequence[Decision]) -> Iterator[str]:
    """Decisions that the project does not pose, and options that they do not have."""
    known = {one.id: one for one in posed}
    for decision, option in chosen.items():
        found = known.get(decision)
        if found is None:
            yield f"This project poses no decision `{decision}`. {suggest(decision, known)}"
        elif option not in {one.id for one in found.options}:
            options = ", ".join(f"`{one.id}` ({one.title})" for one in found.options)
            yield f"The decision `{decision}` has no option `{option}`. Choose one of {options}."


def _check_declared(
    survey: Survey, without: Plan, amendments: Amendments, declared: Sequence[DeclaredTable]
) -> Iterator[str]:
    return (one.text for one in find_problems(declared, _stands(survey, without, amendments)))


def _stands(survey: Survey, without: Plan, amendments: Amendments) -> Standing:
    roles = {t.existing or t.table: t.role for one in without.workflows for t in one.tables}
    return standing(without.target, roles, amendments.remove, read_style(survey.schema).dialect)


def _new_misfits(
    survey: Survey, without: Plan, drafted: Plan, declared: Sequence[DeclaredTable]
) -> Iterator[Misfit]:
    """What the amendments change although something that stays needs it as it is, and defaults of no use."""
    known = {*find_misfits(survey.schema, without.target, without.renames)}
    found = find_misfits(survey.schema, drafted.target, drafted.renames)
    yield from (one for one in found if one not in known)
    yield from find_unfit_defaults(declared, drafted.target)


def _broken_rules(facts: Facts, without: Plan, drafted: Plan) -> Iterator[Finding]:
    """Rules of the mission that the amended schema breaks and the plan without the amendments keeps."""
    survey, _, findings = facts
    known = {(one.rule, one.subject) for one in findings if one.counted}
    new = [one for one in counted_findings(survey, drafted) if (one.rule, one.subject) not in known]
    if new:
        known |= {(one.rule, one.subject) for one in counted_findings(survey, without)}
    return (one for one in new if (one.rule, one.subject) not in known)


def counted_findings(survey: Survey, plan: Plan) -> tuple[Finding, ...]:
    """What the rules still count once the plan is built."""
    built = replace(survey, schema=plan.target)
    mappings = map_workflows(built)
    findings = answer_findings(check_project(built, mappings), plan.decisions, mappings)
    return tuple(one for one in findings if one.counted)


def hold_amendments(
    survey: Survey,
    mappings: Sequence[WorkflowMapping],
    findings: Sequence[Finding],
    amendments: Amendments,
    declared: Sequence[DeclaredTable] = (),
) -> tuple[Amendments, tuple[DeclaredTable, ...], tuple[str, ...]]:
    """What of recorded amendments still holds, its tables, and a sentence for each that is left out.

    The text of ``tables`` stays as it is recorded; only the tables that hold are given back.
    """
    if amendments == NOTHING and not declared:
        return amendments, (), ()
    facts: Facts = (survey, tuple(mappings), tuple(findings))
    without = draft_plan(*facts, Amendments(decisions=amendments.decisions), ())
    left: list[str] = []
    decisions = _held(amendments.decisions, lambda one: check_decisions(one, without.decisions), left)
    remove = _held_removals(survey, without, amendments.remove, left)
    kept = Amendments(decisions=decisions, tables=amendments.tables, remove=remove)
    tables = _held_tables(facts, without, kept, declared, left)
    tables = _within_rules(facts, without, kept, tables, left)
    drafted = draft_plan(*facts, kept, tables)
    names = known_names(survey, drafted)
    narrative = _held(amendments.narrative, lambda one: check_narrative(one, names), left)
    return kept.model_copy(update={"narrative": narrative}), tables, tuple(left)


def _held(
    given: Mapping[str, str], check: Callable[[Mapping[str, str]], Iterable[str]], left: list[str]
) -> dict[str, str]:
    kept = {}
    for key, value in given.items():
        wrong = next(iter(check({key: value})), None)
        if wrong is None:
            kept[key] = value
        else:
            left.append(f"The recorded `{key}` is left out: {wrong}")
    return kept


def _held_removals(survey: Survey, without: Plan, names: Sequence[str], left: list[str]) -> tuple[str, ...]:
    there = [one for one in names if survey.schema.table(one)]
    left += [
        f"The recorded removal of `{one}` is left out: the schema has no such table."
        for one in names
        if one not in there
    ]
    while wrong := {name for name in there if _is_referred(name, there, without)}:
        left += [
            f"The recorded removal of `{one}` is left out: a table that stays refers to it."
            for one in sorted(wrong)
        ]
        there = [one for one in there if one not in wrong]
    return tuple(there)


def _is_referred(name: str, gone: Sequence[str], plan: Plan) -> bool:
    return any(name in references_of(one) for one in plan.target.tables if one.name not in gone)


def _held_tables(
    facts: Facts, without: Plan, kept: Amendments, declared: Sequence[DeclaredTable], left: list[str]
) -> tuple[DeclaredTable, ...]:
    """Without the columns and tables that no longer fit, until all that is left does."""
    tables = list(declared)
    while True:
        problems = list(find_problems(tables, _stands(facts[0], without, kept)))
        problems = problems or list(_misfits(facts, without, kept, tables))
        if not problems:
            return tuple(tables)
        left += [
            f"The recorded amendment of `{one.table}` is left out in part: {one.text}" for one in problems
        ]
        tables = [lighter for at, one in enumerate(tables) if (lighter := _lighter(at, one, problems))]


def _misfits(
    facts: Facts, without: Plan, kept: Amendments, tables: Sequence[DeclaredTable]
) -> Iterator[Problem]:
    """The same as `_new_misfits`, each where it was declared."""
    said = (column for one in tables for column in one.columns)
    if not (any(facts[0].schema.table(one.name) for one in tables) or any(one.default for one in said)):
        return
    for one in _new_misfits(facts[0], without, draft_plan(*facts, kept, tables), tables):
        for place, table in enumerate(tables):
            if table.name == one.table and any(said.name == one.column for said in table.columns):
                yield Problem(place, one.table, one.column, one.text)


def _lighter(place: int, table: DeclaredTable, problems: Sequence[Problem]) -> DeclaredTable | None:
    mine = [one for one in problems if one.place == place]
    if any(one.column is None for one in mine):
        return None
    wrong = {one.column for one in mine}
    columns = tuple(one for one in table.columns if one.name not in wrong)
    update = {
        "columns": columns,
        "unique": tuple(one for one in table.unique if not wrong & set(one)),
        "indexes": tuple(one for one in table.indexes if not wrong & set(one)),
    }
    return table.model_copy(update=update)


def _within_rules(
    facts: Facts, without: Plan, kept: Amendments, tables: tuple[DeclaredTable, ...], left: list[str]
) -> tuple[DeclaredTable, ...]:
    """Without the tables that would now break a rule of the mission."""
    if not tables:
        return tables
    new = list(_broken_rules(facts, without, draft_plan(*facts, kept, tables)))
    wrong = {one.subject.split(".")[0] for one in new}
    left += [f"The recorded amendment of `{one.subject}` is left out: {one.message}" for one in new]
    return tuple(one for one in tables if one.name not in wrong)
