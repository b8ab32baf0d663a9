import { metadata, task } from "@trigger.dev/sdk";
import { eq } from "drizzle-orm";

import { db } from "@/lib/drizzle/db";
import { transcriptionJobs, transcripts } from "@/lib/drizzle/schema";

import { toPlainText, toSubtitles, transcribePiece, type Segment } from "../lib/speech";

interface TranscribeRecordingPayload {
  jobId: string;
  userId: string;
  durationSeconds: number;
  pieces: string[];
  wantsSpeakerLabels: boolean;
}

export const transcribeRecording = task({
  id: "transcribe-recording",
  retry: { maxAttempts: 3 },
  run: async (payload: TranscribeRecordingPayload) => {
    const segments: Segment[] = [];
    let language = "und";
    for (const [number, piece] of payload.pieces.entries()) {
      const heard = await transcribePiece(piece, payload.wantsSpeakerLabels);
      language = heard.language;
      segments.push(...heard.segments);
      metadata.set("progress", 20 + Math.round((65 * (number + 1)) / payload.pieces.length));
    }

    const text = toPlainText(segments);
    await db.insert(transcripts).values({
      job_id: payload.jobId,
      user_id: payload.userId,
      plain_text: text,
      subtitles_srt: toSubtitles(segments),
      timed_segments: segments,
      spoken_language: language,
      duration_seconds: payload.durationSeconds,
      word_count: text.split(/\s+/).length,
    });
    await db
      .update(transcriptionJobs)
      .set({ status: "completed", progress_percentage: 100, completed_at: new Date() })
      .where(eq(transcriptionJobs.id, payload.jobId));
    metadata.set("progress", 100);
  },
});
