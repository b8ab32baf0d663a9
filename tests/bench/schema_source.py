"""A schema of any number of tables as people write them, for measuring."""

from __future__ import annotations

from collections.abc import Iterator

_HEAD = """import { sql } from "drizzle-orm";
import {
  boolean, index, integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, unique, uniqueIndex, uuid,
} from "drizzle-orm/pg-core";

const timestamps = {
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().$onUpdate(() => new Date()),
};

export const status = pgEnum("status", ["pending", "running", "completed", "failed"]);
"""

_TABLE = """
// What item {n} keeps.
export const items{n} = pgTable(
  "items_{n}",
  {{
    id: uuid("id").primaryKey().defaultRandom(),
    parentId: uuid("parent_id").references(() => items{parent}.id, {{ onDelete: "cascade" }}),
    ownerId: uuid("owner_id").notNull().references(() => items0.id, {{ onDelete: "set null" }}),
    name: text("name").notNull(),
    slug: text("slug").unique(),
    kind: text("kind", {{ enum: ["first", "second", "third"] }}).notNull().default("first"),
    status: status("status").notNull().default("pending"),
    position: integer("position").notNull().default({n}),
    price: numeric("price", {{ precision: 10, scale: 2 }}).default("0.00"),
    active: boolean("active").notNull().default(true),
    tags: text("tags").array().notNull().default([]),
    settings: jsonb("settings").$type<{{ theme: string; sizes: number[] }}>().default({{ sizes: [1, 2] }}),
    startedAt: timestamp("started_at", {{ withTimezone: true }}),
    ...timestamps,
  }},
  (table) => [
    index("items_{n}_owner_idx").on(table.ownerId),
    index("items_{n}_started_idx").on(table.startedAt.desc()).where(sql`${{table.active}} = true`),
    uniqueIndex("items_{n}_name_idx").on(table.ownerId, sql`lower(${{table.name}})`),
    unique("items_{n}_position").on(table.parentId, table.position),
  ],
);
"""


def schema_source(tables: int) -> str:
    """A module of that many tables, each with 15 columns, two foreign keys and four indexes."""
    return "".join(_parts(tables))


def _parts(tables: int) -> Iterator[str]:
    yield _HEAD
    for n in range(tables):
        yield _TABLE.format(n=n, parent=max(n - 1, 0))
