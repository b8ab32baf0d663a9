"""What happened to the schema since the plan was recorded."""

from __future__ import annotations

from unit.rules.by_hand import document, survey, table

from shipkit_mcp.facts import Column, Evidence
from shipkit_mcp.rules import PlannedColumn, PlannedFacts, PlannedTable, check_drift, read_planned
from shipkit_mcp.rules.drift import DRIFT_RULES

PLACE = Evidence(path="ai_docs/prep/initial_data_schema.md", line=9, quote="x")


def planned(name: str, state: str, *columns: str, count: int | None = None) -> PlannedTable:
    named = tuple(PlannedColumn(one) for one in columns)
    return PlannedTable(name=name, state=state, columns=named, count=count, evidence=PLACE)


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


DIAGRAM = """
- **Action:** ALTER TABLE `users`: RENAME COLUMN `nick` TO `handle`; ADD COLUMN `stripe_customer_id` text; DROP COLUMN `plan` and `tier`.

**New Tables Needed:** `sites` (planned)

**Tables to Modify:** `users` (`lib/users.ts:4`)

```mermaid
erDiagram
    users {
        uuid id PK
        varchar_255 email UK
        integer age "to be changed"
        text handle "planned"
        text stripe_customer_id UK "planned"
    }
    sites {
        uuid id PK "planned"
        uuid user_id FK "planned"
    }
    users ||--o{ sites : "user_id"
```
"""
AS_WRITTEN = {
    "id": "uuid",
    "email": "varchar(255)",
    "age": "text",
    "nick": "text",
    "plan": "text",
    "tier": "text",
}


def since(columns: dict[str, str], name: str = "users", *, unread: bool = False) -> list[tuple[str, str]]:
    """What has happened to a table of the diagram, its columns being these now."""
    bare = table(name, unread=unread)
    made = tuple(Column(name=one, key=one, type=kind) for one, kind in columns.items())
    others = () if name == "users" else (users_as_planned(),)
    found = check_drift(
        read_planned(document(DIAGRAM)), survey(bare.model_copy(update={"columns": made}), *others)
    )
    return [(one.rule, one.message) for one in found if one.subject == name]


def users_as_planned() -> object:
    return table("users")


def test_what_is_planned_for_a_table_that_stands_is_missing_until_it_is_built() -> None:
    assert since(AS_WRITTEN) == [
        ("drift-missing", "`users.handle`, `users.stripe_customer_id` are planned and not built yet."),
        ("drift-missing", "`users.age` is to become `integer` and is still `text`."),
        ("drift-still-there", "`users.plan`, `users.tier` are to be dropped and still there."),
    ]


def test_planned_columns_that_came_are_built_and_no_change() -> None:
    now = {
        "id": "uuid",
        "email": "varchar(255)",
        "age": "integer",
        "handle": "text",
        "stripe_customer_id": "text",
    }

    assert since(now) == [
        ("drift-built", "`users.handle`, `users.stripe_customer_id` were planned and are now built.")
    ]


def test_a_column_that_went_came_or_got_another_type_without_a_plan_is_a_change() -> None:
    now = {"id": "text", "age": "integer", "handle": "text", "stripe_customer_id": "text", "phone": "text"}

    assert since(now)[1:] == [
        (
            "drift-changed",
            "`users` lacks `email` and adds `phone`. `users.id` is planned as `uuid` and is `text`.",
        )
    ]


def test_a_new_table_that_was_built_otherwise_says_how() -> None:
    assert since({"id": "integer"}, "sites") == [
        ("drift-built", "`sites` was planned and is now built."),
        ("drift-changed", "`sites` lacks `user_id`. `sites.id` is planned as `uuid` and is `integer`."),
    ]


def test_planned_columns_of_a_table_that_was_read_in_part_are_not_called_missing() -> None:
    assert all(rule != "drift-missing" or "become" in said for rule, said in since(AS_WRITTEN, unread=True))


def test_a_diagram_that_left_columns_out_proves_nothing_about_columns() -> None:
    text = DIAGRAM.replace(
        "erDiagram", "erDiagram\n    %% left out: columns that are no keys, the schema is large"
    )

    assert {one.columns for one in read_planned(document(text)).tables} == {()}


def test_a_table_of_a_database_schema_of_its_own_is_known_by_its_full_name() -> None:
    text = DIAGRAM.replace("    sites {", '    "web.sites" {')
    sites = next(one for one in read_planned(document(text)).tables if one.name == "sites")

    assert [one.name for one in sites.columns] == ["id", "user_id"]
