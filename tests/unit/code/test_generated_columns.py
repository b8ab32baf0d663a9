"""Generated columns: they follow renamed ones, go before what they are made from, and are never written to."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafted.people import PEOPLE
from drafted.plans import planned
from drafted.proof import prove_reads_back
from drafted.styles import Style
from drafted.toolbox import Lite

from shipkit_mcp.code import Draft, draft_code

SHOP = Style(
    "shop",
    "sqlite",
    {
        "db/shop.ts": """import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const goods = sqliteTable("goods", {
  id: text("id").primaryKey(),
  price: integer("price").notNull(),
  pieces: integer("pieces").notNull(),
  total: integer("total").generatedAlwaysAs(sql`price * pieces`),
  note: text("note"),
}, (t) => [check("goods_price_check", sql`${t.price} >= 0`)]);
"""
    },
)
GOODS = """create table goods (id text primary key not null, price integer not null, pieces integer not null,
 total integer generated always as (price * pieces) virtual, note text,
 constraint goods_price_check check ("goods"."price" >= 0));
insert into goods (id, price, pieces) values ('a', 2, 3);"""


def drafted(style: Style, said: str, folder: Path) -> Draft:
    survey, plan = planned(style, said, [], flows=False)
    draft = draft_code(survey, plan)
    prove_reads_back(folder, survey, plan, draft)
    return draft


def test_what_a_column_is_made_from_carries_the_new_names(tmp_path: Path) -> None:
    draft = drafted(PEOPLE, "people\nfirst -> given\nlast -> family\nwhole -> full_name", tmp_path)

    made = (
        "full_name: text(\"full_name\").generatedAlwaysAs((): SQL => sql`${people.given} || ' ' || family`),"
    )
    assert f"+  {made}" in draft.diffs[0].diff
    assert draft.phases[0].up.count("RENAME COLUMN") == 3
    assert "DROP" not in draft.phases[0].up


def test_a_generated_column_is_dropped_before_those_it_is_made_from(tmp_path: Path) -> None:
    (phase,) = drafted(PEOPLE, "people\n- first\n- whole", tmp_path).phases

    assert phase.up.index('DROP COLUMN "whole"') < phase.up.index('DROP COLUMN "first"')
    assert phase.down.index('ADD COLUMN "first"') < phase.down.index('ADD COLUMN "whole"')
    assert 'The values of "whole" are not restored' not in phase.down


@pytest.mark.parametrize(
    "said", ["- note", "price: numeric", "- note\n- total", "price -> cost\n- note", "price -> cost: numeric"]
)
def test_a_rebuilt_table_of_sqlite_writes_no_generated_column(said: str, tmp_path: Path) -> None:
    draft = drafted(SHOP, f"goods\n{said}", tmp_path)
    lite = Lite()
    lite.run(GOODS)
    start = lite.catalogue()
    lite.run(*(one.up for one in draft.phases))
    assert lite.rows("select id, pieces from goods;") == [("a", 3)]
    lite.run(*(one.down for one in reversed(draft.phases)))

    assert lite.catalogue() == start
    assert lite.rows("select price, pieces, total from goods;") == [(2, 3, 6)]
    lite.close()
