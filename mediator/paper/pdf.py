"""Writes papers as PDF, the form in which they are seen and printed."""

from collections.abc import Sequence
from io import BytesIO
from itertools import repeat

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from mediator.paper import ink, pdf_foot, pieces, setting
from mediator.paper.blocks import Paper, Picture, Signatures
from mediator.paper.fonts import NoFontError
from mediator.paper.foot import PLAIN, Foot
from mediator.paper.photo import Pictures, unknown
from mediator.paper.styles import FOOTER, LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP, UPRIGHT, Page, page

rl_config.useA85 = 0  # its printable coding makes every file a quarter larger

Sheet = list[pieces.Part]
"""What stands on one page."""


def write(paper: Paper, pictures: Pictures = unknown, foot: Foot = PLAIN) -> bytes:
    """Return the paper as PDF; the same paper, pictures and fonts give the same bytes. Raises NoFontError."""
    return write_all([paper], pictures, [foot])


def write_all(papers: Sequence[Paper], pictures: Pictures = unknown, feet: Sequence[Foot] = ()) -> bytes:
    """Return several papers as one PDF, each with its own page numbers. Raises NoFontError.

    `pictures` gives the bytes of the pictures on them; `feet`: what the foot of each paper has, one for each.
    """
    title, number, office = (papers[0].title, papers[0].number, papers[0].office) if papers else ("", "", "")
    canvas, file = begin(title, number, office)
    for paper, foot in zip(papers, feet, strict=True) if feet else zip(papers, repeat(PLAIN), strict=False):
        draw(canvas, paper, lay(paper, pictures), foot)
    canvas.save()
    return file.getvalue()


def begin(title: str, number: str, office: str) -> tuple[Canvas, BytesIO]:
    """Return a canvas without pages, and the file that has its bytes once it is saved. Raises NoFontError."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        initialFontName=_first_font(),  # type: ignore[arg-type]  # the stub says float, it is a name
        lang="zh-CN",
    )
    for set_word, word in ((canvas.setTitle, title), (canvas.setSubject, number), (canvas.setAuthor, office)):
        set_word(word)
    return canvas, file


def lay(paper: Paper, pictures: Pictures = unknown) -> list[Sheet]:
    """Return what stands on each page of a paper; at least one page.

    Places to sign are set two to a row where that saves a page.
    """
    height = page(paper.lying).text_height
    made = pieces.pages(setting.pieces(paper, pictures), height)
    kinds = {type(block) for block in paper.blocks}
    if len(made) > 1 and Signatures in kinds and Picture not in kinds:
        dense = pieces.pages(setting.pieces(paper, pictures, dense=True), height)
        return min(made, dense, key=len)
    return made


def draw(canvas: Canvas, paper: Paper, sheets: list[Sheet], foot: Foot) -> None:
    """Draw the pages of a paper, each with its foot."""
    on = page(paper.lying)
    canvas.setPageSize((on.width, on.height))
    for number, sheet in enumerate(sheets, 1):
        _draw_sheet(canvas, sheet, on)
        words = f"第 {number} 页 共 {len(sheets)} 页" if foot.paged else ""
        pdf_foot.draw(canvas, paper.number, words, foot, on)
        if foot.first:
            pdf_foot.stamp(canvas, foot.first + number - 1, on)
        canvas.showPage()
    canvas.setPageSize((UPRIGHT.width, UPRIGHT.height))


def _draw_sheet(canvas: Canvas, sheet: Sheet, on: Page) -> None:
    """Draw what stands on a page; what cannot be cut and is higher than a page is made smaller."""
    top = on.height - TOP
    for part in sheet:
        share = min(1.0, on.text_height / part.height) if part.height else 1.0
        canvas.saveState()
        if share < 1:
            canvas.translate(LEFT * (1 - share), top * (1 - share))
            canvas.scale(share, share)
        part.piece.draw(canvas, top, part.first, part.end)
        canvas.restoreState()
        top -= part.height


def _first_font() -> str:
    """Return a font to begin with: reportlab's own choice would not be embedded."""
    glyph = ink.shape(FOOTER)("第", False, False)
    if glyph.font is None:
        raise NoFontError
    return glyph.font.name
