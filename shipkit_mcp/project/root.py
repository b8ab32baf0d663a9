"""An argument, the launch settings and the environment to the one project that is meant."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from shipkit_mcp.errors import OutsideProject, ProjectError
from shipkit_mcp.project import names
from shipkit_mcp.project.files import ProjectFiles
from shipkit_mcp.project.folder import open_folder
from shipkit_mcp.project.looks import WANTED, looks_like_project
from shipkit_mcp.project.place import ADVICE, Project
from shipkit_mcp.project.tree import Parts, Tree
from shipkit_mcp.project.workspace import find_workspace

_SETTING = "SHIPKIT_PROJECT_DIR"
_HOST = "CLAUDE_PROJECT_DIR"


def open_project(
    argument: str | None, *, launch: str | None = None, environ: Mapping[str, str], cwd: str
) -> Project:
    """The project by design section 4: argument, then launch setting, then the host's variable, then ``cwd``.

    ``argument`` comes from a tool call and is held inside the launch root; ``launch`` comes from a person.
    Raises ProjectError and OutsideProject, each saying what was tried and what to pass.
    """
    asked = _Asked(environ, cwd)
    launched, by = asked.launch_root(launch)
    if argument is not None and argument.strip():
        return asked.inside(launched, argument) if launched else asked.anywhere(argument)
    if launched:
        return asked.project(launched, (), f"given as {by}")
    return asked.guessed()


def _given(value: str | None) -> str | None:
    """None for what hosts pass where nothing was filled in: blanks and variables that they did not expand."""
    return None if value is None or not value.strip() or value.startswith("${") else value


class _Asked:
    """The surroundings of one question."""

    def __init__(self, environ: Mapping[str, str], cwd: str) -> None:
        self._environ, self._cwd = environ, cwd
        home = environ.get("HOME") or environ.get("USERPROFILE")
        self._home = Path(os.path.realpath(home)) if home and home.strip("/\\") else None

    def shown(self, path: Path) -> str:
        """With ``~`` for the home folder and ``/``, safe to print."""
        if self._home and path.is_relative_to(self._home):
            return names.shown(f"~/{path.relative_to(self._home).as_posix()}".removesuffix("/."), 400)
        return names.shown(path.as_posix(), 400)

    # --- the four places -------------------------------------------------------------------

    def launch_root(self, launch: str | None) -> tuple[Path | None, str]:
        """The root a person gave, resolved, and how it was given. Raises ProjectError."""
        for value, by in ((launch, "`--project`"), (self._environ.get(_SETTING), f"`{_SETTING}`")):
            if wanted := _given(value):
                root = self._folder(wanted)
                if root is None:
                    raise ProjectError(
                        f"`{names.shown(wanted)}`, given as the project or as {by}, is not a folder. Give one that is."
                    )
                return root, by
        return None, ""

    def inside(self, launched: Path, wanted: str) -> Project:
        """A folder of the launch root that a tool call asks for."""
        outside = OutsideProject(
            f"`{names.shown(wanted)}` is not a folder inside the project that this server was started for "
            f"(`{self.shown(launched)}`). Pass a folder inside it, or leave `project` out."
        )
        root = self._folder(wanted, launched)
        if root is None or not root.is_relative_to(launched):
            raise outside
        way = root.relative_to(launched).parts
        if not _stands(launched, way):
            raise outside
        return self.project(launched, way, "given as `project`, inside the launch root")

    def anywhere(self, wanted: str) -> Project:
        """A folder that a tool call asks for where no launch root was given: it must look like a project."""
        root = self._folder(wanted)
        if root is None:
            raise ProjectError(f"`{names.shown(wanted)}` is not a folder. {ADVICE}")
        if not self._looks(root):
            raise ProjectError(
                f"`{self.shown(root)}` does not look like a project: it holds none of these: {WANTED}. {ADVICE}"
            )
        return self.project(root, (), "given as `project`")

    def guessed(self) -> Project:
        """The host's variable, else the working directory if it looks like a project."""
        host = _given(self._environ.get(_HOST))
        if host and (root := self._folder(host)) and not self._is_too_wide(root):
            return self.project(root, (), f"from `{_HOST}`")
        cwd = self._folder(self._cwd)
        if cwd and self._looks(cwd):
            return self.project(cwd, (), "the working directory, which looks like a project")
        tried = (
            "`project` (not given), `--project` and `SHIPKIT_PROJECT_DIR` (not given)",
            f"`{_HOST}` ({'no folder, or the home folder' if host else 'not set'})",
            f"the working directory `{self.shown(cwd) if cwd else '?'}` (it holds none of these: {WANTED})",
        )
        raise ProjectError(f"No project was found. Tried: {'; '.join(tried)}. {ADVICE}")

    # --- folders ---------------------------------------------------------------------------

    def _folder(self, wanted: str, base: Path | None = None) -> Path | None:
        """The resolved folder, or None. No variable, ``~`` or URL in it means anything; ``..`` is refused."""
        path = Path(wanted)
        if "\0" in wanted or len(wanted) > 4096 or ".." in path.parts:
            return None
        with suppress(OSError, ValueError):
            real = Path(os.path.realpath((base or Path(self._cwd)) / path))
            if real.is_dir():
                return real
        return None

    def _is_too_wide(self, root: Path) -> bool:
        """Whether it is the top, the home folder or above it: some hosts start servers there."""
        return root == Path(root.anchor) or (self._home is not None and self._home.is_relative_to(root))

    def _looks(self, root: Path) -> bool:
        if self._is_too_wide(root):
            return False
        try:
            files = ProjectFiles(open_folder(str(root)))
        except OSError:
            return False
        try:
            return looks_like_project(files)
        finally:
            files.close()

    def project(self, base: Path, way: Parts, found_by: str) -> Project:
        """The project, with the workspace around it where reading may use that."""
        root = base.joinpath(*way)
        workspace = find_workspace(root, self._home)
        if (workspace and not way) or (workspace and workspace.is_relative_to(base)):
            base, way = workspace, root.relative_to(workspace).parts
        else:
            workspace = None
        info = base.stat()
        return Project(
            root=str(root),
            shown_root=self.shown(root),
            found_by=found_by,
            workspace=self.shown(workspace) if workspace else None,
            base=str(base),
            way=way,
            identity=(info.st_dev, info.st_ino),
        )


def _stands(base: Path, way: Parts) -> bool:
    """Whether each step stands, name for name, in the listing of the one before and may be entered."""
    try:
        top = open_folder(str(base))
    except OSError:
        return False
    try:
        tree = Tree(top, ())
        return all(names.refusal(step) is None for step in way) and tree.is_folder(way)
    finally:
        top.close()
