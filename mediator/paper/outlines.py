"""Turns a font with CFF outlines into a TrueType font, the only kind that can be embedded in our PDF."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

MAX_ERROR = 1.0
"""How far a curve may move, in units of the em (1/1000)."""


def to_truetype(source: Path, target: Path, say: Callable[[str], None]) -> None:
    """Write `source` (.otf) as `target` (.ttf); the same input gives the same bytes. Takes about half a minute."""
    from fontTools.ttLib import TTFont

    with TTFont(source, recalcTimestamp=False) as font:
        glyphs = _quadratic(font.getGlyphSet(), font.getGlyphOrder(), say)
        _replace_tables(font, glyphs)
        font.save(target)


def _quadratic(outlines: Any, order: list[str], say: Callable[[str], None]) -> dict[str, Any]:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = {}
    for count, name in enumerate(order, 1):
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
        if count % 1000 == 0:
            say(f"  {count} of {len(order)} glyphs converted")
    return glyphs


def _replace_tables(font: Any, glyphs: dict[str, Any]) -> None:
    from fontTools.ttLib import newTable

    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = glyphs
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(maxp, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
