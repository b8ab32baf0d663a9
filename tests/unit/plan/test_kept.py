"""Columns that something which stays needs as they are: an amendment that changes them is refused, or left out."""

from __future__ import annotations

import pytest
from drafted.people import ALLOWED, PEOPLE
from drafted.plans import planned
from drafted.styles import ONE_FILE
from unit.plan.projects import problems

REFUSED = [
    ("age: integer[]", "the check `people_age_check`, which does not fit `integer[]`", "Keep its type"),
    ("age: text", "the check `people_age_check`", "drop it and add a column of another name"),
    ("age: boolean", "`people.age` stands in the check", "Keep its type"),
    ("steps: double precision", "the check `people_steps_check`", "Keep its type"),
    ("colour: uuid", "the check `people_colour_check`", "Keep its type"),
    ("born: timestamp", "the condition of the index `people_born_idx`", "Keep its type"),
    ("mood: text", "the condition of the index `people_mood_idx`", "Keep its type"),
    ('mood: "sad" | "calm"', "compares it with `glad`", "Keep that value"),
    ("pin: integer", "an expression of the index `people_pin_idx`", "Keep its type"),
    ("facts: text", "the index `people_facts_idx` (gin)", "Keep its type"),
    ("first: varchar(40)", "while the database makes `whole` from it", "drop `whole`"),
    ("whole: varchar(40)", "made by the database from other columns", "Keep its type"),
    ("number: text", "counts by itself", "Keep its type"),
    ("place: uuid", "counts by itself", "Keep its type"),
    ("number: integer (nullable)", "counts by itself and is never null", "Leave `nullable` out"),
    ("number: integer (default 3)", "counts by itself", "Leave its default out"),
    ("place: integer (NOT NULL, default 3)", "counts by itself", "Leave its default out"),
    ("whole: text (default 'x')", "made by the database", "Leave its default out"),
    ("place: integer[]", "counts by itself", "Keep its type"),
    ("- first", "`people.first` cannot go: the database makes `whole` from it", "Drop `whole` too"),
    ("age -> years\nyears: text", "`people.years` stands in the check", "Keep its type"),
]


@pytest.mark.parametrize(("said", "wrong", "instead"), REFUSED)
def test_a_change_that_something_kept_does_not_fit_is_refused(said: str, wrong: str, instead: str) -> None:
    found = " ".join(problems(PEOPLE.survey(), f"people\n{said}"))

    assert wrong in found
    assert instead in found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("clips\nowner_id: text", "`clips.owner_id` refers to `users.id`, which is `uuid`, not `text`."),
        ("users\ninvited_by: integer", "`users.invited_by` refers to `users.id`, which is `uuid`"),
        ("users\nid: text", "`clips.owner_id` refers to it and is `uuid`"),
        ("clips\nowner_id -> person_id\nperson_id: date", "`clips.person_id` refers to `users.id`"),
    ],
)
def test_both_ends_of_a_reference_stay_of_one_kind(said: str, wrong: str) -> None:
    assert wrong in " ".join(problems(ONE_FILE.survey(), said))


@pytest.mark.parametrize("said", ALLOWED)
def test_a_change_that_everything_kept_fits_is_allowed(said: str) -> None:
    assert problems(PEOPLE.survey(), f"people\n{said}") == ()


@pytest.mark.parametrize("said", [one[0] for one in REFUSED])
def test_recorded_changes_that_no_longer_fit_are_left_out(said: str) -> None:
    survey, plan = planned(PEOPLE, f"people\n{said}", [], flows=False)

    before, after = survey.schema.table("people"), plan.target.table("people")
    assert before is not None
    assert after is not None
    assert [(one.type, one.enum_values) for one in after.columns] == [
        (one.type, one.enum_values) for one in before.columns
    ]


@pytest.mark.parametrize(
    "said",
    [
        "labels\nword -> term: text (nullable)",
        "labels\nword -> term\n\nlabels\nterm: text (nullable)",
        "labels\nword -> term\n\nlabels\n- term",
        "users\nid -> key\n\nusers\nkey: text",
    ],
)
def test_a_renamed_key_is_a_key(said: str) -> None:
    assert problems(ONE_FILE.survey(), said) != ()


def test_a_renamed_unique_column_can_be_referred_to_and_a_dropped_one_cannot() -> None:
    shops = "shops\nid: uuid (PK)\nmail: text (FK → users.{name})"

    assert problems(ONE_FILE.survey(), f"users\nemail -> mail\n\n{shops.format(name='mail')}") == ()
    assert problems(ONE_FILE.survey(), f"users\n- email\nemail: text\n\n{shops.format(name='email')}") != ()


@pytest.mark.parametrize(
    ("said", "wrong", "instead"),
    [
        ("users\nage: integer (default many)", "`many`, which is no value of `integer`", "such as `0`"),
        ("users\nis_admin: boolean (default 1)", "no value of `boolean`", "such as `false`"),
        ("shops\nid: uuid (PK)\nseen: timestamp (default soon)", "no value of `timestamp", "such as `now()`"),
        ("shops\nid: uuid (PK)\nkey: uuid (default none)", "no value of `uuid`", "Leave it out"),
        ("shops\nid: uuid (PK)\ntags: text[] (default red)", "no value of `text[]`", "such as `'{}'`"),
        ("clips\ndata: jsonb (default things)", "no value of `jsonb`", "such as `'{}'`"),
    ],
)
def test_a_default_that_is_no_value_of_its_type_is_refused(said: str, wrong: str, instead: str) -> None:
    found = " ".join(problems(ONE_FILE.survey(), said))

    assert wrong in found
    assert instead in found


def test_good_defaults_are_taken() -> None:
    said = "shops\nid: uuid (PK)\na: integer (default 3)\nb: text (default now)\nc: jsonb (default '[]')\nd: date (default now())"

    assert problems(ONE_FILE.survey(), f"{said}\ne: text (default null)") == ()
