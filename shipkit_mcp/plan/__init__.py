"""Mappings, findings and amendments to decisions, changes, phases and readiness."""
