"""The plan to Drizzle TypeScript and to up and down SQL."""

from shipkit_mcp.code.draft import Draft as Draft
from shipkit_mcp.code.draft import DraftDiff as DraftDiff
from shipkit_mcp.code.draft import DraftFile as DraftFile
from shipkit_mcp.code.draft import DraftPhase as DraftPhase
from shipkit_mcp.code.drafting import draft_code as draft_code
