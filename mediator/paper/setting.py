"""Turns the blocks of a paper into pieces that can be put on pages."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink, signing, tables
from mediator.paper.blocks import (
    Align,
    Block,
    Gap,
    Grid,
    Heading,
    Lines,
    Listing,
    Note,
    Number,
    PageBreak,
    Paper,
    Para,
    Seal,
    Signatures,
    Text,
    Title,
    runs,
)  # fmt: skip
from mediator.paper.pieces import Piece, whole
from mediator.paper.styles import (
    AROUND_TABLE,
    BODY,
    HEADING,
    LEFT,
    MM,
    NOTE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TITLE,
    Style,
)


def pieces(paper: Paper) -> list[Piece]:
    """Return the pieces of a paper; places to sign are glued to what they belong to."""
    result: list[Piece] = []
    group: list[Piece] = []
    for before, block in zip((None, *paper.blocks), paper.blocks, strict=False):
        made = list(_pieces(block))
        ruled = isinstance(block, Grid | Listing)
        if isinstance(before, Lines) or (before and ruled != isinstance(before, Grid | Listing)):
            made.insert(0, replace(_gap(AROUND_TABLE), keep=ruled))
        if isinstance(block, Signatures | Seal):
            group += made
            continue
        result = signing.kept(result, group, TEXT_HEIGHT) + made
        group = []
    return signing.kept(result, group, TEXT_HEIGHT)


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Title(text):
            yield _gap(6)
            lines = breaker.balanced(runs(text), ink.shape(TITLE), TEXT_WIDTH)
            yield whole(Piece((TITLE.leading,) * len(lines), _writer(lines, TITLE, "center"), keep=True))
            yield replace(_gap(12), keep=True)
        case Heading(text):
            yield _text(text, HEADING, "left", indent=2, keep=True)
        case Number(text):
            yield _text(text, BODY, "right", keep=True)
        case Para(text, align, indent):
            yield _text(text, BODY, align, indent=2 if indent and align in ("justify", "left") else 0)
        case Note(text):
            yield _text(text, NOTE, "justify")
        case Grid():
            yield from tables.grid(block)
        case Listing():
            yield from tables.listing(block)
        case Signatures(places):
            yield from signing.places(places)
        case Seal():
            yield signing.seal(block)
        case Lines(count):
            yield Piece((BODY.leading,) * count, _rules)
        case Gap(mm):
            yield _gap(mm * MM)
        case PageBreak():
            yield Piece((0.0,), _nothing, breaks=True)


def _text(text: Text, style: Style, align: Align, *, indent: int = 0, keep: bool = False) -> Piece:
    """Set a text over the whole width; its first and its last two lines are never parted."""
    lines = breaker.lines(runs(text), ink.shape(style), TEXT_WIDTH, indent * style.size)
    piece = Piece((style.leading,) * len(lines), _writer(lines, style, align), keep=keep)
    return whole(piece) if keep or len(lines) < 4 else replace(piece, glued=frozenset({1, len(lines) - 1}))


def _writer(
    lines: list[breaker.Line], style: Style, align: Align
) -> Callable[[Canvas, float, int, int], None]:
    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        for number, line in enumerate(lines[first:end]):
            ink.draw_line(canvas, line, style, (LEFT, top - number * style.leading, TEXT_WIDTH), align)

    return draw


def _gap(height: float) -> Piece:
    return Piece((height,), _nothing, blank=True)


def _nothing(canvas: Canvas, top: float, first: int, end: int) -> None:
    """Draw nothing."""


def _rules(canvas: Canvas, top: float, first: int, end: int) -> None:
    canvas.setLineWidth(0.6)
    for number in range(1, end - first + 1):
        canvas.line(LEFT, top - number * BODY.leading, LEFT + TEXT_WIDTH, top - number * BODY.leading)
