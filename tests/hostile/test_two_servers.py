"""Two servers on one project, and one that is asked for long: nothing torn, nothing lost, nothing grows."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest
from hostile.stdio import Server, said_in, serving

DOCUMENT = "ai_docs/prep/initial_data_schema.md"
MIXED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("read_prep_docs", {}),
    ("parse_drizzle_schema", {}),
    ("parse_drizzle_schema", {"detail": "full"}),
    ("parse_drizzle_schema", {"tables": ["users"]}),
    ("map_workflow_to_tables", {}),
    ("assess_schema", {}),
    ("check_schema", {}),
    ("draft_schema_code", {}),
    ("mentor_guide", {"step": "2"}),
    ("write_initial_data_schema", {"dry_run": True}),
    ("write_initial_data_schema", {}),
    ("read_prep_docs", {"nonsense": 1}),
    ("parse_drizzle_schema", {"tables": ["nowhere"]}),
)
BESIDE: tuple[tuple[str, dict[str, Any]], ...] = (
    *((f"{one}/list", {}) for one in ("tools", "prompts", "resources", "resources/templates")),
    *(
        ("resources/read", {"uri": one})
        for one in (
            *("shipkit://schema", "shipkit://plan", "shipkit://picture", "ui://shipkit/picture.html"),
            *("shipkit://schema/users", "shipkit://prep/master_idea.md", "shipkit://guide/stripe"),
            *("shipkit://workflow/{workflow}", "shipkit://schema/nowhere", "shipkit://workflow/nowhere"),
        )
    ),
    *(("prompts/get", {"name": "mentor", "arguments": {"step": one}}) for one in ("0", "4", "9")),
    ("prompts/get", {"name": "mentor"}),
    *(
        (
            "completion/complete",
            {
                "ref": {"type": "ref/resource", "uri": f"shipkit://{kind}/{{{name}}}"},
                "argument": {"name": name, "value": ""},
            },
        )
        for kind, name in (("prep", "doc"), ("schema", "table"), ("workflow", "name"), ("guide", "topic"))
    ),
)
"""What a host asks for beside the tools: every resource and every template, the prompt, every completion."""
SOAK: tuple[tuple[str, dict[str, Any]], ...] = (
    *(("tools/call", {"name": tool, "arguments": arguments}) for tool, arguments in MIXED),
    *(
        ("tools/call", {"name": tool, "arguments": arguments})
        for tool, arguments in (
            *((one, {"detail": "full"}) for one in ("read_prep_docs", "map_workflow_to_tables")),
            *((one, {"detail": "full"}) for one in ("assess_schema", "check_schema")),
            *(("draft_schema_code", {"part": one}) for one in ("drizzle", "sql", "mermaid")),
            ("read_prep_docs", {"doc": "master_idea.md"}),
            ("mentor_guide", {"topic": "rules"}),
        )
    ),
    *BESIDE,
)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
@pytest.mark.parametrize("calls", [300, pytest.param(10_000, marks=pytest.mark.full)])
def test_many_mixed_calls_take_no_more_memory_descriptors_or_time(
    example: Callable[[str], Path], calls: int
) -> None:
    root = example("audio-notes")
    chance = random.Random(7)
    times: list[float] = []
    with serving(root) as server:
        known = {one["name"] for one in server.ask("tools/list")["result"]["tools"]}
        templates = server.ask("resources/templates/list")["result"]["resourceTemplates"]
        workflow = server.call("read_prep_docs")["structuredContent"]["workflows"][0]["name"]
        soak = [
            (method, json.loads(json.dumps(asked).replace("{workflow}", workflow))) for method, asked in SOAK
        ]
        for _ in range(4):
            for method, asked in soak:
                server.ask(method, asked)
        time.sleep(2.2)
        for method, asked in soak * 2:
            server.ask(method, asked)
        memory, descriptors = server.memory_now(), server.descriptors()
        used = [server.busy()]
        for part in (calls // 2, calls - calls // 2):
            for _ in range(part):
                method, asked = chance.choice(soak)
                started = time.monotonic()
                server.ask(method, asked)
                times.append(time.monotonic() - started)
            used.append(server.busy())
        grown, now = server.memory_now() - memory, server.descriptors()

    assert known == {asked["name"] for method, asked in soak if method == "tools/call"}
    addresses = [asked["uri"] for method, asked in soak if method == "resources/read"]
    for one in templates:
        assert any(address.startswith(one["uriTemplate"].partition("{")[0]) for address in addresses)
    half = len(times) // 2
    early, late = (quantiles(part, n=100)[98] for part in (times[:half], times[half:]))
    assert now == descriptors
    assert grown < 20_000
    assert used[2] - used[1] < 1.5 * (used[1] - used[0]) + 0.2
    assert (
        late < 2 * early + 0.05 or calls < 10_000
    )  # of so few calls that is the slowest: a busy machine's doing


def test_two_servers_that_write_at_once_leave_one_whole_document(example: Callable[[str], Path]) -> None:
    root = example("audio-notes")
    path = root / DOCUMENT
    failures: list[str] = []
    with serving(root) as one, serving(root) as two:
        one.call("write_initial_data_schema")
        known = hashlib.sha256(path.read_bytes()).hexdigest()

        def write(server: Server, text: str) -> None:
            for turn in range(8):
                given = {"narrative": {"end_goal": f"{text} {turn}."}}
                said = server.call("write_initial_data_schema", **given)
                if said["isError"]:
                    failures.append(said_in(said))

        threads = [
            threading.Thread(target=write, args=(server, text))
            for server, text in ((one, "First"), (two, "Second"))
        ]
        for thread in threads:
            thread.start()
        seen = []
        while any(thread.is_alive() for thread in threads):
            seen.append(path.read_bytes())
            time.sleep(0.005)
        for thread in threads:
            thread.join()
        refused = one.call("write_initial_data_schema", expected_sha256=known)

    assert all(
        text.startswith(b"## Strategic Database Planning Document") and text.rstrip().endswith(b"-->")
        for text in seen
    )
    assert all("changed" in one or "another" in one.lower() for one in failures)
    assert refused["isError"]
    assert not list(root.glob("ai_docs/prep/*.tmp*"))


def test_calls_at_once_on_one_server_are_all_answered(example: Callable[[str], Path]) -> None:
    with serving(example("site-studio")) as server:
        numbers = [
            server.start("tools/call", {"name": tool, "arguments": arguments})
            for tool, arguments in MIXED[:9] * 4
        ]
        answers = [server.wait(number, 60) for number in numbers]

    assert not [one for one in answers if one.get("result", {}).get("isError", True)]
