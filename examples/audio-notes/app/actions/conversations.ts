"use server";

import { db } from "@/lib/drizzle/db";
import {
  transcriptConversations,
  transcriptMessages,
} from "@/lib/drizzle/schema";

export async function ask(transcriptId: string, userId: string, question: string): Promise<string> {
  const [conversation] = await db
    .insert(transcriptConversations)
    .values({ transcript_id: transcriptId, user_id: userId, title: question.slice(0, 80) })
    .returning();
  await db.insert(transcriptMessages).values({
    transcript_conversation_id: conversation.id,
    sender: "researcher",
    content: question,
  });
  return conversation.id;
}
