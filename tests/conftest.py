"""What every test may ask for: an example as a fresh project; and a watch over what our code opens, starts and writes."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from hypothesis import settings
from watch import watching

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

NOTES = pytest.StashKey[Path]()

settings.register_profile("settled", derandomize=True)
settings.register_profile("random")
settings.load_profile("settled")
"""The same cases in every run, so that a run tells of the change alone; new ones by --hypothesis-profile=random."""


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def example(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of an example that a test may write into, without the document it yields."""

    def copy(name: str) -> Path:
        target = tmp_path / name
        shutil.copytree(EXAMPLES / name, target)
        (target / "ai_docs" / "prep" / "initial_data_schema.md").unlink(missing_ok=True)
        return target

    return copy


def pytest_configure(config: pytest.Config) -> None:
    """Start the watch here and in every Python that a test starts; each worker has notes of its own."""
    folder = Path(tempfile.mkdtemp(prefix="shipkit-watch-"))
    config.stash[NOTES] = folder / "notes"
    temporary = {tempfile.gettempdir(), os.path.realpath(tempfile.gettempdir())}
    if config.option.basetemp:
        temporary.add(str(Path(config.option.basetemp).resolve()))
    os.environ[watching.NOTES] = str(config.stash[NOTES])
    os.environ[watching.ROOTS] = os.pathsep.join(temporary)
    paths = [watching.HERE, os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(one for one in paths if one))
    watching.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """No test passes in which our code connected, started, compiled, opened or wrote what it must not."""
    done = yield
    notes = item.config.stash[NOTES]
    if notes.exists():
        said = notes.read_text(encoding="utf-8")
        notes.unlink()
        raise AssertionError(f"Our code did what it must not:\n{said}")
    return done


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What nobody was told of yet, such as at the end of a server that many tests share."""
    notes = session.config.stash[NOTES]
    if notes.exists():
        print(f"\nOur code did what it must not:\n{notes.read_text(encoding='utf-8')}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    shutil.rmtree(notes.parent, ignore_errors=True)
