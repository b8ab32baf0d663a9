"""A folder that was found to be the project, and the ways in: a view for one run, the root for the writer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from shipkit_mcp.errors import OutsideProject, ProjectError
from shipkit_mcp.facts import CodeFacts, Stack
from shipkit_mcp.project.content import why
from shipkit_mcp.project.documents import DocumentsFound, find_documents
from shipkit_mcp.project.files import Hide, ProjectFiles
from shipkit_mcp.project.folder import Folder, open_folder
from shipkit_mcp.project.kept import SourceMemory
from shipkit_mcp.project.scan import ScanMemory, scan_code
from shipkit_mcp.project.stack import read_stack
from shipkit_mcp.project.tree import Parts

ADVICE = "Pass `project`: the absolute path of the folder that holds `ai_docs/` or `drizzle.config.ts`."


@dataclass(frozen=True)
class Project:
    """A folder that was found to be the project, and how."""

    root: str
    """Absolute and resolved. Writing never leaves it."""
    shown_root: str
    """For replies: the home folder in it is ``~``, and it has ``/``."""
    found_by: str
    """The rule, in a sentence."""
    workspace: str | None = None
    """For replies: the workspace around it that reading may use."""
    base: str = ""
    """The folder that is opened by path: the launch root, the workspace or the root itself."""
    way: Parts = ()
    """From ``base`` to the root, walked without following links."""
    identity: tuple[int, int] = (0, 0)
    """Device and number of ``base`` when it was found."""

    def files(self, memory: SourceMemory | None = None, hide: Hide | None = None) -> ProjectFiles:
        """A view of its files with a fresh budget, for one run. Raises ProjectError where it is gone.

        ``memory``: of this project alone; what it holds and has not changed is not read again.
        ``hide``: what every text goes through first; the same for one memory.
        """
        base = self._open_base()
        if self.workspace:
            return ProjectFiles(base, self.way, memory, hide)
        return ProjectFiles(self._below(base), (), memory, hide)

    def documents(self, files: ProjectFiles) -> DocumentsFound:
        """Where its planning documents are."""
        return find_documents(files)

    def stack(self, files: ProjectFiles) -> Stack:
        """The tools its package.json and file names speak of."""
        return read_stack(files)

    def scan(
        self, files: ProjectFiles, schema_files: Sequence[str] = (), memory: ScanMemory | None = None
    ) -> CodeFacts:
        """What a text scan of its source finds; with a memory only what changed is read."""
        return scan_code(files, schema_files, memory)

    @contextmanager
    def opened(self) -> Iterator[Folder]:
        """The root as an open folder, for the writer. Raises ProjectError where it is gone."""
        root = self._below(self._open_base())
        try:
            yield root
        finally:
            root.close()

    def _open_base(self) -> Folder:
        try:
            folder = open_folder(self.base)
        except OSError as error:
            raise ProjectError(f"The project `{self.shown_root}` {why(error)}. {ADVICE}") from error
        try:
            info = folder.status(".")
        except OSError as error:
            folder.close()
            raise ProjectError(f"The project `{self.shown_root}` {why(error)}. {ADVICE}") from error
        if (info.st_dev, info.st_ino) != self.identity:
            folder.close()
            raise ProjectError(f"The project `{self.shown_root}` was replaced while we worked. Call again.")
        return folder

    def _below(self, base: Folder) -> Folder:
        for name in self.way:
            try:
                below = base.folder(name)
            except OSError as error:
                raise OutsideProject(f"`{self.shown_root}` {why(error)}. {ADVICE}") from error
            finally:
                base.close()
            base = below
        return base
