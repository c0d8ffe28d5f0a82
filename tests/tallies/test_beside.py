"""What stands beside a figure: rates, differences and percent, the rows of a form, and which figures may be compared at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mediator.domain.codes import Basis, Kind
from mediator.tallies.figures import (
    Figures,
    by_itself,
    comparable,
    difference,
    items,
    meaning,
    percent,
    quantity,
    signed,
    unit,
    written,
)
from mediator.tallies.justice import JUSTICE, JUSTICE_15
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.rows import rows
from mediator.tallies.table import Heading, Rate, Table, Unit
from mediator.tallies.tally import Reporter, Tally

CASES = Heading("n", "件数", "组", Unit.CASES, "")
MONEY = Heading("m", "金额", "组", Unit.FEN, "")
RATE = Rate("r", "率", "n", "d")


def tally(table: Table, basis: Basis = Basis.CONCLUDED) -> Tally:
    """A table with another number in every column."""
    values = {column.name: n + 2 for n, column in enumerate(table.columns)}
    return Tally(table, basis, Reporter("a", "䶮村调委会", ""), date(2026, 3, 1), date(2026, 3, 31), values)


@pytest.mark.parametrize(
    ("now", "was", "by", "grown"),
    [
        (5, 4, "+1", "+25.0"),
        (4, 5, "-1", "-20.0"),
        (3, 3, "0", "0.0"),
        (0, 0, "0", None),
        (7, 0, "+7", None),
        (0, 7, "-7", "-100.0"),
        (2, 3, "-1", "-33.3"),
        (2001, 2000, "+1", "+0.1"),
        (10_005, 10_000, "+5", "+0.1"),
    ],
)
def test_a_difference_has_its_sign_and_its_percent(now: int, was: int, by: str, grown: str | None) -> None:
    found = percent(CASES, {"n": now}, {"n": was})
    assert signed(written(CASES, difference(CASES, {"n": now}, {"n": was}))) == by
    assert (None if found is None else signed(str(found))) == grown


def test_amounts_are_subtracted_in_whole_units_and_shown_in_ten_thousands() -> None:
    now, was = {"m": 1_234_567_89}, {"m": 1_234_061_89}
    assert written(MONEY, quantity(MONEY, now)) == "123.46"
    assert written(MONEY, difference(MONEY, now, was)) == "0.05"
    assert written(MONEY, difference(MONEY, {"m": 1}, {"m": 2})) == "0.00", "no minus before nothing"


def test_a_rate_differs_by_points_between_what_is_printed() -> None:
    now, was = {"n": 2, "d": 3}, {"n": 1, "d": 3}
    assert (quantity(RATE, now), quantity(RATE, was)) == (Decimal("66.7"), Decimal("33.3"))
    assert signed(written(RATE, difference(RATE, now, was))) == "+33.4"
    assert percent(RATE, now, was) is None
    assert quantity(RATE, {"n": 0, "d": 0}) is None
    assert written(RATE, difference(RATE, now, {"n": 0, "d": 0})) == "—"
    assert unit(RATE) == "%"


@pytest.mark.parametrize("table", [*TABLES, *OLDER], ids=lambda table: f"{table.code}{table.edition}")
def test_every_column_and_rate_has_one_place_and_a_meaning(table: Table) -> None:
    counted = tally(table)
    found = items(counted)
    assert [item for item in found if isinstance(item, Heading)] == counted.headings
    assert {item.name for item in found if isinstance(item, Rate)} == {rate.name for rate in table.rates}
    assert len(found) == len(table.columns) + len(table.rates)
    assert all(meaning(counted, item) for item in found)
    assert sorted(item.name for row in rows(counted) for item in row.items) == sorted(i.name for i in found)


def test_a_rate_stands_behind_what_it_is_the_rate_of() -> None:
    names = [item.name for item in items(tally(POLITICAL))]
    assert names[:5] == ["found", "handled", "handled_rate", "settled", "settled_rate"]
    done = [item.label for item in items(tally(POLICE)) if item.group == "办结"]
    assert done[-2:] == ["公安机关移送案件化解率", "化解率"]


def test_totals_divided_alike_stand_in_one_row() -> None:
    found = {row.label: row for row in rows(tally(POLITICAL))}
    labour = found["劳资"]
    assert [item.name for item in labour.items] == ["found_labour", "handled_labour"]
    assert (labour.words, labour.group) == (("排查数", "调处数"), "排查数、调处数（按类别）")
    assert found["不满 50 人"].words == ()
    assert "其中：法院委托移送" in {row.label for row in rows(tally(JUSTICE))}
    assert all(len(row.items) == 1 for row in rows(tally(JUSTICE)))


def test_a_column_only_a_newer_program_knows_keeps_its_row() -> None:
    drones = Heading(
        "found_drones", "无人机（排查）", "排查数（按类别）", Unit.CASES, "无。", part_of="found"
    )
    counted = tally(POLITICAL)
    newer = replace(counted, values={**counted.values, "found_drones": 9}, extras=(drones,))
    assert next(row for row in rows(newer) if drones in row.items).words == ()


def test_only_what_is_defined_alike_is_compared() -> None:
    now, then = tally(JUSTICE), tally(JUSTICE_15)
    found = comparable(now, then)
    assert found["total"] == then.values["total"]
    assert f"kind_{Kind.FAMILY.value}" in found
    assert f"kind_{Kind.LABOUR.value}" not in found, "the 15 kinds have none like it"
    other = comparable(now, tally(JUSTICE, Basis.ACCEPTED))
    assert "total" not in other and "screenings" in other and "confirmed" in other
    assert comparable(now, tally(JUSTICE)) == dict(now.values)


def test_periods_that_are_not_there_are_not_shown() -> None:
    now = tally(POLICE)
    assert by_itself(now).others == []
    assert [other.change for other in Figures(now, (), None, now).others] == ["同比"]
    assert list(by_itself(now).checks) == now.checks()
