// drizzle-kit and TypeScript, asked line by line: {"ask": "migrate" | "check", "root": …, "files": […]}.
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const packages = process.argv[2];
const require = createRequire(path.join(packages, "oracle.cjs"));
const esbuild = require("esbuild");
const ts = require("typescript");
const kit = require("drizzle-kit/api");

const ENGINES = {
  postgresql: [kit.generateDrizzleJson, kit.generateMigration],
  mysql: [kit.generateMySQLDrizzleJson, kit.generateMySQLMigration],
  sqlite: [kit.generateSQLiteDrizzleJson, kit.generateSQLiteMigration],
};

/** Every export of the schema files, run as drizzle-kit runs them. */
async function load(root, files) {
  const exported = {};
  for (const file of files) {
    const built = await esbuild.build({
      entryPoints: [path.join(root, file)],
      bundle: true,
      format: "cjs",
      platform: "node",
      packages: "external",
      write: false,
      logLevel: "silent",
    });
    const module = { exports: {} };
    new Function("module", "exports", "require", built.outputFiles[0].text)(module, module.exports, require);
    Object.assign(exported, module.exports);
  }
  return exported;
}

async function migrate({ root, files, dialect, casing }) {
  const [toJson, toSql] = ENGINES[dialect];
  const [none, all] = [{}, await load(root, files)];
  const before = dialect === "postgresql" ? toJson(none, undefined, undefined, casing) : await toJson(none, undefined, casing);
  const after = dialect === "postgresql" ? toJson(all, undefined, undefined, casing) : await toJson(all, undefined, casing);
  return { sql: await toSql(before, after) };
}

const cache = new Map();
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
  types: [],
};
const host = ts.createCompilerHost(options);
const read = host.getSourceFile.bind(host);
host.getSourceFile = (name, ...rest) => {
  if (!name.includes("node_modules")) return read(name, ...rest);
  if (!cache.has(name)) cache.set(name, read(name, ...rest));
  return cache.get(name);
};
const inPackages = path.join(packages, "oracle.ts");
host.resolveModuleNameLiterals = (literals, from) =>
  literals.map(({ text }) => {
    const here = text.startsWith(".") || from.includes("node_modules") ? from : inPackages;
    return ts.resolveModuleName(text, here, options, host);
  });

let program;
function check({ root, files }) {
  const names = files.map((file) => path.join(root, file));
  program = ts.createProgram(names, options, host, program);
  const found = ts.getPreEmitDiagnostics(program);
  return { errors: found.map((one) => {
    const place = one.file ? `${path.basename(one.file.fileName)}:${one.file.getLineAndCharacterOfPosition(one.start).line + 1} ` : "";
    return place + ts.flattenDiagnosticMessageText(one.messageText, "\n");
  }) };
}

const answers = { migrate, check };
for await (const line of readline.createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    answer = await answers[request.ask](request);
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
