"""The plan amended over the server: what is given is in the document, recorded, used later, and withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from endtoend.projects import (
    AUDIO,
    DOCUMENT,
    SITES,
    STALLS,
    call,
    client_of,
    column_line,
    refusal,
    table_of,
    text_of,
    write,
)

pytestmark = pytest.mark.anyio
Example = Callable[[str], Path]


# --- decisions -----------------------------------------------------------------------------------


async def test_a_decision_changes_the_plan_and_is_told_as_decided(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client, decisions={"results-place": "B"})
        text = text_of(root)
        guide = await call(client, "mentor_guide", step="4")

    assert "`product_text_results` (planned)" in table_of(text, "New Tables Needed")
    assert "(`decision:results-place`, chosen)" in text
    assert "- ✅ **Results of Product Text: inline or in a table?** Decided: a results table" in guide["text"]


async def test_the_five_statuses_move_finer_steps_into_a_stage(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client, decisions={"status-vocabulary": "A"})

    text = text_of(root)
    status = column_line(text, "brand_kit_jobs", "status")
    stage = column_line(text, "brand_kit_jobs", "stage")
    assert status is not None
    assert stage is not None
    assert "one of pending, processing, completed, failed, cancelled" in status
    assert "one of drafting_palettes, awaiting_palette_choice" in stage


async def test_null_withdraws_a_decision(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client)
        before = text_of(root)
        await write(client, decisions={"results-place": "B", "template-tables": "A"})
        await write(client, decisions={"results-place": None})
        between = text_of(root)
        await write(client, decisions={"template-tables": None})

    assert "product_text_results` (planned)" not in between
    assert "**Total Tables:** 9\n" in between
    assert text_of(root) == before


# --- tables --------------------------------------------------------------------------------------


async def test_a_table_of_the_apps_own_takes_part_in_everything(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client)
        undeclared = text_of(root)
        await write(client, tables=STALLS)
        declared = text_of(root)
        code = await call(client, "draft_schema_code", part="sql")

    assert "`stalls` (referred to, not declared)" in undeclared
    assert "**Total Tables:** 14\n" in undeclared
    assert "(referred to, not declared)" not in declared
    assert "**Total Tables:** 15\n" in declared
    assert "`stalls` (planned)" in table_of(declared, "New Tables Needed")
    assert '    stalls ||--o{ brand_kits : "stall_id"' in declared
    assert declared.index(": Create `stalls`") < declared.index(": Create `brand_kit_jobs`")
    up = code["phases"][0]["up"]
    assert up.index('CREATE TABLE "stalls"') < up.index('CREATE TABLE "brand_kits"')


async def test_a_planned_table_is_amended_column_by_column(example: Example) -> None:
    root = example(SITES)
    amendment = """\
brand_kits {
  tagline: text (nullable)
  drop is_in_use
  rename name to title
}
"""
    async with client_of(root) as client:
        await write(client, tables=amendment)

    text = text_of(root)
    assert column_line(text, "brand_kits", "tagline") == "  - `tagline` (planned) - text (`amendments:2`)"
    assert column_line(text, "brand_kits", "is_in_use") is None
    assert column_line(text, "brand_kits", "name") is None
    assert column_line(text, "brand_kits", "title") is not None
    assert column_line(text, "brand_kits", "stall_id") is not None


async def test_an_existing_table_is_amended_column_by_column(example: Example) -> None:
    root = example(AUDIO)
    amendment = (
        "users {\n  rename institution to organisation\n  time_zone: text (nullable)\n  drop full_name\n}\n"
    )
    async with client_of(root) as client:
        await write(client, tables=amendment)
        code = await call(client, "draft_schema_code", part="sql")

    text, up = text_of(root), code["phases"][0]["up"]
    assert "RENAME COLUMN `institution` TO `organisation`" in text
    assert "DROP COLUMN `full_name`" in text
    assert 'RENAME COLUMN "institution" TO "organisation"' in up
    assert 'DROP COLUMN "full_name"' in up
    assert 'ADD COLUMN "time_zone" text' in up


async def test_a_second_call_amends_the_same_table_further_and_a_minus_withdraws_it(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client)
        before = text_of(root)
        await write(client, tables=STALLS)
        await write(client, tables="stalls {\n  market: text (nullable)\n}\n")
        both = text_of(root)
        await write(client, remove=["-stalls"])

    assert column_line(both, "stalls", "name") is not None
    assert column_line(both, "stalls", "market") is not None
    assert text_of(root) == before


# --- removal and prose ---------------------------------------------------------------------------


async def test_a_removal_counts_until_a_minus_withdraws_it(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client, remove=["transcript_messages"])
        removed = text_of(root)
        await write(client, remove=["-transcript_messages"])

    assert table_of(removed, "Tables to Remove").startswith("`transcript_messages` (`lib/drizzle/")
    assert "**Total Tables:** 13\n" in removed
    assert "### Change #9: Remove `transcript_messages`" in removed
    assert table_of(text_of(root), "Tables to Remove") == "none"


async def test_prose_stands_in_the_named_places_until_null_withdraws_it(example: Example) -> None:
    root = example(AUDIO)
    prose = {
        "end_goal": "Interviews that can be quoted on the evening of the day.",
        "table.ai_summaries": "One summary a style and transcript.",
        "workflow.transcription": "Turns tape into text.",
        "decision.usage-record": "the invoice is monthly as well",
        "advantage": "The template fits, but for usage.",
        "next_steps": "- talk to the billing team",
    }
    async with client_of(root) as client:
        await write(client)
        before = text_of(root)
        await write(client, narrative=prose)
        told = text_of(root)
        await write(client, narrative=dict.fromkeys(prose))

    assert "**End Goal:** Interviews that can be quoted on the evening of the day." in told
    assert all(one.removeprefix("- ") in told for one in prose.values())
    assert "- **Purpose**: Turns tape into text.\n" in told
    assert text_of(root) == before


# --- recorded --------------------------------------------------------------------------------------


async def test_recorded_amendments_are_used_by_every_tool_and_by_another_server(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client, tables=STALLS, decisions={"results-place": "B"}, remove=["transcript_messages"])
    async with client_of(root) as client:
        mapped = await call(client, "map_workflow_to_tables", workflow="product_text")
        assessed = await call(client, "assess_schema", detail="full")
        drafted = await call(client, "draft_schema_code", part="drizzle")
        guide = await call(client, "mentor_guide", step="1")
        again = await write(client)

    (workflow,) = mapped["workflows"]
    assert [one["name"] for one in workflow["results"]] == ["product_text_results"]
    assert assessed["counts"]["new"] == 10
    assert assessed["undeclared"] == []
    assert [one["table"] for one in assessed["remove"] if one.get("accepted")] == ["transcript_messages"]
    assert "stalls" in {one["table"] for one in drafted["files"]}
    assert "`stalls` (planned)" in guide["text"]
    assert again["changed"] is False


async def test_a_recorded_amendment_that_no_longer_holds_is_left_out_and_reported(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client, remove=["transcript_messages"], decisions={"template-tables": "B"})
        (root / "lib/drizzle/schema/transcript-messages.ts").unlink()
        index = root / "lib/drizzle/schema/index.ts"
        lines = index.read_text(encoding="utf-8").splitlines(keepends=True)
        index.write_text("".join(one for one in lines if "transcript-messages" not in one), encoding="utf-8")
        assessed = await call(client, "assess_schema")
        written = await write(client)

    for said in (assessed, written):
        assert any("transcript_messages" in one for one in said["warnings"]), said["warnings"]
    assert "Remove `transcript_messages`" not in text_of(root)


# --- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amendment", "wrong", "instead"),
    [
        ({"decisions": {"template-table": "A"}}, "`template-table`", "Did you mean `template-tables`?"),
        ({"decisions": {"template-tables": "C"}}, "no option `C`", "Choose one of `A`"),
        ({"remove": ["transcript"]}, "`transcript`", "Did you mean `transcripts`"),
        ({"narrative": {"table.product": "Goods"}}, "`table.product`", "Did you mean `products`"),
        (
            {"narrative": {"end_goal": "See `products.price_cent`"}},
            "`products.price_cent`",
            "Did you mean `price_cents`?",
        ),
        (
            {"tables": "market_days {\n  id: uuid (PK)\n  owner_id: uuid (FK → user.id)\n}"},
            "`market_days.owner_id`",
            "Did you mean `users`?",
        ),
        (
            {"tables": "market_days {\n  id: uuid (PK)\n  owner_id: integer (FK → users.id)\n}"},
            "`market_days.owner_id`",
            "`uuid`",
        ),
        (
            {"tables": "users {\n  subscription_tier: text\n}"},
            "`users.subscription_tier`",
            "stripe_customer_id",
        ),
        (
            {"tables": "subscriptions {\n  id: uuid (PK)\n  stripe_subscription_id: text\n}"},
            "`subscriptions`",
            "Stripe",
        ),
        ({"tables": "market_days {\n  id: uid (PK)\n}"}, "type `uid`", "Did you mean `uuid`"),
        (
            {"tables": "market_days {\n  place: text\n}"},
            "`market_days` has no primary key",
            "`id: uuid (PK)`",
        ),
        ({"tables": "users {\n  drop emial\n}"}, "`emial`", "`email`"),
        ({"tables": "brand_kits {\n  rounds: dropped\n}"}, "type `dropped`", "`drop rounds`"),
        ({"tables": "brand_kits {\n  - is_in_use\n}"}, "Line 2 of `tables`", "`drop is_in_use`"),
        ({"tables": "CREATE TABLE days (\n  id uuid PRIMARY KEY\n);"}, "this is SQL", "`id: uuid (PK)`"),
        ({"remove": ["brand_kits"]}, "no such table yet", "brand_kit_generation.md:"),
        ({"remove": ["-brand_kitz"]}, "`-brand_kitz` in `remove` withdraws nothing", "leave it out"),
        (
            {"tables": "days\nid: uuid (PK)\n\ndays\nid: uuid (PK)\non: date"},
            "in lines 1 and 4",
            "below one heading",
        ),
    ],
)
async def test_what_is_wrong_is_refused_with_what_to_write_instead_and_nothing_is_written(
    example: Example, amendment: dict[str, Any], wrong: str, instead: str
) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        said = await refusal(client, **amendment)

    assert wrong in said
    assert instead in said
    assert not (root / DOCUMENT).exists()


async def test_one_wrong_part_refuses_the_whole_call_and_every_fault_is_told(example: Example) -> None:
    root = example(SITES)
    async with client_of(root) as client:
        await write(client)
        before = text_of(root)
        said = await refusal(client, tables=STALLS, remove=["transcript"], decisions={"nothing": "A"})

    assert "`transcript`" in said
    assert "`nothing`" in said
    assert text_of(root) == before
    assert not list((root / DOCUMENT).parent.glob("*.bak"))


async def test_without_amendments_the_document_is_the_one_that_stands_beside_the_example(
    example: Example,
) -> None:
    golden = Path(__file__).parents[2] / "examples" / AUDIO / DOCUMENT
    root = example(AUDIO)
    async with client_of(root) as client:
        await write(client)

    assert (root / DOCUMENT).read_bytes() == golden.read_bytes()
