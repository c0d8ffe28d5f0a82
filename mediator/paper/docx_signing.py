"""Places for hands, fingers and seals in a word-processor file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from mediator.paper.arrange import Item, Row, Spot, arranged
from mediator.paper.atoms import atoms
from mediator.paper.blocks import Block, Lines, Para, Seal, Signatures, Text, runs
from mediator.paper.docx_tables import SIDES, box, paragraphs, row_shape, table
from mediator.paper.docx_xml import element, paragraph, twips, width_of, words
from mediator.paper.pieces import WASTE
from mediator.paper.styles import BODY, CELL_PAD_Y, FINGER, NOTE, SEAL_HEIGHT, TEXT_HEIGHT, TEXT_WIDTH, Style

_AIR = Style("仿宋", 1, 1)
_PADS = 2 * CELL_PAD_Y


@dataclass(frozen=True)
class _Slot:
    """A cell from `left` to `right`, points; the rest as in `docx_tables.box`."""

    left: float
    right: float
    content: list[BaseOxmlElement] = field(default_factory=list)
    middle: str = "bottom"
    lines: dict[str, str] | None = None
    merge: str = ""


@dataclass(frozen=True)
class _Level:
    """A row of the table: its least height, points, and the cells in it that are not empty."""

    height: float
    slots: list[_Slot]


def group(blocks: Sequence[Block]) -> BaseOxmlElement:
    """Return the places to sign and seal that belong together and the date after them, as rows of one table.

    They stay on one page if they are not so high that much of a page could be left empty, or if they are `together`;
    else the first two stay with one another and with the text, and so do the last two.
    """
    items = arranged(blocks, partial(width_of, style=BODY))
    sets = [list(_levels(item)) for item in items]
    all_ = [level for levels in sets for level in levels]
    edges = sorted(
        {0, twips(TEXT_WIDTH)}
        | {twips(edge) for level in all_ for slot in level.slots for edge in (slot.left, slot.right)}
    )
    together = any(isinstance(block, Signatures) and block.together for block in blocks)
    near = together or sum(level.height for level in all_) <= TEXT_HEIGHT * WASTE
    made = table(edges, ruled=False)
    for number, levels in enumerate(sets):
        follows = items[number + 1 : number + 2]
        bound = bool(follows) and (near or number in (0, len(sets) - 2) or isinstance(follows[0], Para))
        rows = [_row(level, edges) for level in levels]
        for row in rows if bound else rows[:-1]:
            for line in row.iter(qn("w:p")):
                line[0].insert(0, element("keepNext"))
        made.extend(rows)
    return made


def writing_lines(block: Lines, keep: bool) -> BaseOxmlElement:
    """Return ruled lines to write on."""
    made = table([0, twips(TEXT_WIDTH)], ruled=False)
    for _ in range(block.count):
        line = box(twips(TEXT_WIDTH), [paragraph(NOTE, keep=keep)], lines={"bottom": "single"})
        made.append(element("tr", row_shape(BODY.leading, whole=True), line))
    return made


def _levels(item: Item) -> Iterator[_Level]:
    match item:
        case Para(text, align):
            content = [paragraph(BODY, *words(line, BODY), align=align) for line in paragraphs(runs(text))]
            yield _Level(BODY.leading, [_Slot(0, TEXT_WIDTH, content)])
        case Seal(office, date):
            width = max(width_of(office, BODY), width_of(date, BODY)) + BODY.size
            left = TEXT_WIDTH - min(max(SEAL_HEIGHT, width), TEXT_WIDTH - 20)
            content = [*_seal(office), _line(date, BODY, center=True)]
            yield _Level(SEAL_HEIGHT, [_Slot(left, TEXT_WIDTH, content)])
        case Row(columns, None):
            for spots in zip(*columns, strict=True):
                yield from _places(spots)
        case Row(columns, Seal(office), left):
            yield from _beside(office, left, [level for spot in columns[0] for level in _places((spot,))])


def _beside(office: str, left: float, places: list[_Level]) -> Iterator[_Level]:
    """Give the rows of places with one cell for the seal beside them all, some air over and under them if need be."""
    rest = (SEAL_HEIGHT - sum(level.height for level in places)) / 2
    air = [_Level(rest, [])] if rest > _PADS else []
    content, merge = _seal(*_halves(office, TEXT_WIDTH - left)), "restart"
    for level in [*air, *places, *air]:
        yield _Level(level.height, [*level.slots, _Slot(left, TEXT_WIDTH, content, "center", merge=merge)])
        content, merge = [], "continue"


def _places(spots: Sequence[Spot]) -> Iterator[_Level]:
    yield _Level(max(map(_height, spots)), [slot for spot in spots for slot in _place(spot)])
    if any(spot.place.note for spot in spots):
        notes = [_Slot(s.left, s.left + s.width, [_line(s.place.note, NOTE)], "top") for s in spots]
        yield _Level(NOTE.leading + _PADS, notes)
    if any(spot.place.fingerprint for spot in spots):
        yield _Level(_AIR.leading + _PADS, [])


def _place(spot: Spot) -> Iterator[_Slot]:
    role = _line(f"{spot.place.role}：", BODY)
    if spot.above:
        free = _height(spot) - BODY.leading - _PADS
        yield _Slot(spot.left, spot.end, [role, _rule(free)])
    else:
        start = spot.left + min(width_of(f"{spot.place.role}：", BODY) + 4, spot.room)
        yield _Slot(spot.left, start, [role])
        yield _Slot(start, spot.end, [_rule(BODY.leading)])
    if spot.place.fingerprint:
        finger = [_line("指印", NOTE, center=True)]
        yield _Slot(spot.box, spot.left + spot.width, finger, lines=dict.fromkeys(SIDES, "dashed"))


def _row(level: _Level, edges: list[int]) -> BaseOxmlElement:
    """Return a row, empty cells in all the places between the others."""
    row = element("tr", row_shape(level.height, whole=True))
    empty, at = _AIR if level.height < NOTE.leading else NOTE, 0
    for slot in [*level.slots, _Slot(TEXT_WIDTH, TEXT_WIDTH)]:
        start, end = twips(slot.left), twips(slot.right)
        if start > at:
            row.append(box(start - at, [paragraph(empty)], span=_span(edges, at, start)))
        if end > start:
            content = slot.content or [paragraph(empty)]
            span, middle = _span(edges, start, end), slot.middle
            row.append(
                box(end - start, content, span=span, middle=middle, lines=slot.lines, merge=slot.merge)
            )
        at = end
    return row


def _span(edges: list[int], start: int, end: int) -> int:
    return edges.index(end) - edges.index(start)


def _rule(height: float) -> BaseOxmlElement:
    """Return an empty line with a stroke under it; the border of a cell would be drawn again on the next page."""
    line = paragraph(Style(NOTE.role, NOTE.size, height))
    stroke = element("bottom", val="single", sz="5", space="0", color="000000")
    line[0].insert_element_before(element("pBdr", stroke), "w:autoSpaceDE")
    return line


def _seal(*office: str) -> list[BaseOxmlElement]:
    return [*(_line(part, BODY, center=True) for part in office), _line("（印章）", NOTE, center=True)]


def _halves(name: str, width: float) -> tuple[str, ...]:
    """Return a name in one line if that fits, else in two about equally long."""
    if width_of(name, BODY) <= width:
        return (name,)
    first = ""
    for piece in atoms(name):
        if width_of(first, BODY) >= width_of(name, BODY) / 2:
            break
        first += piece
    return first, name[len(first) :]


def _line(text: Text, style: Style, *, center: bool = False) -> BaseOxmlElement:
    return paragraph(style, *words(runs(text), style), align="center" if center else "left")


def _height(spot: Spot) -> float:
    return spot.height if spot.above or not spot.place.fingerprint else FINGER
