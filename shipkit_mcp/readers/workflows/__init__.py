"""Workflow files, index entries and sections of one big file to ``Workflow`` facts."""
