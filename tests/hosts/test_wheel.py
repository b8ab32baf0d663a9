"""The built wheel, by itself in a clean folder: server, prompts, page and command line run from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

import shipkit_mcp
from shipkit_mcp.server import brief
from tests.docs import ROOT

pytestmark = pytest.mark.xdist_group("wheel")

PAGE = ROOT / "shipkit_mcp" / "picture" / "page_parts"
NAME = f"shipkit_mcp-{shipkit_mcp.__version__}"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and source archive, built with what is installed: no network."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Python that sees the installed wheel and the libraries, and no checkout."""
    folder = tmp_path_factory.mktemp("clean")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(folder),
    ]
    subprocess.run([*command, str(built / f"{NAME}-py3-none-any.whl")], check=True, capture_output=True)
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(folder.parent), "PYTHONPATH": str(folder)}


START = (
    f"import sys; sys.path += {[sysconfig.get_path('purelib'), sysconfig.get_path('platlib')]!r}; "
    "from shipkit_mcp.__main__ import main; main()"
)
"""With -S the checkout's own link in site-packages is not followed: only the wheel can be imported."""


def run(installed: dict[str, str], code: str, *arguments: str) -> str:
    """What Python prints, in ``/``, with nothing but the wheel and the libraries."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd="/",
        env=installed,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8")


def test_the_wheel_is_what_runs_and_not_the_checkout(installed: dict[str, str]) -> None:
    where = run(installed, "import shipkit_mcp; print(shipkit_mcp.__file__)").strip()

    assert where.startswith(installed["PYTHONPATH"])


def test_the_wheel_holds_the_prompts_the_page_the_types_and_the_licence_and_no_tests(built: Path) -> None:
    with zipfile.ZipFile(built / f"{NAME}-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
        prompts = {Path(one).name: wheel.read(one) for one in names if one.startswith("shipkit_mcp/prompts/")}
        entry = wheel.read(f"{NAME}.dist-info/entry_points.txt").decode()

    assert prompts == {one.name: one.read_bytes() for one in (ROOT / "prompts").iterdir()}
    assert {f"shipkit_mcp/picture/page_parts/{one.name}" for one in PAGE.iterdir()} <= names
    assert "shipkit_mcp/py.typed" in names
    assert f"{NAME}.dist-info/licenses/LICENSE" in names
    assert "shipkit-mcp = shipkit_mcp.__main__:main" in entry
    assert not [
        one for one in names if not one.startswith(("shipkit_mcp/", NAME)) or "test" in one or ".pyc" in one
    ]


def test_the_source_archive_holds_what_a_build_and_the_tests_need(built: Path) -> None:
    with tarfile.open(built / f"{NAME}.tar.gz") as archive:
        names = {one.partition("/")[2] for one in archive.getnames()}

    for one in (
        "pyproject.toml",
        "Makefile",
        "prompts/tools.md",
        "tests/conftest.py",
        "packaging/registry/server.json",
    ):
        assert one in names
    assert "examples/site-studio/package.json" in names
    assert not [
        one for one in names if "node_modules" in one or ".shipkit-cache" in one or one.endswith(".pyc")
    ]


def test_the_command_line_runs_from_the_wheel(
    installed: dict[str, str], example: Callable[[str], Path]
) -> None:
    said = json.loads(run(installed, START, "plan", str(example("audio-notes")), "--json"))

    assert said["workflows"]


def test_prompt_and_page_come_from_the_wheel(installed: dict[str, str]) -> None:
    code = START.partition("from ")[0] + (
        "from shipkit_mcp.server import brief; from shipkit_mcp.picture import fill; "
        "sys.stdout.buffer.write((brief.mentor() + '\\0' + fill(None)).encode())"
    )
    prompt, _, page = run(installed, code).partition("\0")

    assert prompt == brief.mentor()
    assert page.startswith("<!doctype html>")


@pytest.mark.anyio
async def test_the_server_runs_from_the_wheel(
    installed: dict[str, str], example: Callable[[str], Path]
) -> None:
    root = example("audio-notes")
    server = StdioServerParameters(
        command=sys.executable,
        args=["-S", "-c", START],
        cwd="/",
        env={**installed, "SHIPKIT_PROJECT_DIR": str(root)},
    )
    async with Client(server, mode="legacy") as client:
        prompt = await client.get_prompt("mentor", {"step": "0"})
        written = await client.call_tool("write_initial_data_schema", {})
        view = await client.read_resource("ui://shipkit/picture.html")

    assert "Step 0" in str(prompt.messages[0].content)
    assert not written.is_error
    assert (root / "ai_docs/prep/initial_data_schema.md").is_file()
    assert "<!doctype html>" in str(view.contents[0])
