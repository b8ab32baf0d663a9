"""Imports find the file they mean, as TypeScript and bundlers do, and never leave the project."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from cases.drizzle.project import Memory, value_of

from shipkit_mcp.facts import Source
from shipkit_mcp.readers.typescript.jsonc import read_jsonc
from shipkit_mcp.readers.typescript.resolve import Resolver

PROJECT = {
    "package.json": json.dumps({"name": "@acme/root", "workspaces": ["apps/*", "packages/*"]}),
    "tsconfig.base.json": '{ "compilerOptions": { "paths": { "@base/*": ["./shared/*"] } } }',
    "tsconfig.json": '{ // comment\n "extends": "./tsconfig.base.json", }',
    "shared/enums.ts": "",
    "apps/web/tsconfig.json": json.dumps({"references": [{"path": "./tsconfig.app.json"}]}),
    "apps/web/tsconfig.app.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./src/*"]}}}',
    "apps/web/package.json": json.dumps({"name": "web", "imports": {"#db/*": "./src/db/*.ts"}}),
    "apps/web/src/db/schema.ts": "",
    "apps/web/src/db/columns/index.ts": "",
    "apps/web/src/db/old.js": "",
    "apps/web/src/db/made.ts": "",
    "apps/api/tsconfig.json": '{"compilerOptions": {"baseUrl": "src"}}',
    "apps/api/src/helpers/time.ts": "",
    "packages/db/package.json": json.dumps(
        {
            "name": "@acme/db",
            "exports": {".": {"types": "./dist/index.d.ts"}, "./schema/*": "./dist/schema/*.js"},
        }
    ),
    "packages/db/src/index.ts": "",
    "packages/db/src/schema/users.ts": "",
    "packages/plain/package.json": json.dumps({"name": "plain", "main": "lib/main.js"}),
    "packages/plain/lib/main.js": "",
}

CASES = [
    ("./schema", "apps/web/src/db/made.ts", "apps/web/src/db/schema.ts"),
    ("./schema.ts", "apps/web/src/db/made.ts", "apps/web/src/db/schema.ts"),
    ("./schema.js", "apps/web/src/db/made.ts", "apps/web/src/db/schema.ts"),
    ("./old.js", "apps/web/src/db/made.ts", "apps/web/src/db/old.js"),
    ("./columns", "apps/web/src/db/made.ts", "apps/web/src/db/columns/index.ts"),
    ("..", "apps/web/src/db/columns/deep/a.ts", "apps/web/src/db/columns/index.ts"),
    ("@/db/schema", "apps/web/src/db/made.ts", "apps/web/src/db/schema.ts"),
    ("src/db/schema", "apps/web/src/db/made.ts", "apps/web/src/db/schema.ts"),
    ("#db/made", "apps/web/src/db/schema.ts", "apps/web/src/db/made.ts"),
    ("helpers/time", "apps/api/src/a.ts", "apps/api/src/helpers/time.ts"),
    ("@base/enums", "root.ts", "shared/enums.ts"),
    ("@acme/db", "apps/web/src/db/made.ts", "packages/db/src/index.ts"),
    ("@acme/db/schema/users", "apps/web/src/db/made.ts", "packages/db/src/schema/users.ts"),
    ("plain", "apps/web/src/db/made.ts", "packages/plain/lib/main.js"),
    ("zod", "apps/web/src/db/made.ts", None),
    ("./gone", "apps/web/src/db/made.ts", None),
    ("../../../../outside", "apps/web/src/db/made.ts", None),
    ("@/../src/db/schema", "apps/web/src/db/made.ts", "apps/web/src/db/schema.ts"),
    ("@/../../../../outside", "apps/web/src/db/made.ts", None),
    ("virtual:db:schema", "apps/web/src/db/made.ts", None),
]


@pytest.mark.parametrize(("specifier", "importer", "found"), CASES)
def test_an_import_finds_its_file(specifier: str, importer: str, found: str | None) -> None:
    assert Resolver(Memory(PROJECT)).resolve(specifier, importer) == found


class _Asked(Memory):
    """Remembers what it was asked for."""

    def __init__(self, files: Mapping[str, str]) -> None:
        super().__init__(files)
        self.asked: list[str] = []

    def get(self, path: str) -> Source | None:
        self.asked.append(path)
        return super().get(path)


@pytest.mark.parametrize("specifier", [specifier for specifier, _, found in CASES if found is None])
def test_nothing_is_asked_for_that_is_no_path_of_the_project(specifier: str) -> None:
    files = _Asked(PROJECT)

    Resolver(files).resolve(specifier, "apps/web/src/db/made.ts")

    assert [path for path in files.asked if ".." in path or ":" in path] == []


def test_barrels_that_export_each_other_and_long_chains_of_settings_end() -> None:
    texts = {
        f"b{at}.ts": f'export * from "./b{(at + 1) % 60}";\nexport const n{at} = {at};' for at in range(60)
    }
    chain = {f"tsconfig.{at}.json": json.dumps({"extends": f"./tsconfig.{at + 1}.json"}) for at in range(60)}
    start = {
        "tsconfig.json": '{"extends": "./tsconfig.0.json"}',
        "main.ts": 'import { n0, n59 } from "./b3";',
    }

    assert value_of({**texts, **chain, **start, "main.ts": start["main.ts"] + "const x = n0 + n59;"}) == 59


def test_packages_are_not_listed_for_what_is_published() -> None:
    files = Memory(
        {
            "package.json": json.dumps({"name": "@acme/root", "workspaces": ["packages/*"]}),
            "packages/db/package.json": json.dumps(
                {"name": "@acme/db", "dependencies": {"things": "^5.0.0"}}
            ),
            "packages/own/package.json": json.dumps({"name": "things", "main": "index.ts"}),
            "packages/own/index.ts": "",
        }
    )

    assert Resolver(files).resolve("things", "packages/db/schema.ts") is None
    assert Resolver(files).resolve("things", "packages/other/schema.ts") == "packages/own/index.ts"


class Workspace(Memory):
    """A package of a workspace that stands two folders above it."""

    workspace = "../.."


def test_packages_of_the_workspace_around_the_project_are_found() -> None:
    files = Workspace(
        {
            "package.json": json.dumps({"name": "web", "dependencies": {"@acme/db": "workspace:*"}}),
            "../../pnpm-workspace.yaml": "packages: [apps/*, packages/*]",
            "../../packages/db/package.json": json.dumps({"name": "@acme/db", "main": "src/index.ts"}),
            "../../packages/db/src/index.ts": "",
            "../../tsconfig.json": '{"compilerOptions": {"paths": {"~shared/*": ["./shared/*"]}}}',
            "../../shared/a.ts": "",
        }
    )

    assert Resolver(files).resolve("@acme/db", "src/schema.ts") == "../../packages/db/src/index.ts"
    assert Resolver(files).resolve("~shared/a", "src/schema.ts") == "../../shared/a.ts"
    assert (
        Resolver(files).resolve("./index", "../../packages/db/src/a.ts") == "../../packages/db/src/index.ts"
    )


def test_configurations_that_extend_each_other_end() -> None:
    files = {"tsconfig.json": '{"extends": "./b.json"}', "b.json": '{"extends": "./tsconfig.json"}'}

    assert Resolver(Memory(files)).resolve("@/x", "a.ts") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2,], /* b */ "c": "// no comment", }', {"a": [1, 2], "c": "// no comment"}),
        ("not json", {}),
        ("[1]", {}),
        ("[" * 100_000, {}),
        ("/*" * 100_000, {}),
        ('"' * 100_001, {}),
    ],
)
def test_tolerant_json_is_read_or_empty(text: str, value: Mapping[str, object]) -> None:
    assert read_jsonc(text) == value


@pytest.mark.parametrize(
    ("module", "importing"),
    [
        ("export const a = 'v';", "import { a as x } from './m';"),
        ("const a = 'v'; export { a };", "import { a as x } from './m';"),
        ("const a = 'v'; export { a as b };", "import { b as x } from './m';"),
        ("export default 'v';", "import x from './m';"),
        ("export const { a } = { a: 'v' };", "import { a as x } from './m';"),
        ("export const a = 'v';", "import * as m from './m'; const x = m.a;"),
        ("exports.a = 'v';", "const m = require('./m'); const x = m.a;"),
        (
            "exports.a = void 0;\nconst a = 'v';\nexports.a = a;",
            "const m = __importStar(require('./m')); const x = (0, m.a);",
        ),
        ("export type { a } from './types'; export const a = 'v';", "import { a as x, type T } from './m';"),
    ],
)
def test_every_form_of_export_reaches_its_import(module: str, importing: str) -> None:
    assert value_of({"main.ts": importing, "m.ts": module}) == "v"


def test_compiled_barrels_are_followed() -> None:
    files = {
        "main.ts": "import { a as x } from './m';",
        "m.js": '__exportStar(require("./n"), exports);',
        "n.js": "exports.a = 'v';",
    }

    assert value_of(files) == "v"
