import { index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

import { transcriptionJobs } from "./transcription-jobs";
import { users } from "./users";

// The finished text of a recording, in the forms in which researchers download it
export const transcripts = pgTable(
  "transcripts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    job_id: uuid("job_id")
      .notNull()
      .references(() => transcriptionJobs.id, { onDelete: "cascade" }),
    user_id: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    plain_text: text("plain_text").notNull(),
    subtitles_srt: text("subtitles_srt").notNull(),
    timed_segments: jsonb("timed_segments").notNull(), // [{ start, end, text }]
    spoken_language: text("spoken_language").notNull(),
    duration_seconds: integer("duration_seconds").notNull(),
    word_count: integer("word_count").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("transcripts_job_id_unique").on(table.job_id), // one transcript for each job
    index("transcripts_user_id_idx").on(table.user_id),
  ],
);

export type Transcript = typeof transcripts.$inferSelect;
