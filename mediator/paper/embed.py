"""Fonts inside a PDF: registered with reportlab when first used, and readable when text is copied out."""

from functools import cache
from struct import error as StructError  # noqa: N812 - its own name says nothing

from reportlab.pdfbase import pdfmetrics, ttfonts

from mediator.paper.fonts import Font


@cache
def embedded(font: Font) -> ttfonts.TTFont | None:
    """Return the font as reportlab knows it, registered on the way (0.1 s), or None if it cannot be embedded."""
    setattr(ttfonts, "makeToUnicodeCMap", _to_unicode)  # noqa: B010 - its stub names the parameters otherwise
    try:
        loaded = ttfonts.TTFont(font.name, str(font.path))
    except (ttfonts.TTFError, KeyError, ValueError, IndexError, StructError):
        return None
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def em(font: Font, char: str) -> float:
    """Return the width of a character in parts of the type size."""
    loaded = embedded(font)
    if loaded is None:
        return 1.0
    return float(loaded.face.charWidths.get(ord(char), loaded.face.defaultWidth)) / 1000


def _to_unicode(name: str, subset: list[int]) -> str:
    """Return the table by which a reader turns codes back into text.

    reportlab's own writes a code point above U+FFFF as five digits, which readers take for another character:
    names like 王𬎆 would be copied and searched wrongly. The format asks for UTF-16 and for at most 100 lines a block.
    """
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for code, point in enumerate(subset)
    ]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    tables = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <{len(subset) - 1:02X}>
endcodespacerange
{tables}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
