"""The spreadsheets hold every number under its heading, and nothing in them is taken for a formula."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mediator.domain.codes import Basis
from mediator.exchange.spreadsheet import csv_text, xlsx
from mediator.tallies.justice import JUSTICE
from mediator.tallies.table import Heading, Unit
from mediator.tallies.tally import Reporter, Tally, add

VALUES = {column.name: 101 + n * 13 for n, column in enumerate(JUSTICE.columns)} | {"amount": 2_873_804_999}
"""Every column its own number, so that two in each other's place are seen."""
TALLY = Tally(
    JUSTICE, Basis.CONCLUDED, Reporter("a", "=王𬎆+村调委会", "000000"), date(2026, 3, 1), date(2026, 3, 31), VALUES
)  # fmt: skip
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
    sheet = book(xlsx(TALLY))["统计表"]
    headings = zip(*(filled(sheet, row) for row in (3, 5, 6, 7)), strict=True)
    found = list(headings)[1:]
    assert found == [
        (column.group, column.label, column.unit.shown, VALUES[column.name] / (1e6 if column.unit is Unit.FEN else 1))
        for column in TALLY.headings
    ]  # fmt: skip
    assert sheet["A1"].value == "人民调解案件情况统计表"
    assert {area.coord for area in sheet.merged_cells.ranges} >= {"A1:AI1", "A2:AI2", "A3:A6", "B3:F3"}
    words = str(sheet["A2"].value)
    assert "2026年3月1日至2026年3月31日" in words and "000000" in words and "按调解结果日期" in words
    assert "制表人" in str(sheet["A9"].value) and "负责人" in str(sheet["A9"].value)
    assert "其中：接受委托移送调解" in filled(sheet, 4)


def test_amounts_are_shown_in_ten_thousands_with_two_decimals() -> None:
    cell = book(xlsx(TALLY))["统计表"]["F7"]
    assert (cell.value, cell.number_format) == (2873.804999, "0.00")


def test_words_are_never_formulas() -> None:
    sheets = book(xlsx(replace(TALLY, values=VALUES | {"kind_drone": 5}, extras=(DRONES,)))).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=王𬎆+村调委会" in [cell.value for cell in cells]


def test_definitions_and_verdicts_stand_on_the_second_sheet() -> None:
    rows = [[cell.value for cell in row] for row in book(xlsx(TALLY))["口径与核对"].iter_rows()]
    told = {row[1]: row[3] for row in rows}
    for column in JUSTICE.columns:
        assert told[column.label] == JUSTICE.definition(column, Basis.CONCLUDED)
    assert [row[1] for row in rows if row[0] == "核对"][1:] == [
        check.verdict.label for check in TALLY.checks()
    ]
    assert "不符" in told


def test_a_sum_shows_the_lines_it_is_made_of() -> None:
    newer = replace(
        TALLY, reporter=Reporter("b", "㛃村调委会", ""), values=VALUES | {"kind_drone": 5}, extras=(DRONES,)
    )
    lines = [TALLY, newer]
    total = add(lines, Reporter("c", "滨江街道", ""))
    sheet = book(xlsx(total, lines))["统计表"]
    rows = [[cell.value for cell in sheet[row]] for row in (7, 8, 9)]
    assert [row[0] for row in rows] == ["=王𬎆+村调委会", "㛃村调委会", "合计"]
    place = filled(sheet, 5).index("无人机纠纷")
    assert [row[place] for row in rows] == ["—", 5, 5]
    assert [row[1] for row in rows] == [101, 101, 202]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_csv_text_that_begins_like_a_formula_is_made_harmless(sign: str) -> None:
    data = csv_text(replace(TALLY, reporter=Reporter("a", f"{sign}cmd", ""))).decode("utf-8-sig")
    assert {row[0] for row in list(csv.reader(io.StringIO(data)))[1:]} == {f"'{sign}cmd"}


def test_csv_has_one_number_a_row_and_no_formula() -> None:
    data = csv_text(replace(TALLY, values=VALUES | {"kind_drone": 5}, extras=(DRONES,)))
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
