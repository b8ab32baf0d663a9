import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const USER_ROLES = ["member", "admin"] as const;

// Researchers and administrators; the id is the one of Supabase's auth.users
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(),
    email: text("email").notNull().unique(), // kept equal to auth.users by a trigger
    full_name: text("full_name"),
    institution: text("institution"), // shown on exported transcripts
    role: text("role", { enum: USER_ROLES }).notNull().default("member"),
    created_at: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updated_at: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index("users_role_idx").on(table.role)],
);

export type User = typeof users.$inferSelect;
