"""Places for hands, fingers and seals (签名、指印、印章)."""

from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink
from mediator.paper.blocks import Seal, Signature, Text, runs
from mediator.paper.pieces import Piece, last_height
from mediator.paper.styles import (
    BODY,
    FINGER,
    LEFT,
    MM,
    NOTE,
    SEAL_HEIGHT,
    SIGN_HEIGHT,
    SIGN_LINE,
    TEXT_WIDTH,
    Style,
)  # fmt: skip

LINE_END = LEFT + TEXT_WIDTH - FINGER - 6 * MM
"""Where every signing line ends, so that lines with and without a fingerprint agree."""


def places(signatures: tuple[Signature, ...]) -> list[Piece]:
    """Return one uncut piece for each place to sign."""
    return [_place(signature) for signature in signatures]


def seal(block: Seal) -> Piece:
    """Return the block of the office: its name, the place of the seal, the date; nothing else is printed there."""
    width = min(max(_width(block.office), SEAL_HEIGHT) + BODY.size, TEXT_WIDTH)
    texts = ((block.office, BODY), ("（印章）", NOTE), (block.date, BODY))
    rows = [(line, style) for text, style in texts for line in _lines(text, style, width)]
    text_height = sum(style.leading for _, style in rows)
    height = max(SEAL_HEIGHT, text_height)

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        top -= (height - text_height) / 2
        for line, style in rows:
            ink.draw_line(canvas, line, style, (LEFT + TEXT_WIDTH - width, top, width), "center")
            top -= style.leading

    return Piece((height,), draw)


def kept(before: list[Piece], group: list[Piece], height: float) -> list[Piece]:
    """Return both lists as one, the places to sign kept on a page with the two lines before them.

    If all of that is higher than a page, the places may be parted from one another, but the first ones stay with
    the text and the last two stay together.
    """
    if not group:
        return before
    lead = _last_lines(before)
    fits = last_height(lead) + sum(piece.heights[0] for piece in group) <= height
    bound = range(len(group)) if fits else {0, 1, len(group) - 1}
    glued = [replace(p, glued=frozenset({0})) if n in bound and before else p for n, p in enumerate(group)]
    return lead + glued


def _last_lines(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, the last two lines of them (and the air around those) glued together."""
    result = list(pieces)
    wanted = 2
    for number in range(len(result) - 1, -1, -1):
        piece = result[number]
        if piece.breaks:
            break
        slices = len(piece.heights)
        first = 0 if piece.blank else max(0, slices - wanted)
        wanted -= 0 if piece.blank else slices - first
        inside = set(range(first + 1, slices)) | (set() if first or not wanted else {0})
        result[number] = replace(piece, glued=piece.glued | inside)
        if not wanted:
            break
    return result


def _place(signature: Signature) -> Piece:
    room = LINE_END - LEFT - SIGN_LINE
    role = _lines(f"{signature.role}：", BODY, room)
    note = _lines(signature.note, NOTE, TEXT_WIDTH) if signature.note else []
    least = FINGER + 4 * MM if signature.fingerprint else SIGN_HEIGHT
    body = max(least, len(role) * BODY.leading)
    height = body + len(note) * NOTE.leading

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        foot = top - body
        for number, line in enumerate(role):
            y = foot + (len(role) - number) * BODY.leading
            ink.draw_line(canvas, line, BODY, (LEFT, y, room), "left")
        canvas.setLineWidth(0.6)
        canvas.line(LEFT + role[-1].width + 2, foot + 7, LINE_END, foot + 7)
        for number, line in enumerate(note):
            ink.draw_line(canvas, line, NOTE, (LEFT, foot - number * NOTE.leading, TEXT_WIDTH), "left")
        if signature.fingerprint:
            _finger(canvas, foot + 2 * MM)

    return Piece((height,), draw)


def _finger(canvas: Canvas, foot: float) -> None:
    """Draw the dashed box for a fingerprint."""
    left = LEFT + TEXT_WIDTH - FINGER
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 2)
    canvas.rect(left, foot, FINGER, FINGER)
    canvas.restoreState()
    word = _lines("指印", NOTE, FINGER)[0]
    ink.draw_line(canvas, word, NOTE, (left, foot + NOTE.leading, FINGER), "center")


def _lines(text: Text, style: Style, width: float) -> list[breaker.Line]:
    return breaker.lines(runs(text), ink.shape(style), width)


def _width(text: str) -> float:
    return max(line.width for line in _lines(text, BODY, TEXT_WIDTH))
