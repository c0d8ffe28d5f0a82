"""A paper that lies on its side (横向): pages, margins, foot, and what stands beside it in one file."""

from io import BytesIO

import pypdfium2
from docx import Document
from docx.enum.section import WD_ORIENT

from mediator.paper import bind, docx, pdf
from mediator.paper.blocks import Listing, Note, Paper, Para, Signature, Signatures, Title, dumps, loads
from mediator.paper.foot import Foot
from mediator.paper.styles import BOTTOM, LEFT, LYING, RIGHT, TOP, UPRIGHT

HEADS = tuple(f"第{n}项" for n in range(12))
ROWS = tuple(tuple(f"{n}-{m}" for m in range(12)) for n in range(40))


def listed(lying: bool = True) -> Paper:
    table = Listing(HEADS, ROWS, (3.0,) * 12, ("left",) * 12)
    signed = Signatures((Signature("制表人"),))
    about = Para("填报单位：" + "滨江街道" * 20)
    return Paper("list", "清单", (Title("清单"), about, table, Note("口径。"), signed), lying=lying)


def sizes(data: bytes) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(data) as document:
        return [
            (round(wide), round(high)) for wide, high in map(document.get_page_size, range(len(document)))
        ]


def around(data: bytes, number: int) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is drawn on a page above its foot."""
    with pypdfium2.PdfDocument(data) as document:
        bounds = [thing.get_bounds() for thing in document[number].get_objects()]
    inside = [bound for bound in bounds if bound[1] > BOTTOM - 2]
    return (
        min(b[0] for b in inside), min(b[1] for b in inside), max(b[2] for b in inside), max(b[3] for b in inside),
    )  # fmt: skip


LANDSCAPE, PORTRAIT = ((round(on.width), round(on.height)) for on in (LYING, UPRIGHT))


def test_every_page_lies_and_is_used_to_its_edges() -> None:
    data = pdf.write(listed())
    assert set(sizes(data)) == {LANDSCAPE} and len(sizes(data)) > 1
    left, bottom, right, top = around(data, 1)
    assert abs(left - LEFT) < 1 and abs(right - (LYING.width - RIGHT)) < 1
    assert bottom > BOTTOM - 1 and top < LYING.height - TOP + 1


def test_a_text_goes_over_the_whole_width() -> None:
    words = (Para("滨江街道" * 30),)
    upright, lying = (pdf.lay(Paper("x", "x", words, lying=lies))[0] for lies in (False, True))
    assert (len(upright[0].piece.heights), len(lying[0].piece.heights)) == (5, 3)


def test_papers_beside_it_stay_upright() -> None:
    upright = Paper("x", "协议书", (Para("甲"),))
    assert sizes(pdf.write_all([upright, listed(), upright]))[:: len(pdf.lay(listed())) + 1] == [PORTRAIT] * 2
    scan = bind.Part("材料", bind.Scan("0" * 64, "image/png"))
    parts = [bind.lay(part) for part in (bind.Part("清单", listed()), scan)]
    data = bind.write(parts)
    assert sizes(data) == [LANDSCAPE] * parts[0].pages + [PORTRAIT]


def test_the_page_number_of_a_bound_file_is_in_the_outer_corner() -> None:
    with pypdfium2.PdfDocument(pdf.write(listed(), foot=Foot(first=76))) as document:
        page = document[0].get_textpage()
        [char] = [n for n in range(page.count_chars()) if page.get_text_range(n, 2) == "76"]
        left, _, _, top = page.get_charbox(char)
    assert left > LYING.width - 70 and top > LYING.height - 50


def test_word_gets_a_page_that_lies_with_a_table_as_wide() -> None:
    draft = Document(BytesIO(docx.write(listed())))
    [section] = draft.sections
    assert section.orientation is WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height  # type: ignore[operator]
    [table] = [table for table in draft.tables if len(table.columns) == 12]
    wide = sum(column.width.pt for column in table.columns)
    assert abs(wide - LYING.text_width) < 2
    assert Document(BytesIO(docx.write(listed(False)))).sections[0].orientation is WD_ORIENT.PORTRAIT


def test_it_is_kept_only_where_it_lies() -> None:
    assert loads(dumps(listed())) == listed()
    assert '"lying":true' in dumps(listed())
    assert "lying" not in dumps(listed(False))
