"""Lists and tables with columns of their own (清单) as files, and as papers to be signed and sealed."""

import json
import re
from decimal import Decimal

from mediator.domain.amounts import yuan
from mediator.domain.errors import Refusal
from mediator.exchange import roster_sheet
from mediator.exchange.roster_sheet import Cell, Sheet, shown
from mediator.paper.blocks import Align, Block, Listing, Note, Paper, Para, Signature, Signatures, Title

SUFFIXES = ("xlsx", "pdf", "docx", "json", "csv")
MOST_ON_PAPER = 3_000
"""Rows that are printed; more are for a spreadsheet."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def in_yuan(fen: int) -> Decimal:
    """分 as 元 with two decimals, exact."""
    return Decimal(yuan(fen))


def as_paper(sheet: Sheet) -> Paper:
    """The list as a paper; numbers stand on the right of their columns."""
    blocks: list[Block] = [Title(sheet.title)]
    blocks += [Para(words, align="left", indent=False) for words in sheet.about]
    blocks.append(_listing(sheet) if sheet.rows else Para("没有符合条件的内容。"))
    blocks += [Note(words) for words in sheet.notes]
    if sheet.signers:
        blocks.append(Signatures(tuple(Signature(role) for role in sheet.signers)))
    return Paper(f"list-{sheet.code}", sheet.title, tuple(blocks))


def _listing(sheet: Sheet) -> Listing:
    places = [place for place, head in enumerate(sheet.heads) if head not in sheet.aside]
    align: dict[int, Align] = {
        place: "right" for row in sheet.rows for place, cell in enumerate(row) if not isinstance(cell, str)
    }
    return Listing(
        tuple(sheet.heads[place] for place in places),
        tuple(tuple(_printed(row[place]) for place in places) for row in sheet.rows),
        tuple(sheet.widths[place] for place in places),
        tuple(align.get(place, "left") for place in places),
    )


def _printed(cell: Cell) -> str:
    """A cell in a narrow column: a day on two lines."""
    words = shown(cell)
    return f"{words[:5]}\n{words[5:]}" if _DAY.fullmatch(words) else words


def write(sheet: Sheet, suffix: str) -> bytes:
    """The list as a file of the kind named by its suffix."""
    from mediator.services.printouts import Printout, as_docx, as_pdf

    if suffix == "xlsx":
        return roster_sheet.xlsx(sheet)
    if suffix == "csv":
        return roster_sheet.csv_text(sheet)
    if suffix == "json":
        return json.dumps(as_document(sheet), ensure_ascii=False, indent=1).encode()
    if suffix in ("pdf", "docx") and len(sheet.rows) > MOST_ON_PAPER:
        raise Refusal(f"《{sheet.title}》有 {len(sheet.rows)} 行，印出来太长；请存成 xlsx，或缩小范围。")
    if suffix == "pdf":
        return as_pdf([Printout(as_paper(sheet))])
    if suffix == "docx":
        return as_docx(Printout(as_paper(sheet)))
    raise Refusal(f"不能存成 .{suffix[:20]} 文件，请用 {'、'.join(SUFFIXES)} 之一。")


def as_document(sheet: Sheet) -> dict[str, object]:
    """The list as JSON: amounts as decimal text in 元."""
    rows = [[shown(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in sheet.rows]
    return {
        "code": sheet.code, "title": sheet.title, "about": list(sheet.about), "columns": list(sheet.heads),
        "rows": rows, "notes": list(sheet.notes),
    }  # fmt: skip
