"""Places for hands, fingers and seals in a word-processor file."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias
from unicodedata import east_asian_width

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from mediator.paper.blocks import Lines, Seal, Signature, Signatures, Text, runs
from mediator.paper.docx_tables import SIDES, box, row_shape, table
from mediator.paper.docx_xml import element, paragraph, twips, words
from mediator.paper.styles import (
    BODY,
    FINGER,
    MM,
    NOTE,
    SEAL_HEIGHT,
    SIGN_HEIGHT,
    SIGN_LINE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Style,
)  # fmt: skip

LINE_END = TEXT_WIDTH - FINGER - 6 * MM
Group: TypeAlias = Sequence[Signatures | Seal]


def group(blocks: Group) -> BaseOxmlElement:
    """Return the places to sign and seal that belong together, as rows of one table.

    They stay on one page if a page can hold them; if not, only the last two stay together.
    """
    places = [place for block in blocks if isinstance(block, Signatures) for place in block.places]
    edges = _edges(blocks)
    rows = [row for block in blocks for row in _rows(block, edges)]
    fits = sum(_height(place) for place in places) + SEAL_HEIGHT < TEXT_HEIGHT * 0.9
    for row in rows[:-1] if fits else rows[-2:-1]:
        for line in row.iter(qn("w:p")):
            line[0].insert(0, element("keepNext"))
    made = table(edges, ruled=False)
    made.extend(rows)
    return made


def writing_lines(block: Lines, keep: bool) -> BaseOxmlElement:
    """Return ruled lines to write on."""
    made = table([0, twips(TEXT_WIDTH)], ruled=False)
    for _ in range(block.count):
        line = box(twips(TEXT_WIDTH), [paragraph(NOTE, keep=keep)], lines={"bottom": "single"})
        made.append(element("tr", row_shape(BODY.leading, whole=True), line))
    return made


def _edges(blocks: Group) -> list[int]:
    """Return all the places, in twips, at which a cell of some row begins or ends."""
    found = {0.0, LINE_END, TEXT_WIDTH - FINGER, TEXT_WIDTH}
    for block in blocks:
        if isinstance(block, Seal):
            found.add(_seal_left(block))
        else:
            found |= {_role_width(place) for place in block.places}
    return sorted({twips(edge) for edge in found})


def _rows(block: Signatures | Seal, edges: list[int]) -> Iterator[BaseOxmlElement]:
    if isinstance(block, Seal):
        lines = ((block.office, BODY), ("（印章）", NOTE), (block.date, BODY))
        content = [_line(text, style, center=True) for text, style in lines]
        left = _seal_left(block)
        cells = (_cell(edges, 0, left, []), _cell(edges, left, TEXT_WIDTH, content))
        yield element("tr", row_shape(SEAL_HEIGHT, whole=True), *cells)
        return
    for place in block.places:
        yield _place(place, edges)
        if place.note:
            note = _cell(edges, 0, TEXT_WIDTH, [_line(place.note, NOTE)])
            yield element("tr", row_shape(NOTE.leading, whole=True), note)
        if place.fingerprint:
            air = _cell(edges, 0, TEXT_WIDTH, [paragraph(Style("仿宋", 1, 1))])
            yield element("tr", row_shape(0, whole=True), air)


def _place(place: Signature, edges: list[int]) -> BaseOxmlElement:
    role, box_left = _role_width(place), TEXT_WIDTH - FINGER
    finger = [_line("指印", NOTE, center=True)] if place.fingerprint else []
    dashed = dict.fromkeys(SIDES, "dashed") if place.fingerprint else {}
    return element(
        "tr",
        row_shape(_height(place), whole=True),
        _cell(edges, 0, role, [_line(f"{place.role}：", BODY)]),
        _cell(edges, role, LINE_END, [], {"bottom": "single"}),
        _cell(edges, LINE_END, box_left, []),
        _cell(edges, box_left, TEXT_WIDTH, finger, dashed),
    )


def _cell(
    edges: list[int],
    left: float,
    right: float,
    content: list[BaseOxmlElement],
    lines: dict[str, str] | None = None,
) -> BaseOxmlElement:
    start, end = twips(left), twips(right)
    span = edges.index(end) - edges.index(start)
    return box(end - start, content or [paragraph(NOTE)], span=span, middle="bottom", lines=lines)


def _line(text: Text, style: Style, *, center: bool = False) -> BaseOxmlElement:
    return paragraph(style, *words(runs(text), style), align="center" if center else "left")


def _height(place: Signature) -> float:
    return FINGER if place.fingerprint else SIGN_HEIGHT


def _role_width(place: Signature) -> float:
    return min(_width(f"{place.role}：") + 4, LINE_END - SIGN_LINE)


def _seal_left(block: Seal) -> float:
    return TEXT_WIDTH - min(max(SEAL_HEIGHT, _width(block.office) + BODY.size), TEXT_WIDTH - 20)


def _width(text: str) -> float:
    """Return about how wide a text of the body is, points."""
    return sum(BODY.size * (0.5 if east_asian_width(char) in ("Na", "H", "N") else 1) for char in text)
