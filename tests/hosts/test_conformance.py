"""The protocol's own conformance suite over HTTP: its generic scenarios pass, the rest is in `baseline.yml`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hosts.programs import HERE, Host

pytestmark = pytest.mark.hosts

GENERIC = (
    "server-initialize",
    "ping",
    "tools-list",
    "completion-complete",
    "resources-list",
    "prompts-list",
    "dns-rebinding-protection",
    "server-sse-multiple-streams",
)


@pytest.fixture
def address(host: Host) -> Iterator[str]:
    """The server on loopback."""
    command = [sys.executable, str(HERE / "open_http.py"), str(host.cwd)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.terminate()


def test_every_generic_scenario_passes(host: Host, address: str) -> None:
    for scenario in GENERIC:
        done = host.conformance("server", "--url", address, "--scenario", scenario)

        assert done.status == 0, done.said
        assert "0 failed" in done.said


def test_the_active_suite_fails_where_the_baseline_says_and_nowhere_else(host: Host, address: str) -> None:
    baseline = HERE / "baseline.yml"
    done = host.conformance(
        *("server", "--url", address, "--suite", "active", "--expected-failures", str(baseline)),
        *("-o", str(host.home / "out")),
    )

    assert done.status == 0, done.said
