"""A project whose tables all stand in one schema file, and amendments that change each of them, for measuring."""

from __future__ import annotations

from pathlib import Path

_HEAD = """import { index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";

export const users = pgTable("users", { id: uuid("id").primaryKey(), email: text("email").notNull() });
"""
_TABLE = """
export const state{n} = pgEnum("state_{n}", ["open", "done"]);

export const thing{n} = pgTable("thing_{n}", {{
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull().references(() => users.id, {{ onDelete: "cascade" }}),
  parentId: uuid("parent_id").references(() => {parent}.id),
  title: text("title").notNull(),
  state: state{n}("state").notNull(),
}}, (t) => [index("thing_{n}_idx").on(t.userId)]);
"""
_MASTER = """# Master Idea

## End Goal

My app helps **readers** keep **things** in order.
"""
CHANGES = {
    "rename": "thing_{n} {{\n  title -> name: text\n}}\n",
    "retype": "thing_{n} {{\n  title: integer\n}}\n",
    "enum": 'thing_{n} {{\n  state: "open" | "done" | "late"\n}}\n',
    "link": "thing_{n} {{\n  other_id: uuid (FK → users.id, cascade delete)\n}}\n",
    "new": "fresh_{n} {{\n  id: uuid (PK)\n  thing_id: uuid (FK → thing_{n}.id, cascade delete)\n}}\n",
}
"""What is asked of every table, by what it is called here."""


def make_one_file(root: Path, tables: int) -> Path:
    """Write it below ``root``, and give ``root``."""
    parts = (_TABLE.format(n=n, parent=f"thing{n - 1}" if n else "users") for n in range(tables))
    for path, text in {
        "drizzle.config.ts": 'export default { schema: "./lib/schema.ts", dialect: "postgresql" };',
        "lib/schema.ts": _HEAD + "".join(parts),
        "ai_docs/prep/master_idea.md": _MASTER,
    }.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def amendments(change: str, tables: int) -> dict[str, object]:
    """What changes every table in one way; ``remove`` removes them, ``none`` leaves them."""
    if change == "remove":
        return {"remove": [f"thing_{n}" for n in range(tables)]}
    return (
        {"tables": "".join(CHANGES[change].format(n=n) for n in range(tables))} if change in CHANGES else {}
    )
