"""``check`` as the project lives on: before the plan is built, while it is built, and when somebody departs from it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from endtoend.projects import AUDIO, SITES, STALLS

from shipkit_mcp.cli.commands import commands
from shipkit_mcp.code import draft_code
from tests.golden.update import look

Example = Callable[[str], Path]


def run(*arguments: object) -> tuple[int, str]:
    """Exit status and standard output of a command."""
    result = CliRunner().invoke(commands, [str(one) for one in arguments], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value or 0), result.stdout


def check(root: Path, *more: object) -> tuple[int, dict[str, Any]]:
    status, printed = run("check", root, "--json", *more)
    return status, json.loads(printed)


def rules_of(said: dict[str, Any], start: str = "") -> set[tuple[str, str]]:
    """(rule, subject) of the findings whose rule begins so."""
    return {(one["rule"], one["subject"]) for one in said["findings"] if one["rule"].startswith(start)}


def amend(root: Path, **amendments: object) -> None:
    """Record amendments and write the document."""
    path = root / "amend.json"
    path.write_text(json.dumps(amendments), encoding="utf-8")
    run("plan", root, "--write", "--amend", path)


def build(root: Path) -> None:
    """Put the drafted files into the project and apply the drafted diffs, as a person would."""
    analysis = look(root)
    draft = draft_code(analysis.survey, analysis.plan)
    for one in draft.files:
        (root / one.name).write_text(one.text, encoding="utf-8", newline="\n")
    patch = "".join(one.diff for one in draft.diffs)
    outside = {**os.environ, "GIT_CEILING_DIRECTORIES": str(root.parent), "GIT_DIR": str(root / ".none")}
    subprocess.run(["git", "apply", "-"], cwd=root, input=patch.encode(), check=True, env=outside)


@pytest.fixture
def built(example: Example) -> Path:
    """The sites example with its plan decided, written and built."""
    root = example(SITES)
    amend(
        root,
        tables=STALLS,
        decisions={"status-vocabulary": "B", "results-place": "A", "template-tables": "B"},
    )
    build(root)
    return root


def test_before_it_is_built_the_plan_is_missing_and_the_rules_are_broken(example: Example) -> None:
    root = example(SITES)
    amend(root, tables=STALLS)
    status, said = check(root)

    assert status == 1
    assert ("drift-missing", "stalls") in rules_of(said)
    assert ("job-table", "brand_kit_generation") in rules_of(said)
    assert said["counts"]["require"] == sum(
        one["severity"] == "require" and one["certain"] and not one["accepted_by"] for one in said["findings"]
    )


def test_once_the_drafted_code_stands_in_the_project_the_plan_is_built_and_nothing_counts(
    built: Path,
) -> None:
    status, said = check(built)
    planned = {"stalls", "products", "brand_kit_jobs", "brand_kits", "brand_kit_versions"}

    assert {subject for rule, subject in rules_of(said, "drift-built")} >= planned
    assert rules_of(said, "drift-missing") == set()
    assert (status, said["counts"]["reject"], said["counts"]["require"]) == (0, 0, 0)


def test_after_the_next_write_a_built_plan_asks_for_nothing_more(built: Path) -> None:
    run("plan", built, "--write")
    _, said = check(built)
    plan = look(built).plan

    assert (plan.create, plan.changes) == ((), ())
    assert plan.readiness.percent == 100
    assert rules_of(said, "drift") == set()


def test_a_table_that_nobody_planned_and_a_column_that_went_are_drift(built: Path) -> None:
    run("plan", built, "--write")
    schema = built / "lib/drizzle/schema"
    (schema / "kilns.ts").write_text(
        'import { pgTable, uuid } from "drizzle-orm/pg-core";\n\n'
        'export const kilns = pgTable("kilns", { id: uuid("id").primaryKey() });\n',
        encoding="utf-8",
    )
    with (schema / "index.ts").open("a", encoding="utf-8") as barrel:
        barrel.write('export * from "./kilns";\n')
    products = (schema / "products.ts").read_text(encoding="utf-8").splitlines(keepends=True)
    (schema / "products.ts").write_text(
        "".join(one for one in products if '"season"' not in one), encoding="utf-8"
    )
    _, said = check(built)

    assert rules_of(said, "drift") == {("drift-unplanned", "kilns"), ("drift-changed", "products")}


def test_planned_columns_of_a_table_that_stands_are_missing_and_then_built(example: Example) -> None:
    root = example(AUDIO)
    amend(root, tables="users {\n  drop column institution\n}\ntranscripts {\n  word_count: bigint\n}")
    _, planned = check(root)
    users = root / "lib/drizzle/schema/users.ts"
    lines = users.read_text(encoding="utf-8").splitlines(keepends=True)
    added = [one.replace("institution", "stripe_customer_id") for one in lines if '"institution"' in one]
    users.write_text(
        "".join("".join(added) if '"institution"' in one else one for one in lines), encoding="utf-8"
    )
    _, built = check(root)

    assert {one["message"] for one in planned["findings"] if one["rule"].startswith("drift")} == {
        "`users.stripe_customer_id` is planned and not built yet.",
        "`users.institution` is to be dropped and still there.",
        "`transcripts.word_count` is to become `bigint` and is still `integer`.",
        "`transcripts.speaker_labels` is planned and not built yet.",
        "`monthly_usage` is planned and not built yet.",
    }
    assert {one["message"] for one in built["findings"] if one["subject"] == "users"} == {
        "`users.stripe_customer_id` was planned and is now built."
    }


def test_a_removal_that_was_accepted_is_still_there_until_it_is_gone(example: Example) -> None:
    root = example(SITES)
    amend(root, remove=["transcript_messages"])
    _, before = check(root)
    (root / "lib/drizzle/schema/transcript-messages.ts").unlink()
    barrel = root / "lib/drizzle/schema/index.ts"
    lines = barrel.read_text(encoding="utf-8").splitlines(keepends=True)
    barrel.write_text("".join(one for one in lines if "transcript-messages" not in one), encoding="utf-8")
    _, after = check(root)

    assert ("drift-still-there", "transcript_messages") in rules_of(before)
    assert rules_of(after, "drift-still-there") == set()


def test_a_recorded_decision_accepts_the_findings_that_it_answers(example: Example) -> None:
    root = example(AUDIO)
    _, before = check(root)
    amend(root, decisions={"own-jobs-table": "A", "result-versions": "B"})
    _, after = check(root)
    accepted = {one["rule"]: one["accepted_by"] for one in after["findings"] if one["accepted_by"]}

    assert accepted == {
        "job-table": "decision:own-jobs-table",
        "enhancement-result-unique": "decision:result-versions",
    }
    assert after["counts"]["require"] == before["counts"]["require"] - 2
    assert after["counts"]["accepted"] == 2


def test_a_comment_beside_the_table_accepts_a_finding_with_its_reason(example: Example) -> None:
    root = example(AUDIO)
    path = root / "lib/drizzle/schema/ai-summaries.ts"
    text = path.read_text(encoding="utf-8")
    excuse = "// shipkit: allow enhancement-result-unique a summary for each style\n"
    path.write_text(
        text.replace("export const aiSummaries", f"{excuse}export const aiSummaries"), encoding="utf-8"
    )
    _, said = check(root)
    (found,) = (one for one in said["findings"] if one["rule"] == "enhancement-result-unique")

    line = text[: text.index("export const aiSummaries")].count("\n") + 2
    assert found["accepted_by"] == f"lib/drizzle/schema/ai-summaries.ts:{line}"


def test_new_only_counts_what_the_base_did_not_have(example: Example, tmp_path: Path) -> None:
    root = example(AUDIO)
    status, said = check(root)
    base = tmp_path / "base.json"
    base.write_text(json.dumps(said), encoding="utf-8")
    unchanged, _ = check(root, "--new-only", base)
    users = root / "lib/drizzle/schema/users.ts"
    text = users.read_text(encoding="utf-8")
    users.write_text(
        text.replace('email: text("email")', 'tier: text("subscription_tier"),\n    email: text("email")'),
        encoding="utf-8",
    )
    worse, printed = run("check", root, "--new-only", base)

    assert "subscription_tier" in users.read_text(encoding="utf-8")
    assert (status, unchanged, worse) == (1, 0, 1)
    assert "subscription_tier" in printed
    assert "job-index-status" not in printed


def test_the_tool_says_what_the_command_says(built: Path) -> None:
    import anyio
    from endtoend.projects import call, client_of

    async def ask() -> dict[str, Any]:
        async with client_of(built) as client:
            return await call(client, "check_schema", detail="full")

    _, said = check(built)
    answered = anyio.run(ask)

    assert answered["counts"] == said["counts"]
    assert {one["rule"] for one in answered["findings"]} <= {one["rule"] for one in said["findings"]}
