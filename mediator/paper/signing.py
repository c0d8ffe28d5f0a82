"""Puts places to sign and seals (签名处) in rows and keeps them with the text they belong to."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import hands
from mediator.paper.arrange import Row
from mediator.paper.blocks import Seal
from mediator.paper.pieces import Piece


def seal(block: Seal) -> Piece:
    """Return the block of the office, uncut."""
    stamp = hands.stamp(block)
    return Piece((stamp.height,), lambda canvas, top, first, end: stamp.draw(canvas, top))


def row(block: Row) -> Piece:
    """Return places to sign side by side, uncut; the lines of a row are on one height."""
    columns = [[hands.hand(spot) for spot in column] for column in block.columns]
    stamp = hands.narrow(block.seal, block.left) if block.seal else None
    heights = [
        (max(hand.body for hand in level), max(hand.under for hand in level))
        for level in zip(*columns, strict=True)
    ]
    places = sum(body + under for body, under in heights)
    height = max(places, stamp.height if stamp else 0.0)

    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        if stamp:
            stamp.draw(canvas, top - (height - stamp.height) / 2)
        foot = top - (height - places) / 2
        for (body, under), level in zip(heights, zip(*columns, strict=True), strict=True):
            foot -= body
            for hand in level:
                hand.draw(canvas, foot)
            foot -= under

    return Piece((height,), draw)


def kept(before: list[Piece], group: Sequence[Piece], *, together: bool = False) -> list[Piece]:
    """Return both lists as one, the places to sign kept with the two lines before them.

    They all stay on one page if that does not leave too much of a page empty, or if it is said that they do (`together`);
    else the first ones still stay with the text and the last two with one another. What ends the places to sign (the
    date) comes glued already.
    """
    if not group:
        return before
    hands = [number for number, piece in enumerate(group) if 0 not in piece.glued]
    bound = {*(hands if together else hands[:1]), *hands[-1:], *(hands[1:2] if len(hands) > 3 else ())}
    glued = [
        replace(piece, glued=piece.glued | {0}) if number in bound else replace(piece, near=True)
        for number, piece in enumerate(group)
    ]
    return _last_lines(before) + glued


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
