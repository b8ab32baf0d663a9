"""A table of PostgreSQL whose columns are named by checks, indexes and other columns; and changes it can take."""

from __future__ import annotations

from drafted.styles import Style

PEOPLE = Style(
    "people",
    "postgresql",
    {
        "db/people.ts": """import { sql, SQL } from "drizzle-orm";
import { check, date, doublePrecision, index, integer, jsonb, pgEnum, pgTable, serial, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
export const mood = pgEnum("mood", ["glad", "sad", "calm"]);
export const people = pgTable("people", {
  id: uuid("id").primaryKey(),
  first: text("first").notNull(),
  last: text("last").notNull(),
  whole: text("whole").generatedAlwaysAs((): SQL => sql`${people.first} || ' ' || last`),
  number: serial("number"),
  place: integer("place").generatedAlwaysAsIdentity(),
  mood: mood("mood").notNull().default("calm"),
  age: integer("age"),
  steps: integer("steps"),
  born: date("born"),
  left: date("left"),
  weight: integer("weight"),
  pin: text("pin"),
  colour: text("colour", { enum: ["red", "blue"] }),
  facts: jsonb("facts"),
  free: integer("free").default(1),
  gone: timestamp("gone"),
}, (t) => [
  check("people_age_check", sql`${t.age} >= 0`),
  check("people_steps_check", sql`${t.steps} % 2 = 0`),
  check("people_left_check", sql`"left" > '2000-01-01'`),
  check("people_colour_check", sql`colour in ('red', 'blue')`),
  index("people_born_idx").on(t.last).where(sql`${t.born} > '2000-01-01'`),
  uniqueIndex("people_mood_idx").on(t.last).where(sql`mood = 'glad'`),
  index("people_gone_idx").on(t.last).where(sql`${t.gone} IS NULL`),
  check("people_gone_check", sql`gone is not null or ${t.age} is not null`),
  index("people_pin_idx").on(sql`lower(${t.pin})`),
  index("people_facts_idx").using("gin", t.facts),
]);
"""
    },
)
ALLOWED = [
    "age: bigint",
    "age: smallint",
    "age: numeric(10, 2)",
    "steps: bigint",
    "left: timestamp",
    "colour: varchar(20)",
    'colour: "red" | "blue" | "green"',
    'mood: "glad" | "calm"',
    'mood: "glad" | "sad" | "calm" | "tired"',
    "pin: varchar(20)",
    "free: text",
    "free: integer[]",
    "- first\n- whole",
    "- whole\nfirst: varchar(40)",
    "- age\nyears: text",
    "- facts",
    "place: bigint",
    "age -> years",
    "gone: date",
    "gone: text",
]
"""Changes that everything which stays fits."""
