import { metadata, task } from "@trigger.dev/sdk";
import { eq } from "drizzle-orm";

import { db } from "@/lib/drizzle/db";
import { aiSummaries, transcripts } from "@/lib/drizzle/schema";

import { streamSummary, type SummaryStyle } from "../lib/summaries";

interface WriteSummaryPayload {
  transcriptId: string;
  userId: string;
  style: SummaryStyle;
}

export const writeSummary = task({
  id: "write-summary",
  retry: { maxAttempts: 2 },
  run: async (payload: WriteSummaryPayload) => {
    metadata.set("progress", 0);
    const [transcript] = await db.select().from(transcripts).where(eq(transcripts.id, payload.transcriptId));
    metadata.set("progress", 10);

    const markdown = await streamSummary(payload.style, transcript.plain_text);
    metadata.set("progress", 90);

    await db.insert(aiSummaries).values({
      transcript_id: payload.transcriptId,
      user_id: payload.userId,
      summary_style: payload.style,
      summary_markdown: markdown,
    });
    metadata.set("progress", 100);
  },
});
