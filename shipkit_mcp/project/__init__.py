"""The disk: the project root, confined and bounded reads, and the one writer."""

from shipkit_mcp.project.documents import DocumentsFound, find_documents
from shipkit_mcp.project.files import ProjectFiles
from shipkit_mcp.project.kept import SourceMemory
from shipkit_mcp.project.place import Project
from shipkit_mcp.project.root import open_project
from shipkit_mcp.project.scan import ScanMemory

__all__ = [
    "DocumentsFound",
    "Project",
    "ProjectFiles",
    "ScanMemory",
    "SourceMemory",
    "find_documents",
    "open_project",
]
