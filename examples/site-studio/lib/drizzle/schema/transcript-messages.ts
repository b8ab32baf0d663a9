import { index, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { transcriptConversations } from "./transcript-conversations";

export const transcriptMessageSenderEnum = pgEnum("transcript_message_sender", ["user", "assistant"]);
export const transcriptMessageStatusEnum = pgEnum("transcript_message_status", ["success", "error"]);

// Messages of those chats (demo app of the template)
export const transcriptMessages = pgTable(
  "transcript_messages",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    transcript_conversation_id: uuid("transcript_conversation_id")
      .notNull()
      .references(() => transcriptConversations.id, { onDelete: "cascade" }),
    sender: transcriptMessageSenderEnum("sender").notNull(),
    content: text("content").notNull(),
    status: transcriptMessageStatusEnum("status").notNull().default("success"),
    created_at: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  },
  (t) => [index("transcript_messages_conversation_id_idx").on(t.transcript_conversation_id)],
);
