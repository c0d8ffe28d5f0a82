"""Charts in a word-processor file: a picture of the same drawing."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.story import StoryPart
from docx.shared import Pt
from reportlab.graphics import renderPDF

from mediator.paper import chart as drawn
from mediator.paper import pdf, photo
from mediator.paper.blocks import Chart
from mediator.paper.docx_xml import element, paragraph
from mediator.paper.media import PDFIUM
from mediator.paper.styles import NOTE, PICTURE_AIR, TEXT_HEIGHT, Style


def chart(block: Chart, part: StoryPart, keep: bool) -> Iterator[BaseOxmlElement]:
    """Give the chart in a paragraph of its own and the air above it; `keep`: it stays with what follows."""
    data, wide, high = picture(block)
    share = min(1.0, (TEXT_HEIGHT - 4 * PICTURE_AIR) / high)
    inline = part.new_pic_inline(BytesIO(data), Pt(wide * share), Pt(high * share))
    inline.docPr.set("descr", block.title)
    for side in ("distT", "distB", "distL", "distR"):  # left out, LibreOffice puts 9 points there
        inline.set(side, "0")
    yield paragraph(Style(NOTE.role, 1, 2 * PICTURE_AIR), keep=True)
    yield paragraph(NOTE, element("r", element("drawing", inline)), align="center", keep=keep, grows=True)


def picture(block: Chart) -> tuple[bytes, float, float]:
    """Return the chart as PNG in greys, and its width and height, points."""
    from pypdfium2 import PdfDocument

    made = drawn.drawing(block)
    canvas, file = pdf.begin(block.title, "", "")
    canvas.setPageSize((made.width, made.height))
    renderPDF.draw(made, canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    with PDFIUM, closing(PdfDocument(file.getvalue())) as document:
        page = document[0].render(scale=photo.DPI / 72, grayscale=True).to_pil()
    return photo.png(page), made.width, made.height
