"""Lists and tables with columns of their own (清单) as files, and as papers to be signed and sealed."""

from collections.abc import Iterator
from decimal import Decimal

from mediator.domain.amounts import yuan
from mediator.domain.errors import Refusal
from mediator.exchange import roster_sheet
from mediator.exchange.roster_sheet import Sheet, shown
from mediator.paper.blocks import Block, Note, Paper, Para, Signature, Signatures, Title
from mediator.services import file_kinds, sheet_layout

MOST_ON_PAPER = 3_000
"""Rows that are printed; more are for a spreadsheet."""


def in_yuan(fen: int) -> Decimal:
    """分 as 元 with two decimals, exact."""
    return Decimal(yuan(fen))


def as_paper(sheet: Sheet) -> Paper:
    """The list as a paper, on its side (横向) where it is too broad for an upright page."""
    lying = sheet_layout.lies(sheet)
    return Paper(f"list-{sheet.code}", sheet.title, tuple(_blocks(sheet, lying)), lying=lying)


def _blocks(sheet: Sheet, lying: bool) -> Iterator[Block]:
    """On its side a page is low and broad, so what stands under the title stands in one line there."""
    yield Title(sheet.title)
    about = ["　".join(sheet.about)] if lying else sheet.about
    yield from (Para(words, align="left", indent=False) for words in about)
    if sheet.rows:
        yield from sheet_layout.listings(sheet)
    else:
        yield Para("没有符合条件的内容。")
    yield from (Note(words) for words in sheet.notes)
    if sheet.signers:
        yield Signatures(tuple(Signature(role) for role in sheet.signers), together=True)


def write(sheet: Sheet, suffix: str) -> bytes:
    """The list as a file of the kind named by its suffix."""
    if suffix in ("pdf", "docx") and len(sheet.rows) > MOST_ON_PAPER:
        raise Refusal(f"《{sheet.title}》有 {len(sheet.rows)} 行，印出来太长；请存成 xlsx，或缩小范围。")
    spreadsheets = {"xlsx": lambda: roster_sheet.xlsx(sheet), "csv": lambda: roster_sheet.csv_text(sheet)}
    return file_kinds.write(suffix, spreadsheets, lambda: as_document(sheet), lambda: as_paper(sheet))


def as_document(sheet: Sheet) -> dict[str, object]:
    """The list as JSON: amounts as decimal text in 元."""
    rows = [[shown(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in sheet.rows]
    return {
        "code": sheet.code, "title": sheet.title, "about": list(sheet.about), "columns": list(sheet.heads),
        "rows": rows, "notes": list(sheet.notes),
    }  # fmt: skip
