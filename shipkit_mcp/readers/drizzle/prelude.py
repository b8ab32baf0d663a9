"""Parts of packages that schemas are made with, in TypeScript: they are read like any other file."""

from __future__ import annotations

from collections.abc import Mapping

SUPABASE = """
import { bigserial, pgRole, pgSchema, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";

export const anonRole = pgRole("anon").existing();
export const authenticatedRole = pgRole("authenticated").existing();
export const serviceRole = pgRole("service_role").existing();
export const postgresRole = pgRole("postgres_role").existing();
export const supabaseAuthAdminRole = pgRole("supabase_auth_admin").existing();

const moment = (name) => timestamp(name, { withTimezone: true });

export const authUsers = pgSchema("auth").table("users", {
  id: uuid().primaryKey().notNull(),
  email: varchar({ length: 255 }),
  phone: text().unique(),
  emailConfirmedAt: moment("email_confirmed_at"),
  phoneConfirmedAt: moment("phone_confirmed_at"),
  lastSignInAt: moment("last_sign_in_at"),
  createdAt: moment("created_at"),
  updatedAt: moment("updated_at"),
});

export const realtimeMessages = pgSchema("realtime").table("messages", {
  id: bigserial({ mode: "bigint" }).primaryKey(),
  topic: text().notNull(),
  extension: text({ enum: ["presence", "broadcast", "postgres_changes"] }).notNull(),
});

export const authUid = sql`(select auth.uid())`;
export const realtimeTopic = sql`realtime.topic()`;
"""

NEON = """
import { jsonb, pgPolicy, pgRole, pgSchema, text, timestamp } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";

export const authenticatedRole = pgRole("authenticated").existing();
export const anonymousRole = pgRole("anonymous").existing();
export const authUid = (column) => sql`(select auth.user_id() = ${column})`;

const condition = (allowed) =>
  allowed === true ? sql`true` : allowed === false ? sql`false` : allowed === null ? undefined : allowed;
const nameOf = (role) => (typeof role === "string" ? role : role.name);

export const crudPolicy = ({ role, read, modify }) => {
  const reads = condition(read);
  const writes = condition(modify);
  const names = Array.isArray(role) ? role.map(nameOf).join("-") : nameOf(role);
  return [
    reads && pgPolicy(`crud-${names}-policy-select`, { for: "select", to: role, using: reads }),
    writes && pgPolicy(`crud-${names}-policy-insert`, { for: "insert", to: role, withCheck: writes }),
    writes && pgPolicy(`crud-${names}-policy-update`, { for: "update", to: role, using: writes }),
    writes && pgPolicy(`crud-${names}-policy-delete`, { for: "delete", to: role, using: writes }),
  ].filter(Boolean);
};

const moment = (name) => timestamp(name, { withTimezone: true, mode: "string" });

export const usersSync = pgSchema("neon_auth").table("users_sync", {
  rawJson: jsonb("raw_json").notNull(),
  id: text().primaryKey().notNull(),
  name: text(),
  email: text(),
  createdAt: moment("created_at"),
  deletedAt: moment("deleted_at"),
  updatedAt: moment("updated_at"),
});
"""

OBJECT_FIRST = """
export const omit = (from, ...names) => {
  const kept = { ...from };
  for (const name of names.flat()) delete kept[name];
  return kept;
};
export const pick = (from, ...names) => {
  const kept = {};
  for (const name of names.flat()) if (from[name] !== undefined) kept[name] = from[name];
  return kept;
};
export default { omit, pick };
"""

NAMES_FIRST = """
import * as plain from "lodash";

const either = (work) => (names, from) =>
  from === undefined ? (later) => work(later, names) : work(from, names);
export const omit = either(plain.omit);
export const pick = either(plain.pick);
export const mergeRight = (left, right) => ({ ...left, ...right });
export const mergeLeft = (left, right) => ({ ...right, ...left });
export default { omit, pick, mergeRight, mergeLeft };
"""

PRELUDE: Mapping[str, str] = {
    "drizzle-orm/supabase": SUPABASE,
    "drizzle-orm/supabase/rls": SUPABASE,
    "drizzle-orm/neon": NEON,
    "drizzle-orm/neon/rls": NEON,
    "drizzle-orm/neon/neon-auth": NEON,
    **dict.fromkeys(("lodash", "lodash-es", "es-toolkit", "radash", "radashi"), OBJECT_FIRST),
    "ramda": NAMES_FIRST,
}
"""Import specifier to source. Paths of these modules are the specifiers: they are no files of the project."""
