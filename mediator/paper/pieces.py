"""Puts pieces of a paper on pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

WASTE = 1 / 4
"""More than this part of a page is not left empty to keep pieces near one another."""

Draw: TypeAlias = Callable[[Canvas, float, int, int], None]
"""Draws the slices from the first number up to the second, downwards from a height on the page."""


@dataclass(frozen=True)
class Piece:
    """A thing cut into slices (lines, mostly) between which a page may end.

    `glued`: slices that stay on the page of the slice before; 0 stands for the piece before. `keep`: the next piece
    is glued to this one. `near`: it stays with the piece before, if that does not leave too much of a page empty
    (`WASTE`). `head`: what is repeated above if a page begins with this piece. `blank`: only air, left out at the
    top of a page. `breaks`: a new page begins here.
    """

    heights: tuple[float, ...]
    draw: Draw
    glued: frozenset[int] = frozenset()
    keep: bool = False
    near: bool = False
    head: "Piece | None" = None
    blank: bool = False
    breaks: bool = False


@dataclass(frozen=True)
class Part:
    """The slices of a piece that are on one page."""

    piece: Piece
    first: int
    end: int

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(self.piece.heights[self.first : self.end])


def whole(piece: Piece) -> Piece:
    """Return the piece, never to be cut."""
    return replace(piece, glued=piece.glued | frozenset(range(1, len(piece.heights))))


def pages(pieces: list[Piece], height: float) -> list[list[Part]]:
    """Return what stands on each page of the given height; at least one page."""
    result: list[list[Part]] = [[]]
    free = height
    for chunk in _chunks(pieces):
        if chunk[0].piece.breaks:
            result += [[]] if result[-1] else []
            free = height
            continue
        apart = _height(chunk) > (free if free > height * WASTE else height)
        for bound in _parted(chunk) if apart else [chunk]:
            if result[-1] and _height(bound) > free:
                result.append([])
                free = height
            for part in bound:
                if result[-1] and part.height > free + 0.01:
                    result.append([])
                    free = height
                free -= _put(result[-1], part)
    return result


def _chunks(pieces: list[Piece]) -> list[list[Part]]:
    """Return the runs of slices that belong on one page; a break is always alone."""
    chunks: list[list[Part]] = []
    keep = False
    for piece in pieces:
        for number in range(len(piece.heights)):
            part = Part(piece, number, number + 1)
            glued = number in piece.glued or (number == 0 and (keep or piece.near))
            if chunks and glued and not piece.breaks and not chunks[-1][0].piece.breaks:
                chunks[-1].append(part)
            else:
                chunks.append([part])
        keep = piece.keep or (piece.blank and keep)
    return chunks


def _parted(chunk: list[Part]) -> list[list[Part]]:
    """Return what must stay on one page of a chunk whose pieces cannot all stay near one another."""
    sections: list[list[Part]] = [[]]
    for part in chunk:
        if part.piece.near and part.first == 0 and 0 not in part.piece.glued and sections[-1]:
            sections.append([])
        sections[-1].append(part)
    return sections


def _height(chunk: list[Part]) -> float:
    return sum(part.height for part in chunk) - 0.01


def _put(page: list[Part], part: Part) -> float:
    """Add a slice to a page, joined to the one before if both are of one piece; return the height it takes."""
    if not page:
        if part.piece.blank:
            return 0.0
        if part.piece.head:
            page.append(Part(part.piece.head, 0, len(part.piece.head.heights)))
            page.append(part)
            return part.height + page[0].height
    if page and page[-1].piece is part.piece:
        page[-1] = Part(part.piece, page[-1].first, part.end)
    else:
        page.append(part)
    return part.height
