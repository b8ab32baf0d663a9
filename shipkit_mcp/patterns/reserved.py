"""Words that cannot be the bare name of a table or column in some dialect."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


POSTGRESQL = _words(
    """
    all analyse analyze and any array as asc asymmetric authorization binary both case cast check
    collate collation column concurrently constraint create cross current_catalog current_date
    current_role current_schema current_time current_timestamp current_user default deferrable desc
    distinct do else end except false fetch for foreign freeze from full grant group having ilike in
    initially inner intersect into is isnull join lateral leading left like limit localtime
    localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
    references returning right select session_user similar some symmetric system_user table
    tablesample then to trailing true union unique user using variadic verbose when where window
    with
    """
)
MYSQL = _words(
    """
    accessible add all alter analyze and as asc before between bigint binary blob both by call
    cascade case change char character check collate column condition constraint continue convert
    create cross cube cume_dist current_date current_time current_timestamp current_user cursor
    database databases dec decimal declare default delayed delete dense_rank desc describe
    deterministic distinct div double drop dual each else elseif empty enclosed escaped except
    exists exit explain false fetch float for force foreign from fulltext function generated get
    grant group grouping groups having if ignore in index infile inner inout insensitive insert int
    integer intersect interval into is iterate join json_table key keys kill lag last_value lateral
    lead leading leave left like limit linear lines load localtime localtimestamp lock long loop
    match maxvalue mediumint mod modifies natural not nth_value ntile null numeric of on optimize
    option or order out outer over partition percent_rank precision primary procedure purge range
    rank read reads real recursive references regexp release rename repeat replace require resignal
    restrict return revoke right rlike row row_number rows schema schemas select sensitive separator
    set show signal smallint spatial specific sql sqlexception sqlstate sqlwarning ssl starting
    stored system table terminated then tinyint to trailing trigger true undo union unique unlock
    unsigned update usage use using values varchar virtual when where while window with write xor
    zerofill
    """
)
SQLITE = _words(
    """
    add all alter and as autoincrement between case check collate commit constraint create default
    deferrable delete distinct drop else escape exists foreign from group having in index insert
    intersect into is isnull join limit not notnull null on or order primary references returning
    select set table then to transaction union unique update using values when where
    """
)
RESERVED: dict[str, frozenset[str]] = {"postgresql": POSTGRESQL, "mysql": MYSQL, "sqlite": SQLITE}


def is_reserved(name: str, dialect: str | None) -> bool:
    """Whether a name cannot be used unquoted in a dialect (PostgreSQL where none is known)."""
    return name.lower() in RESERVED.get(dialect or "", POSTGRESQL)


FILE_ENDINGS = frozenset(
    {"ts", "tsx", "js", "jsx", "mjs", "md", "sql", "json", "py", "css", "html", "com", "dev"}
)
"""What stands behind a dot and is no column: `users.ts` is a file, `trigger.dev` a site."""
