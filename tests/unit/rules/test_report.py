"""Findings as counts, as what is new, as SARIF and as annotation lines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.rules.by_hand import finding

from shipkit_mcp.facts import Evidence
from shipkit_mcp.findings import Severity
from shipkit_mcp.rules import RULES
from shipkit_mcp.rules.report import count, new_only, render_annotations, render_sarif


def test_counts_name_every_severity_and_leave_accepted_findings_out() -> None:
    findings = [
        finding(severity=Severity.REJECT),
        finding(severity=Severity.NOTE),
        finding(accepted_by="decision:x"),
        finding(certain=False),
    ]

    assert count(findings) == {
        "reject": 1,
        "require": 0,
        "recommend": 0,
        "note": 1,
        "accepted": 1,
        "cannot_tell": 1,
    }


def test_new_only_compares_rule_and_subject_and_not_the_line() -> None:
    old = finding(subject="jobs.status")
    base = [json.loads(old.model_dump_json())]

    assert new_only(
        [finding(subject="jobs.status", path="moved.ts"), finding(subject="runs.status")], base
    ) == (finding(subject="runs.status"),)


def test_new_only_takes_the_whole_report_or_its_findings() -> None:
    base = {"counts": {}, "findings": [{"rule": "job-status", "subject": "jobs.status", "more": 1}]}

    assert new_only([finding()], base) == ()
    assert new_only([finding()], base["findings"]) == ()


@pytest.mark.parametrize("base", [[{}, {"rule": ["x"]}, "x"], {}, None, 3, "text", {"findings": 3}])
def test_new_only_survives_a_base_that_holds_something_else(base: object) -> None:
    assert new_only([finding()], base) == (finding(),)


def test_an_annotation_names_file_line_and_rule() -> None:
    [line] = render_annotations([finding()])

    assert line == (
        "::error file=lib/drizzle/schema/users.ts,line=7,title=job-status (require)::A message. Do this."
    )


def test_an_annotation_escapes_what_would_end_it_or_start_another() -> None:
    [line] = render_annotations([finding(message="50%\n::error::x", path="a,b:c.ts")])

    assert line == "::error file=a%2Cb%3Ac.ts,line=7,title=job-status (require)::50%25%0A::error::x Do this."


@pytest.mark.parametrize(
    ("severity", "command"),
    [("reject", "error"), ("require", "error"), ("recommend", "warning"), ("note", "notice")],
)
def test_the_severity_chooses_the_annotation(severity: str, command: str) -> None:
    [line] = render_annotations([finding(severity=Severity(severity))])

    assert line.startswith(f"::{command} ")


def test_accepted_findings_are_not_annotated_and_uncertain_ones_are_notices() -> None:
    assert render_annotations([finding(accepted_by="decision:x")]) == ()
    assert render_annotations([finding(certain=False)])[0].startswith("::notice ")


@given(st.text(max_size=200), st.text(min_size=1, max_size=60))
def test_an_annotation_is_always_one_line(message: str, path: str) -> None:
    [line] = render_annotations([finding(message=message, path=path)])

    assert "\n" not in line
    assert "\r" not in line
    assert line.count("::") >= 2


def test_sarif_has_a_rule_for_each_result_and_related_places() -> None:
    related = Evidence(path="ai_docs/prep/trigger workflow.md", line=3, quote="y")
    log = render_sarif([finding(more=(related,)), finding("drift-built", "sites", Severity.NOTE)], "1.2.3")
    [run] = log["runs"]

    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["job-status", "drift-built"]
    assert run["results"][0] == {
        "ruleId": "job-status",
        "level": "error",
        "message": {"text": "A message. Do this."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "lib/drizzle/schema/users.ts", "uriBaseId": "PROJECT"},
                    "region": {"startLine": 7},
                }
            }
        ],
        "partialFingerprints": {"ruleAndSubject/v1": "job-status:jobs.status"},
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "ai_docs/prep/trigger%20workflow.md", "uriBaseId": "PROJECT"},
                    "region": {"startLine": 3},
                },
            }
        ],
    }


def test_sarif_suppresses_accepted_findings_and_never_calls_the_uncertain_an_error() -> None:
    log = render_sarif([finding(accepted_by="decision:status"), finding(certain=False)], "1")
    accepted, uncertain = log["runs"][0]["results"]

    assert accepted["suppressions"][0]["status"] == "accepted"
    assert uncertain["level"] == "note"


def test_sarif_is_json_and_every_rule_can_stand_in_it() -> None:
    findings = [finding(rule.id, "x", rule.severity) for rule in RULES]
    log = render_sarif(findings, "1")
    ids = [one["id"] for one in log["runs"][0]["tool"]["driver"]["rules"]]

    assert json.loads(json.dumps(log)) == log
    assert ids == [rule.id for rule in RULES]
