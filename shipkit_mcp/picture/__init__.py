"""Schema and plan to a Mermaid diagram and a self-contained page."""
