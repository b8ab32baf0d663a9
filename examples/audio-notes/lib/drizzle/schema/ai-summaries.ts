import { pgEnum, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

import { transcripts } from "./transcripts";
import { users } from "./users";

export const summaryStyleEnum = pgEnum("summary_style", ["field_notes", "themes", "quotations"]);

// What the AI wrote about a transcript, one row for each style a researcher asked for
export const aiSummaries = pgTable(
  "ai_summaries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    transcript_id: uuid("transcript_id")
      .notNull()
      .references(() => transcripts.id, { onDelete: "cascade" }),
    user_id: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    summary_style: summaryStyleEnum("summary_style").notNull(),
    summary_markdown: text("summary_markdown").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [unique("ai_summaries_transcript_style_unique").on(table.transcript_id, table.summary_style)],
);

export type AiSummary = typeof aiSummaries.$inferSelect;
