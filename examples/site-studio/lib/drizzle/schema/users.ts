import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const USER_ROLES = ["member", "admin"] as const;
export type UserRole = (typeof USER_ROLES)[number];

// Everybody who can sign in
export const users = pgTable(
  "users",
  {
    id: uuid("id").primaryKey(), // the id of auth.users
    email: text("email").notNull().unique(),
    full_name: text("full_name"),
    created_at: timestamp("created_at", { withTimezone: true }).defaultNow().notNull(),
    updated_at: timestamp("updated_at", { withTimezone: true }).defaultNow().notNull(),
    role: text("role", { enum: USER_ROLES }).default("member").notNull(),
  },
  (t) => [index("users_role_idx").on(t.role)],
);
