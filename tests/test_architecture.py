"""What no code of ours may do, seen in its syntax, so that a slip is found where it is made."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "shipkit_mcp"
FILES = sorted(one for one in PACKAGE.rglob("*.py"))
TREES = {one.relative_to(PACKAGE).as_posix(): ast.parse(one.read_text(encoding="utf-8")) for one in FILES}

PROCESSES = {"subprocess", "multiprocessing", "pty", "popen2", "pexpect"}
PARSE_WORKER = "analysis/parse_worker.py"
"""The one module that starts a process: our own, fixed program."""
NEVER_IMPORTED = {
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "ctypes",
    "telnetlib",
    "ftplib",
    "requests",
    "httpx",
}
NEVER_CALLED = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
CRASHES = {"child_with_descendant", "sexp", "captures", "matches", "QueryCursor", "Query"}
"""Of py-tree-sitter 0.26: these end the process on deep or hostile input."""
PATHS = {"expanduser", "expandvars", "unquote", "url2pathname"}
OPENS = ("project/", "hosts/")
"""Where the disk is opened. A command may read the one file that it was told, in ``cli/``."""
TOLD = ("cli/",)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(last name called, call) of everything called in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                yield called.id, node
            elif isinstance(called, ast.Attribute):
                yield called.attr, node


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", TREES)
def test_nothing_starts_a_process_or_evaluates_text(path: str) -> None:
    tree = TREES[path]

    started = {"subprocess"} if path == PARSE_WORKER else set()
    assert set(imports(tree)) & (PROCESSES | NEVER_IMPORTED) == started
    named = [(name, node) for name, node in calls(tree) if isinstance(node.func, ast.Name)]
    assert not [name for name, _ in named if name in NEVER_CALLED]
    os_calls = {
        name for name, node in calls(tree) if isinstance(node.func, ast.Attribute) and _of(node.func) == "os"
    }
    assert not [
        name
        for name in os_calls
        if name.startswith(("exec", "spawn", "fork", "posix_spawn", "system", "popen"))
    ]


def test_nothing_but_the_http_face_speaks_to_a_network() -> None:
    speaking = {
        path
        for path, tree in TREES.items()
        if set(imports(tree)) & {"socket", "http", "uvicorn", "asyncio", "ssl"}
    }

    assert speaking <= {"server/http.py"}


@pytest.mark.parametrize("path", TREES)
def test_nothing_prints(path: str) -> None:
    assert "print" not in {name for name, node in calls(TREES[path]) if isinstance(node.func, ast.Name)}


@pytest.mark.parametrize("path", [path for path in TREES if not path.startswith((*OPENS, *TOLD))])
def test_nothing_but_the_disk_layer_opens_a_file(path: str) -> None:
    opens = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "fdopen"}
    found = [node for name, node in calls(TREES[path]) if name in opens and not _is_packaged(node)]

    assert not [ast.unparse(one)[:80] for one in found if not _is_ours(one)]


def _is_packaged(node: ast.Call) -> bool:
    """A file of the package itself, read through importlib.resources."""
    return isinstance(node.func, ast.Attribute) and any(
        word in ast.unparse(node.func.value)
        for word in ("files(", "resources", "_text(", "PROMPTS", "_folder(")
    )


def _is_ours(node: ast.Call) -> bool:
    """``Launch.open`` and ``Project.opened`` are the disk layer's own doors."""
    return isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in (
        "self.launch",
        "desk.launch",
    )


@pytest.mark.parametrize("path", [path for path in TREES if path.startswith("readers/")])
def test_readers_use_nothing_of_the_grammar_that_is_known_to_crash(path: str) -> None:
    tree = TREES[path]
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

    assert not attributes & {"child_with_descendant", "sexp", "QueryCursor"}
    assert "tree_sitter" not in set(imports(tree)) or not attributes & CRASHES
    for loop in (node for node in ast.walk(tree) if isinstance(node, ast.While)):
        walked = {node.attr for node in ast.walk(loop) if isinstance(node, ast.Attribute)}
        assert "parent" not in walked, f"line {loop.lineno}: Node.parent in a loop is quadratic"


@pytest.mark.parametrize("path", [path for path in TREES if path.startswith("readers/")])
def test_no_node_of_a_tree_is_written_out_as_text(path: str) -> None:
    """`str(node)` ends the process on deep input, and the text of a node may outlive its source."""
    for function in ast.walk(TREES[path]):
        if isinstance(function, ast.FunctionDef):
            nodes = _nodes_of(function)
            found = [one for one in _written_out(function) if isinstance(one, ast.Name) and one.id in nodes]
            assert not found, f"line {found[0].lineno}"


def _written_out(tree: ast.AST) -> Iterator[ast.expr]:
    """What is made text of: in a formatted string, by a call, by its own attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) or (isinstance(node, ast.Attribute) and node.attr == "text"):
            yield node.value
    for name, call in calls(tree):
        if name in ("str", "repr", "format"):
            yield from call.args[:1]


def _nodes_of(tree: ast.AST) -> set[str]:
    """Names that are annotated as a node, or stand for the children of one."""
    given = {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg) and _is_node(one.annotation)}
    kept = {
        one.target.id
        for one in ast.walk(tree)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and _is_node(one.annotation)
    }
    children = {
        one.target.id
        for one in ast.walk(tree)
        if isinstance(one, ast.For | ast.comprehension)
        and isinstance(one.target, ast.Name)
        and ast.unparse(one.iter).endswith(".children")
    }
    return given | kept | children


def _is_node(annotation: ast.expr | None) -> bool:
    return annotation is not None and "Node" in ast.unparse(annotation).replace("|", " ").split()


@pytest.mark.parametrize("path", [path for path in TREES if path.startswith("readers/typescript/")])
def test_a_tree_is_parsed_through_a_callable_with_a_progress_callback(path: str) -> None:
    for name, node in calls(TREES[path]):
        if (
            name == "parse"
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) == "parser"
        ):
            assert "progress_callback" in {one.arg for one in node.keywords}
            assert isinstance(node.args[0], ast.Lambda)


@pytest.mark.parametrize("path", [path for path in TREES if path.startswith("project/")])
def test_no_path_is_expanded_unquoted_or_compared_by_its_start(path: str) -> None:
    for name, node in calls(TREES[path]):
        assert name not in PATHS or path == "project/root.py"
        if name == "startswith" and isinstance(node.func, ast.Attribute):
            assert "root" not in ast.unparse(node.func.value), (
                f"line {node.lineno}: compares a root by prefix"
            )


@pytest.mark.parametrize("path", TREES)
def test_every_module_says_in_a_sentence_what_it_is(path: str) -> None:
    said = ast.get_docstring(TREES[path])

    assert said
    assert len(said.split("\n")[0]) <= 140


def test_files_stay_under_three_hundred_lines_but_for_the_facts() -> None:
    long = {
        one.relative_to(PACKAGE).as_posix(): count
        for one in FILES
        if (count := len(one.read_text(encoding="utf-8").splitlines())) > 300
    }

    assert set(long) <= {"facts.py", "findings.py"}, long


def test_functions_stay_short() -> None:
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or 0) - node.body[0].lineno + 1
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and path != "server/tools.py"
    }

    assert sum(lengths.values()) / len(lengths) < 10
    assert max(lengths.values()) <= 70, max(lengths, key=lambda name: lengths[name])


def test_the_release_of_the_grammar_that_frees_memory_twice_is_ruled_out() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]

    assert any(one.startswith("tree-sitter>=0.26.1") for one in needed)


def _of(attribute: ast.Attribute) -> str:
    return attribute.value.id if isinstance(attribute.value, ast.Name) else ""
