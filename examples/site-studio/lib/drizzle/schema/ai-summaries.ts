import { index, pgEnum, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

import { transcripts } from "./transcripts";
import { users } from "./users";

export const summaryTypeEnum = pgEnum("summary_type", ["meeting_notes", "youtube_video", "general"]);

// Summaries of transcripts (demo app of the template)
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
    summary_type: summaryTypeEnum("summary_type").notNull(),
    summary_content: text("summary_content").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  },
  (t) => [
    unique("ai_summaries_transcript_id_unique").on(t.transcript_id),
    index("ai_summaries_user_id_idx").on(t.user_id),
  ],
);
