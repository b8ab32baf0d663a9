"""Small projects in which much hangs together: checks, conditions, generated columns, wide keys, shared enums, schemas."""

from __future__ import annotations

import re

from drafted.styles import FOLDER, LITE, Style

RICH = Style(
    "rich",
    "postgresql",
    {
        "db/schema.ts": """import { type SQL, sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

export const clipKind = pgEnum("clip_kind", ["short", "long"]);

export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull().unique(),
    full_name: text("full_name"),
    age: integer("age"),
    is_admin: boolean("is_admin").notNull().default(false),
    invited_by: uuid("invited_by"),
    handle: text("handle").generatedAlwaysAs((): SQL => sql`lower(${users.email})`),
    number: serial("number"),
    place: integer("place").generatedAlwaysAsIdentity(),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    born: date("born"),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check("users_age_check", sql`${t.age} >= 0 and ${t.age} % 1 = 0`),
    index("users_name_idx").on(sql`lower(full_name)`),
    index("users_born_idx").on(t.born).where(sql`${t.born} > '1900-01-01'`),
    uniqueIndex("users_admin_idx").on(t.email).where(sql`is_admin`),
    foreignKey({ columns: [t.invited_by], foreignColumns: [t.id] }).onDelete("set null"),
  ],
);

export const clips = pgTable(
  "clips",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    owner_id: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: varchar("title", { length: 200 }).notNull(),
    kind: clipKind("kind").notNull().default("short"),
    mood: text("mood", { enum: ["glad", "sad"] }).default("glad"),
    data: jsonb("data").default({}),
    seconds: integer("seconds").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex("clips_owner_title_idx").on(t.owner_id, t.title).where(sql`${t.seconds} > 0`),
    index("clips_short_idx").on(t.title).where(sql`${t.kind} = 'short'`),
    index("clips_data_idx").using("gin", t.data),
    check("clips_seconds_check", sql`${t.seconds} >= 0`),
    check("clips_mood_check", sql`${t.mood} in ('glad', 'sad')`),
    unique().on(t.id, t.owner_id),
  ],
);

export const labels = pgTable(
  "labels",
  {
    clip_id: uuid("clip_id").notNull(),
    word: text("word").notNull(),
    colour: text("colour", { enum: ["red", "blue"] }),
    owner_id: uuid("owner_id"),
    kind: clipKind("kind"),
  },
  (t) => [
    primaryKey({ columns: [t.clip_id, t.word] }),
    foreignKey({ columns: [t.clip_id, t.owner_id], foreignColumns: [clips.id, clips.owner_id], name: "labels_clip_fk" }),
    unique().on(t.word, t.colour),
  ],
);
""",
    },
)

SPELLED = {
    "full_name": "fullName",
    "is_admin": "isAdmin",
    "invited_by": "invitedBy",
    "created_at": "createdAt",
}
SPELLED |= {"owner_id": "ownerId", "clip_id": "clipId"}


def _camel(text: str) -> str:
    text = text.replace("lower(full_name)", 'lower("full_name")').replace("sql`is_admin`", 'sql`"is_admin"`')
    return re.sub(r"\b(?:" + "|".join(SPELLED) + r")\b", lambda found: SPELLED[found[0]], text)


CAMEL = Style(
    "camel",
    "postgresql",
    {path: _camel(text) for path, text in RICH.files.items()},
    spelled={**SPELLED},
)

SPACED = Style(
    "spaced",
    "postgresql",
    {
        path: text.replace("pgTable(", "shop.table(")
        .replace('export const clipKindEnum = pgEnum("', 'export const clipKindEnum = shop.enum("')
        .replace("pgEnum, pgTable", "pgTable")
        .replace('from "drizzle-orm/pg-core";', 'from "drizzle-orm/pg-core";\nimport { shop } from "./shop";')
        .replace("pgTable, ", "")
        for path, text in FOLDER.files.items()
    }
    | {
        "db/schema/shop.ts": """import { pgSchema } from "drizzle-orm/pg-core";

export const shop = pgSchema("shop");
"""
    },
    spelled={"users": "shop.users", "clips": "shop.clips", "labels": "shop.labels"},
)

RICH_LITE = Style(
    "rich lite",
    "sqlite",
    {
        "src/db/schema.ts": LITE.files["src/db/schema.ts"]
        .replace(
            "import { index, integer, primaryKey,",
            "import { check, foreignKey, index, integer, primaryKey, unique,",
        )
        .replace(
            """  invited_by: text("invited_by"),
  created_at: integer("created_at", { mode: "timestamp" }).notNull().default(sql`(unixepoch())`),
});""",
            """  invited_by: text("invited_by"),
  handle: text("handle").generatedAlwaysAs(sql`lower(email)`, { mode: "stored" }),
  created_at: integer("created_at", { mode: "timestamp" }).notNull().default(sql`(unixepoch())`),
}, (t) => [
  check("users_age_check", sql`${t.age} >= 0`),
  index("users_name_idx").on(sql`lower(full_name)`),
  uniqueIndex("users_admin_idx").on(t.email).where(sql`is_admin`),
  foreignKey({ columns: [t.invited_by], foreignColumns: [t.id] }).onDelete("set null"),
]);""",
        )
        .replace(
            'index("clips_seconds_idx").on(table.seconds),',
            """index("clips_seconds_idx").on(table.seconds),
    index("clips_short_idx").on(table.title).where(sql`${table.kind} = 'short'`),
    check("clips_seconds_check", sql`${table.seconds} >= 0`),
    unique().on(table.id, table.owner_id),""",
        ),
    },
)
