"""Prose for named places: where it may stand and which names it may use."""

from __future__ import annotations

import pytest
from unit.mapping.made import CLIPPING
from unit.plan.projects import RENDER, amend, plan, problems, survey

from shipkit_mcp.plan.nearest import is_one_edit, nearest, suggest

ONE = survey(RENDER, schema=CLIPPING)


@pytest.mark.parametrize(
    "place", ["end_goal", "advantage", "next_steps", "table.clips", "table.renders", "workflow.render"]
)
def test_prose_may_stand_at_known_places(place: str) -> None:
    assert problems(ONE, narrative={place: "Good."}) == ()


@pytest.mark.parametrize(
    ("place", "instead"),
    [
        ("endgoal", "`end_goal`"),
        ("table.clip", "`clips`"),
        ("workflow.rendr", "`render`"),
        ("decision.x", "no decision"),
    ],
)
def test_an_unknown_place_is_refused_with_the_known_ones(place: str, instead: str) -> None:
    assert instead in problems(ONE, narrative={place: "Good."})[0]


@pytest.mark.parametrize(
    ("prose", "instead"),
    [
        ("Look at clips.clip_ulr first.", "`clip_url`"),
        ("Look at `clip_jobs.trigger_run_id`.", "`trigger_job_id`"),
        ("It writes clip_job rows.", "`clip_jobs`"),
        ("It sets progress_percentge.", "`progress_percentage`"),
    ],
)
def test_a_wrong_name_is_refused_with_the_nearest(prose: str, instead: str) -> None:
    assert instead in problems(ONE, narrative={"advantage": prose})[0]


@pytest.mark.parametrize(
    "prose",
    [
        "clips.clip_url holds the address.",
        "See clips.ts and users.tsx.",
        "A snake_case_word of your own is fine, and so is e.g. this.",
        "Call lib/clip_job.ts or run_clip_job() as you like.",
        "Planned tables such as renders.video_url may be named.",
        "Les clips sont là; così è la vita.",
    ],
)
def test_prose_that_names_what_exists_or_nothing_at_all_is_taken(prose: str) -> None:
    assert problems(ONE, narrative={"advantage": prose}) == ()


def test_other_unknown_words_in_backticks_only_warn() -> None:
    prose = {"advantage": "It uses `video_queue_depth` and `clips`."}
    drafted = plan(ONE, amend(narrative=prose))

    assert problems(ONE, narrative=prose) == ()
    assert [one for one in drafted.warnings if "video_queue_depth" in one]
    assert not [one for one in drafted.warnings if "`clips`" in one]


def test_prose_of_a_book_is_refused() -> None:
    assert "keep it under" in problems(ONE, narrative={"advantage": "word " * 2000})[0]


def test_nearest_names_come_best_first_and_stay_in_one_order() -> None:
    assert nearest("clp_jobs", {"clips", "clip_jobs", "users"})[0] == "clip_jobs"
    assert suggest("zzz", ["b", "a"]) == "Known are `a`, `b`."
    assert suggest("zzz", []) == "There is none."


def test_one_edit_is_a_letter_more_less_other_or_swapped() -> None:
    known = {"clip_jobs"}

    assert [is_one_edit(one, known) for one in ("clip_job", "clip_jobss", "clap_jobs", "lcip_jobs")] == [
        "clip_jobs"
    ] * 4
    assert is_one_edit("clipjob", known) is None
