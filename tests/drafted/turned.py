"""The examples' PostgreSQL schemas as somebody with MySQL would have written them."""

from __future__ import annotations

import re
from pathlib import Path

IMPORTS = """import { bigint, boolean, foreignKey, index, int, json, mysqlEnum, mysqlTable, text, timestamp, unique, varchar } from "drizzle-orm/mysql-core";"""
TURNS = (
    (r'import \{[^}]*\} from "drizzle-orm/pg-core";', IMPORTS),
    (r"\bpgTable\(", "mysqlTable("),
    (r"\.defaultRandom\(\)", ".$defaultFn(() => crypto.randomUUID())"),
    (r'\buuid\(("\w+")\)', r"varchar(\1, { length: 36 })"),
    (r'timestamp\(("\w+"), \{ withTimezone: true \}\)', r"timestamp(\1)"),
    (r"\bjsonb\(", "json("),
    (r"\binteger\(", "int("),
    (r'text\("email"\)', 'varchar("email", { length: 255 })'),
    (r'text\("role", \{', 'varchar("role", { length: 20,'),
    # the derived name of this key is longer than MySQL allows
    (
        r"(transcript_conversation_id: varchar\([^)]*\)\s*\.notNull\(\))\s*\.references\([^;]*?\}\),",
        r"\1,",
    ),
    (
        r"\((\w+)\) => \[(index\(\"transcript_messages_conversation_id_idx\"\))",
        r"(\1) => [foreignKey({ name: 'messages_fk', columns: [\1.transcript_conversation_id],"
        r" foreignColumns: [transcriptConversations.id] }).onDelete('cascade'), \2",
    ),
)
ENUM = re.compile(r'export const (\w+) = pgEnum\("\w+", (\[[^\]]*\])\);\n+')


def turned_to_mysql(folder: Path) -> Path:
    """The project with its schema and its config turned; enums stand beside their columns."""
    for file in (folder / "lib" / "drizzle" / "schema").glob("*.ts"):
        text = file.read_text(encoding="utf-8")
        for name, values in ENUM.findall(text):
            text = re.sub(rf'{name}\(("\w+")\)', rf"mysqlEnum(\1, {' '.join(values.split())})", text)
        text = ENUM.sub("", text)
        for pattern, turn in TURNS:
            text = re.sub(pattern, turn, text)
        file.write_text(text, encoding="utf-8", newline="\n")
    config = folder / "drizzle.config.ts"
    config.write_text(config.read_text(encoding="utf-8").replace("postgresql", "mysql"), encoding="utf-8")
    return folder
