"""Turns the blocks of a paper into pieces that can be put on pages."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, hands, ink, inserts, signing, tables
from mediator.paper.arrange import Row, arranged
from mediator.paper.blocks import (
    Align,
    Block,
    Chart,
    Cut,
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
    Picture,
    Seal,
    Signatures,
    Text,
    Title,
    closing,
    led,
    runs,
)  # fmt: skip
from mediator.paper.photo import Pictures, unknown
from mediator.paper.pieces import Piece, whole
from mediator.paper.styles import (
    AROUND_TABLE,
    BODY,
    HEADING,
    LEFT,
    MM,
    NOTE,
    TEXT_WIDTH,
    TITLE,
    Style,
    page,
)


def pieces(paper: Paper, pictures: Pictures = unknown, *, dense: bool = False) -> list[Piece]:
    """Return the pieces of a paper; places to sign are glued to what they belong to. `dense`: two of them to a row."""
    result: list[Piece] = []
    group: list[Block] = []
    ends, bound, width = closing(paper.blocks), led(paper.blocks), page(paper.lying).text_width
    for number, (before, block) in enumerate(zip((None, *paper.blocks), paper.blocks, strict=False)):
        ruled = isinstance(block, Grid | Listing)
        apart = isinstance(before, Lines) or (before and ruled != isinstance(before, Grid | Listing))
        air = [replace(_gap(AROUND_TABLE), keep=ruled)] if apart else []
        if number in ends or isinstance(block, Signatures | Seal):
            result += air
            group.append(block)
            continue
        made = list(_pieces(block, pictures, width))
        if number in bound:
            made = [*made[:-1], replace(whole(made[-1]), keep=True)]
        result = _with_places(result, group, dense) + air + made
        group = []
    return _with_places(result, group, dense)


def _with_places(before: list[Piece], group: list[Block], dense: bool) -> list[Piece]:
    """Return the pieces with those of the places to sign after them."""
    together = any(isinstance(block, Signatures) and block.together for block in group)
    return signing.kept(before, _signing(group, dense), together=together)


def _signing(group: list[Block], dense: bool) -> list[Piece]:
    """Return a piece for each row of places to sign and each seal; the date under them stays with the last."""
    made: list[Piece] = []
    for item in arranged(group, hands.measure, dense):
        match item:
            case Row():
                made.append(signing.row(item))
            case Seal():
                made.append(signing.seal(item))
            case Para():
                day = whole(next(_worded(item)))
                made.append(replace(day, glued=day.glued | {0}))
    return made


def _pieces(block: Block, pictures: Pictures, width: float) -> Iterator[Piece]:
    match block:
        case Grid():
            yield from tables.grid(block, width)
        case Listing():
            yield from tables.listing(block, width)
        case Picture():
            yield inserts.picture(block, pictures)
        case Chart():
            from mediator.paper import chart

            yield chart.piece(block)
        case Cut():
            yield inserts.cut(block)
        case Lines(count):
            yield Piece((BODY.leading,) * count, _rules)
        case Gap(mm):
            yield _gap(mm * MM)
        case PageBreak():
            yield Piece((0.0,), _nothing, breaks=True)
        case _:
            yield from _worded(block, width)


def _worded(block: Block, width: float = TEXT_WIDTH) -> Iterator[Piece]:
    match block:
        case Title(text):
            yield from _title(text, width)
        case Heading(text):
            yield _text(text, HEADING, "left", width, indent=2, keep=True)
        case Number(text):
            yield _text(text, BODY, "right", width, keep=True)
        case Para(text, align, indent):
            set_in = 2 if indent and align in ("justify", "left") else 0
            yield _text(text, BODY, align, width, indent=set_in)
        case Note(text):
            yield _text(text, NOTE, "justify", width)


def _title(text: Text, width: float) -> Iterator[Piece]:
    yield _gap(6)
    lines = breaker.balanced(runs(text), ink.shape(TITLE), width)
    yield whole(Piece((TITLE.leading,) * len(lines), _writer(lines, TITLE, "center", width), keep=True))
    yield replace(_gap(12), keep=True)


def _text(
    text: Text, style: Style, align: Align, width: float, *, indent: int = 0, keep: bool = False
) -> Piece:
    """Set a text over the whole width; its first and its last two lines are never parted.

    What ends in a colon leads to what follows and stays with it.
    """
    lines = breaker.lines(runs(text), ink.shape(style), width, indent * style.size)
    leading = {number for number, line in enumerate(lines, 1) if line.ends and line.text.endswith("：")}
    drawn = _writer(lines, style, align, width)
    piece = Piece((style.leading,) * len(lines), drawn, keep=keep or len(lines) in leading)
    if keep or len(lines) < 4:
        return whole(piece)
    return replace(piece, glued=frozenset({1, len(lines) - 1} | leading - {len(lines)}))


def _writer(
    lines: list[breaker.Line], style: Style, align: Align, width: float
) -> Callable[[Canvas, float, int, int], None]:
    def draw(canvas: Canvas, top: float, first: int, end: int) -> None:
        for number, line in enumerate(lines[first:end]):
            ink.draw_line(canvas, line, style, (LEFT, top - number * style.leading, width), align)

    return draw


def _gap(height: float) -> Piece:
    return Piece((height,), _nothing, blank=True)


def _nothing(canvas: Canvas, top: float, first: int, end: int) -> None:
    """Draw nothing."""


def _rules(canvas: Canvas, top: float, first: int, end: int) -> None:
    canvas.setLineWidth(0.6)
    for number in range(1, end - first + 1):
        canvas.line(LEFT, top - number * BODY.leading, LEFT + TEXT_WIDTH, top - number * BODY.leading)
