"""What is drawn: every table in its state, with its keys, whatever the names."""

from __future__ import annotations

from unit.picture.plans import note, plan, table

from shipkit_mcp.facts import Column, Evidence, ForeignKey, Schema, Table
from shipkit_mcp.findings import Change, ChangeKind, TableNote
from shipkit_mcp.picture import draw
from shipkit_mcp.picture.cards import ROWS


def test_every_table_is_drawn_once_in_its_state() -> None:
    kept, grown, gone, new = table("kept"), table("grown"), table("gone"), table("new", "kept")
    schema = Schema(tables=(kept, grown, gone))
    drawing = draw(
        schema, plan([kept, grown, gone, new], create=note("new"), modify=note("grown"), remove=note("gone"))
    )

    states = {one["name"]: one["state"] for one in drawing["tables"]}
    assert states == {"kept": "existing", "grown": "changed", "gone": "removed", "new": "planned"}
    assert drawing["counts"] == {"existing": 1, "planned": 1, "changed": 1, "removed": 1}
    [link] = drawing["links"]
    names = [one["name"] for one in drawing["tables"]]
    assert (names[link["from"]], link["column"], names[link["to"]]) == ("new", "c0", "kept")


def test_an_accepted_removal_that_left_the_target_is_still_drawn() -> None:
    gone = table("gone")
    accepted = (TableNote(table="gone", why="unused", accepted=True),)
    [drawn] = draw(Schema(tables=(gone,)), plan([], remove=accepted))["tables"]

    assert (drawn["state"], drawn["accepted"]) == ("removed", True)


def test_a_namesake_in_another_database_schema_is_a_table_of_its_own() -> None:
    app, auth = table("users"), table("users", namespace="auth")
    profile = table("profiles", "users")
    key = profile.foreign_keys[0].model_copy(update={"namespace": "auth"})
    profile = profile.model_copy(update={"foreign_keys": (key,)})
    schema = Schema(tables=(app, auth, profile))
    drawing = draw(schema, plan([app, auth, profile], modify=note("users")))

    names = [one["name"] for one in drawing["tables"]]
    assert sorted(names) == ["auth.users", "profiles", "users"]
    assert [names[one["to"]] for one in drawing["links"]] == ["auth.users"]
    assert {one["name"]: one["state"] for one in drawing["tables"]} == {
        "users": "changed",
        "auth.users": "existing",
        "profiles": "existing",
    }


def test_what_is_referred_to_comes_first() -> None:
    tables = [table("c", "b"), table("b", "a"), table("a")]

    assert [one["name"] for one in draw(Schema(), plan(tables))["tables"]] == ["a", "b", "c"]


def test_a_long_tables_keys_and_new_columns_have_a_row() -> None:
    columns = [Column(name=f"c{i}", key=f"c{i}", type="text") for i in range(30)]
    key = ForeignKey(name="k", columns=("c29",), table="users", foreign_columns=("c0",))
    long = Table(
        name="long",
        dialect="postgresql",
        key="long",
        path="s.ts",
        line=1,
        columns=tuple(columns),
        foreign_keys=(key,),
    )
    before = long.model_copy(update={"columns": tuple(columns[:28] + columns[29:])})
    drawing = draw(Schema(tables=(table("users"), before)), plan([table("users"), long], modify=note("long")))

    drawn = next(one for one in drawing["tables"] if one["name"] == "long")
    assert len(drawn["shown"]) == ROWS
    assert {28, 29} <= set(drawn["shown"])
    assert [one["name"] for one in drawn["columns"] if one["added"]] == ["c28"]


def test_a_change_tells_its_problem_its_action_and_its_evidence() -> None:
    kept = table("jobs")
    change = Change(
        number=1,
        phase=1,
        kind=ChangeKind.MODIFY_TABLE,
        table="jobs",
        title="Modify `jobs`",
        problem="`jobs` lacks an index",
        action="CREATE INDEX",
        impact="Fast",
        evidence=(Evidence(path="doc.md", line=7),),
    )
    made = plan([kept], modify=note("jobs")).model_copy(update={"changes": (change,)})
    [drawn] = draw(Schema(tables=(kept,)), made)["tables"]

    assert drawn["why"] == ["`jobs` lacks an index"]
    assert drawn["actions"] == ["CREATE INDEX"]
    assert drawn["effects"] == ["Fast"]
    assert drawn["evidence"] == ["s.ts:1", "doc.md:7"]


def test_a_link_says_how_many_and_whether_it_may_be_none() -> None:
    required = Column(name="id", key="id", type="uuid", not_null=True, primary_key=True)
    key = ForeignKey(name="k", columns=("id",), table="users", foreign_columns=("c0",), on_delete="cascade")
    profile = table("profiles").model_copy(update={"columns": (required,), "foreign_keys": (key,)})
    drawing = draw(Schema(), plan([table("users"), profile, table("notes", "users")]))

    told = {drawing["tables"][one["from"]]["name"]: one for one in drawing["links"]}
    assert (told["profiles"]["one"], told["profiles"]["optional"]) == (True, False)
    assert (told["notes"]["one"], told["notes"]["optional"]) == (False, True)
    assert told["profiles"]["delete"] == "cascade"


def test_a_table_that_very_many_refer_to_is_a_hub_in_a_large_schema_alone() -> None:
    def drawing(users: int) -> list[bool]:
        tables = [table("users"), *(table(f"t{i}", "users") for i in range(users))]
        return [one["hub"] for one in draw(Schema(), plan(tables))["links"]]

    assert not any(drawing(13))
    assert all(drawing(30))


def test_nothing_is_drawn_of_an_empty_plan() -> None:
    drawing = draw(Schema(), plan([]))

    assert drawing["tables"] == []
    assert all(one["at"] == [] for one in drawing["layouts"])
