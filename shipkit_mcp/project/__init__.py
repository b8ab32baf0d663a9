"""The disk: the project root, confined and bounded reads, and the one writer."""

from shipkit_mcp.project.documents import DocumentsFound, find_documents
from shipkit_mcp.project.files import ProjectFiles
from shipkit_mcp.project.place import Project
from shipkit_mcp.project.root import open_project
from shipkit_mcp.project.scan import ScanMemory

__all__ = ["DocumentsFound", "Project", "ProjectFiles", "ScanMemory", "find_documents", "open_project"]
