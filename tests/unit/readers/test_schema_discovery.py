"""The schema is found where the project says it is, and the choice says by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipkit_mcp.facts import SchemaChoice, Source
from shipkit_mcp.readers.drizzle.discovery import find_schema

TABLE = 'import { pgTable } from "drizzle-orm/pg-core";\nexport const users = pgTable("users", {});\n'


class Project:
    """Files in memory; lists everything but what lies below a dot folder."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def get(self, path: str) -> Source | None:
        return Source(path, self._files[path]) if path in self._files else None

    def under(self, folder: str = "") -> Sequence[str]:
        listed = (path for path in self._files if "/." not in "/" + path.replace("../", ""))
        return sorted(path for path in listed if path.startswith(folder))


def choose(files: Mapping[str, str], *patterns: str, casing: str | None = None) -> SchemaChoice:
    return find_schema(Project(files), patterns, casing)


def config(schema: str, more: str = "") -> str:
    call = f"export default defineConfig({{ schema: {schema}, {more} }});"
    return f'import {{ defineConfig }} from "drizzle-kit";\n{call}\n'


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ('"./src/tables/users.ts"', ["users"]),
        ('"src/tables/users.ts"', ["users"]),
        ('"./src/tables/users"', ["users"]),
        ('"./src/tables/users.js"', ["users"]),
        ('"./src/tables"', ["posts", "users"]),
        ('"./src/tables/"', ["posts", "users"]),
        ('"./src/tables/*.ts"', ["posts", "users"]),
        ('"./src/tables/*"', ["posts", "users", "deep/tags"]),
        ('"./src/**/*.ts"', ["posts", "users", "deep/tags"]),
        ('"./src/tables/**"', ["posts", "users", "deep/tags"]),
        ('"./src/tables/{users,posts}.ts"', ["posts", "users"]),
        ('"./src/tables/[pq]*.ts"', ["posts"]),
        ('"./src/tables/?sers.ts"', ["users"]),
        ('"./src/tables/!(users).ts"', ["posts"]),
        ('"./src/tables/!(*ers|other).ts"', ["posts"]),
        ('"./src/tables/!(nothing)"', ["posts", "users", "deep/tags"]),
        ('"./src/tables/@(users|posts).ts"', ["posts", "users"]),
        ('"./src/tables/user?(s).ts"', ["users"]),
        ('"./src/**/!(u*).ts"', ["posts", "deep/tags"]),
        ('["./src/tables/users.ts", "./src/tables/posts.ts"]', ["posts", "users"]),
        ("`${base}/users.ts`", ["users"]),
        ("[`${base}/users.ts`, ...more]", ["posts", "users"]),
        ("places.schema", ["users"]),
        ('base + "/users.ts"', ["users"]),
        ('path.join("src", "tables", "users.ts")', ["users"]),
        ('path.resolve(__dirname, "./src/tables/users.ts")', ["users"]),
        ('resolve(process.cwd(), "src/tables/users.ts")', ["users"]),
        ("`${__dirname}/src/tables/users.ts`", ["users"]),
        ('fileURLToPath(new URL("./src/tables/users.ts", import.meta.url))', ["users"]),
        (
            'relative(process.cwd(), fileURLToPath(new URL("./src/tables/users.ts", import.meta.url)))',
            ["users"],
        ),
        ('process.env.SCHEMA ?? "./src/tables/users.ts"', ["users"]),
        ('("./src/tables/users.ts" as string)', ["users"]),
    ],
)
def test_every_form_of_a_schema_setting_names_its_files(schema: str, expected: list[str]) -> None:
    constants = (
        'const base = "./src/tables";\nconst places = { schema: `${base}/users.ts` };\n'
        'const more = ["./src/tables/posts.ts"];\n'
    )
    files = {f"src/tables/{name}.ts": TABLE for name in ("users", "posts", "deep/tags")}

    choice = choose(
        {**files, "src/tables/users.test.ts": "", "drizzle.config.ts": constants + config(schema)}
    )

    assert choice.files == tuple(sorted(f"src/tables/{name}.ts" for name in expected))
    assert choice.found_by == "`schema` in drizzle.config.ts"
    assert choice.config == "drizzle.config.ts"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("drizzle.config.ts", 'export default { schema: "./a.ts", dialect: "postgresql" } satisfies Config;'),
        (
            "drizzle.config.ts",
            'const c: Config = { schema: "./a.ts", dialect: "postgresql" };\nexport default c;',
        ),
        ("drizzle.config.ts", 'export = { schema: "./a.ts", dialect: "postgresql" };'),
        ("drizzle.config.js", 'module.exports = { schema: "./a.ts", dialect: "postgresql" };'),
        (
            "drizzle.config.mjs",
            'export default defineConfig(() => ({ schema: "./a.ts", dialect: "postgresql" }));',
        ),
        ("drizzle.config.json", '{ "schema": "./a.ts", "dialect": "postgresql" }'),
        ("drizzle-pg.config.ts", 'export default defineConfig({ schema: "./a.ts", driver: "pg" });'),
        (
            "drizzle.production.config.ts",
            'export default defineConfig({ schema: "./a.ts", dialect: "postgresql" });',
        ),
        (
            "drizzle.config.ts",
            'const base = { dialect: "postgresql" };\nexport default { ...base, schema: "./a.ts" };',
        ),
        (
            "drizzle.config.ts",
            'const schema = "./a.ts";\nexport default wrap({ schema, dialect: "postgresql" });',
        ),
    ],
)
def test_every_form_of_a_configuration_is_read(name: str, text: str) -> None:
    choice = choose({name: text, "a.ts": ""})

    assert (choice.files, choice.config, choice.dialect) == (("a.ts",), name, "postgresql")


def test_settings_may_come_from_other_files_of_the_project() -> None:
    files = {
        "package.json": '{"workspaces": ["packages/*"]}',
        "packages/core/package.json": '{"name": "@acme/core", "exports": {"./names": "./src/names.ts"}}',
        "packages/core/src/names.ts": 'export const CASING = "snake_case";\nexport const FOLDER = "./tables";',
        "packages/db/package.json": "{}",
        "packages/db/drizzle.config.ts": 'import { CASING, FOLDER } from "@acme/core/names";\n'
        + config("`${FOLDER}/*.ts`", "casing: CASING"),
        "packages/db/tables/users.ts": TABLE,
    }

    choice = choose(files)

    assert (choice.files, choice.casing) == (("packages/db/tables/users.ts",), "snake_case")


def test_a_schema_in_the_workspace_around_the_project_is_read_where_it_is_listed() -> None:
    around = {"../../packages/db/src/schema.ts": TABLE, "../../packages/db/src/users.ts": TABLE}
    own = choose({"drizzle.config.ts": config('"../../packages/db/src/schema.ts"'), **around})
    glob = choose({"drizzle.config.ts": config('"../../packages/db/src/*.ts"'), **around})
    theirs = choose(
        {"../../packages/db/drizzle.config.ts": config('"./src/schema.ts"', 'out: "./out"'), **around}
    )

    assert own.files == theirs.files == ("../../packages/db/src/schema.ts",)
    assert glob.files == tuple(around)
    assert (theirs.config, theirs.out) == ("../../packages/db/drizzle.config.ts", None)


def test_of_the_workspaces_databases_the_one_the_project_depends_on_is_chosen() -> None:
    files = {
        "package.json": '{"dependencies": {"@acme/db": "workspace:*", "drizzle-orm": "catalog:"}}',
        "../../package.json": "{}",
        "../../pnpm-workspace.yaml": "catalog:\n  drizzle-orm: 0.44.1\n",
        "../api/package.json": '{"name": "api"}',
        "../api/drizzle.config.ts": config('"./schema.ts"'),
        "../api/schema.ts": TABLE * 9,
        "../../packages/db/package.json": '{"name": "@acme/db"}',
        "../../packages/db/drizzle.config.ts": config('"./schema.ts"'),
        "../../packages/db/schema.ts": TABLE,
    }

    choice = choose(files)
    with_own = choose(
        {**files, "src/db/schema.ts": TABLE, "drizzle.config.ts": config('"./src/db/schema.ts"')}
    )

    assert (choice.config, choice.others) == (
        "../../packages/db/drizzle.config.ts",
        ("../api/drizzle.config.ts",),
    )
    assert choice.drizzle_version == "0.44.1"
    assert with_own.config == "drizzle.config.ts"


def test_without_configurations_the_package_the_project_depends_on_comes_before_others() -> None:
    files = {
        "package.json": '{"dependencies": {"@acme/db": "*"}}',
        "../api/package.json": '{"name": "api"}',
        "../api/src/db/schema.ts": TABLE,
        "../../packages/db/package.json": '{"name": "@acme/db"}',
        "../../packages/db/src/schema.ts": TABLE,
    }

    assert choose(files).files == ("../../packages/db/src/schema.ts",)


def test_the_same_files_in_two_dialects_are_two_databases() -> None:
    files = {
        "mysql.drizzle.config.ts": config('"./schema"', 'dialect: "mysql"'),
        "sqlite.drizzle.config.ts": config('"./schema"', 'dialect: "sqlite"'),
        "schema/all.ts": TABLE,
    }

    choice = choose(files)

    assert (choice.dialect, choice.others) == ("mysql", ("sqlite.drizzle.config.ts",))


def test_a_path_is_meant_from_the_package_the_configuration_lies_in() -> None:
    files = {
        "apps/web/package.json": "{}",
        "apps/web/server/db/drizzle.config.ts": config('"./server/db/schema.ts"', 'out: "drizzle"'),
        "apps/web/server/db/schema.ts": TABLE,
    }

    choice = choose(files)

    assert choice.files == ("apps/web/server/db/schema.ts",)
    assert choice.out == "apps/web/drizzle"


def test_a_path_may_leave_the_package_but_never_the_project() -> None:
    inside = choose(
        {
            "apps/web/drizzle.config.ts": config('"../../packages/db/schema.ts"'),
            "packages/db/schema.ts": TABLE,
        }
    )
    outside = choose({"drizzle.config.ts": config('"../other/schema.ts"'), "schema/users.ts": ""})
    everything = choose({"drizzle.config.ts": config('"../**/*.ts"'), "schema/users.ts": ""})

    assert inside.files == ("packages/db/schema.ts",)
    assert (outside.files, everything.files) == ((), ())
    assert "names no file of the project" in outside.found_by


def test_settings_beside_the_schema_are_read_and_nothing_else() -> None:
    text = config(
        '"./a.ts"',
        'out: "./migrations", dialect: "turso",\n casing: "snake_case", dbCredentials: { url: "secret" }',
    )

    choice = choose({"drizzle.config.ts": text, "a.ts": ""})

    assert (choice.out, choice.dialect, choice.casing) == ("migrations", "sqlite", "snake_case")
    assert str(choice.casing_from) == "drizzle.config.ts:3"
    assert "secret" not in choice.model_dump_json()


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ('tablesFilter: "app_*"', {"tablesFilter": ("app_*",)}),
        ('tablesFilter: ["app_*", "!app_old"]', {"tablesFilter": ("app_*", "!app_old")}),
        ("tablesFilter: [`${prefix}_*`]", {"tablesFilter": ("web_*",)}),
        ('tablesFilter: [process.env.P + "_*"]', {"tablesFilter": ("(only known at run time)",)}),
        (
            'schemaFilter: ["public", "auth"], extensionsFilters: ["postgis"]',
            {"schemaFilter": ("public", "auth"), "extensionsFilters": ("postgis",)},
        ),
        ("tablesFilter: []", {}),
        ("strict: true", {}),
    ],
)
def test_what_push_and_pull_filter_is_stated(setting: str, expected: Mapping[str, object]) -> None:
    files = {"drizzle.config.ts": 'const prefix = "web";\n' + config('"./s.ts"', setting), "s.ts": TABLE}

    found = choose(files)

    assert found.filters == expected
    assert found.files == ("s.ts",)
    assert ("for push and pull only" in found.found_by) == bool(expected)
    assert not choose(files, "s.ts").filters


def test_patterns_of_a_filter_are_bounded() -> None:
    many = ", ".join(f'"{"x" * 300}{at}"' for at in range(50))

    found = choose({"drizzle.config.ts": config('"./s.ts"', f"tablesFilter: [{many}]"), "s.ts": TABLE})

    assert found.filters == {"tablesFilter": ("x" * 200,) * 40}


def test_of_several_databases_the_one_nearest_to_the_root_is_chosen_and_the_rest_are_listed() -> None:
    files = {
        "drizzle.config.ts": config('"./db/main.ts"'),
        "db/main.ts": TABLE,
        "apps/mail/drizzle.config.ts": config('"./schema.ts"'),
        "apps/mail/schema.ts": TABLE * 5,
        "drizzle.config.test.ts": config('"./db/fake.ts"'),
        "db/fake.ts": TABLE,
        "examples/drizzle.config.ts": config('"./db.ts"'),
        "examples/db.ts": TABLE,
    }

    choice = choose(files)

    assert choice.files == ("db/main.ts",)
    assert choice.others == ("apps/mail/drizzle.config.ts", "examples/drizzle.config.ts")
    assert "of 3 databases" in choice.found_by
    assert "nearest to the root" in choice.found_by


def test_of_databases_at_the_same_depth_the_one_with_most_tables_is_chosen() -> None:
    files = {
        "apps/a/drizzle.config.ts": config('"./schema.ts"'),
        "apps/a/schema.ts": TABLE,
        "apps/b/drizzle.config.ts": config('"./schema.ts"'),
        "apps/b/schema.ts": TABLE * 3,
    }

    choice = choose(files)

    assert choice.config == "apps/b/drizzle.config.ts"
    assert choice.others == ("apps/a/drizzle.config.ts",)


def test_tables_of_a_barrel_count_where_databases_are_weighed() -> None:
    files = {
        "apps/a/drizzle.config.ts": config('"./schema.ts"'),
        "apps/a/schema.ts": TABLE,
        "apps/b/drizzle.config.ts": config('"./schema/index.ts"'),
        "apps/b/schema/index.ts": 'export * from "./users";\nexport { posts } from "./posts.js";',
        "apps/b/schema/users.ts": TABLE,
        "apps/b/schema/posts.ts": TABLE + 'export * from "./index";',
    }

    assert choose(files).config == "apps/b/drizzle.config.ts"


def test_the_plain_configuration_comes_before_one_with_a_longer_name() -> None:
    files = {
        "drizzle.config.events.ts": config('"./events.ts"'),
        "events.ts": TABLE * 3,
        "drizzle.config.ts": config('"./main.ts"'),
        "main.ts": TABLE,
    }

    choice = choose(files)

    assert (choice.config, choice.others) == ("drizzle.config.ts", ("drizzle.config.events.ts",))


def test_configurations_that_mean_the_same_files_are_one_database() -> None:
    files = {
        "apps/web/drizzle.config.ts": config('"../../packages/db/schema.ts"'),
        "packages/db/drizzle.config.ts": config('"./schema.ts"'),
        "packages/db/schema.ts": TABLE,
    }

    assert choose(files).others == ()


def test_a_configuration_that_chooses_at_run_time_gives_its_first_database_and_lists_none_twice() -> None:
    text = config('process.env.LITE ? "./lite.ts" : "./full.ts"')

    choice = choose({"drizzle.config.ts": text, "lite.ts": TABLE, "full.ts": TABLE * 2})

    assert choice.files == ("full.ts",)
    assert choice.others == ("drizzle.config.ts",)


def test_a_configuration_named_by_a_script_counts_whatever_its_name() -> None:
    files = {
        "package.json": '{"scripts": {"db": "drizzle-kit push --config=conf/database.ts"}}',
        "conf/database.ts": config('"./tables.ts"'),
        "tables.ts": TABLE,
    }

    assert choose(files).config == "conf/database.ts"


@pytest.mark.parametrize(
    "place", ["lib/drizzle/schema", "src/db/schema", "db/schema", "drizzle/schema", "apps/web/src/db/schema"]
)
def test_without_a_configuration_the_conventions_hold_for_files_and_folders(place: str) -> None:
    package = {"apps/web/package.json": "{}", "package.json": '{"workspaces": ["apps/*"]}'}

    single = choose({**package, f"{place}.ts": TABLE})
    folder = choose({**package, f"{place}/users.ts": TABLE, f"{place}/users.test.ts": TABLE})

    assert single.files == (f"{place}.ts",)
    assert folder.files == (f"{place}/users.ts",)
    assert folder.found_by == f"the convention {place}"


def test_a_conventional_file_may_only_re_export_the_tables() -> None:
    barrel = 'export * from "./tables/users";\nexport { posts } from "./tables/posts.js";'

    assert choose({"src/db/schema.ts": barrel, "src/db/tables/posts.ts": TABLE}).files == (
        "src/db/schema.ts",
    )


def test_files_that_only_speak_of_drizzle_are_no_schema() -> None:
    adapter = 'import { sql } from "drizzle-orm";\nimport { drizzle } from "drizzle-orm/d1";'

    assert choose({"src/adapter/schema.ts": adapter, "src/db/schema.ts": adapter}).files == ()


def test_a_conventional_folder_without_drizzle_is_no_schema() -> None:
    choice = choose({"src/db/schema/users.ts": "export const users = 1;", "graphql/schema.ts": "export {}"})

    assert choice.files == ()
    assert choice.found_by == "no Drizzle schema was found"
    assert choice.looked_in[0] == "drizzle.config.*"
    assert "lib/drizzle/schema" in choice.looked_in


def test_files_whose_names_speak_of_tables_are_found_where_no_convention_helps() -> None:
    choice = choose({"server/users/users.table.ts": TABLE, "server/users/users.service.ts": TABLE})

    assert choice.files == ("server/users/users.table.ts",)


def test_a_configuration_that_does_not_help_is_named_beside_the_convention() -> None:
    choice = choose({"drizzle.config.ts": config("findIt()"), "src/db/schema.ts": TABLE})

    assert choice.files == ("src/db/schema.ts",)
    assert choice.found_by.startswith(
        "the convention src/db/schema; drizzle.config.ts: its `schema` (line 2)"
    )
    assert "only known at run time" in choice.found_by
    assert choice.config == "drizzle.config.ts"


def test_given_paths_win_over_the_configuration_but_keep_its_settings() -> None:
    files = {
        "drizzle.config.ts": config('["./a.ts", "./b.ts"]', 'dialect: "mysql", casing: "camelCase"'),
        "a.ts": TABLE,
        "b.ts": TABLE,
    }

    choice = choose(files, "b.ts")

    assert (choice.files, choice.dialect, choice.casing) == (("b.ts",), "mysql", "camelCase")
    assert choice.found_by == "given: b.ts"


def test_a_configuration_that_is_given_means_its_database() -> None:
    files = {
        "drizzle.config.ts": config('"./src/one.ts"'),
        "src/one.ts": TABLE,
        "packages/cache/drizzle.config.ts": config('"./src/two.ts"', 'casing: "snake_case"'),
        "packages/cache/src/two.ts": TABLE,
    }

    choice = choose(files, "packages/cache/drizzle.config.ts")

    assert choice.files == ("packages/cache/src/two.ts",)
    assert choice.casing == "snake_case"
    assert choice.found_by == "`schema` in packages/cache/drizzle.config.ts, as given"


def test_given_globs_are_joined() -> None:
    files = {"x/a.ts": TABLE, "x/b.ts": TABLE, "y/c.ts": TABLE}

    assert choose(files, "x/*", "y/c.ts").files == ("x/a.ts", "x/b.ts", "y/c.ts")


def test_given_paths_that_name_nothing_never_become_another_schema() -> None:
    choice = choose(
        {"drizzle.config.ts": config('"./a.ts"'), "a.ts": TABLE, "src/db/schema.ts": TABLE}, "b.ts"
    )

    assert choice.files == ()
    assert choice.found_by == "no file of the project is meant by b.ts"


def test_a_given_file_below_a_dot_folder_is_found_although_it_is_not_listed() -> None:
    assert choose({"app/.server/schema.ts": TABLE}, "app/.server/schema.ts").files == (
        "app/.server/schema.ts",
    )


@pytest.mark.parametrize(
    ("client", "line"),
    [
        ('export const db = drizzle(client, { casing: "snake_case" });', 2),
        ('export const db = drizzle({ client,\n  casing: "snake_case" });', 3),
        ('const options = { casing: "snake_case" } as const;\nexport const db = drizzle(pool, options);', 2),
        ('export const db = process.env.X ? drizzle(a, { casing: "snake_case" }) : drizzle(b, {});', 2),
    ],
)
@pytest.mark.parametrize("place", ["src/db/client.ts", "src/index.ts"])
def test_the_casing_of_the_drizzle_call_counts_where_the_configuration_has_none(
    client: str, line: int, place: str
) -> None:
    text = 'import { drizzle } from "drizzle-orm/node-postgres";\n' + client

    choice = choose(
        {"drizzle.config.ts": config('"./src/db/schema.ts"'), "src/db/schema.ts": TABLE, place: text}
    )

    assert choice.casing == "snake_case"
    assert str(choice.casing_from) == f"{place}:{line}"


def test_a_renamed_drizzle_call_counts_too() -> None:
    client = 'import { drizzle as connect } from "drizzle-orm/d1";\nconnect(env.DB, { casing: "camelCase" });'

    assert choose({"src/db/schema.ts": TABLE, "src/db/index.ts": client}).casing == "camelCase"


def test_the_casing_of_a_call_that_is_not_drizzles_does_not_count() -> None:
    client = 'import { drizzle } from "drizzle-orm/d1";\nformat(text, { casing: "camelCase" });'

    assert choose({"src/db/schema.ts": TABLE, "src/db/index.ts": client}).casing is None


def test_a_tests_configuration_beside_the_main_one_tells_the_casing_last() -> None:
    files = {
        "drizzle.config.ts": config('"./schema.ts"'),
        "drizzle.config.test.ts": config('"./fake.ts"', 'casing: "snake_case"'),
        "schema.ts": TABLE,
        "fake.ts": TABLE,
    }

    choice = choose(files)

    assert (choice.config, choice.casing) == ("drizzle.config.ts", "snake_case")
    assert str(choice.casing_from) == "drizzle.config.test.ts:2"


@pytest.mark.parametrize(("wanted", "expected"), [("none", None), ("camelCase", "camelCase")])
def test_a_wanted_casing_wins(wanted: str, expected: str | None) -> None:
    files = {"drizzle.config.ts": config('"./a.ts"', 'casing: "snake_case"'), "a.ts": TABLE}

    assert choose(files, casing=wanted).casing == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"package.json": '{"dependencies": {"drizzle-orm": "^0.45.1"}}'}, "^0.45.1"),
        (
            {
                "package.json": '{"dependencies": {"drizzle-orm": "0.30.0"}}',
                "src/package.json": '{"peerDependencies": {"drizzle-orm": "1.0.0-rc.5"}}',
            },
            "1.0.0-rc.5",
        ),
        (
            {
                "package.json": '{"devDependencies": {"drizzle-orm": "catalog:"}}',
                "pnpm-workspace.yaml": "catalog:\n  drizzle-orm: ^0.44.2\n",
            },
            "^0.44.2",
        ),
        (
            {
                "package.json": '{"workspaces": {"catalog": {"drizzle-orm": "0.41.0"}}}',
                "src/package.json": '{"dependencies": {"drizzle-orm": "catalog:"}}',
            },
            "0.41.0",
        ),
        ({"package.json": "[not json"}, None),
    ],
)
def test_the_version_of_drizzle_is_that_of_the_nearest_package(
    files: dict[str, str], expected: str | None
) -> None:
    assert choose({"src/db/schema.ts": TABLE, **files}).drizzle_version == expected


def test_the_dialect_comes_from_the_imports_or_the_driver_where_no_configuration_names_it() -> None:
    by_import = choose({"src/db/schema.ts": TABLE})
    helper = 'export * from "@acme/db";\nimport "drizzle-orm/relations";'
    files = {"src/db/schema.ts": helper, "package.json": '{"dependencies": {"mysql2": "3"}}'}
    by_driver = choose(files, "src/db/schema.ts")

    nothing = choose({"package.json": '{"dependencies": {"mysql2": "3"}}'})

    assert by_import.dialect == "postgresql"
    assert by_driver.dialect == "mysql"
    assert nothing.dialect is None


_paths = st.sampled_from(
    [
        "drizzle.config.ts",
        "drizzle.config.json",
        "package.json",
        "src/db/schema.ts",
        "src/db/index.ts",
        "pnpm-workspace.yaml",
    ]
)
_pieces = st.sampled_from(
    [
        "schema",
        ":",
        '"./src/**"',
        "{",
        "}",
        "[",
        "]",
        "...a",
        "`${",
        "}`",
        "const a = a;",
        "export default ",
        "a",
        "(",
        ")",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    files=st.dictionaries(
        _paths, st.lists(_pieces, max_size=25).map(" ".join) | st.text(max_size=60), max_size=6
    ),
    patterns=st.lists(
        st.text(max_size=12) | st.sampled_from(["**/*", "{" * 40, "../..", "[z-a]", "/etc/*"]), max_size=3
    ),
)
def test_any_text_gives_a_choice_of_the_projects_own_files(
    files: dict[str, str], patterns: list[str]
) -> None:
    choice = choose(files, *patterns)

    assert set(choice.files) <= set(files)
    assert choice.found_by


@pytest.mark.parametrize(
    "text",
    [
        "const a = [...a];\nexport default { schema: a, dialect: 'pg' };",
        "const a = { ...a, ...a };\nexport default { ...a, ...a, schema: a.b.c };",
        "".join(f"const a{n} = {{ ...a{n + 1}, ...a{n + 1} }};\n" for n in range(40)) + "export default a0;",
        "const a = `${a}${a}`;\nexport default { schema: a, dialect: 'pg' };",
        "const a = " + "(" * 200 + "1" + ")" * 200 + ";\nexport default { schema: a };",
    ],
)
def test_a_configuration_that_refers_to_itself_is_only_known_at_run_time(text: str) -> None:
    choice = choose({"drizzle.config.ts": text, "a.ts": TABLE})

    assert choice.files == ()
    assert "drizzle.config.ts: " in choice.found_by


def test_a_pattern_of_many_stars_is_matched_without_backtracking() -> None:
    path = "a" * 200 + "/" + "a" * 200 + ".ts"

    choice = choose({path: TABLE}, "/".join(["*a" * 60 + "b", "**"]), "**/" * 60 + "*a" * 90 + "b")

    assert choice.files == ()
