import { index, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { transcriptConversations } from "./transcript-conversations";

export const messageSenderEnum = pgEnum("message_sender", ["researcher", "assistant"]);

// One question or one answer
export const transcriptMessages = pgTable(
  "transcript_messages",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    transcript_conversation_id: uuid("transcript_conversation_id")
      .notNull()
      .references(() => transcriptConversations.id, { onDelete: "cascade" }),
    sender: messageSenderEnum("sender").notNull(),
    content: text("content").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("transcript_messages_conversation_id_idx").on(table.transcript_conversation_id)],
);

export type TranscriptMessage = typeof transcriptMessages.$inferSelect;
