"""The spreadsheets hold every number under its heading, and nothing in them is taken for a formula."""

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from mediator.domain.codes import Basis
from mediator.exchange.spreadsheet import csv_text, xlsx
from mediator.tallies.figures import Figures, by_itself, items, quantity
from mediator.tallies.justice import JUSTICE
from mediator.tallies.lines import Line
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.register import OLDER, TABLES
from mediator.tallies.table import Heading, Rate, Table, Unit, Verdict
from mediator.tallies.tally import Reporter, Tally, add

VALUES = {column.name: 101 + n * 13 for n, column in enumerate(JUSTICE.columns)} | {"amount": 2_873_804_999}
"""Every column its own number, so that two in each other's place are seen."""
MARCH = date(2026, 3, 1), date(2026, 3, 31)
TALLY = Tally(JUSTICE, Basis.CONCLUDED, Reporter("a", "=王𬎆+村调委会", "000000"), *MARCH, VALUES)
DRONES = Heading("kind_drone", "无人机纠纷", "案件分类情况", Unit.CASES, "=1+1", part_of="total")


def book(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def filled(sheet: Worksheet, row: int) -> list[object]:
    """The cells of a row, a cell made one with others giving its words to all of them."""
    cells: list[object] = [cell.value for cell in sheet[row]]
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row:
            for column in range(area.min_col, area.max_col + 1):
                cells[column - 1] = sheet.cell(area.min_row, area.min_col).value
    return cells


def test_every_number_stands_under_its_heading() -> None:
    sheet = book(xlsx(by_itself(TALLY)))["统计表"]
    headings = zip(*(filled(sheet, row) for row in (4, 6, 7, 8)), strict=True)
    found = list(headings)[1:]
    assert found == [
        (column.group, column.label, column.unit.shown, VALUES[column.name] / (1e6 if column.unit is Unit.FEN else 1))
        for column in TALLY.headings
    ]  # fmt: skip
    assert sheet["A1"].value == "人民调解案件情况统计表"
    last = get_column_letter(len(JUSTICE.columns) + 1)
    assert {area.coord for area in sheet.merged_cells.ranges} >= {
        f"A1:{last}1",
        f"A3:{last}3",
        "A4:A7",
        "B4:F4",
    }
    words = f"{sheet['A2'].value}{sheet['A3'].value}"
    assert "填报单位（盖章）：=王𬎆+村调委会" in words and "000000" in words
    assert "2026年3月1日至2026年3月31日" in words and "按调解结果日期" in words and "司法行政机关" in words
    assert "其中：接受委托移送调解" in filled(sheet, 5)
    foot = str(sheet.cell(sheet.max_row, 1).value)
    assert "制表人" in foot and "审核人" in foot and "签发人" in foot


def test_amounts_are_shown_in_ten_thousands_with_two_decimals() -> None:
    cell = book(xlsx(by_itself(TALLY)))["统计表"]["F8"]
    assert (cell.value, cell.number_format) == (2873.804999, "0.00")


def counted(table: Table, times: int = 1, **changed: int) -> Tally:
    """A table with a number of its own in every column, and others in the year so far."""
    values = {column.name: times * (n + 3) for n, column in enumerate(table.columns)} | changed
    yearly = {name: value * 7 + 1 for name, value in values.items()} if table.yearly else {}
    return Tally(table, Basis.CONCLUDED, Reporter("a", "䶮村调委会", "000000"), *MARCH, values,
                 year=date(2026, 1, 1) if table.yearly else None, so_far=yearly)  # fmt: skip


@pytest.mark.parametrize("table", [*TABLES, *OLDER], ids=lambda table: f"{table.code}{table.edition}")
def test_every_table_is_written_with_all_its_numbers_and_rates(table: Table) -> None:
    tally = counted(table)
    before = replace(counted(table, 3), since=date(2026, 2, 1), until=date(2026, 2, 28))
    started = perf_counter()
    data = xlsx(replace(by_itself(tally), before=before, last_year=counted(table, 2)))
    assert perf_counter() - started < 0.5
    cells = [cell.value for row in book(data)["统计表"].iter_rows() for cell in row]
    numbers = Counter(cell for cell in cells if isinstance(cell, int | float))
    for item in items(tally):
        for values in (tally.values, tally.so_far, before.values):
            shown = quantity(item, values)
            if shown is not None:
                value = float(shown / 100) if isinstance(item, Rate) else float(shown)
                assert numbers[value] > 0, (item.label, value)
    assert {rate.label for rate in table.rates} <= set(cells)


def test_kinds_stand_in_rows_with_both_totals_and_the_year_so_far() -> None:
    tally = counted(POLITICAL)
    sheet = book(xlsx(by_itself(tally)))["统计表"]
    assert [cell.value for cell in sheet[4]] == ["类别", "项目", None, "单位", "小计", "年度累计"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    place = next(n for n, row in enumerate(rows) if row[1] == "劳资")
    found, handled = tally.values["found_labour"], tally.values["handled_labour"]
    assert rows[place][2:] == ["排查数", "件", found, found * 7 + 1]
    assert rows[place + 1] == [None, None, "调处数", "件", handled, handled * 7 + 1]
    assert sum(row[2] == "排查数" for row in rows) == sum(row[2] == "调处数" for row in rows) == len(Line)
    assert [row[1] for row in rows[:5]] == ["排查数", "调处数", "调处率", "成功数", "成功率"], (
        "as on the form"
    )
    assert rows[0][0] == "总况" and rows[5][0] == "排查数、调处数（按类别）"


def test_rates_are_made_after_adding_and_shown_as_percent() -> None:
    lines = [counted(POLICE, settled=1, concluded=2), counted(POLICE, settled=9, concluded=10)]
    lines[1] = replace(lines[1], reporter=Reporter("b", "㛃村调委会", ""))
    sheet = book(xlsx(by_itself(add(lines, Reporter("c", "滨江街道", ""))), lines))["统计表"]
    place = filled(sheet, 6).index("化解率") + 1
    rates = [sheet.cell(row, place) for row in (8, 9, 10)]
    assert [rate.value for rate in rates] == [0.5, 0.9, 0.833]
    assert {rate.number_format for rate in rates} == {"0.0%"}
    assert filled(sheet, 7)[place - 1] == "%"


def test_other_periods_stand_below_with_difference_and_percent() -> None:
    now = counted(POLICE, settled=30, concluded=40, litigation=0, amount=1_250_000_00)
    before = replace(
        counted(POLICE, settled=20, concluded=20, litigation=4, amount=1_000_000_00),
        since=date(2026, 2, 1), until=date(2026, 2, 28),
    )  # fmt: skip
    last_year = replace(before, values={**before.values, "settled": 0, "concluded": 0})
    sheet = book(xlsx(Figures(now, (), before, last_year, ("说一句。",))))["统计表"]
    names = [sheet.cell(row, 1).value for row in range(8, 15)]
    assert names == ["䶮村调委会", "上期", "比上期增减", "环比", "上年同期", "比上年同期增减", "同比"]

    def down(label: str) -> list[object]:
        place = filled(sheet, 6).index(label) + 1
        return [sheet.cell(row, place).value for row in range(8, 15)]

    assert down("化解") == [30, 20, 10, 0.5, 0, 30, "—"]
    assert down("引导进入司法程序") == [0, 4, -4, -1, 4, -4, -1]
    assert down("协议涉及金额") == [125, 100, 25, 0.25, 100, 25, 0.25]
    assert down("化解率") == [0.75, 1, -25, "—", "—", "—", "—"]
    assert down("其他终止")[2:4] == [0, "持平"], "an unchanged number is the word of the window and the paper"
    words = [sheet.cell(row, 1).value for row in range(15, sheet.max_row)]
    assert "上期：2026年2月1日至2026年2月28日。" in words and "说一句。" in words


def test_what_does_not_hold_is_told_under_the_table_with_its_explanation() -> None:
    tally = counted(JUSTICE, total=40, people=30)
    doubt = next(
        c.words for c in tally.checks() if c.verdict is Verdict.DOUBTFUL and "涉及当事人数" in c.words
    )
    sheet = book(xlsx(by_itself(replace(tally, notes={doubt: "有两件一人来访。"}))))["统计表"]
    words = [str(cell.value) for cell in sheet["A"]]
    assert f"核对：{doubt}（请核实）；说明：有两件一人来访。" in words
    assert any("（不符）" in line for line in words)
    assert "本期没有发生，为零报告。" not in words
    zero = replace(tally, values=dict.fromkeys(tally.values, 0))
    assert "本期没有发生，为零报告。" in [cell.value for cell in book(xlsx(by_itself(zero)))["统计表"]["A"]]


def test_words_are_never_formulas() -> None:
    sheets = book(
        xlsx(by_itself(replace(TALLY, values=VALUES | {"kind_drone": 5}, extras=(DRONES,))))
    ).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=王𬎆+村调委会" in [cell.value for cell in cells]


def test_definitions_and_verdicts_stand_on_the_second_sheet() -> None:
    rows = [[cell.value for cell in row] for row in book(xlsx(by_itself(TALLY)))["口径与核对"].iter_rows()]
    told = {row[1]: row[3] for row in rows}
    for column in JUSTICE.columns:
        assert told[column.label] == JUSTICE.definition(column, Basis.CONCLUDED)
    assert [row[1] for row in rows if row[0] == "核对"][1:] == [
        check.verdict.label for check in TALLY.checks()
    ]
    assert [row[3] for row in rows if row[0] == "核对"][1:] == [check.words for check in TALLY.checks()]
    assert "不符" in told


def test_a_sum_shows_the_lines_it_is_made_of() -> None:
    newer = replace(
        TALLY, reporter=Reporter("b", "㛃村调委会", ""), values=VALUES | {"kind_drone": 5}, extras=(DRONES,)
    )
    lines = [TALLY, newer]
    total = add(lines, Reporter("c", "滨江街道", ""))
    sheet = book(xlsx(by_itself(total), lines))["统计表"]
    rows = [[cell.value for cell in sheet[row]] for row in (8, 9, 10)]
    assert [row[0] for row in rows] == ["=王𬎆+村调委会", "㛃村调委会", "合计"]
    place = filled(sheet, 6).index("无人机纠纷")
    assert [row[place] for row in rows] == ["—", 5, 5]
    assert [row[1] for row in rows] == [101, 101, 202]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_csv_text_that_begins_like_a_formula_is_made_harmless(sign: str) -> None:
    data = csv_text(by_itself(replace(TALLY, reporter=Reporter("a", f"{sign}cmd", "")))).decode("utf-8-sig")
    assert {row[0] for row in list(csv.reader(io.StringIO(data)))[1:]} == {f"'{sign}cmd"}


def test_csv_has_one_number_a_row_and_no_formula() -> None:
    data = csv_text(by_itself(replace(TALLY, values=VALUES | {"kind_drone": 5}, extras=(DRONES,))))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 1 + len(JUSTICE.columns) + 1
    assert rows[1][:7] == [
        "'=王𬎆+村调委会",
        "2026-03-01",
        "2026-03-31",
        "调解情况",
        "调解案件总数",
        "件",
        "101",
    ]
    assert rows[5][4:7] == ["协议涉及金额", "万元", "2873.80"]
    assert [row[7] for row in rows if row[4] == "无人机纠纷"] == ["'=1+1"]


def test_csv_has_rates_and_what_is_compared_beside_every_number() -> None:
    now, before = counted(POLITICAL, found=8, handled=6), counted(POLITICAL, 2, found=0, handled=9)
    rows = list(csv.reader(io.StringIO(csv_text(Figures(now, (), before)).decode("utf-8-sig"))))
    assert rows[0][8:] == ["结账情况", "年度累计", "上期", "比上期增减", "环比（%）"]
    found = {row[4]: row[5:7] + row[9:] for row in rows[1:]}
    assert found["排查数"] == ["件", "8", "57", "0", "8", "—"]
    assert found["调处数"] == ["件", "6", "43", "9", "-3", "-33.3"]
    assert found["调处率"] == ["%", "75.0", "75.4", "—", "—", "—"]
    assert {len(row) for row in rows} == {13}
    assert {row[8] for row in rows[1:]} == {"未结账，案件再有改动，数字还会变。"}
