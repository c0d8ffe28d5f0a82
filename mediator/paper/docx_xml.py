"""Small pieces of a word-processor file (WordprocessingML)."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby, pairwise
from unicodedata import east_asian_width

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from mediator.paper import fonts
from mediator.paper.blocks import Align, Run
from mediator.paper.faces import DECLARED, Role
from mediator.paper.styles import Style

_ALIGN = {"justify": "both", "left": "left", "center": "center", "right": "right"}


def element(tag: str, *children: BaseOxmlElement, **attributes: str | float) -> BaseOxmlElement:
    """Return an element of the w: name space; numbers are rounded to whole ones."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value if isinstance(value, str) else str(round(value)))
    made.extend(children)
    return made


def twips(points: float) -> int:
    """Return points as the twentieths the format counts in."""
    return round(points * 20)


def paragraph(
    style: Style,
    *content: BaseOxmlElement,
    align: Align = "left",
    indent: int = 0,
    keep: bool = False,
    grows: bool = False,
) -> BaseOxmlElement:
    """Return a paragraph, its characters set without grid and without air between Chinese and figures, as in the PDF.

    `indent`: characters the first line is set in; `keep`: stays with the next; `grows`: as high as a picture in it.
    """
    shape = element("pPr")
    if keep:
        shape.append(element("keepNext"))
    for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        shape.append(element(name, val="0"))
    rule = "atLeast" if grows else "exact"
    shape.append(element("spacing", before="0", after="0", line=twips(style.leading), lineRule=rule))
    if indent:
        shape.append(element("ind", firstLineChars=indent * 100, firstLine=twips(indent * style.size)))
    shape.append(element("jc", val=_ALIGN[align]))
    return element("p", shape, *content)


def words(runs: Iterable[Run], style: Style) -> Iterator[BaseOxmlElement]:
    """Give the runs of a text, cut wherever a rare character needs a font of its own."""
    for run in runs:
        role: Role = "黑体" if run.bold else style.role
        for family, chars in groupby(run.text, partial(_family, role)):
            text = element("t")
            text.text = "".join(chars)
            text.set(qn("xml:space"), "preserve")
            yield element("r", _properties(family, style.size, run.underline), text)


def width_of(text: str, style: Style) -> float:
    """Return about how wide a text is, points; which font will set it is known only where it is opened.

    Some word processors put air between Chinese and figures whatever they are told; there is room for it.
    """
    narrow = [east_asian_width(char) in ("Na", "H", "N") for char in text]
    changes = sum(one != two for one, two in pairwise(narrow))
    return style.size * (sum(0.5 if small else 1 for small in narrow) + changes / 4)


def tab() -> BaseOxmlElement:
    """Return a run with a tab."""
    return element("r", element("tab"))


def stop(line: BaseOxmlElement, kind: str, position: int, *, leader: str = "none") -> None:
    """Set a tab stop in a paragraph, twips, behind those it has; `leader`: what fills the way to it."""
    tabs = line[0].find(qn("w:tabs"))
    if tabs is None:
        tabs = element("tabs")
        line[0].insert_element_before(tabs, "w:autoSpaceDE")
    tabs.append(element("tab", val=kind, leader=leader, pos=position))


def field(name: str, style: Style) -> Iterator[BaseOxmlElement]:
    """Give the runs of a field that the word processor counts itself, such as PAGE."""
    code = element("instrText")
    code.text = name
    shown = element("t")
    shown.text = "1"
    marks = (element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    for part in (next(marks), code, next(marks), shown, next(marks)):
        yield element("r", _properties(DECLARED[style.role], style.size, False), part)


def _properties(family: str, size: float, underline: bool) -> BaseOxmlElement:
    made = element("rPr", names(family))
    made.append(element("sz", val=size * 2))
    made.append(element("szCs", val=size * 2))
    if underline:
        made.append(element("u", val="single"))
    return made


def names(family: str) -> BaseOxmlElement:
    """Return the font of a run, for Chinese and for all other writing."""
    return element("rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family, hint="eastAsia")


def _family(role: Role, char: str) -> str:
    """Return the declared family for what every Chinese machine has, else that of a font with the character."""
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        if char in fonts.DRAWN:
            return "Segoe UI Symbol"
        font = fonts.chain(role).font(char)
        return font.family if font else DECLARED[role]
    return DECLARED[role]
