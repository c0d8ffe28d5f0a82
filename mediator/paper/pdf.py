"""Writes papers as PDF, the form in which they are seen and printed."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink, pieces, setting
from mediator.paper.blocks import Align, Paper, Run
from mediator.paper.fonts import NoFontError
from mediator.paper.styles import (
    FOOT,
    FOOTER,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TOP,
)  # fmt: skip


def write(paper: Paper) -> bytes:
    """Return the paper as PDF; the same paper and fonts give the same bytes. Raises NoFontError."""
    return write_all([paper])


def write_all(papers: list[Paper]) -> bytes:
    """Return several papers as one PDF, each with its own page numbers. Raises NoFontError."""
    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        invariant=1,
        initialFontName=_first_font(),  # type: ignore[arg-type]  # the stub says float, it is a name
        lang="zh-CN",
    )
    if papers:
        canvas.setTitle(papers[0].title)
        canvas.setSubject(papers[0].number)
        canvas.setAuthor(papers[0].office)
    for paper in papers:
        sheets = pieces.pages(setting.pieces(paper), TEXT_HEIGHT)
        for number, sheet in enumerate(sheets, 1):
            _draw(canvas, sheet)
            _foot(canvas, paper.number, f"第 {number} 页 共 {len(sheets)} 页")
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def _first_font() -> str:
    """Return a font to begin with: reportlab's own choice would not be embedded."""
    glyph = ink.shape(FOOTER)("第", False, False)
    if glyph.font is None:
        raise NoFontError
    return glyph.font.name


def _draw(canvas: Canvas, sheet: list[pieces.Part]) -> None:
    top = PAGE_HEIGHT - TOP
    for part in sheet:
        part.piece.draw(canvas, top, part.first, part.end)
        top -= part.height


def _foot(canvas: Canvas, number: str, page: str) -> None:
    top = FOOT + FOOTER.leading
    marks: tuple[tuple[str, Align], ...] = ((number, "left"), (page, "center"))
    for text, align in marks:
        line = breaker.lines((Run(text),), ink.shape(FOOTER), TEXT_WIDTH)[0]
        ink.draw_line(canvas, line, FOOTER, (LEFT, top, TEXT_WIDTH), align)
