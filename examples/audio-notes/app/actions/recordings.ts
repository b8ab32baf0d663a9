"use server";

import { tasks } from "@trigger.dev/sdk";
import { eq } from "drizzle-orm";

import { db } from "@/lib/drizzle/db";
import { transcriptionJobs, type NewTranscriptionJob } from "@/lib/drizzle/schema";
import type { prepareRecording } from "@/trigger/tasks/prepare-recording";

export async function startTranscription(job: NewTranscriptionJob): Promise<string> {
  const [row] = await db.insert(transcriptionJobs).values(job).returning();
  const run = await tasks.trigger<typeof prepareRecording>("prepare-recording", {
    jobId: row.id,
    userId: row.user_id,
    filePath: row.file_path,
    mediaType: row.media_type,
    wantsSpeakerLabels: row.wants_speaker_labels,
  });
  await db.update(transcriptionJobs).set({ trigger_job_id: run.id }).where(eq(transcriptionJobs.id, row.id));
  return row.id;
}
