"""A plain list (清单) as a spreadsheet: a title, a head row, rows; XLSX or CSV.

Words stay words: numbers of cases, telephones and identity numbers are text cells, and nothing is taken for a formula.
"""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mediator.exchange.sheet_style import OPTIONS, PLAIN, harmless, places

_NAME = 6
"""Characters of the longest name of a particular: 填报单位."""

Cell = str | int | Decimal
"""Words, a whole number, or an amount in 元 with two decimals."""


@dataclass(frozen=True)
class Sheet:
    """清单 or 统计表 with columns of its own, ready to be written as any kind of file."""

    code: str
    """Part of the form code of the paper it is printed as."""
    title: str
    about: tuple[str, ...]
    """What stands under the title: office, day, what was chosen."""
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    """Shares of the width, one a column."""
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    """Who signs the paper; none for a list that is only looked at."""


def shown(cell: Cell) -> str:
    """A cell in words."""
    return f"{cell:.2f}" if isinstance(cell, Decimal) else str(cell)


def xlsx(sheet: Sheet) -> bytes:
    """The list as an Excel file, its head row kept in sight and repeated on every page."""
    memory = io.BytesIO()
    import xlsxwriter

    book = xlsxwriter.Workbook(memory, OPTIONS)
    page = book.add_worksheet(_tab(sheet.title))
    head = _about(book, page, sheet)
    style = book.add_format({**PLAIN, "border": 1, "bold": True, "align": "center"})
    for column, words in enumerate(sheet.heads):
        page.write_string(head, column, words, style)
    _rows(book, page, sheet, head + 1)
    plain = book.add_format(PLAIN)
    signed = ["", places(sheet.signers)] if sheet.signers else []
    for row, note in enumerate((*sheet.notes, *signed), head + 1 + len(sheet.rows)):
        page.merge_range(row, 0, row, _last(sheet), note, plain)
        page.set_row(row, 14 * (1 + len(note) // 60))
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, max(6.0, width * 110 / sum(sheet.widths)))
    page.freeze_panes(head + 1, 0)
    page.repeat_rows(head)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return memory.getvalue()


def csv_text(sheet: Sheet) -> bytes:
    """The head row and the rows, in UTF-8 with the mark that spreadsheet programs look for.

    Behind the columns of the list every row says whose it is, of when, and how it was made, as what is cut out of a file would
    not.
    """
    memory = io.StringIO()
    writer = csv.writer(memory)
    particulars = _particulars(sheet)
    writer.writerow(map(harmless, [*sheet.heads, *particulars]))
    for row in sheet.rows:
        cells = (harmless(cell) if isinstance(cell, str) else shown(cell) for cell in row)
        writer.writerow([*cells, *map(harmless, particulars.values())])
    return memory.getvalue().encode("utf-8-sig")


def _particulars(sheet: Sheet) -> dict[str, str]:
    """What stands above and below the list, by what it is (填报单位, 报告期, 口径); sentences without such a name are 说明."""
    found: dict[str, str] = {}
    for words in (*sheet.about, *sheet.notes):
        name, colon, told = words.partition("：")
        name, told = (name, told) if colon and len(name) <= _NAME else ("说明", words)
        found[name] = f"{found[name]} {told}" if name in found else told
    return found


def _about(book: Any, page: Any, sheet: Sheet) -> int:
    """Write the title and what stands under it; returns the row of the head."""
    title = book.add_format({**PLAIN, "font_size": 16, "bold": True, "align": "center"})
    plain = book.add_format(PLAIN)
    for row, words in enumerate((sheet.title, *sheet.about)):
        page.merge_range(row, 0, row, _last(sheet), words, plain if row else title)
    page.set_row(0, 30)
    return 1 + len(sheet.about)


def _rows(book: Any, page: Any, sheet: Sheet, first: int) -> None:
    words = book.add_format({**PLAIN, "border": 1, "num_format": "@"})
    whole = book.add_format({**PLAIN, "border": 1, "num_format": "0"})
    money = book.add_format({**PLAIN, "border": 1, "num_format": "0.00"})
    for row, cells in enumerate(sheet.rows, first):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(row, column, cell, words)
            elif isinstance(cell, Decimal):
                page.write_number(row, column, float(cell), money)
            else:
                page.write_number(row, column, cell, whole)


def _last(sheet: Sheet) -> int:
    """The last column; a title needs two to be spread over."""
    return max(1, len(sheet.heads) - 1)


def _tab(title: str) -> str:
    """A title as the name of a sheet: no signs that Excel forbids, 31 characters at most."""
    plain = "".join(c for c in title if c not in "[]:*?/\\'")
    return plain[:31] or "清单"
