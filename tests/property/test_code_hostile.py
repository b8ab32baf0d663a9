"""Whatever tables, columns, values and defaults are called, nothing gets out of its quotes."""

from __future__ import annotations

from typing import Any

import pytest
from drafted.styles import LITE, STYLES, Shelf, Style
from drafted.toolbox import Lite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shipkit_mcp.code import draft_code
from shipkit_mcp.code.scope import read_imports
from shipkit_mcp.code.tokens import Code
from shipkit_mcp.facts import Column, DbEnum, ForeignKey, Index, Schema, Source, Survey, Table, Unique
from shipkit_mcp.findings import Counts, Plan, Readiness
from shipkit_mcp.readers.drizzle import find_schema, read_schema
from shipkit_mcp.readers.typescript.parse import Parsed, parse

BOUNDED = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
NASTY = (
    "x`);drop table users;--",
    "*/ alert(1) /*",
    "${process.exit(1)}",
    "a|b",
    "</script>",
    "it's",
    'say "hi"',
    "back\\slash",
    "line\nbreak",
    "\u202eevil",
    "a\u2028b",
    "ü",
    "__proto__",
    "constructor",
    "delete",
    "index",
    "text",
    "select",
    "1st",
    "x" * 10_000,
    "con",
    "../../etc/passwd",
    "a`b",
    "Ünï — cödé 🎉",
    " ",
    "-- x",
)
NAMES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=12),
)
ALLOWED = {"drizzle-orm", "drizzle-orm/pg-core", "drizzle-orm/mysql-core", "drizzle-orm/sqlite-core"}


@st.composite
def targets(draw: st.DrawFn, style: Style) -> Schema:
    """The style's schema with one hostile table more, and a hostile column in one that stands."""
    base = style.survey().schema
    name = draw(NAMES.filter(lambda one: base.table(one) is None))
    names = draw(st.lists(NAMES, min_size=2, max_size=4, unique=True))
    values = tuple(
        draw(st.lists(NAMES.filter(lambda one: len(one) < 60), min_size=1, max_size=3, unique=True))
    )
    key = base.tables[0].column("id")
    assert key is not None
    columns = [key.model_copy(update={"default": None, "has_default": False})]
    columns += [_column(draw, one, key.type) for one in names if one != "id"]
    enum = DbEnum(name=draw(NAMES), values=values, key="", path="", line=0)
    if style.dialect == "postgresql":
        columns.append(
            Column(name="chosen", key="chosen", type=enum.name, enum=enum.name, enum_values=values)
        )
    last = columns[1] if len(columns) > 1 else columns[0]
    reference = ForeignKey(
        name="",
        columns=(last.name,),
        table="users",
        foreign_columns=("id",),
        on_delete=draw(st.sampled_from((None, "cascade"))),
    )
    made = Table(
        name=name,
        dialect=style.dialect,
        key=name,
        path="",
        line=0,
        comment=draw(NAMES),
        columns=tuple(columns),
        unique=(Unique(name=draw(NAMES), columns=(last.name,)),),
        indexes=(Index(name=draw(NAMES), columns=(last.name,)),),
        foreign_keys=(reference,),
    )
    users = base.table("users")
    assert users is not None
    added = _column(draw, draw(NAMES.filter(lambda one: users.column(one) is None)), key.type)
    wider = users.model_copy(update={"columns": (*users.columns, added)})
    tables = (*(wider if one.name == "users" else one for one in base.tables), made)
    enums = (*base.enums, *([enum] if style.dialect == "postgresql" else []))
    return base.model_copy(update={"tables": tables, "enums": enums})


def _column(draw: st.DrawFn, name: str, type_: str) -> Column:
    default = draw(st.one_of(st.none(), NAMES, st.just("'it''s'"), st.just("now()); drop table users; --")))
    return Column(
        name=name, key=name, type=type_, default=default, has_default=default is not None, comment=draw(NAMES)
    )


def drafted(style: Style, target: Schema) -> tuple[Survey, Any]:
    survey = style.survey()
    plan = Plan(
        project_root="~/app",
        readiness=Readiness(percent=0, met=0, total=0),
        counts=Counts(tables=0, columns=0, new=0, modified=0, removed=0, total=0),
        target=target,
    )
    return survey, draft_code(survey, plan)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@BOUNDED
@given(data=st.data())
def test_hostile_names_give_files_that_parse_and_import_nothing_else(
    style: Style, data: st.DataObject
) -> None:
    target = data.draw(targets(style))
    _, draft = drafted(style, target)

    for file in draft.files:
        source = Source(file.name, file.text)
        parsed = parse(source)
        assert isinstance(parsed, Parsed)
        assert parsed.broken == ()
        sources = {one.source for one in read_imports(Code(file.text))}
        assert {one for one in sources if not one.startswith(".")} <= ALLOWED
        assert file.name.count("/") == max(path.count("/") for path in style.files)
        assert not any(char in file.text for char in "\u202e\u2028")
    texts = {one.name: one.text for one in draft.files}
    if texts:
        shelf = Shelf({**style.files, **texts})
        casing = style.survey().schema.choice.casing or "none"
        schema = read_schema(shelf, find_schema(shelf, sorted(shelf.texts), casing))
        made = schema.table(target.tables[-1].name)
        assert made is not None
        assert [one.name for one in made.columns] == [one.name for one in target.tables[-1].columns]


@BOUNDED
@given(target=targets(LITE))
def test_hostile_names_stay_in_their_quotes_in_sql(target: Schema) -> None:
    survey, draft = drafted(LITE, target)
    database = Lite()
    database.run(
        *(
            "".join(
                (
                    'create table "',
                    one.name,
                    '" (id text primary key, seconds int, owner_id text, title text);',
                )
            )
            for one in survey.schema.tables
        )
    )
    before = {name for (name,) in database.rows("select name from sqlite_master where type = 'table'")}

    made = target.tables[-1]
    named = [one.name for table in target.tables for one in (*table.indexes, *table.unique)]
    clash = len(set(map(fold, (*named, *(one.name for one in target.tables))))) < len(named) + len(
        target.tables
    )
    clash |= any(
        len({fold(one.name) for one in table.columns}) < len(table.columns) for table in target.tables
    )
    if clash:
        return  # SQLite takes two names that differ in case for one
    database.run(*(phase.up for phase in draft.phases))
    after = {name for (name,) in database.rows("select name from sqlite_master where type = 'table'")}
    assert after - before == {made.name}
    quoted = '"' + made.name.replace('"', '""') + '"'
    columns = [one for _, one, *_ in database.rows(f"pragma table_info({quoted})")]
    assert columns == [one.name for one in made.columns]
    database.run(*(phase.down for phase in reversed(draft.phases)))
    assert {
        name for (name,) in database.rows("select name from sqlite_master where type = 'table'")
    } == before
    database.close()


def fold(name: str | None) -> str:
    """As SQLite compares names: without the case of ASCII."""
    return "".join(one.lower() if one.isascii() else one for one in name or "")
