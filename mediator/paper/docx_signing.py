"""Places for hands, fingers and seals in a word-processor file."""

from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

from docx.oxml.xmlchemy import BaseOxmlElement

from mediator.paper.blocks import Lines, Seal, Signature, Signatures, runs
from mediator.paper.docx_tables import SIDES, box, parting, row_shape, table
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
)

LINE_END = TEXT_WIDTH - FINGER - 6 * MM


def signatures(block: Signatures, keep: bool) -> Iterator[BaseOxmlElement]:
    """Give the places to sign; all are kept on one page if a page can hold them."""
    fits = sum(_height(place) for place in block.places) < TEXT_HEIGHT * 0.6
    for number, place in enumerate(block.places, 1):
        with_next = fits if number < len(block.places) else keep
        yield _place(place)
        if place.note:
            yield paragraph(NOTE, *words(runs(place.note), NOTE), keep=with_next)
        yield parting(with_next, 2 * MM if place.fingerprint else 1)


def seal(block: Seal) -> BaseOxmlElement:
    """Return the block of the office on the right, with its place kept free for the seal."""
    right = min(max(SEAL_HEIGHT, _width(block.office) + BODY.size), TEXT_WIDTH - 20)
    edges = [0, twips(TEXT_WIDTH - right), twips(TEXT_WIDTH)]
    lines = ((block.office, BODY), ("（印章）", NOTE), (block.date, BODY))
    content = [paragraph(style, *words(runs(text), style), align="center") for text, style in lines]
    made = table(edges, ruled=False)
    left = box(edges[1], [paragraph(BODY)])
    made.append(element("tr", row_shape(SEAL_HEIGHT, whole=True), left, box(edges[2] - edges[1], content)))
    return made


def writing_lines(block: Lines, keep: bool) -> BaseOxmlElement:
    """Return ruled lines to write on."""
    made = table([0, twips(TEXT_WIDTH)], ruled=False)
    for _ in range(block.count):
        line = box(twips(TEXT_WIDTH), [paragraph(NOTE, keep=keep)], lines={"bottom": "single"})
        made.append(element("tr", row_shape(BODY.leading, whole=True), line))
    return made


def _place(place: Signature) -> BaseOxmlElement:
    role = min(_width(f"{place.role}：") + 4, LINE_END - SIGN_LINE)
    edges = [0, *(twips(edge) for edge in (role, LINE_END, TEXT_WIDTH - FINGER, TEXT_WIDTH))]
    widths = [end - start for start, end in pairwise(edges)]
    empty, ruled = paragraph(NOTE, keep=True), paragraph(NOTE, keep=True)
    finger = paragraph(
        NOTE, *words(runs("指印" if place.fingerprint else ""), NOTE), align="center", keep=True
    )
    dashed = dict.fromkeys(SIDES, "dashed") if place.fingerprint else None
    made = table(edges, ruled=False)
    made.append(
        element(
            "tr",
            row_shape(_height(place), whole=True),
            box(
                widths[0],
                [paragraph(BODY, *words(runs(f"{place.role}："), BODY), keep=True)],
                middle="bottom",
            ),
            box(widths[1], [ruled], lines={"bottom": "single"}),
            box(widths[2], [empty]),
            box(widths[3], [finger], middle="bottom", lines=dashed),
        )
    )
    return made


def _height(place: Signature) -> float:
    return FINGER if place.fingerprint else SIGN_HEIGHT


def _width(text: str) -> float:
    """Return about how wide a text of the body is, points."""
    return sum(BODY.size * (0.5 if east_asian_width(char) in ("Na", "H", "N") else 1) for char in text)
