import { index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

import { transcriptionJobs } from "./transcription-jobs";
import { users } from "./users";

// Finished transcriptions (demo app of the template)
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
    transcript_text_plain: text("transcript_text_plain").notNull(),
    transcript_srt: text("transcript_srt").notNull(),
    transcript_vtt: text("transcript_vtt").notNull(),
    transcript_json: jsonb("transcript_json").notNull(),
    transcript_verbose_json: jsonb("transcript_verbose_json"),
    word_timestamps: jsonb("word_timestamps"),
    detected_language: text("detected_language").notNull(),
    duration_seconds: integer("duration_seconds").notNull(),
    created_at: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
  },
  (t) => [unique("transcripts_job_id_unique").on(t.job_id), index("transcripts_user_id_idx").on(t.user_id)],
);
