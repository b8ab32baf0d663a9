import { schemaTask } from "@trigger.dev/sdk";
import { z } from "zod";

import { db } from "@/lib/drizzle/db";
import { transcriptMessages } from "@/lib/drizzle/schema";

import { streamAnswer } from "../lib/summaries";

// Not in the planning documents: it runs for seconds, and its answer is its own record.
export const answerQuestion = schemaTask({
  id: "answer-question",
  schema: z.object({
    conversationId: z.string().uuid(),
    transcriptId: z.string().uuid(),
    question: z.string().max(2000),
  }),
  run: async ({ conversationId, transcriptId, question }) => {
    const content = await streamAnswer(transcriptId, question);
    await db.insert(transcriptMessages).values({
      transcript_conversation_id: conversationId,
      sender: "assistant",
      content,
    });
  },
});
