"""The mission as one literal table of rules."""
