"""Breaks styled text into lines of a given width."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from mediator.paper.atoms import WIDE, atoms, together
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
        return _width(self.glyphs)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(glyph.char for glyph in self.glyphs)


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
    for cluster in _clusters(glyphs, width):
        pieces = [cluster] if line or _width(cluster) <= width - start else _clusters(cluster, width - start)
        for piece in pieces:
            size = _width(piece)
            if line and used + size > width - start + 0.01 and not _blank(piece) and not _parts(line, piece):
                yield Line(_trimmed(_unparted(line)), start)
                line, start, used = [], 0.0, 0.0
            line += piece
            used += size
    yield Line(_trimmed(line), start, ends=True)


def _clusters(glyphs: list[Glyph], width: float, phrases: bool = True) -> Iterator[list[Glyph]]:
    """Give the unbreakable pieces; what is wider than a line is cut, a phrase between its words if that is enough."""
    place = 0
    for atom in atoms("".join(glyph.char for glyph in glyphs), phrases):
        cluster = glyphs[place : place + len(atom)]
        place += len(atom)
        if _width(cluster) <= width:
            yield cluster
        elif phrases:
            yield from _clusters(cluster, width, phrases=False)
        else:
            yield from _cut(cluster, width)


def _cut(cluster: list[Glyph], width: float) -> Iterator[list[Glyph]]:
    """Give parts of a cluster that is too wide, marks still beside their neighbours as far as that fits."""
    part: list[Glyph] = []
    for glyph in cluster:
        if part and not (together(part[-1].char, glyph.char) and _width(part) + glyph.width <= width):
            yield part
            part = []
        part.append(glyph)
    yield part


def _width(glyphs: Sequence[Glyph]) -> float:
    return sum(glyph.width for glyph in glyphs)


def _blank(cluster: list[Glyph]) -> bool:
    """Tell whether the cluster may hang unseen over the end of the line."""
    return all(glyph.char == " " and not glyph.underline for glyph in cluster)


def _parts(line: list[Glyph], piece: list[Glyph]) -> bool:
    """Tell whether a piece is one wide blank that parts it from what stands before, as between boxes to tick."""
    return (
        [glyph.char for glyph in piece] == [WIDE] and not piece[0].underline and not line[-1].char.isspace()
    )


def _unparted(line: list[Glyph]) -> list[Glyph]:
    """Return a line that goes on in the next one, without a blank at its end that parts it from that."""
    return line[:-1] if len(line) > 1 and _parts(line[:-1], line[-1:]) else line


def _trimmed(line: list[Glyph]) -> tuple[Glyph, ...]:
    end = len(line)
    while end and _blank(line[end - 1 : end]):
        end -= 1
    return tuple(line[:end])
