"""Makes the bound file (卷宗) one PDF: papers and pages made elsewhere, numbered through, with bookmarks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import inserts, media, pdf, pdf_foot, photo
from mediator.paper.blocks import Paper
from mediator.paper.foot import PLAIN, Foot
from mediator.paper.photo import Pictures, unknown
from mediator.paper.styles import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SCAN_BOTTOM,
    SCAN_LEFT,
    SCAN_RIGHT,
    SCAN_TOP,
)

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = PAGE_WIDTH - SCAN_LEFT - SCAN_RIGHT
_HEIGHT = PAGE_HEIGHT - SCAN_TOP - SCAN_BOTTOM
_BROAD = round(220 / 25.4 * media.DPI)
"""A sheet of more pixels across is broader than A4 (a little over 210 mm)."""


@dataclass(frozen=True)
class Scan:
    """Pages made elsewhere (材料、扫描件): the SHA-256 of their file and its media type (see `media.kept`)."""

    digest: str
    media: str


@dataclass(frozen=True)
class Part:
    """One part of the file. `title`: its bookmark; `numbered`: its pages count (those of cover and contents do not)."""

    title: str
    content: Paper | Scan
    numbered: bool = True
    foot: Foot = PLAIN


@dataclass(frozen=True)
class Laid:
    """A part whose pages are known. `sheets`: what stands on them, if it is a paper."""

    part: Part
    pages: int
    sheets: list[pdf.Sheet] = field(default_factory=list, repr=False)


def lay(part: Part, pictures: Pictures = unknown) -> Laid:
    """Set a part and count its pages. A scan that is not there or cannot be read has one, with an empty box."""
    if isinstance(part.content, Paper):
        sheets = pdf.lay(part.content, pictures)
        return Laid(part, len(sheets), sheets)
    data = pictures(part.content.digest)
    try:
        return Laid(part, media.page_count(data, part.content.media) if data else 1)
    except media.MediaError:
        return Laid(part, 1)


def firsts(parts: Sequence[Laid]) -> list[int]:
    """Return the number of the first page of each part (页号), 0 for a part that is not numbered."""
    counted = [part.pages if part.part.numbered else 0 for part in parts]
    before = accumulate(counted[:-1], initial=0)
    return [number + 1 if part.part.numbered else 0 for number, part in zip(before, parts, strict=False)]


def write(parts: Sequence[Laid], pictures: Pictures = unknown) -> bytes:
    """Return the bound file; the same parts give the same bytes. Raises NoFontError.

    For a table of contents lay the other parts first: `firsts` gives the page numbers it names.
    """
    canvas, file = pdf.begin(parts[0].part.title if parts else "", "", "")
    for number, (laid, first) in enumerate(zip(parts, firsts(parts), strict=True)):
        canvas.bookmarkPage(f"part-{number}")
        canvas.addOutlineEntry(laid.part.title, f"part-{number}", 0, closed=True)
        if isinstance(laid.part.content, Paper):
            foot = replace(laid.part.foot, first=first, paged=first > 0 or laid.pages > 1)
            pdf.draw(canvas, laid.part.content, laid.sheets, foot)
        else:
            _draw_scan(canvas, laid, laid.part.content, first, pictures)
    canvas.save()
    return file.getvalue()


def _draw_scan(canvas: Canvas, laid: Laid, scan: Scan, first: int, pictures: Pictures) -> None:
    data = pictures(scan.digest)
    leaves = media.leaves(data, scan.media) if data else iter(())
    for number in range(laid.pages):
        _draw_leaf(canvas, next(leaves, None), sheet=scan.media == media.PDF)
        if first:
            pdf_foot.stamp(canvas, first + number)
        canvas.showPage()


def _draw_leaf(canvas: Canvas, leaf: "Image | None", *, sheet: bool) -> None:
    """Draw a page made elsewhere, as large as fits between the edges; a sheet of a PDF not larger than it is.

    A sheet broader than A4 lies on its side, its head at the binding, as GB/T 9704 has it for broad tables.
    """
    if leaf and sheet and leaf.width > max(_BROAD, leaf.height):
        from PIL.Image import Transpose

        leaf = leaf.transpose(Transpose.ROTATE_90)
    found = photo.fit(leaf, _WIDTH, _HEIGHT, media.DPI, media.DPI if sheet else 72)
    if found:
        left = SCAN_LEFT + (_WIDTH - found.width) / 2
        inserts.put(canvas, found, left, SCAN_BOTTOM + (_HEIGHT - found.height) / 2)
    else:
        inserts.frame(canvas, (SCAN_LEFT, PAGE_HEIGHT - SCAN_TOP, _WIDTH), _HEIGHT)
