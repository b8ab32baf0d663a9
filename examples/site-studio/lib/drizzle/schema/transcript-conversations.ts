import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { transcripts } from "./transcripts";
import { users } from "./users";

// Chats about a transcript (demo app of the template)
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
    created_at: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
    updated_at: timestamp("updated_at", { withTimezone: true }).defaultNow().notNull(),
  },
  (t) => [index("transcript_conversations_transcript_id_idx").on(t.transcript_id)],
);
