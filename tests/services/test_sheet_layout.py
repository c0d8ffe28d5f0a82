"""A list goes on an upright page where that has room for it, else on its side, else in several tables; no cell is lost."""

from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from made_cases import day, put
from sqlalchemy.orm import Session

from mediator.domain.codes import Stage
from mediator.exchange.roster_sheet import Cell, Sheet
from mediator.paper.blocks import Listing, plain
from mediator.paper.styles import LYING, UPRIGHT
from mediator.services import rosters, sheets
from mediator.services.roster_list import ROSTERS, WORKING
from mediator.services.rosters import Roster


def made(columns: int, cell: Cell = 7, rows: int = 1) -> Sheet:
    """A list of so many columns, the first with a name."""
    line = ("阿依古丽·买买提", *(cell for _ in range(columns - 1)))
    heads = ("主持调解员", *(f"第{n}类" for n in range(1, columns)))
    widths = (18.0, *(10.0 for _ in range(columns - 1)))
    return Sheet("x", "统计", ("单位：䶮村", "本期"), heads, widths, (line,) * rows)


def listings(sheet: Sheet) -> list[Listing]:
    return [block for block in sheets.as_paper(sheet).blocks if isinstance(block, Listing)]


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    with pypdfium2.PdfDocument(pdf) as document:
        return {
            (round(wide), round(high)) for wide, high in map(document.get_page_size, range(len(document)))
        }


@pytest.mark.parametrize(
    ("columns", "cell", "lies"),
    [
        (2, 7, False),
        (7, 12_345, False),
        (8, 7, True),
        (7, Decimal("123.45"), False),
        (7, Decimal("12345678.90"), True),
        (4, Decimal("12345678.90"), False),
        (7, "看起来很长的一段文字可以换行", False),
    ],
)
def test_many_columns_or_long_numbers_lie(columns: int, cell: Cell, lies: bool) -> None:
    assert sheets.as_paper(made(columns, cell)).lying is lies


@pytest.mark.parametrize("columns", [7, 8], ids=["upright", "lying"])
def test_the_files_have_pages_of_that_kind(columns: int) -> None:
    sheet, on = made(columns, rows=60), LYING if columns == 8 else UPRIGHT
    assert sizes(sheets.write(sheet, "pdf")) == {(round(on.width), round(on.height))}
    [section] = Document(BytesIO(sheets.write(sheet, "docx"))).sections
    assert section.orientation is (WD_ORIENT.LANDSCAPE if columns == 8 else WD_ORIENT.PORTRAIT)
    assert section.page_width and section.page_height
    found = round(section.page_width.pt), round(section.page_height.pt)
    assert found == (round(on.width), round(on.height))


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda roster: roster.code)
def test_a_list_of_cases_lies_and_has_every_column(session: Session, roster: Roster) -> None:
    put(session, None, stage=Stage.MEDIATING, due_on=day("04-07"))
    sheet = rosters.sheet(session, roster, day("04-10"))
    paper = sheets.as_paper(sheet)
    assert paper.lying
    for listing in listings(sheet):
        assert [plain(head) for head in listing.head] == list(sheet.heads)


def test_a_day_stands_on_one_line_where_there_is_room(session: Session) -> None:
    put(session, None, stage=Stage.MEDIATING, due_on=day("04-07"))
    [listing] = listings(rosters.sheet(session, WORKING, day("04-10")))
    assert "2026-04-07" in [plain(cell) for cell in listing.rows[0]]
    assert listings(made(5, "2026-04-07")) and not sheets.as_paper(made(5, "2026-04-07")).lying
    assert sheets.as_paper(made(7, "2026-04-07")).lying, "rather than over two lines"
    assert {plain(cell) for cell in listings(made(7, "2026-04-07"))[0].rows[0][1:]} == {"2026-04-07"}


@pytest.mark.parametrize(
    ("columns", "cell", "tables"),
    [(14, 7, 1), (15, 7, 2), (41, 7, 4), (20, Decimal("1234567.89"), 2), (9, Decimal("1234567.89"), 1)],
)
def test_what_is_too_broad_even_so_is_several_tables(columns: int, cell: Cell, tables: int) -> None:
    sheet = made(columns, cell)
    found = listings(sheet)
    assert len(found) == tables
    assert {plain(listing.head[0]) for listing in found} == {"主持调解员"}
    assert {plain(listing.rows[0][0]) for listing in found} == {"阿依古丽·买买提"}
    heads = [plain(head) for listing in found for head in listing.head[1:]]
    assert heads == list(sheet.heads[1:])
    lengths = [len(listing.head) for listing in found]
    assert max(lengths) - min(lengths) <= tables
    assert all(listing.align[1:] == ("right",) * (len(listing.head) - 1) for listing in found)
