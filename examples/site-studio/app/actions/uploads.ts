"use server";

import { db } from "@/lib/drizzle/db";
import { transcriptionJobs } from "@/lib/drizzle/schema";

// Left over from the template: the upload page of its demo app.
export async function listUploads(userId: string) {
  return db.query.transcriptionJobs.findMany({
    where: (row, { eq }) => eq(row.user_id, userId),
    columns: { id: true, file_name: true, status: true },
  });
}

export type Upload = typeof transcriptionJobs.$inferSelect;
