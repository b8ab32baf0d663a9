import { bigint, index, integer, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { users } from "./users";

export const fileTypeEnum = pgEnum("file_type", ["audio", "video"]);
export const jobStatusEnum = pgEnum("job_status", ["pending", "processing", "completed", "failed", "cancelled"]);
export const timestampGranularityEnum = pgEnum("timestamp_granularity", ["segment", "word"]);

// Uploads and their way through transcription (demo app of the template)
export const transcriptionJobs = pgTable(
  "transcription_jobs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    user_id: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    file_name: text("file_name").notNull(),
    original_file_url: text("original_file_url").notNull(),
    file_size_bytes: bigint("file_size_bytes", { mode: "number" }).notNull(),
    file_type: fileTypeEnum("file_type").notNull(),
    file_extension: text("file_extension").notNull(),
    status: jobStatusEnum("status").notNull().default("pending"),
    progress_percentage: integer("progress_percentage").notNull().default(0),
    error_message: text("error_message"),
    duration_seconds: integer("duration_seconds"),
    language: text("language"),
    detected_language: text("detected_language"),
    timestamp_granularity: timestampGranularityEnum("timestamp_granularity").notNull(),
    trigger_job_id: text("trigger_job_id"),
    created_at: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
    completed_at: timestamp("completed_at", { withTimezone: true }),
  },
  (t) => [
    index("transcription_jobs_user_id_idx").on(t.user_id),
    index("transcription_jobs_status_idx").on(t.status),
  ],
);
