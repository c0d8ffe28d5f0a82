"""Draws a place for a hand and a finger (签名、指印), or for a seal (印章)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from mediator.paper import breaker, ink
from mediator.paper.arrange import Spot
from mediator.paper.blocks import Seal, Text, runs
from mediator.paper.styles import BODY, FINGER, LEFT, MM, NOTE, SEAL_HEIGHT, TEXT_WIDTH, Style

Draw: TypeAlias = Callable[[Canvas, float], None]


@dataclass(frozen=True)
class Hand:
    """A place to sign: its height down to the foot of the line and that of the words under it; drawn from that foot."""

    body: float
    under: float
    draw: Draw


@dataclass(frozen=True)
class Stamp:
    """A place for a seal with its words; drawn from its top."""

    height: float
    draw: Draw


def hand(spot: Spot) -> Hand:
    """Return a place to sign as it will be drawn."""
    place = spot.place
    role = _lines(f"{place.role}：", BODY, spot.room)
    cut = breaker.lines if spot.width == TEXT_WIDTH else breaker.balanced
    note = cut(runs(place.note), ink.shape(NOTE), spot.width) if place.note else []
    body = max(spot.height, len(role) * BODY.leading)
    left = LEFT + spot.left
    top_of_box = 2 * MM + FINGER
    first = len(role) * BODY.leading
    if spot.above:
        first = top_of_box if place.fingerprint else body
    start = left if spot.above else left + role[-1].width + 2

    def draw(canvas: Canvas, foot: float) -> None:
        for number, line in enumerate(role):
            ink.draw_line(canvas, line, BODY, (left, foot + first - number * BODY.leading, spot.room), "left")
        canvas.setLineWidth(0.6)
        canvas.line(start, foot + 7, LEFT + spot.end, foot + 7)
        for number, line in enumerate(note):
            ink.draw_line(canvas, line, NOTE, (left, foot - number * NOTE.leading, spot.width), "left")
        if place.fingerprint:
            _finger(canvas, LEFT + spot.box, foot + 2 * MM)

    return Hand(body, len(note) * NOTE.leading, draw)


def stamp(block: Seal) -> Stamp:
    """Return the block of an office: its name, the place of the seal, the date; nothing else is printed there."""
    width = min(max(measure(block.office), measure(block.date), SEAL_HEIGHT) + BODY.size, TEXT_WIDTH)
    office = _lines(block.office, BODY, width)
    date = [(line, BODY) for line in _lines(block.date, BODY, width)]
    return _stamp(office, date, width)


def narrow(block: Seal, left: float) -> Stamp:
    """Return the block of a body beside those who sign for it: its name and the place of the seal."""
    width = TEXT_WIDTH - left
    return _stamp(breaker.balanced(runs(block.office), ink.shape(BODY), width), [], width)


def measure(text: str) -> float:
    """Return how wide a text is in body type; one longer than a line about as wide as a line."""
    return max(line.width for line in _lines(text, BODY, TEXT_WIDTH))


def _stamp(office: list[breaker.Line], date: list[tuple[breaker.Line, Style]], width: float) -> Stamp:
    seal = [(line, NOTE) for line in _lines("（印章）", NOTE, width)]
    rows = [*((line, BODY) for line in office), *seal, *date]
    text = sum(style.leading for _, style in rows)
    height = max(SEAL_HEIGHT, text)

    def draw(canvas: Canvas, top: float) -> None:
        top -= (height - text) / 2
        for line, style in rows:
            ink.draw_line(canvas, line, style, (LEFT + TEXT_WIDTH - width, top, width), "center")
            top -= style.leading

    return Stamp(height, draw)


def _finger(canvas: Canvas, left: float, foot: float) -> None:
    """Draw the dashed box for a fingerprint."""
    canvas.saveState()
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 2)
    canvas.rect(left, foot, FINGER, FINGER)
    canvas.restoreState()
    word = _lines("指印", NOTE, FINGER)[0]
    ink.draw_line(canvas, word, NOTE, (left, foot + NOTE.leading, FINGER), "center")


def _lines(text: Text, style: Style, width: float) -> list[breaker.Line]:
    return breaker.lines(runs(text), ink.shape(style), width)
