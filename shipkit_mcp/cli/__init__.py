"""The command-line face: the same calls, for a person."""
