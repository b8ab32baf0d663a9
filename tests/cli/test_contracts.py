"""``--json``: every promised key is there, in a process of its own and whatever the console's encoding."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.contracts import COLUMN, CONTRACTS, TABLE, missing

EXAMPLE_NAMES = ("audio-notes", "site-studio")
MAKES_ALL = """
import { pgTable, pgEnum, pgView, pgSequence, uuid, text, integer, index, uniqueIndex, unique, check, pgPolicy,
  foreignKey, primaryKey, timestamp } from "drizzle-orm/pg-core";
import { relations, sql } from "drizzle-orm";
import { make } from "./elsewhere";
export const mood = pgEnum("mood", ["good", "bad"]);
export const numbers = pgSequence("numbers");
export const users = pgTable("users", { id: uuid("id").primaryKey().defaultRandom(), mood: mood("mood").notNull() });
export const posts = pgTable("posts", {
  id: uuid("id").defaultRandom(), userId: uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
  kind: text("kind", { enum: ["a", "b"] }).array(), size: integer("size").generatedAlwaysAsIdentity(),
  half: integer("half").generatedAlwaysAs(sql`size / 2`), odd: make("odd"), at: timestamp("at", { withTimezone: true }),
}, (t) => [primaryKey({ columns: [t.id] }), unique().on(t.kind), index("i").on(t.userId).where(sql`size > 1`),
  check("c", sql`size > 0`), pgPolicy("p", { for: "all" })]);
export const postsRelations = relations(posts, ({ one }) => ({ user: one(users, { fields: [posts.userId],
  references: [users.id] }) }));
export const seen = pgView("seen").as((qb) => qb.select().from(posts));
"""


@pytest.mark.parametrize("name", EXAMPLE_NAMES)
@pytest.mark.parametrize("command", CONTRACTS)
def test_every_promised_key_is_there(
    command: str, name: str, run: Callable[..., Any], example: Callable[[str], Path]
) -> None:
    root = example(name)
    ran = run(command, root, "--json")

    assert ran.status == (1 if command == "check" else 0)
    assert missing(ran.json, CONTRACTS[command]) == []
    if command != "check":
        assert ran.json["project_root"] == str(root)
        assert ran.json["detail"] == "full"


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    """A schema that fills every list of the contract."""
    root = tmp_path / "everything"
    (root / "db").mkdir(parents=True)
    (root / "package.json").write_text('{"dependencies": {"drizzle-orm": "0.45.0"}}', encoding="utf-8")
    (root / "db" / "schema.ts").write_text(MAKES_ALL, encoding="utf-8")
    return root


def test_a_schema_with_everything_fills_every_list_of_the_contract(
    run: Callable[..., Any], everything: Path
) -> None:
    said = run("schema", everything, "--json").json
    posts = next(one for one in said["tables"] if one["name"] == "posts")

    assert missing(said, CONTRACTS["schema"]) == []
    assert all(said[name] for name in ("tables", "enums", "views", "sequences", "relations"))
    assert all(
        posts[name] for name in ("primary_key", "unique", "indexes", "foreign_keys", "checks", "policies")
    )
    assert posts["unread"]
    assert set(TABLE) <= set(posts)
    assert all(set(COLUMN) <= set(column) for column in posts["columns"])


def test_the_columns_say_what_the_contract_says_they_say(run: Callable[..., Any], everything: Path) -> None:
    said = run("schema", everything, "--json").json
    users, posts = ({one["name"]: one for one in said["tables"]}[name] for name in ("users", "posts"))
    columns = {one["name"]: one for one in posts["columns"]}

    assert users["columns"][0]["primary_key"]
    assert users["columns"][1]["enum"] == "mood"
    assert users["columns"][1]["enum_values"] == ["good", "bad"]
    assert not columns["id"]["primary_key"]
    assert posts["primary_key"] == ["id"]
    assert columns["user_id"]["references"] == "users.id"
    assert (
        columns["kind"] | {"type": "text[]", "array": 1, "enum": None, "enum_values": ["a", "b"]}
        == columns["kind"]
    )
    assert columns["at"]["type"] == "timestamp with time zone"
    assert columns["size"]["identity"]
    assert columns["half"]["generated"]
    assert posts["foreign_keys"][0]["name"] == "posts_user_id_users_id_fk"
    assert posts["foreign_keys"][0]["explicit_name"] is None
    assert posts["foreign_keys"][0]["on_delete"] == "cascade"
    assert posts["foreign_keys"][0]["on_update"] is None
    assert posts["path"] == "db/schema.ts"


@pytest.mark.parametrize("command", ["schema", "plan", "docs"])
def test_a_console_of_one_byte_a_character_changes_nothing(
    command: str, example: Callable[[str], Path]
) -> None:
    root = example("site-studio")
    start = [sys.executable, "-m", "shipkit_mcp", command, str(root)]
    narrow = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"}

    outputs = []
    for arguments in ([], ["--json"]):
        done = subprocess.run([*start, *arguments], env=narrow, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout.decode("utf-8"))
    assert outputs[0]
    assert json.loads(outputs[1])["project_root"] == str(root)


def test_json_stays_json_beside_a_diff_and_a_write(
    run: Callable[..., Any], example: Callable[[str], Path]
) -> None:
    folder = example("audio-notes")
    document = folder / "ai_docs" / "prep" / "initial_data_schema.md"
    document.unlink(missing_ok=True)

    previewed = run("plan", folder, "--json", "--diff")
    assert previewed.json["diff"].startswith(
        "--- /dev/null\n+++ b/ai_docs/prep/initial_data_schema.md\n@@ -0,0 +1,"
    )
    assert not document.exists()
    written = run("plan", folder, "--json", "--write")
    assert (written.json["path"], written.json["changed"], written.json["backup"]) == (
        "ai_docs/prep/initial_data_schema.md",
        True,
        None,
    )
    refused = run("plan", folder, "--json", "--diff", "--expected-sha256", "0" * 64)
    assert (refused.status, refused.out) == (2, "")
