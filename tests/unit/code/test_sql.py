"""The SQL of phases in each dialect."""

from __future__ import annotations

import pytest
from drafted.styles import FOLDER, LITE, MY
from unit.code.drafts import change, column, draft_of, plan_of, table, with_tables, without_tables

from shipkit_mcp.code import draft_code
from shipkit_mcp.facts import ForeignKey, Schema
from shipkit_mcp.findings import ChangeKind
from shipkit_mcp.mapping.literals import is_expression, read_default

KEY = column("id", "uuid", primary_key=True, not_null=True)


def wider(schema: Schema, *columns: object) -> Schema:
    users = schema.table("users")
    assert users
    return with_tables(schema, users.model_copy(update={"columns": (*users.columns, *columns)}))


def test_a_column_that_rows_must_have_comes_in_three_steps() -> None:
    schema = FOLDER.survey().schema

    phase = draft_of(wider(schema, column("country", not_null=True))).phases[0]

    filled = 'UPDATE "users" SET "country" = \'\' WHERE "country" IS NULL;'
    assert phase.up.split("\n\n")[2:5] == [
        'ALTER TABLE "users" ADD COLUMN "country" text;',
        f"-- FILL IN: the value that the existing rows get.\n{filled}",
        'ALTER TABLE "users" ALTER COLUMN "country" SET NOT NULL;',
    ]
    assert 'ALTER TABLE "users" DROP COLUMN "country";' in phase.down


def test_mysql_says_the_whole_column_again() -> None:
    schema = MY.survey().schema

    phase = draft_of(wider(schema, column("country", "varchar(2)", not_null=True)), MY).phases[0]

    assert "ALTER TABLE `users` ADD COLUMN `country` varchar(2);" in phase.up
    assert "ALTER TABLE `users` MODIFY COLUMN `country` varchar(2) NOT NULL;" in phase.up
    assert "BEGIN" not in phase.up


def test_sqlite_adds_what_it_can_and_rebuilds_for_the_rest() -> None:
    schema = LITE.survey().schema

    plain = draft_of(wider(schema, column("note")), LITE).phases[0].up
    strict = draft_of(wider(schema, column("note", not_null=True)), LITE).phases[0].up

    assert 'ALTER TABLE "users" ADD COLUMN "note" text;' in plain
    assert "__new_users" not in plain
    assert 'CREATE TABLE "__new_users"' in strict
    assert strict.index("PRAGMA foreign_keys = OFF") < strict.index("BEGIN") < strict.index("DROP TABLE")


def test_phases_stand_apart_and_a_key_waits_for_its_table() -> None:
    schema = FOLDER.survey().schema
    key = ForeignKey(name="", columns=("b_id",), table="bees", foreign_columns=("id",))
    ayes = table("ayes", KEY, column("b_id", "uuid", references="bees.id"), foreign_keys=(key,))
    target = with_tables(schema, ayes, table("bees", KEY))

    draft = draft_code(FOLDER.survey(), plan_of(target, changes=[change("ayes", 1), change("bees", 2)]))

    first, second = draft.phases
    assert "FOREIGN KEY" not in first.up
    assert 'ALTER TABLE "ayes" ADD CONSTRAINT "ayes_b_id_bees_id_fk"' in second.up
    assert second.down.index("DROP CONSTRAINT") < second.down.index("DROP TABLE")


def test_only_removals_that_were_accepted_are_drafted() -> None:
    schema = FOLDER.survey().schema
    proposed = change("labels", 1, ChangeKind.REMOVE_TABLE).model_copy(update={"proposed": True})

    assert draft_code(FOLDER.survey(), plan_of(schema, changes=[proposed])).phases == ()
    dropped = draft_of(without_tables(schema, "labels")).phases[0]
    assert 'DROP TABLE "labels";' in dropped.up
    assert 'CREATE TABLE "labels"' in dropped.down
    assert "are not restored" in dropped.down


def test_a_removed_value_of_an_enum_needs_a_new_type() -> None:
    schema = FOLDER.survey().schema
    enums = tuple(one.model_copy(update={"values": ("long",)}) for one in schema.enums)

    up = draft_of(schema.model_copy(update={"enums": enums})).phases[0].up

    assert 'ALTER TYPE "clip_kind" RENAME TO "clip_kind__old";' in up
    assert 'USING "kind"::text::"clip_kind"' in up


@pytest.mark.parametrize(
    "text",
    ["now()", "'it''s'", "now() + interval '7 days'", "-1.5", "(unixepoch())", "'a'::jsonb", "auth.uid()"],
)
def test_plain_expressions_are_repeated(text: str) -> None:
    assert read_default(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "now()); drop table users; --",
        "a",
        "1; 2",
        "/* x */ 1",
        "'a' 'b",
        "</script>",
        "Date.now()",
        "(",
        "f(,)",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert read_default(text) is None
    assert not is_expression(text)


def test_a_dialect_that_we_do_not_write_is_said() -> None:
    made = table("sites", KEY, dialect="mssql")

    draft = draft_of(Schema(dialect="mssql", tables=(made,)))

    assert draft.files == ()
    assert draft.notes == ("Code is drafted for PostgreSQL, MySQL and SQLite, not for mssql.",)
