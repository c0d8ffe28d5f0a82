"""What stands between texts: pictures (照片) and the line where a stub (存根) is cut off."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink
from mediator.paper.blocks import Cut, Picture, runs
from mediator.paper.photo import Photo, Pictures
from mediator.paper.picture import ABSENT, empty, find
from mediator.paper.pieces import Piece, whole
from mediator.paper.styles import CUT_GAP, CUT_HEIGHT, LEFT, MM, NOTE, PICTURE_AIR, TEXT_WIDTH


def picture(block: Picture, pictures: Pictures) -> Piece:
    """Return a picture (or its empty box) over its caption, uncut."""
    found = find(block, pictures)
    wide, high = (found.width, found.height) if found else empty(block)
    lines = _lines(block.caption, TEXT_WIDTH) if block.caption else []
    above = high + 2 * PICTURE_AIR

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        if first == 0:
            left, upper = LEFT + (TEXT_WIDTH - wide) / 2, top - PICTURE_AIR
            if found:
                put(canvas, found, left, upper - high)
            else:
                frame(canvas, (left, upper, wide), high)
            top -= above
        _write(canvas, lines[max(first - 1, 0) : end - 1], (LEFT, top, TEXT_WIDTH))

    return whole(Piece((above, *(NOTE.leading for _ in lines)), draw))


def put(canvas: Canvas, found: Photo, left: float, foot: float) -> None:
    """Draw a picture; one that is drawn twice is in the file once."""
    canvas.drawImage(_Source(found.jpeg), left, foot, found.width, found.height)


def frame(canvas: Canvas, box: ink.Box, high: float) -> None:
    """Draw the empty box of a picture that cannot be shown, with the words that say so."""
    left, top, wide = box
    canvas.setLineWidth(0.7)
    canvas.rect(left, top - high, wide, high)
    lines = _lines(ABSENT, wide - 2 * MM)
    _write(canvas, lines, (left, top - (high - len(lines) * NOTE.leading) / 2, wide))


def cut(block: Cut) -> Piece:
    """Return a dashed line over the whole width, its words in the middle, uncut; words too long stand below it."""
    lines = _lines(block.words, TEXT_WIDTH)
    inside = block.words and len(lines) == 1 and lines[0].width < TEXT_WIDTH / 2
    gap = lines[0].width / 2 + CUT_GAP if inside else 0.0
    below = lines if block.words and not inside else []

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        if first == 0:
            middle, height = LEFT + TEXT_WIDTH / 2, top - CUT_HEIGHT / 2
            canvas.saveState()
            canvas.setLineWidth(0.6)
            canvas.setDash(4, 3)
            if inside:
                canvas.line(LEFT, height, middle - gap, height)
            canvas.line(LEFT + TEXT_WIDTH, height, middle + gap if inside else LEFT, height)
            canvas.restoreState()
            if inside:
                _write(canvas, lines, (LEFT, height + NOTE.leading / 2, TEXT_WIDTH))
            top -= CUT_HEIGHT
        _write(canvas, below[max(first - 1, 0) : end - 1], (LEFT, top, TEXT_WIDTH))

    return whole(Piece((CUT_HEIGHT, *(NOTE.leading for _ in below)), draw))


def _lines(words: str, width: float) -> list[breaker.Line]:
    return breaker.balanced(runs(words), ink.shape(NOTE), width)


def _write(canvas: Canvas, lines: list[breaker.Line], box: ink.Box) -> None:
    """Write lines in the middle of the width, from the top of the box down."""
    left, top, wide = box
    for number, line in enumerate(lines):
        ink.draw_line(canvas, line, NOTE, (left, top - number * NOTE.leading, wide), "center")


@dataclass(frozen=True)
class _Source:
    """A JPEG as reportlab takes it: embedded as it is, known by its hash."""

    data: bytes

    def __str__(self) -> str:
        return sha256(self.data).hexdigest()

    def jpeg_fh(self) -> BytesIO:
        """Give the bytes."""
        return BytesIO(self.data)
