"""TypeScript through tree-sitter: parse safely, modules and imports, constants, interfaces."""
