"""The plan's changes to SQL, up and down, in each dialect."""

from shipkit_mcp.code.sql.phases import draft_phases as draft_phases
