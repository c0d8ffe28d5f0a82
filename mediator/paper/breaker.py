"""Breaks styled text into lines of a given width."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mediator.paper.atoms import atoms
from mediator.paper.blocks import Run
from mediator.paper.fonts import Font


@dataclass(frozen=True)
class Glyph:
    """One character as it will be set; `width` in points; without a font it is left blank for the pen."""

    char: str
    width: float
    font: Font | None = None
    underline: bool = False


Shape: TypeAlias = Callable[[str, bool, bool], Glyph]
"""Makes the glyph of a character: bold? underlined?"""


@dataclass(frozen=True)
class Line:
    """Glyphs of one line. `start`: the set-in before them; `ends`: the last line of its paragraph."""

    glyphs: tuple[Glyph, ...]
    start: float = 0.0
    ends: bool = False

    @property
    def width(self) -> float:
        """Natural width, points."""
        return sum(glyph.width for glyph in self.glyphs)


def lines(text: tuple[Run, ...], shape: Shape, width: float, indent: float = 0.0) -> list[Line]:
    """Return the lines of a text; at least one. Each paragraph's first line is set in by `indent`, points."""
    result: list[Line] = []
    for paragraph in _paragraphs(text, shape):
        result += _filled(paragraph, width, indent)
    return result


def balanced(text: tuple[Run, ...], shape: Shape, width: float) -> list[Line]:
    """Return the lines of a short text, no more of them than needed and about equally long."""
    best = lines(text, shape, width)
    size = max((glyph.width for line in best for glyph in line.glyphs), default=width)
    narrower = width - size
    while narrower > size and len(tried := lines(text, shape, narrower)) == len(best) > 1:
        best = tried
        narrower -= size
    return best


def _paragraphs(text: tuple[Run, ...], shape: Shape) -> list[list[Glyph]]:
    """Return the glyphs of each paragraph of the text."""
    found: list[list[Glyph]] = [[]]
    for run in text:
        for char in run.text:
            if char == "\n":
                found.append([])
            else:
                found[-1].append(shape(char, run.bold, run.underline))
    return found


def _filled(glyphs: list[Glyph], width: float, indent: float) -> Iterator[Line]:
    line: list[Glyph] = []
    start, used = indent, 0.0
    for cluster in _clusters(glyphs, width - indent):
        size = sum(glyph.width for glyph in cluster)
        if line and used + size > width - start + 0.01 and not _blank(cluster):
            yield Line(_trimmed(line), start)
            line, start, used = [], 0.0, 0.0
        line += cluster
        used += size
    yield Line(_trimmed(line), start, ends=True)


def _clusters(glyphs: list[Glyph], width: float) -> Iterator[list[Glyph]]:
    """Give the unbreakable pieces; one that is wider than a line is cut wherever the line is full."""
    place = 0
    for atom in atoms("".join(glyph.char for glyph in glyphs)):
        piece = glyphs[place : place + len(atom)]
        place += len(atom)
        if sum(glyph.width for glyph in piece) <= width:
            yield piece
        else:
            yield from ([glyph] for glyph in piece)


def _blank(cluster: list[Glyph]) -> bool:
    """Tell whether the cluster may hang unseen over the end of the line."""
    return all(glyph.char == " " and not glyph.underline for glyph in cluster)


def _trimmed(line: list[Glyph]) -> tuple[Glyph, ...]:
    end = len(line)
    while end and _blank(line[end - 1 : end]):
        end -= 1
    return tuple(line[:end])
