"""Small projects in the styles that people write, each as its schema files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shipkit_mcp.facts import Source, Survey
from shipkit_mcp.readers.drizzle import find_schema, read_schema


@dataclass(frozen=True)
class Shelf:
    """Files kept in memory."""

    texts: Mapping[str, str]

    def get(self, path: str) -> Source | None:
        return Source(path, self.texts[path]) if path in self.texts else None

    def under(self, folder: str = "") -> Sequence[str]:
        return sorted(one for one in self.texts if not folder or one.startswith(f"{folder}/"))


@dataclass(frozen=True)
class Style:
    """One project."""

    name: str
    dialect: str
    files: Mapping[str, str]
    casing: str = "none"
    spelled: Mapping[str, str] = field(default_factory=dict)
    """What the database calls tables and columns of the others."""

    def survey(self, **more: object) -> Survey:
        shelf = Shelf(self.files)
        schema = read_schema(shelf, find_schema(shelf, list(self.files), self.casing))
        assert schema.unread == (), schema.unread
        sources = tuple(Source(path, text) for path, text in self.files.items())
        return Survey(project_root="~/app", schema=schema, schema_sources=sources, **more)  # type: ignore[arg-type]


FOLDER = Style(
    "folder",
    "postgresql",
    {
        "db/schema/index.ts": """// Everything
export * from "./clips";
export * from "./labels";
export * from "./users";
""",
        "db/schema/users.ts": """import { relations } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { clips } from "./clips";

/* People */
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull().unique(),
    full_name: text("full_name"), // as they write it
    age: integer("age"),
    is_admin: boolean("is_admin").notNull().default(false),
    invited_by: uuid("invited_by"),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("users_full_name_idx").on(table.full_name), index("users_age_idx").on(table.age)],
);

export const usersRelations = relations(users, ({ many }) => ({
  clips: many(clips),
}));

export type User = typeof users.$inferSelect;
export type NewUser = typeof users.$inferInsert;
""",
        "db/schema/clips.ts": """import { sql } from "drizzle-orm";
import { check, integer, jsonb, pgEnum, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

import { users } from "./users";

export const clipKindEnum = pgEnum("clip_kind", ["short", "long"]);

export const clips = pgTable(
  "clips",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    owner_id: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    kind: clipKindEnum("kind").notNull().default("short"),
    data: jsonb("data").$type<{ frames: number }>(),
    seconds: integer("seconds").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // one title for each person
    uniqueIndex("clips_owner_title_idx").on(table.owner_id, table.title).where(sql`${table.seconds} > 0`),
    check("clips_seconds_check", sql`${table.seconds} >= 0`),
  ],
);

export type Clip = typeof clips.$inferSelect;
export type NewClip = typeof clips.$inferInsert;
""",
        "db/schema/labels.ts": """import { pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";

import { clips } from "./clips";

export const labels = pgTable(
  "labels",
  {
    clip_id: uuid("clip_id")
      .notNull()
      .references(() => clips.id),
    word: text("word").notNull(),
    colour: text("colour", { enum: ["red", "blue"] }),
  },
  (table) => [primaryKey({ columns: [table.clip_id, table.word] }), unique().on(table.word, table.colour)],
);

export type Label = typeof labels.$inferSelect;
export type NewLabel = typeof labels.$inferInsert;
""",
    },
)

ONE_FILE = Style(
    "one file",
    "postgresql",
    {
        "src/schema.ts": """import * as p from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'

export const clip_kind = p.pgEnum('clip_kind', ['short', 'long'])

export const Users = p.pgTable('users', {
    id: p.uuid('id').defaultRandom().primaryKey(),
    email: p.text('email').unique().notNull(),
    fullName: p.text('full_name'),
    age: p.integer('age'),
    isAdmin: p.boolean('is_admin').default(false).notNull(),
    invitedBy: p.uuid('invited_by').references((): p.AnyPgColumn => Users.id),
    createdAt: p.timestamp('created_at').defaultNow().notNull()
})

export const Clips = p.pgTable('clips', {
    id: p.uuid('id').defaultRandom().primaryKey(),
    ownerId: p.uuid('owner_id').references(() => Users.id, { onDelete: 'cascade' }).notNull(),
    title: p.text('title').notNull(),
    kind: clip_kind('kind').default('short').notNull(),
    data: p.jsonb('data'),
    seconds: p.integer('seconds').notNull(),
    createdAt: p.timestamp('created_at').defaultNow().notNull()
}, (t) => ({
    ownerTitle: p.uniqueIndex('clips_owner_title_idx').on(t.ownerId, t.title),
    notEmpty: p.check('clips_seconds_check', sql`${t.seconds} >= 0`)
}))

export const Labels = p.pgTable('labels', {
    clipId: p.uuid('clip_id').references(() => Clips.id).notNull(),
    word: p.text('word').notNull(),
    colour: p.text('colour', { enum: ['red', 'blue'] })
}, (t) => ({
    pk: p.primaryKey({ columns: [t.clipId, t.word] })
}))
""",
    },
)

CASED = Style(
    "cased",
    "postgresql",
    {
        "src/db/index.ts": """export { users } from './user.table.js';
export { clipKind, clips } from './clip.table.js';
export { labels } from './label.table.js';
""",
        "src/db/user.table.ts": """import { index, pgTable } from 'drizzle-orm/pg-core';

export const users = pgTable('users', (c) => ({
\tid: c.uuid().primaryKey().defaultRandom(),
\temail: c.text().notNull().unique(),
\tfullName: c.text(),
\tage: c.integer(),
\tisAdmin: c.boolean().notNull().default(false),
\tinvitedBy: c.uuid(),
\tcreatedAt: c.timestamp({ withTimezone: true }).notNull().defaultNow(),
}), (self) => [index().on(self.fullName)]);
""",
        "src/db/clip.table.ts": """import { pgEnum, pgTable, uniqueIndex } from 'drizzle-orm/pg-core';
import { users } from './user.table.js';

export const clipKind = pgEnum('clip_kind', ['short', 'long']);

export const clips = pgTable(
\t'clips',
\t(c) => ({
\t\tid: c.uuid().primaryKey().defaultRandom(),
\t\townerId: c.uuid().notNull().references(() => users.id, { onDelete: 'cascade' }),
\t\ttitle: c.text().notNull(),
\t\tkind: clipKind().notNull().default('short'),
\t\tdata: c.jsonb(),
\t\tseconds: c.integer().notNull(),
\t\tcreatedAt: c.timestamp({ withTimezone: true }).notNull().defaultNow(),
\t}),
\t(self) => [uniqueIndex('clips_owner_title_idx').on(self.ownerId, self.title)],
);
""",
        "src/db/label.table.ts": """import { pgTable, primaryKey } from 'drizzle-orm/pg-core';
import { clips } from './clip.table.js';

export const labels = pgTable('labels', (c) => ({
\tclipId: c.uuid().notNull().references(() => clips.id),
\tword: c.text().notNull(),
\tcolour: c.text({ enum: ['red', 'blue'] }),
}), (self) => [primaryKey({ columns: [self.clipId, self.word] })]);
""",
    },
    casing="snake_case",
)

LITE = Style(
    "lite",
    "sqlite",
    {
        "src/db/schema.ts": """import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: text("id").primaryKey(),
  email: text("email").notNull().unique(),
  full_name: text("full_name"),
  age: integer("age"),
  is_admin: integer("is_admin", { mode: "boolean" }).notNull().default(false),
  invited_by: text("invited_by"),
  created_at: integer("created_at", { mode: "timestamp" }).notNull().default(sql`(unixepoch())`),
});

export const clips = sqliteTable(
  "clips",
  {
    id: text("id").primaryKey(),
    owner_id: text("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    kind: text("kind", { enum: ["short", "long"] }).notNull().default("short"),
    data: text("data", { mode: "json" }),
    seconds: integer("seconds").notNull(),
    created_at: integer("created_at", { mode: "timestamp" }).notNull().default(sql`(unixepoch())`),
  },
  (table) => [
    uniqueIndex("clips_owner_title_idx").on(table.owner_id, table.title),
    index("clips_seconds_idx").on(table.seconds),
  ],
);

export const labels = sqliteTable(
  "labels",
  {
    clip_id: text("clip_id")
      .notNull()
      .references(() => clips.id),
    word: text("word").notNull(),
    colour: text("colour", { enum: ["red", "blue"] }),
  },
  (table) => [primaryKey({ columns: [table.clip_id, table.word] })],
);
""",
    },
)

MY = Style(
    "mysql",
    "mysql",
    {
        "src/schema/users.ts": """import { boolean, index, int, mysqlTable, text, timestamp, varchar } from "drizzle-orm/mysql-core";

export const users = mysqlTable(
  "users",
  {
    id: varchar("id", { length: 36 }).primaryKey(),
    email: varchar("email", { length: 255 }).notNull().unique(),
    full_name: text("full_name"),
    age: int("age"),
    is_admin: boolean("is_admin").notNull().default(false),
    invited_by: varchar("invited_by", { length: 36 }),
    created_at: timestamp("created_at").notNull().defaultNow(),
  },
  (table) => [index("users_age_idx").on(table.age)],
);
""",
        "src/schema/clips.ts": """import { int, json, mysqlEnum, mysqlTable, timestamp, uniqueIndex, varchar } from "drizzle-orm/mysql-core";

import { users } from "./users";

export const clips = mysqlTable(
  "clips",
  {
    id: varchar("id", { length: 36 }).primaryKey(),
    owner_id: varchar("owner_id", { length: 36 })
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: varchar("title", { length: 200 }).notNull(),
    kind: mysqlEnum("kind", ["short", "long"]).notNull().default("short"),
    data: json("data"),
    seconds: int("seconds").notNull(),
    created_at: timestamp("created_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("clips_owner_title_idx").on(table.owner_id, table.title)],
);
""",
        "src/schema/labels.ts": """import { mysqlTable, primaryKey, varchar } from "drizzle-orm/mysql-core";

import { clips } from "./clips";

export const labels = mysqlTable(
  "labels",
  {
    clip_id: varchar("clip_id", { length: 36 })
      .notNull()
      .references(() => clips.id),
    word: varchar("word", { length: 40 }).notNull(),
    colour: varchar("colour", { length: 10, enum: ["red", "blue"] }),
  },
  (table) => [primaryKey({ columns: [table.clip_id, table.word] })],
);
""",
    },
)

POSTGRESQL = (FOLDER, ONE_FILE, CASED)
STYLES = (*POSTGRESQL, LITE, MY)
