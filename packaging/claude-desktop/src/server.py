"""The bundle's entry: the server on stdio."""

from shipkit_mcp.cli import main

if __name__ == "__main__":
    main(["serve"])
