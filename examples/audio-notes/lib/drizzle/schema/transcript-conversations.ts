import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { transcripts } from "./transcripts";
import { users } from "./users";

// A series of questions that a researcher asks about one transcript
export const transcriptConversations = pgTable(
  "transcript_conversations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    transcript_id: uuid("transcript_id")
      .notNull()
      .references(() => transcripts.id, { onDelete: "cascade" }),
    user_id: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text("title"),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updated_at: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index("transcript_conversations_transcript_id_idx").on(table.transcript_id),
    index("transcript_conversations_user_id_idx").on(table.user_id),
  ],
);

export type TranscriptConversation = typeof transcriptConversations.$inferSelect;
