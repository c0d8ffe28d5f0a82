"""A counted table as a spreadsheet: XLSX laid out as the form, or CSV with one number a row."""

import csv
import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from mediator.tallies.table import Heading, Unit
from mediator.tallies.tally import Tally

_PLAIN = {"font_name": "宋体", "font_size": 9, "valign": "vcenter", "text_wrap": True}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD = 2
"""First of the four rows of headings: group, what a column is part of, column, unit."""


def xlsx(tally: Tally, lines: Sequence[Tally] = ()) -> bytes:
    """The table as the form looks, with the lines of the offices it sums above it; definitions and checks on a second sheet."""
    memory = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(memory, _OPTIONS)
    _form(book, tally, lines)
    _notes(book, tally)
    book.close()
    return memory.getvalue()


def csv_text(tally: Tally, lines: Sequence[Tally] = ()) -> bytes:
    """The table with one number a row, in UTF-8 with the mark that spreadsheet programs look for."""
    memory = io.StringIO()
    writer = csv.writer(memory)
    writer.writerow(["填报单位", "开始日期", "结束日期", "分组", "指标", "计量单位", "数值", "口径"])
    for line in (*lines, tally):
        for heading in line.headings:
            words = [line.reporter.name, str(line.since), str(line.until), heading.group, heading.label]
            number = heading.shown(line.values[heading.name])
            writer.writerow(
                [*map(_harmless, words), heading.unit.shown, number, _harmless(line.definition(heading))]
            )
    return memory.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, also where it begins with a full-width sign (全角)."""
    return f"'{text}" if text[:1] in set("=+-@\uff1d\uff0b\uff0d\uff20\t\r\0") else text


def _form(book: Any, tally: Tally, lines: Sequence[Tally]) -> None:
    sheet = book.add_worksheet("统计表")
    last = len(tally.headings)
    plain = book.add_format(_PLAIN)
    title = book.add_format({**_PLAIN, "font_size": 16, "bold": True, "align": "center"})
    office = tally.reporter
    about = (
        f"填报单位：{office.name}", f"行政区划代码：{office.region}", f"报告期：{tally.period}", f"口径：{tally.basis.label}",
    )  # fmt: skip
    _span(sheet, (0, 0), (0, last), tally.table.title, title)
    _span(sheet, (1, 0), (1, last), "    ".join(about), plain)
    sheet.set_row(0, 30)
    sheet.set_row(1, 18)
    _head(book, sheet, tally.headings)
    row = _numbers(book, sheet, tally, lines)
    signed = "制表人：____________    审核人：____________    负责人：____________    填报日期：______年____月____日"
    _span(sheet, (row + 1, 0), (row + 1, last), signed, plain)
    sheet.freeze_panes(_HEAD + 4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _head(book: Any, sheet: Any, headings: list[Heading]) -> None:
    style = book.add_format({**_PLAIN, "align": "center", "border": 1})
    groups = {heading.name: heading.group for heading in headings}
    labels = {heading.name: heading.label for heading in headings}
    _span(sheet, (_HEAD, 0), (_HEAD + 3, 0), "单位", style)
    sheet.set_column(0, 0, 16)
    sheet.set_row(_HEAD + 2, 60)
    column = 1
    for group, members in groupby(headings, lambda heading: heading.group):
        family = list(members)
        _span(sheet, (_HEAD, column), (_HEAD, column + len(family) - 1), group, style)
        for above, parts in groupby(family, lambda h: h.part_of if groups.get(h.part_of) == h.group else ""):
            start = column
            for heading in parts:
                top = _HEAD + 2 if above else _HEAD + 1
                _span(sheet, (top, column), (_HEAD + 2, column), heading.label, style)
                _span(sheet, (_HEAD + 3, column), (_HEAD + 3, column), heading.unit.shown, style)
                sheet.set_column(column, column, 11 if heading.unit is Unit.FEN else 6)
                column += 1
            if above:
                _span(sheet, (_HEAD + 1, start), (_HEAD + 1, column - 1), f"其中：{labels[above]}", style)


def _numbers(book: Any, sheet: Any, tally: Tally, lines: Sequence[Tally]) -> int:
    """Write a row an office and the table itself last; returns the row after it."""
    text = book.add_format({**_PLAIN, "border": 1, "num_format": "@"})
    whole = book.add_format({**_PLAIN, "border": 1, "num_format": "0"})
    money = book.add_format({**_PLAIN, "border": 1, "num_format": "0.00"})
    for row, line in enumerate((*lines, tally), _HEAD + 4):
        total = lines and line is tally
        sheet.write_string(row, 0, "合计" if total else line.reporter.name, text)
        for column, heading in enumerate(tally.headings, 1):
            value = line.values.get(heading.name)
            if value is None:
                sheet.write_string(row, column, "—", text)
            elif heading.unit is Unit.FEN:
                sheet.write_number(row, column, value / 1_000_000, money)
            else:
                sheet.write_number(row, column, value, whole)
    return _HEAD + 4 + len(lines) + 1


def _notes(book: Any, tally: Tally) -> None:
    sheet = book.add_worksheet("口径与核对")
    text = book.add_format({**_PLAIN, "border": 1, "num_format": "@"})
    bold = book.add_format({**_PLAIN, "border": 1, "bold": True})
    told = [
        (heading.group, heading.label, heading.unit.shown, tally.definition(heading))
        for heading in tally.headings
    ]
    judged = [("核对", check.verdict.label, "", check.words) for check in tally.checks()]
    sheet.set_column(0, 1, 20)
    sheet.set_column(3, 3, 90)
    rows = [("分组", "指标", "计量单位", "口径"), *told, ("核对", "结论", "", "说明"), *judged]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, bold if cells in (rows[0], rows[len(told) + 1]) else text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _span(sheet: Any, first: tuple[int, int], last: tuple[int, int], text: str, style: Any) -> None:
    """Write text over one cell or over several made one."""
    if first == last:
        sheet.write_string(*first, text, style)
    else:
        sheet.merge_range(*first, *last, text, style)
