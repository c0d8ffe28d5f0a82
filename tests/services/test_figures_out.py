"""Tables beside other periods, and as paper and files: nothing is left out, and nothing unlike is compared."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from made_cases import MARCH, NOW, day, put
from sqlalchemy.orm import Session

from mediator.domain.codes import Basis, Kind
from mediator.domain.figures import Screening
from mediator.domain.periods import Period
from mediator.paper import text
from mediator.paper.blocks import Listing, Paper, Seal, Signatures, plain
from mediator.services import closings, comparing, figures, file_kinds, frozen, judging, offices
from mediator.tallies import shape
from mediator.tallies.checks import Verdict
from mediator.tallies.figures import Figures, by_itself, items, quantity, unit, written
from mediator.tallies.justice import JUSTICE, JUSTICE_15
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.table import Rate, Table
from mediator.tallies.tally import Reporter, Tally
from mediator.tallies.team import TEAM

FEBRUARY = day("02-01"), day("02-28")
YEAR_BEFORE = date(2025, 3, 1), date(2025, 3, 31)


def counted(table: Table, period: Period = MARCH, times: int = 1) -> Tally:
    """A table with another number in every column."""
    values = {column.name: times * (n * 11 + 5) for n, column in enumerate(table.columns)}
    yearly = {name: value * 3 for name, value in values.items()} if table.yearly else {}
    return Tally(table, Basis.CONCLUDED, Reporter("a", "王𬎆·䶮村调委会", "000000"), *period, values,
                 year=date(2026, 1, 1) if table.yearly else None, so_far=yearly)  # fmt: skip


def compared(session: Session, table: Table, period: Period = MARCH) -> Figures:
    return comparing.compared(session, figures.shown(session, table, *period))


def listings(paper: Paper) -> list[list[str]]:
    return [[plain(cell) for cell in row] for b in paper.blocks if isinstance(b, Listing) for row in b.rows]


def test_what_was_before_the_first_record_is_not_known(session: Session) -> None:
    assert compared(session, JUSTICE).remarks == ("上期、上年同期没有数据，不作比较。",)
    put(session, accepted="02-11", concluded="03-10")
    found = compared(session, JUSTICE)
    assert found.before is not None and found.before.values["total"] == 0, "there were records in February"
    assert found.last_year is None
    assert found.remarks == ("上年同期没有数据，不作比较。",)
    session.add(Screening(screened_on=date(2025, 3, 31), area="䶮村"))
    session.flush()
    assert compared(session, JUSTICE).remarks == ()


def test_a_case_done_before_all_records_counts_as_known(session: Session) -> None:
    put(session, "02-03", accepted="02-02", registered_on=day("03-05"))
    before = compared(session, JUSTICE).before
    assert before is not None and before.values["total"] == 1


def test_a_closed_period_is_compared_as_it_was_closed(session: Session) -> None:
    put(session, "02-03", accepted="02-02")
    closings.close(session, JUSTICE, *FEBRUARY, by="陈志华", now=datetime(2026, 3, 1, 9))
    put(session, "02-04", accepted="02-02")
    put(session)
    found = compared(session, JUSTICE)
    assert isinstance(found.before, frozen.Frozen)
    assert found.before.values["total"] == 1


def test_what_nobody_wrote_down_is_compared_only_where_it_was_closed(session: Session) -> None:
    put(session, "02-03", accepted="02-02")
    assert compared(session, TEAM).before is None, "staff are counted as they are today"
    closings.close(session, TEAM, *FEBRUARY, by="陈志华", now=NOW)
    offices.person(session, "阿依古丽·买买提")
    found = compared(session, TEAM)
    assert found.before is not None
    assert (found.tally.values["mediators"], found.before.values["mediators"]) == (2, 1)


def test_periods_of_another_edition_or_day_are_compared_where_they_are_alike(session: Session) -> None:
    put(session, registered_on=date(2017, 1, 3), accepted_on=date(2017, 1, 3), concluded_on=date(2017, 1, 9))
    january = figures.count(session, JUSTICE, date(2018, 1, 1), date(2018, 1, 31))
    found = comparing.compared(session, january)
    assert found.last_year is not None and found.last_year.table is JUSTICE_15
    [before, last_year] = found.others
    assert last_year.values["kind_neighbour"] == 1
    assert "kind_labour" not in last_year.values, "the 15 kinds have none like it"
    assert before.tally.until == date(2017, 12, 31)
    offices.own(session).basis = Basis.ACCEPTED
    other = comparing.compared(session, january).others[1].values
    assert "total" not in other and other["screenings"] == 0


def test_checks_across_tables_are_told_too(session: Session) -> None:
    put(session)
    found = compared(session, POLITICAL)
    assert [check.words for check in found.checks] == [
        check.words for check in judging.judgements(session, found.tally)
    ]
    assert any("《人民调解案件情况统计表》" in check.words for check in found.checks)


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside"])
@pytest.mark.parametrize("table", [*TABLES, *OLDER], ids=lambda table: f"{table.code}{table.edition}")
def test_every_figure_stands_on_the_paper_once(table: Table, beside: bool) -> None:
    tally, before = counted(table), counted(table, FEBRUARY, 2)
    paper = figures.as_paper(
        replace(by_itself(tally), before=before, last_year=counted(table, YEAR_BEFORE, 3))
        if beside
        else by_itself(tally)
    )
    cells = [cell for row in listings(paper) for cell in row]
    for item in items(tally):
        for values in (
            tally.values,
            *([tally.so_far] if table.yearly else []),
            *([before.values] if beside else []),
        ):
            assert written(item, quantity(item, values)) in cells, item.label
    labels = " ".join(
        cells + [plain(head) for b in paper.blocks if isinstance(b, Listing) for head in b.head]
    )
    whole = text.write(paper)
    for item in items(tally):
        assert item.label.partition("（")[0] in labels
        assert unit(item) in cells
    for column in table.columns:
        assert f"（{column.unit.shown}）：{tally.definition(column)}" in whole
    for check in tally.checks():
        assert whole.count(f"核对：{check.words}（{check.verdict.label}）。") == 1
    assert [p.role for b in paper.blocks if isinstance(b, Signatures) for p in b.places] == [
        "制表人",
        "审核人",
        "签发人",
    ]
    assert [b.office for b in paper.blocks if isinstance(b, Seal)] == ["王𬎆·䶮村调委会"]


def test_kinds_stand_side_by_side_on_paper() -> None:
    tally = counted(POLITICAL)
    names = ("found_labour", "handled_labour")
    numbers = [str(values[name]) for name in names for values in (tally.values, tally.so_far)]
    assert ["劳资", *numbers] in listings(figures.as_paper(by_itself(tally)))


def test_a_figure_has_its_difference_and_percent_on_paper() -> None:
    now = replace(
        counted(POLICE), values={**counted(POLICE).values, "settled": 30, "concluded": 40, "ended": 4}
    )
    before = replace(
        counted(POLICE, FEBRUARY), values={**now.values, "settled": 40, "ended": 0, "transferred": 1}
    )
    rows = {
        row[0].removeprefix("其中："): row[1:] for row in listings(figures.as_paper(Figures(now, (), before)))
    }
    assert rows["化解"] == ["件", "30", "40", "-10", "-25.0%"]
    assert rows["其他终止"] == ["件", "4", "0", "+4", "—"]
    assert rows["化解率"] == ["%", "75.0", "100.0", "-25.0\n百分点", "—"]
    assert rows["本期办结"] == ["件", "40", "40", "0", "持平"]


def test_a_table_is_signed_on_the_page_of_its_last_row_and_lies_only_for_long_numbers() -> None:
    for table in TABLES:
        paper = figures.as_paper(by_itself(counted(table)))
        [places] = [block for block in paper.blocks if isinstance(block, Signatures)]
        assert places.together and all(block.small for block in paper.blocks if isinstance(block, Listing))
        assert not paper.lying
    before, last_year = counted(JUSTICE, FEBRUARY, 2), counted(JUSTICE, YEAR_BEFORE, 3)
    assert not figures.as_paper(Figures(counted(JUSTICE), (), before, last_year)).lying
    broad = replace(counted(JUSTICE), values={**counted(JUSTICE).values, "amount": 987_654_321_00})
    assert figures.as_paper(Figures(broad, (), before, last_year)).lying, "rather than a number on two lines"


def test_a_doubt_and_its_explanation_stand_before_the_places_to_sign() -> None:
    tally = counted(JUSTICE)
    tally = replace(tally, values={**tally.values, "total": 9, "people": 4})
    doubt = next(c.words for c in tally.checks() if c.verdict is Verdict.DOUBTFUL)
    whole = text.write(figures.as_paper(by_itself(replace(tally, notes={doubt: "一人来访。"}))))
    assert whole.index(f"核对：{doubt}（请核实）；说明：一人来访。") < whole.index("制表人：")


def test_the_document_has_rates_and_what_is_compared() -> None:
    tally, before = counted(POLICE), counted(POLICE, FEBRUARY, 2)
    document = json.loads(figures.write(replace(by_itself(tally), before=before), "json"))
    assert {key: document[key] for key in shape.to_json(tally)} == shape.to_json(tally)
    assert document["closed"] is None
    rate = next(item for item in items(tally) if isinstance(item, Rate))
    assert {"code": rate.name, "label": rate.label, "value": rate.shown(tally.values)} in document["rates"]
    assert document["compared"] == [
        {"label": "上期", "from": "2026-02-01", "until": "2026-02-28", "values": dict(before.values)}
    ]
    justice = by_itself(counted(JUSTICE))
    assert set(json.loads(figures.write(justice, "json"))) == {*shape.to_json(justice.tally), "closed"}


@pytest.mark.parametrize("suffix", file_kinds.SUFFIXES)
def test_every_kind_of_file_is_written_with_what_is_beside(session: Session, suffix: str) -> None:
    put(session, kind=Kind.OTHER)
    put(session, "02-03", accepted="02-02")
    for table in TABLES:
        assert len(figures.write(compared(session, table), suffix)) > 500
