"""Tables of one name in several database schemas: a plan is about the app's own and leaves the others alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from shipkit_mcp.analysis import Analysis, analyse
from shipkit_mcp.analysis.memory import Memory
from shipkit_mcp.analysis.request import Request
from shipkit_mcp.code import draft_code
from shipkit_mcp.document import render_document
from shipkit_mcp.facts import Evidence
from shipkit_mcp.project import open_project

USERS = "lib/drizzle/schema/users.ts"
AUTH = """export const auth = pgSchema("auth");
export const authUsers = auth.table("users", { id: uuid("id").primaryKey(), email: text("email"), level: level() });
"""
OWN = """export const users = pgTable("users", {
  id: uuid("id").primaryKey().references(() => authUsers.id, { onDelete: "cascade" }),
  name: text("name").notNull(),
});
"""
HEAD = """import { pgEnum, pgSchema, pgTable, text, uuid } from "drizzle-orm/pg-core";
export const level = pgEnum("level", ["one", "two"]);
"""


@pytest.fixture(params=[AUTH + OWN, OWN + AUTH], ids=["auth first", "auth last"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "lib/drizzle/schema"
    folder.mkdir(parents=True)
    (tmp_path / USERS).write_text(HEAD + request.param, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"dependencies": {"drizzle-orm": "^0.45.0"}}', encoding="utf-8")
    return tmp_path


def planned(root: Path, tables: str = "") -> Analysis:
    project = open_project(str(root), launch=None, environ={}, cwd=str(root))
    return analyse(project, Request(amendments={"tables": tables} if tables else {}), Memory())


def test_two_tables_of_one_name_are_no_change_of_either(root: Path) -> None:
    found = planned(root)

    assert (found.plan.counts.tables, found.plan.counts.total) == (2, 2)
    assert found.plan.changes == ()
    assert draft_code(found.survey, found.plan).files == ()


def test_an_amendment_is_about_the_table_of_the_app(root: Path) -> None:
    found = planned(root, "users {\n  stripe_customer_id: text (nullable)\n}")
    draft = draft_code(found.survey, found.plan)

    assert [(one.table, one.columns) for one in found.plan.changes] == [("users", ("stripe_customer_id",))]
    assert [one.evidence for one in found.plan.modify] == [(Evidence(path=USERS, line=own_line(root)),)]
    [phase] = draft.phases
    assert phase.up.count("ALTER TABLE") == 1
    assert "email" not in phase.up


def test_an_enum_that_only_a_namesake_uses_stays(root: Path) -> None:
    found = planned(root, "users {\n  nickname: text (nullable)\n}")

    assert [one.name for one in found.plan.target.enums] == ["level"]


def own_line(root: Path) -> int:
    lines = (root / USERS).read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, start=1) if "const users" in line)


def test_the_document_tells_namesakes_apart(root: Path) -> None:
    found = planned(root)
    text = render_document(found.survey, found.plan)
    lines = [one for one in text.splitlines() if one.startswith("- **`users`**")]

    assert sorted(" of schema `auth` " in one for one in lines[:2]) == [False, True]
