// What drizzle-orm itself says of schema files. `node dump.mjs [drizzle-orm | drizzle-orm-v1]` reads one request a line
// ({root, files, casing, alias} or {source, casing}) and answers one line of JSON, in the words of drizzle-orm.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ORM = process.argv[2] ?? "drizzle-orm";
const optional = (path) => import(`${ORM}/${path}`).catch(() => null);
const orm = await import(ORM);
const casings = await import(`${ORM}/casing`);
const old = (await optional("_relations")) ?? orm;
const { is, SQL, Table } = orm;

const dialects = {
  pg: [await optional("pg-core"), "PgTable", "PgDialect"],
  mysql: [await optional("mysql-core"), "MySqlTable", "MySqlDialect"],
  sqlite: [await optional("sqlite-core"), "SQLiteTable", "SQLiteSyncDialect"],
  singlestore: [await optional("singlestore-core"), "SingleStoreTable", "SingleStoreDialect"],
  mssql: [await optional("mssql-core"), "MsSqlTable", "MsSqlDialect"],
  cockroach: [await optional("cockroach-core"), "CockroachTable", "CockroachDialect"],
};
const VIEWS = ["PgView", "PgMaterializedView", "MySqlView", "SQLiteView", "SingleStoreView", "MsSqlView",
  "CockroachView", "CockroachMaterializedView"];

const nameOf = (table) => table[Symbol.for("drizzle:Name")];
const schemaOf = (table) => table[Symbol.for("drizzle:Schema")] ?? null;
const dialectOf = (table) =>
  Object.keys(dialects).find((one) => dialects[one][0] && is(table, dialects[one][0][dialects[one][1]]));

class Dump {
  constructor(casing) {
    this.casing = casing ?? undefined;
    this.seen = new Map();
    this.found = { tables: [], enums: [], views: [], sequences: [], relations: [], policies: [] };
  }

  column(one) {
    if (!one.keyAsName || !this.casing) return one.name;
    return this.casing === "snake_case" ? casings.toSnakeCase(one.name) : casings.toCamelCase(one.name);
  }

  sql(value, dialect) {
    const [core, , name] = dialects[dialect];
    const writer = new (core[name] ?? core.SQLiteDialect)({ casing: this.casing });
    return writer.sqlToQuery(value.inlineParams ? value.inlineParams() : value).sql;
  }

  literal(value) {
    if (typeof value === "bigint") return { bigint: String(value) };
    if (value instanceof Date) return { date: value.toISOString() };
    if (Buffer.isBuffer(value)) return { buffer: value.toString("hex") };
    return value;
  }

  describe(key, one, dialect) {
    let base = one;
    let dims = one.dimensions ?? 0;
    for (; base.baseColumn; base = base.baseColumn) dims += 1;
    const value = one.default;
    const as = one.generated?.as;
    const expression = typeof as === "function" && !is(as, SQL) ? as() : as;
    return {
      key, name: this.column(one), sqlType: one.getSQLType(), notNull: one.notNull, primaryKey: one.primary,
      unique: !!one.isUnique, uniqueName: one.isUnique ? one.uniqueName : undefined, hasDefault: one.hasDefault, dims,
      default: value === undefined ? undefined
        : is(value, SQL) ? { sql: this.sql(value, dialect) } : { value: this.literal(value) },
      enumValues: base.enumValues?.length ? base.enumValues : undefined, enumName: base.enum?.enumName,
      generated: one.generated
        && { mode: one.generated.mode, as: is(expression, SQL) ? this.sql(expression, dialect) : expression },
      autoIncrement: !!one.autoIncrement && one.getSQLType() !== "serial",
      identity: one.generatedIdentity
        ? { type: one.generatedIdentity.type, name: one.generatedIdentity.sequenceName }
        : one.identity && { type: "always" },
    };
  }

  table(table, dialect) {
    const config = dialects[dialect][0].getTableConfig(table);
    const names = (list) => list.map((one) => this.column(one));
    const render = (one) => (is(one, SQL) ? { sql: this.sql(one, dialect) } : { column: this.column(one) });
    return {
      dialect, name: nameOf(table), schema: schemaOf(table), rls: !!config.enableRLS,
      columns: Object.entries(orm.getTableColumns(table)).map(([key, one]) => this.describe(key, one, dialect)),
      foreignKeys: (config.foreignKeys ?? []).map((one) => {
        const to = one.reference();
        return {
          name: one.getName?.() ?? to.name ?? null, explicitName: to.name, columns: names(to.columns), foreignTable: nameOf(to.foreignTable),
          foreignSchema: schemaOf(to.foreignTable), foreignColumns: names(to.foreignColumns),
          onDelete: one.onDelete, onUpdate: one.onUpdate,
        };
      }),
      indexes: (config.indexes ?? []).map(({ config: one }) => ({
        name: one.name, unique: !!one.unique, method: one.method ?? one.using, columns: one.columns.map(render),
        where: one.where && this.sql(one.where, dialect),
      })),
      primaryKeys: (config.primaryKeys ?? []).map((one) => ({ name: one.getName?.() ?? one.name ?? null, columns: names(one.columns) })),
      uniques: (config.uniqueConstraints ?? []).map((one) => ({
        name: one.getName?.() ?? one.name ?? null, columns: names(one.columns), nullsNotDistinct: !!one.nullsNotDistinct,
      })),
      checks: (config.checks ?? []).map((one) => ({ name: one.name, sql: this.sql(one.value, dialect) })),
      policies: (config.policies ?? []).map((one) => ({ name: one.name })),
    };
  }

  view(view) {
    const config = view[Symbol.for("drizzle:ViewBaseConfig")];
    const core = Object.values(dialects).find(([one]) => one && VIEWS.some((name) => one[name] && is(view, one[name])))[0];
    const kept = ["PgMaterializedView", "CockroachMaterializedView"].some((name) => core[name] && is(view, core[name]));
    const columns = Object.values(config.selectedFields).map((one) => one.fieldAlias ?? this.column(one));
    return { name: config.name, schema: config.schema ?? null, materialized: kept, existing: !!config.isExisting, columns };
  }

  relations(value) {
    const config = value.config(old.createTableRelationsHelpers(value.table));
    return Object.entries(config).map(([name, one]) => ({
      table: nameOf(value.table), name, type: is(one, old.One) ? "one" : "many", target: nameOf(one.referencedTable),
    }));
  }

  visit(key, value) {
    if (value === null || !["object", "function"].includes(typeof value)) return;
    this.seen.get(value)?.push({ key });
    if (this.seen.has(value)) return;
    const exports = [{ key }];
    this.seen.set(value, exports);
    const { found } = this;
    const anyOf = (...names) => Object.values(dialects).some(([one]) =>
      names.some((name) => one?.[name] && is(value, one[name])));
    const dialect = is(value, Table) ? dialectOf(value) : undefined;
    if (dialect) found.tables.push({ ...this.table(value, dialect), exports });
    else if (value.enumName) found.enums.push({ name: value.enumName, schema: value.schema ?? null, values: value.enumValues });
    else if (anyOf(...VIEWS)) found.views.push(this.view(value));
    else if (value.seqName) found.sequences.push({ name: value.seqName, schema: value.schema ?? null });
    else if (anyOf("PgPolicy", "CockroachPolicy")) this.policy(value);
    else if (old.Relations && is(value, old.Relations)) found.relations.push(...this.relations(value));
    else if (Object.values(value).some((one) => one?.relations && one.table)) this.related(value);
  }

  policy(value) {
    if (value._linkedTable) this.found.policies.push({ name: value.name, on: nameOf(value._linkedTable) });
  }

  related(value) {
    for (const one of Object.values(value))
      for (const [name, relation] of Object.entries(one.relations ?? {}))
        this.found.relations.push(
          { table: nameOf(one.table), name, type: relation.relationType, target: nameOf(relation.targetTable) });
  }
}

let serial = 0;

async function load({ root, files, source, alias }) {
  const entry = source ?? files.map((one, at) => `export * as f${at} from ${JSON.stringify(resolve(root, one))};`).join("\n");
  const generation = ORM === "drizzle-orm" ? {} : { "drizzle-orm": ORM };
  const places = Object.fromEntries(Object.entries(alias ?? {}).map(([name, path]) => [name, resolve(root, path)]));
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root ?? HERE, loader: "ts" }, bundle: true, write: false, format: "esm",
    platform: "node", target: "node22", logLevel: "silent", alias: { ...generation, ...places },
    external: [ORM, `${ORM}/*`, "zod", "cbor-x", "@workflow/world"], treeShaking: false,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const folder = join(HERE, "node_modules", ".oracle");
  const path = join(folder, `${process.pid}-${(serial += 1)}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, outputFiles[0].text);
  try {
    return await import(pathToFileURL(path).href);
  } finally {
    rmSync(path);
  }
}

async function answer(request) {
  const loaded = await load(request);
  const dump = new Dump(request.casing);
  for (const module of request.source ? [loaded] : Object.values(loaded))
    for (const [key, value] of Object.entries(module)) dump.visit(key, value);
  return dump.found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line)).catch((error) => ({ error: String(error?.message ?? error) }));
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
