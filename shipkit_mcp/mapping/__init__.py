"""Workflows against the schema: which table plays which part, column by column, and how sure we are."""
