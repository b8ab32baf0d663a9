"""What happened to the schema since the plan was recorded."""

from __future__ import annotations

from unit.rules.by_hand import document, survey, table

from shipkit_mcp.facts import Evidence
from shipkit_mcp.rules import PlannedFacts, PlannedTable, check_drift, read_planned
from shipkit_mcp.rules.drift import DRIFT_RULES

PLACE = Evidence(path="ai_docs/prep/initial_data_schema.md", line=9, quote="x")


def planned(name: str, state: str, *columns: str, count: int | None = None) -> PlannedTable:
    return PlannedTable(name=name, state=state, columns=columns, count=count, evidence=PLACE)


def drift(previous: list[PlannedTable], *tables: object) -> list[tuple[str, str]]:
    found = check_drift(PlannedFacts(PLACE.path, tuple(previous)), survey(*tables))
    return [(one.rule, one.subject) for one in found]


def test_a_planned_table_that_is_there_is_built() -> None:
    assert drift([planned("sites", "new")], table("sites", "id")) == [("drift-built", "sites")]


def test_a_planned_table_that_is_not_there_is_missing() -> None:
    assert drift([planned("sites", "new")]) == [("drift-missing", "sites")]


def test_a_recorded_table_that_is_gone_is_missing() -> None:
    assert drift([planned("users", "existing")]) == [("drift-missing", "users")]


def test_a_removed_table_that_is_there_is_still_there() -> None:
    assert drift([planned("themes", "remove")], table("themes", "id")) == [("drift-still-there", "themes")]
    assert drift([planned("themes", "remove")]) == []


def test_a_table_the_plan_does_not_know_was_not_planned() -> None:
    found = drift([planned("users", "existing")], table("users", "id"), table("sites", "id"))

    assert found == [("drift-unplanned", "sites")]


def test_a_table_built_with_other_columns_has_changed() -> None:
    previous = [planned("sites", "new", "id", "slug")]
    found = check_drift(PlannedFacts(PLACE.path, tuple(previous)), survey(table("sites", "id", "host")))

    assert [(one.rule, one.message) for one in found] == [
        ("drift-built", "`sites` was planned and is now built."),
        ("drift-changed", "`sites` lacks `slug` and adds `host`."),
    ]


def test_columns_that_could_not_be_read_are_not_called_missing() -> None:
    previous = [planned("sites", "existing", "id", "slug")]

    assert drift(previous, table("sites", "id", unread=True)) == []


def test_another_number_of_columns_is_a_change() -> None:
    assert drift([planned("users", "existing", count=3)], table("users", "id", "email")) == [
        ("drift-changed", "users")
    ]
    assert drift([planned("users", "existing", count=2)], table("users", "id", "email")) == []


def test_without_a_recorded_plan_nothing_has_drifted() -> None:
    assert check_drift(None, survey(table("users", "id"))) == ()


def test_every_finding_of_drift_is_known_and_cites_the_plan() -> None:
    previous = [
        planned("a", "new"),
        planned("b", "remove"),
        planned("c", "existing", "x"),
        planned("d", "new"),
    ]
    found = check_drift(
        PlannedFacts(PLACE.path, tuple(previous)), survey(table("a"), table("b"), table("c"), table("e"))
    )

    assert {one.rule for one in found} == set(DRIFT_RULES)
    assert all(PLACE in one.evidence for one in found)


def test_our_document_tells_what_it_recorded() -> None:
    text = """## Current Database State

### Existing Tables (Worker-Simple Template)

The schema holds 2 tables with 5 columns:

- **`users`** (`lib/users.ts:4`) - the owner of `sites` (3 columns)
- **`themes`** (`lib/themes.ts:4`) - purpose not stated (2 columns)

### Template Assessment

**Total Tables:** 2

**New Tables Needed:** `sites` (planned), `pages` (planned)

**Tables to Modify:** `users` (`lib/users.ts:4`)

**Tables to Remove:** none
"""

    recorded = read_planned(document(text))

    assert [(one.name, one.state, one.count) for one in recorded.tables] == [
        ("users", "modify", None),
        ("themes", "existing", 2),
        ("sites", "new", None),
        ("pages", "new", None),
    ]
    assert [one.evidence.line for one in recorded.tables] == [16, 8, 14, 14]
