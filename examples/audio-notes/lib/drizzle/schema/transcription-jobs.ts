import { bigint, boolean, index, integer, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

import { users } from "./users";

export const mediaTypeEnum = pgEnum("media_type", ["audio", "video"]);

export const jobStatusEnum = pgEnum("job_status", [
  "pending",
  "processing",
  "completed",
  "failed",
  "cancelled",
]);

// One row for each uploaded recording: what was uploaded, and how far its transcription is
export const transcriptionJobs = pgTable(
  "transcription_jobs",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    user_id: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),

    // What was uploaded
    file_name: text("file_name").notNull(),
    file_path: text("file_path").notNull(), // in the "recordings" bucket
    file_size_bytes: bigint("file_size_bytes", { mode: "number" }).notNull(),
    media_type: mediaTypeEnum("media_type").notNull(),
    wants_speaker_labels: boolean("wants_speaker_labels").notNull().default(false),

    // How far it is
    status: jobStatusEnum("status").notNull().default("pending"),
    progress_percentage: integer("progress_percentage").notNull().default(0),
    error_message: text("error_message"), // only of a failed job
    trigger_job_id: text("trigger_job_id"), // run id, for useRealtimeRun()

    // What became known on the way
    duration_seconds: integer("duration_seconds"),
    spoken_language: text("spoken_language"),

    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    completed_at: timestamp("completed_at", { withTimezone: true }),
  },
  (table) => [
    index("transcription_jobs_user_id_idx").on(table.user_id),
    index("transcription_jobs_created_at_idx").on(table.created_at),
  ],
);

export type TranscriptionJob = typeof transcriptionJobs.$inferSelect;
export type NewTranscriptionJob = typeof transcriptionJobs.$inferInsert;
