"""The mission's notation, as documents and assistants write it, becomes declared tables."""

from __future__ import annotations

import pytest

from shipkit_mcp.facts import DeclaredColumn, DeclaredTable
from shipkit_mcp.readers.notation import read_tables
from shipkit_mcp.readers.notation_scan import read_shapes
from shipkit_mcp.readers.notation_text import closing, outer_split, split_comment
from shipkit_mcp.readers.notation_types import read_type, read_values


def table(text: str) -> DeclaredTable:
    tables, unread = read_tables(text, "amendments", 1)
    assert unread == ()
    assert len(tables) == 1
    return tables[0]


def column(line: str) -> DeclaredColumn:
    return table(f"things {{\n  {line}\n}}").columns[0]


def facts(one: DeclaredColumn) -> dict[str, object]:
    """What a column says, without what it does not."""
    told = one.model_dump(exclude={"evidence", "name", "doc_name"})
    return {key: value for key, value in told.items() if value not in (None, False)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("id: uuid (PK)", {"type": "uuid", "not_null": True, "primary_key": True}),
        (
            "user_id: uuid (FK → users.id, cascade delete, UNIQUE)",
            {"type": "uuid", "references": "users.id", "on_delete": "cascade", "unique": True},
        ),
        (
            "user_id: uuid (FK -> users, set null)",
            {"type": "uuid", "references": "users.id", "on_delete": "set null"},
        ),
        (
            "user_id: uuid REFERENCES users(id) ON DELETE RESTRICT",
            {"type": "uuid", "references": "users.id", "on_delete": "restrict"},
        ),
        ("owner: uuid → auth.users", {"type": "uuid", "references": "users.id"}),
        ("owner_id -> public.users.id", {"references": "users.id"}),
        ("status: enum (pending, processing)", {"type": "enum", "values": ("pending", "processing")}),
        ("status: enum: a | b", {"type": "enum", "values": ("a", "b")}),
        ('status: "a" | "b" | null', {"type": '"a" | "b"', "values": ("a", "b"), "nullable": True}),
        ("status: text ('a', 'b')", {"type": "text", "values": ("a", "b")}),
        ("status: text // a, b, c", {"type": "text", "values": ("a", "b", "c"), "note": "a, b, c"}),
        ("title: text // short, funny and sad", {"type": "text", "note": "short, funny and sad"}),
        (
            "note: text (nullable until complete)",
            {"type": "text", "nullable": True, "note": "until complete"},
        ),
        ("slug: text (unique per site)", {"type": "text", "note": "unique per site"}),
        (
            "price: numeric(10, 2) NOT NULL DEFAULT 0",
            {"type": "numeric(10, 2)", "not_null": True, "default": "0"},
        ),
        (
            "at: timestamp with time zone default now()",
            {"type": "timestamp with time zone", "default": "now()"},
        ),
        ("mark: text (default in-review)", {"type": "text", "default": "in-review"}),
        ("paid: integer default -1", {"type": "integer", "default": "-1"}),
        ("tags: text[]", {"type": "text[]"}),
        ("grid: Array<{ x: number }>", {"type": "Array<{ x: number }>"}),
        (
            "meta: string // JSONB - raw reply",
            {"type": "string", "type_comment": "JSONB", "note": "JSONB - raw reply"},
        ),
        (
            "siteId: string; // FK to sites table",
            {"type": "string", "references": "sites.id", "note": "FK to sites table"},
        ),
        (
            "count: integer // only one active per site",
            {"type": "integer", "note": "only one active per site"},
        ),
        ("total: number?", {"type": "number", "note": "?"}),
        ("nick?: string", {"type": "string", "nullable": True}),
        ("fecha: date (opcional)", {"type": "date", "nullable": True}),
        ("prezzo: integer (obbligatorio)", {"type": "integer", "not_null": True}),
        (
            "agence_id: uuid (clé étrangère → agences.id, suppression en cascade)",
            {"type": "uuid", "references": "agences.id", "on_delete": "cascade"},
        ),
        ("old: text // legacy", {"type": "text", "legacy": True, "note": "legacy"}),
        ("email text not null unique", {"type": "text", "not_null": True, "unique": True}),
    ],
)
def test_a_column_says_what_its_line_says(line: str, expected: dict[str, object]) -> None:
    nullable = bool(expected.pop("nullable", False)) if "nullable" in expected else False
    read = column(line)
    told = facts(read)
    assert (read.not_null is False) == nullable
    assert told == expected


def test_the_grammar_of_amendments_is_read_line_by_line() -> None:
    amended = table(
        "app_sites\n"
        "  + theme: text\n"
        "  - old_theme\n"
        "  drop column banner\n"
        "  logo -> logo_url\n"
        "  rename title to name: text\n"
        "  index: user_id, created_at\n"
        "  unique: user_id, name\n"
        "  primary key: user_id, name\n"
        "  index: integer\n"
    )
    assert [(one.name, one.type, one.dropped, one.renamed_from) for one in amended.columns] == [
        ("theme", "text", False, None),
        ("old_theme", None, True, None),
        ("banner", None, True, None),
        ("logo_url", None, False, "logo"),
        ("name", "text", False, "title"),
        ("index", "integer", False, None),
    ]
    assert amended.indexes == (("user_id", "created_at"),)
    assert amended.unique == (("user_id", "name"),)
    assert amended.primary_key == ("user_id", "name")


@pytest.mark.parametrize(
    "line",
    ["foreign key: b -> users.id (cascade delete)", "foreign key (b) references users(id) on delete cascade"],
)
def test_a_foreign_key_may_stand_on_a_line_of_its_own(line: str) -> None:
    (column,) = table(f"things\n  b: uuid\n  {line}").columns
    assert (column.references, column.on_delete) == ("users.id", "cascade")


@pytest.mark.parametrize(
    "text",
    [
        "things\n  a: text",
        "things {\n  a: text\n}",
        "things { a: text }",
        "table things {\n  a: text,\n}",
        "things:\n- a: text",
        "**things** - what they are\n- a: text",
        "### things\n- a: text",
        "`things`\na: text",
    ],
)
def test_a_table_may_be_opened_in_many_ways(text: str) -> None:
    read = table(text)
    assert (read.name, [(one.name, one.type) for one in read.columns]) == ("things", [("a", "text")])


def test_tables_follow_each_other_in_the_order_written() -> None:
    tables, unread = read_tables("a\n  x: text\nb { y: text }\nc\n  z: text\n", "amendments", 5)
    assert [(one.name, one.evidence.line, one.columns[0].evidence.line) for one in tables] == [
        ("a", 5, 6),
        ("b", 7, 7),
        ("c", 8, 9),
    ]
    assert unread == ()


def test_camel_case_is_kept_as_written_and_named_as_in_the_database() -> None:
    read = table("themeJobs {\n  siteId: uuid\n}")
    assert (read.name, read.doc_name) == ("theme_jobs", "themeJobs")
    assert (read.columns[0].name, read.columns[0].doc_name) == ("site_id", "siteId")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("things\n  what is this about", 2),
        ("  - lonely: text", 1),
        ("{\n  a: text\n}", 1),
        (f"things\n  a: {'x' * 20_000}", 2),
        ("things\n  a: text\n  a: uuid", 3),
    ],
)
def test_what_is_not_understood_is_unread_with_its_line(text: str, line: int) -> None:
    _, unread = read_tables(text, "amendments", 1)
    assert [one.line for one in unread] == [line]


def test_two_types_for_one_column_are_named() -> None:
    _, unread = read_tables("things\n  a: text\n  a: uuid\n  a: TEXT", "amendments", 1)
    assert [one.why for one in unread] == ["`a` of `things` is given as uuid here and as text above"]


def test_a_notation_that_marks_null_says_that_the_rest_is_not_null() -> None:
    marked = table("things {\n  a: text | null\n  b: text\n}")
    unmarked = table("things {\n  id: uuid (PK)\n  b: text\n}")
    assert (marked.marks_null, [one.not_null for one in marked.columns]) == (True, [False, True])
    assert (unmarked.marks_null, [one.not_null for one in unmarked.columns]) == (False, [True, None])


def test_legacy_fields_end_at_a_blank_line() -> None:
    read = table(
        "things {\n  a: text\n\n  // LEGACY FIELDS (v1)\n  b: text\n  c: text\n\n"
        "  d: text\n  // NEW (not legacy)\n  e: text\n}"
    )
    assert [one.name for one in read.columns if one.legacy] == ["b", "c"]


@pytest.mark.parametrize("ellipsis", ["...", "...existing fields...", "…", "// ... more", "// Key fields"])
def test_an_ellipsis_makes_a_table_partial(ellipsis: str) -> None:
    assert table(f"things {{\n  {ellipsis}\n  a: text\n}}").partial


def test_nested_objects_are_one_column() -> None:
    read = table(
        "things {\n  options: {\n    a: string;\n    b: { c: number };\n  } | null\n  after: text\n}"
    )
    assert [(one.name, one.not_null) for one in read.columns] == [("options", False), ("after", True)]


def test_a_list_of_values_may_go_over_several_lines() -> None:
    read = table(
        'things {\n  status: enum (\n    pending,\n    done\n  )\n  kind:\n    | "a"\n    | "b"\n  after: text\n}'
    )
    assert [(one.name, one.values) for one in read.columns] == [
        ("status", ("pending", "done")),
        ("kind", ("a", "b")),
        ("after", None),
    ]


def test_unions_and_enums_give_their_values() -> None:
    found = read_shapes(
        'type A =\n  | "x"\n  | "y";\nexport enum B { P = "p", Q = "q" }\ntype C = string;\n', 10
    )
    assert [(one.name, one.values, one.line) for one in found.unions] == [
        ("A", ("x", "y"), 10),
        ("B", ("p", "q"), 13),
    ]


def test_code_around_shapes_is_passed_over() -> None:
    text = (
        "export async function run(a: string) {\n  if (a) {\n    b();\n  }\n}\n"
        "const x: T = {\n  y: 1,\n};\ninterface Row {\n  id: string;\n}\n"
    )
    assert [one.name for one in read_shapes(text, 1).shapes if one.keyword != "code"] == ["Row"]


def test_brackets_as_deep_as_a_line_allows_are_survived() -> None:
    tables, _ = read_tables(
        "things\n  a: text " + "(" * 900 + "\n  b: text " + "(x" * 400 + ")" * 400, "amendments", 1
    )
    assert tables[0].name == "things"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a: text // why", ("a: text", "why")),
        ('a: "http://x.org" // why', ('a: "http://x.org"', "why")),
        ("see https://x.org", ("see https://x.org", None)),
        ("a: text  // ← Used as input", ("a: text", "Used as input")),
        ("a TEXT -- why", ("a TEXT", "why")),
        ("/* why */", ("", "why")),
        ("it's fine", ("it's fine", None)),
    ],
)
def test_comments_are_cut_off_outside_quotes_and_addresses(
    line: str, expected: tuple[str, str | None]
) -> None:
    assert split_comment(line) == expected


def test_splitting_respects_brackets_quotes_and_arrows() -> None:
    assert outer_split("a, b(c, d), 'e, f', (x) => y, Map<k, v>", ",") == [
        "a",
        "b(c, d)",
        "'e, f'",
        "(x) => y",
        "Map<k, v>",
    ]
    assert closing("(a(b)c)d", 0) == 7
    assert closing("(a", 0) == 2


@pytest.mark.parametrize("text", ["", "|", "| |", "a, ", "one two three four five six, b", "a"])
def test_a_list_of_one_or_of_prose_is_no_list_of_values(text: str) -> None:
    assert read_values(text) is None
    read_type(text)


def test_braces_below_a_name_belong_to_it_and_braces_below_anything_else_do_not() -> None:
    below, unread = read_tables("sites\n// one for each shop\n{\n  id: uuid (PK)\n}", "amendments", 1)
    alone, misses = read_tables("sites\nid: uuid (PK)\n{\n  name: text\n}", "amendments", 1)

    assert ([one.name for one in below], below[0].columns[0].type, unread) == (["sites"], "uuid", ())
    assert ([one.name for one in alone[0].columns], [one.line for one in misses]) == (["id"], [3])


@pytest.mark.parametrize("text", ["Bad Name {\n  id: uuid (PK)\n}", "foo-bar {\n  id: uuid (PK)\n}"])
def test_a_table_under_a_name_that_is_none_is_never_dropped_in_silence(text: str) -> None:
    tables, unread = read_tables(text, "amendments", 1)

    assert (tables, [one.line for one in unread]) == ((), [1])
