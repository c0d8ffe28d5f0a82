"""A counted table as a spreadsheet: XLSX laid out as the form, or CSV with one number a row.

Figures are whole or in 万元; rates stand behind them and are never added. With another period beside them every figure has its
增减 in numbers and in percent.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from mediator.exchange import sheet_tall, sheet_wide
from mediator.exchange.sheet_parts import Page, above, below
from mediator.exchange.sheet_style import OPTIONS, harmless
from mediator.tallies.figures import (
    Figures,
    Item,
    difference,
    grown,
    items,
    meaning,
    quantity,
    unit,
    written,
)
from mediator.tallies.rows import rows
from mediator.tallies.tally import Tally, told_apart

_CSV = ("填报单位", "开始日期", "结束日期", "分组", "指标", "计量单位", "数值", "口径", "结账情况")


def xlsx(figures: Figures, lines: Sequence[Tally] = ()) -> bytes:
    """The table as the form looks, with the lines of the offices it sums; definitions and checks on a second sheet."""
    memory = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(memory, OPTIONS)
    _form(book, figures, lines)
    _notes(book, figures)
    book.close()
    return memory.getvalue()


def csv_text(figures: Figures, lines: Sequence[Tally] = ()) -> bytes:
    """The table with one number a row, in UTF-8 with the mark that spreadsheet programs look for.

    Of a sum first every office in it with all its items, then 合计.
    """
    memory = io.StringIO()
    writer = csv.writer(memory)
    compared = [word for o in figures.others for word in (o.label, f"比{o.label}增减", f"{o.change}（%）")]
    writer.writerow(map(harmless, [*_CSV, *(["年度累计"] if figures.tally.year else []), *compared]))
    names = [*told_apart(lines), "合计" if lines else figures.tally.reporter.name]
    for name, line in zip(names, (*lines, figures.tally), strict=True):
        for item in items(figures.tally):
            words = map(harmless, [name, str(line.since), str(line.until), item.group, item.label])
            number = written(item, quantity(item, line.values))
            told = harmless(meaning(figures.tally, item))
            standing = harmless(line.standing)
            writer.writerow([*words, unit(item), number, told, standing, *_beside(item, line, figures)])
    return memory.getvalue().encode("utf-8-sig")


def _beside(item: Item, line: Tally, figures: Figures) -> Iterator[str]:
    """What stands beside a figure: the year so far, and beside those of the table itself what is compared."""
    if figures.tally.year:
        yield written(item, quantity(item, line.so_far))
    for other in figures.others if line is figures.tally else ():
        yield written(item, quantity(item, other.values))
        yield written(item, difference(item, line.values, other.values))
        yield grown(item, line.values, other.values).removesuffix("%")


def _form(book: Any, figures: Figures, lines: Sequence[Tally]) -> None:
    """The sheet as the form looks: downwards where the form has a column of the year so far or of pairs, else across."""
    page = Page(book, "统计表")
    tally = figures.tally
    tall = tally.year is not None or any(row.words for row in rows(tally))
    row, widths = (sheet_tall if tall else sheet_wide).write(page, figures, lines)
    last = len(widths) - 1
    page.span((0, 0), (0, last), tally.table.title, page.title)
    for place, words in enumerate(above(figures), 1):
        page.span((place, 0), (place, last), words, page.plain)
        page.sheet.set_row(place, 18)
    page.sheet.set_row(0, 30)
    page.lines(row, last, list(below(figures)), sum(widths))
    page.sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    page.sheet.fit_to_pages(1, 0)


def _notes(book: Any, figures: Figures) -> None:
    """The second sheet: the definition of every item, and what every check says."""
    page, tally = Page(book, "口径与核对"), figures.tally
    told = [(item.group, item.label, unit(item), meaning(tally, item)) for item in items(tally)]
    judged = [("核对", check.verdict.label, "", _explained(figures, check.words)) for check in figures.checks]
    heads = ("分组", "指标", "计量单位", "口径"), ("核对", "结论", "", "说明")
    for column, width in enumerate((20, 24, 10, 90)):
        page.sheet.set_column(column, column, width)
    for row, cells in enumerate((heads[0], *told, heads[1], *judged)):
        for column, cell in enumerate(cells):
            page.sheet.write_string(row, column, cell, page.bold if cells in heads else page.text)
    page.sheet.set_landscape()
    page.sheet.set_paper(9)
    page.sheet.fit_to_pages(1, 0)


def _explained(figures: Figures, words: str) -> str:
    """What a check says, and what was written to explain it."""
    note = figures.tally.notes.get(words, "")
    return f"{words}；说明：{note}" if note else words
