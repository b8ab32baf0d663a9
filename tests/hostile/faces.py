"""Every way in which the product says something, asked for everything it has."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostile.stdio import bare_environ, serving

from shipkit_mcp.server import brief

Ask = Callable[[str, dict[str, Any]], dict[str, Any]]
DOCUMENT = "ai_docs/prep/initial_data_schema.md"
TOKEN = "a-token-for-tests-only"
READING = (
    "read_prep_docs",
    "parse_drizzle_schema",
    "map_workflow_to_tables",
    "assess_schema",
    "check_schema",
)
FIXED = ("shipkit://schema", "shipkit://plan", "shipkit://picture", "ui://shipkit/picture.html")
WRONG = 3
"""Texts that are given as names: each costs a dozen calls."""
COMMANDS: Sequence[Sequence[str]] = (
    *(["docs"], ["docs", "--json"], ["schema"], ["schema", "--json"], ["map"], ["map", "--json"]),
    *(["plan"], ["plan", "--json"], ["plan", "--diff"], ["plan", "--write"], ["plan", "--write", "--json"]),
    *(["check", "--format", form] for form in ("text", "json", "sarif", "github")),
    *(["code"], ["code", "--json"], ["code", "--policies"], ["diagram"], ["undo"], ["doctor"]),
)


@dataclass
class Said:
    """What came out: each answer of the protocol, each text beside it, by what was asked."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def everything(self) -> dict[str, str]:
        """All of it as text, JSON with its characters as they are."""
        told = {name: json.dumps(one, ensure_ascii=False) for name, one in self.answers.items()}
        return {**told, **self.texts}


# --- the protocol --------------------------------------------------------------------------------


def ask_everything(ask: Ask, texts: Sequence[str] = ("nonsense",)) -> Said:
    """Every tool, resource, prompt and completion, right and wrong; ``texts`` go into the arguments."""
    said = Said()

    def one(label: str, method: str, **params: Any) -> dict[str, Any]:
        said.answers[label] = ask(method, params)
        result: dict[str, Any] = said.answers[label].get("result", {})
        return result

    for listed in ("tools", "prompts", "resources", "resources/templates"):
        one(f"list of {listed}", f"{listed}/list")
    for name, tool, arguments in calls_of_tools(texts):
        one(name, "tools/call", name=tool, arguments=arguments)
    plan = _json_of(one("shipkit://plan", "resources/read", uri="shipkit://plan"))
    schema = _json_of(one("shipkit://schema", "resources/read", uri="shipkit://schema"))
    for address in _addresses(plan, schema, texts):
        one(address, "resources/read", uri=address)
    for step in ("", *brief.STEPS, *texts[:3]):
        one(f"prompt {step!r}", "prompts/get", name="mentor", arguments={"step": step} if step else {})
    for template, argument in COMPLETED:
        kind = (
            {"type": "ref/resource", "uri": template}
            if template
            else {"type": "ref/prompt", "name": "mentor"}
        )
        asked = {"name": argument, "value": ""}
        one(f"completion of {template or 'mentor'}", "completion/complete", ref=kind, argument=asked)
    return said


COMPLETED = (
    *(("shipkit://prep/{doc}", "doc"), ("shipkit://schema/{table}", "table"), (None, "step")),
    *(("shipkit://workflow/{name}", "name"), ("shipkit://guide/{topic}", "topic")),
)


def calls_of_tools(texts: Sequence[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(what it is, tool, arguments), right and wrong."""
    for tool in READING:
        for detail in ("concise", "full"):
            for cursor in (None, "3", "9"):
                yield f"{tool} {detail} {cursor}", tool, {"detail": detail, "cursor": cursor}
    for part in ("drizzle", "sql", "all", "mermaid"):
        for cursor in (None, "2"):
            arguments = {"part": part, "policies": True, "cursor": cursor}
            yield f"draft_schema_code {part} {cursor}", "draft_schema_code", arguments
    for step in (None, *brief.STEPS):
        yield f"mentor_guide {step}", "mentor_guide", {"step": step}
    for topic in brief.TOPICS:
        yield f"mentor_guide {topic}", "mentor_guide", {"topic": topic}
    for doc in ("master_idea.md", "trigger_workflow_count_0.md", "trigger_workflows.md"):
        yield f"read_prep_docs {doc}", "read_prep_docs", {"doc": doc}
    for n, text in enumerate(texts[:: -(-len(texts) // WRONG)]):
        for name, tool, arguments in _wrong(text):
            yield f"{tool} {name} {n}", tool, arguments
    good = {"end_goal": texts[0], "advantage": texts[-1]}
    for name, arguments in (
        ("dry", {"dry_run": True}),
        ("dry with prose", {"dry_run": True, "narrative": good}),
        ("first", {}),
        ("with prose", {"narrative": good}),
        ("again", {}),
    ):
        yield f"write_initial_data_schema {name}", "write_initial_data_schema", arguments


def _wrong(text: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """A text where a name is expected: refused with words, and those quote it."""
    write = "write_initial_data_schema"
    yield "no such document", "read_prep_docs", {"doc": text}
    yield "no such table", "parse_drizzle_schema", {"tables": [text]}
    yield "no such file", "parse_drizzle_schema", {"schema": [text]}
    yield "no such workflow", "map_workflow_to_tables", {"workflow": text}
    yield "no such project", "assess_schema", {"project": text}
    yield "no such argument", "assess_schema", {text: text}
    yield "no such detail", "assess_schema", {"detail": text}
    yield "no such decision", write, {"decisions": {text: text}}
    yield "no such table to remove", write, {"remove": [text]}
    yield "no table", write, {"tables": text}
    yield "no such type", write, {"tables": f"notes {{\n  {text}: {text}\n}}"}
    yield "no such place", write, {"narrative": {text: text}}
    yield "no such hash", write, {"expected_sha256": text}


def _addresses(plan: Mapping[str, Any], schema: Mapping[str, Any], texts: Sequence[str]) -> Iterator[str]:
    from urllib.parse import quote

    yield from FIXED
    yield from (f"shipkit://guide/{topic}" for topic in brief.TOPICS)
    documents = ("master_idea.md", "app_pages_and_functionality.md", "trigger_workflows.md")
    yield from (f"shipkit://prep/{one}" for one in documents)
    yield from (f"shipkit://prep/trigger_workflow_count_{n}.md" for n in range(len(texts)))
    yield from (f"shipkit://workflow/{quote(one['name'], safe='')}" for one in plan.get("workflows", []))
    yield from (f"shipkit://schema/{quote(one['name'], safe='')}" for one in schema.get("tables", []))
    for text in texts[:3]:
        named = quote(text.encode("utf-8", "replace"), safe="")[:300]
        yield from (f"shipkit://{kind}/{named}" for kind in ("prep", "schema", "workflow", "guide"))


def _json_of(result: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(result["contents"][0]["text"]) if result else {}
    return made


# --- the two servers -----------------------------------------------------------------------------


def over_stdio(root: Path, texts: Sequence[str], code: str, environ: Mapping[str, str]) -> Said:
    """Everything of the server on pipes, and what it logged."""
    with serving(root, code=code, environ=environ) as server:
        said = ask_everything(lambda method, params: server.ask(method, params, timeout=120.0), texts)
        server.end()
        said.texts |= {"stdout": b"".join(server.lines).decode(), "stderr": b"".join(server.errors).decode()}
    return said


def over_http(root: Path, texts: Sequence[str], code: str, environ: Mapping[str, str]) -> Said:
    """Everything of the server on loopback, and what it logged."""
    with listening_process(root, code, environ) as (port, process):
        headers = {
            "content-type": "application/json",
            "accept": "application/json, text/event-stream",
            "authorization": f"Bearer {TOKEN}",
        }
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        bodies: list[str] = []

        def ask(method: str, params: dict[str, Any]) -> dict[str, Any]:
            asked = {"jsonrpc": "2.0", "id": len(bodies) + 1, "method": method, "params": params}
            connection.request("POST", "/mcp", json.dumps(asked).encode(), headers)
            answer = connection.getresponse()
            if session := answer.headers.get("mcp-session-id"):
                headers["mcp-session-id"] = session
            bodies.append(answer.read().decode())
            told = [json.loads(line[5:]) for line in bodies[-1].splitlines() if line.startswith("data: {")]
            return next((one for one in told if "id" in one), {"status": answer.status})

        hello = {
            "protocolVersion": "2025-11-25",
            "capabilities": {},
            "clientInfo": {"name": "x", "version": "1"},
        }
        ask("initialize", hello)
        headers["mcp-protocol-version"] = "2025-11-25"
        said = ask_everything(ask, texts)
        connection.close()
        process.terminate()
        said.texts |= {"bodies": "\n".join(bodies), "stderr": (process.communicate()[1] or b"").decode()}
    return said


@contextmanager
def listening_process(
    root: Path, code: str, environ: Mapping[str, str]
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`serve --http` in a process of its own: its port and the process, which is killed at the end."""
    command = [sys.executable, "-c", code, "serve", "--http", "--port", "0", "--project", str(root)]
    given = bare_environ({**environ, "SHIPKIT_HTTP_TOKEN": TOKEN})
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=given, cwd="/"
    ) as process:
        try:
            assert process.stderr is not None
            found = re.search(rb"http://127\.0\.0\.1:(\d+)", process.stderr.readline())
            assert found
            yield int(found[1]), process
        finally:
            process.kill()


# --- the command line ----------------------------------------------------------------------------


def on_the_command_line(
    root: Path,
    out: Path,
    code: str,
    environ: Mapping[str, str],
    commands: Sequence[Sequence[str]] = COMMANDS,
) -> Said:
    """What every command, or these, and those that write files print and write."""
    said = Said()
    made = (
        ["code", "--out", str(out / "code")],
        *(["diagram", "--out", str(out / f"picture.{kind}")] for kind in ("html", "md", "mmd")),
    )
    for command in (*commands, *made):
        done = subprocess.run(
            [sys.executable, "-c", code, *command, str(root)],
            capture_output=True,
            env=bare_environ(environ),
            timeout=120,
            check=False,
        )
        said.texts[" ".join(command)] = (done.stdout + done.stderr).decode()
    for one in sorted(one for one in out.rglob("*") if one.is_file()):
        said.texts[f"file {one.relative_to(out)}"] = f"{one.name}\n{one.read_text(encoding='utf-8')}"
    said.texts["document"] = document_of(root)
    return said


def document_of(root: Path) -> str:
    """The document and every copy of it."""
    found = sorted(root.glob(f"{DOCUMENT}*"))
    return "\n".join(one.read_text(encoding="utf-8") for one in found)
