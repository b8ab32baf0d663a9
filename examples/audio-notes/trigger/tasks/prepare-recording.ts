import { metadata, task } from "@trigger.dev/sdk";
import { eq } from "drizzle-orm";

import { db } from "@/lib/drizzle/db";
import { transcriptionJobs } from "@/lib/drizzle/schema";

import { cutIntoPieces, readDuration } from "../lib/audio";
import { transcribeRecording } from "./transcribe-recording";

interface PrepareRecordingPayload {
  jobId: string;
  userId: string;
  filePath: string;
  mediaType: "audio" | "video";
  wantsSpeakerLabels: boolean;
}

export const prepareRecording = task({
  id: "prepare-recording",
  retry: { maxAttempts: 3 },
  run: async (payload: PrepareRecordingPayload) => {
    metadata.set("progress", 5);
    const durationSeconds = await readDuration(payload.filePath);
    await db
      .update(transcriptionJobs)
      .set({ status: "processing", duration_seconds: durationSeconds, progress_percentage: 10 })
      .where(eq(transcriptionJobs.id, payload.jobId));

    const pieces = await cutIntoPieces(payload.filePath, durationSeconds);
    metadata.set("progress", 20);

    await transcribeRecording.trigger({ ...payload, durationSeconds, pieces });
    return { durationSeconds, pieces: pieces.length };
  },
});
