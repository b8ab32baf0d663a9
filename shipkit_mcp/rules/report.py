"""Findings to counts, to what is new, to SARIF and to annotation lines of GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from shipkit_mcp import __version__
from shipkit_mcp.facts import Evidence
from shipkit_mcp.findings import Finding, Severity
from shipkit_mcp.rules.drift import DRIFT_RULES
from shipkit_mcp.rules.table import RULES

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/shipkit-mcp/shipkit-mcp"

_LEVELS: Mapping[Severity, str] = {
    Severity.REJECT: "error",
    Severity.REQUIRE: "error",
    Severity.RECOMMEND: "warning",
    Severity.NOTE: "note",
}
_COMMANDS: Mapping[str, str] = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity there are; accepted ones, and those nobody can tell, apart."""
    counts = {severity.value: 0 for severity in Severity} | {"accepted": 0, "cannot_tell": 0}
    for one in findings:
        counts[_counted_as(one)] += 1
    return counts


def _counted_as(finding: Finding) -> str:
    if finding.accepted_by:
        return "accepted"
    return finding.severity.value if finding.certain else "cannot_tell"


def new_only(findings: Iterable[Finding], base: object) -> tuple[Finding, ...]:
    """The findings that an earlier report did not have, by rule and subject.

    ``base`` is what ``check --json`` printed, or its ``findings``; it comes from outside, so what is no
    finding in it is passed over.
    """
    listed = base.get("findings") if isinstance(base, Mapping) else base
    earlier = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, Sequence) else []
    known = {(str(one.get("rule")), str(one.get("subject"))) for one in earlier}
    return tuple(one for one in findings if (one.rule, one.subject) not in known)


def render_sarif(findings: Sequence[Finding], version: str = __version__) -> dict[str, Any]:
    """A SARIF 2.1.0 log; accepted findings are there as suppressed results."""
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(findings, version)},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"PROJECT": {"description": {"text": "The project's folder."}}},
                "results": [_result(one) for one in findings],
            }
        ],
    }


def _driver(findings: Sequence[Finding], version: str) -> dict[str, Any]:
    used = {one.rule: one for one in reversed(findings)}
    table = [_rule(rule.id, rule.severity, rule.mission) for rule in RULES if rule.id in used]
    known = {rule.id for rule in RULES}
    others = [
        _rule(one.rule, one.severity, one.mission or DRIFT_RULES.get(one.rule, one.rule))
        for one in used.values()
        if one.rule not in known
    ]
    return {"name": "shipkit-mcp", "version": version, "rules": [*table, *others]}


def _rule(rule: str, severity: Severity, text: str) -> dict[str, Any]:
    return {
        "id": rule,
        "shortDescription": {"text": text},
        "defaultConfiguration": {"level": _LEVELS[severity]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    first, *others = finding.evidence
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _level(finding),
        "message": {"text": f"{finding.message} {finding.fix}"},
        "locations": [_location(first)],
        "partialFingerprints": {"ruleAndSubject/v1": f"{finding.rule}:{finding.subject}"},
    }
    if others:
        result["relatedLocations"] = [{"id": at, **_location(one)} for at, one in enumerate(others, 1)]
    if finding.accepted_by:
        reason = f"accepted by {finding.accepted_by}"
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": reason}]
    return result


def _level(finding: Finding) -> str:
    return _LEVELS[finding.severity] if finding.certain else "note"


def _location(evidence: Evidence) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(evidence.path, safe="/~"), "uriBaseId": "PROJECT"},
            "region": {"startLine": max(1, evidence.line)},
        }
    }


def render_annotations(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Workflow commands of GitHub Actions, one line a finding; accepted findings are left out."""
    return tuple(_annotation(one) for one in findings if not one.accepted_by)


def _annotation(finding: Finding) -> str:
    place = finding.evidence[0]
    properties = {
        "file": place.path,
        "line": str(max(1, place.line)),
        "title": f"{finding.rule} ({finding.severity.value})",
    }
    given = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    text = f"{finding.message} {finding.fix}".translate(_DATA)
    return f"::{_COMMANDS[_level(finding)]} {given}::{text}"
