"""Tables in a word-processor file."""

from collections.abc import Iterator
from itertools import accumulate, pairwise

from docx.oxml.xmlchemy import BaseOxmlElement

from mediator.paper.blocks import Cell, Grid, Listing, Run, runs
from mediator.paper.docx_xml import element, paragraph, twips, words
from mediator.paper.styles import MM, ROOMY, SMALL, TEXT_HEIGHT, Ruled, Style

SIDES = ("top", "left", "bottom", "right")


def paragraphs(text: tuple[Run, ...]) -> Iterator[list[Run]]:
    """Cut a text at its line ends."""
    line: list[Run] = []
    for run in text:
        first, *rest = run.text.split("\n")
        line.append(Run(first, run.bold, run.underline))
        for words_ in rest:
            yield line
            line = [Run(words_, run.bold, run.underline)]
    yield line


def parting(keep: bool, height: float = 1) -> BaseOxmlElement:
    """Return the thin paragraph without which two tables would grow together."""
    return paragraph(Style("仿宋", 1, height), keep=keep)


def ruled(block: Grid | Listing, keep: bool, width: float) -> BaseOxmlElement:
    """Return a ruled table of a width in points.

    `keep`: its last row stays with what follows; rows of a group stay with one another.
    """
    edges = [0, *(round(edge / sum(block.widths) * twips(width)) for edge in accumulate(block.widths))]
    kind = SMALL if isinstance(block, Listing) and block.small else ROOMY
    made = table(edges, ruled=True, kind=kind)
    if isinstance(block, Listing):
        head = tuple(Cell(text, bold=True, label=True) for text in block.head)
        made.append(_row(head, edges, kind, keep=True, head=True))
        rows = [
            tuple(Cell(text, align=align) for text, align in zip(row, block.align, strict=True))
            for row in block.rows
        ]
    else:
        rows = list(block.rows)
    bounds = block.bounds if isinstance(block, Grid) else []
    bound = {number for first, end in bounds for number in range(first + 1, end)}
    for number, row in enumerate(rows, 1):
        made.append(_row(row, edges, kind, keep=number in bound or (keep and number == len(rows))))
    return made


def table(edges: list[int], *, ruled: bool, kind: Ruled = ROOMY) -> BaseOxmlElement:
    """Return a table without rows; `edges`: where its columns begin and the last ends, twips."""
    lines = (*SIDES, "insideH", "insideV")
    pad = twips(kind.pad_x) if ruled else 0
    line = {"val": "single", "sz": "6", "color": "000000"} if ruled else {"val": "nil"}
    shape = element(
        "tblPr",
        element("tblW", w=edges[-1], type="dxa"),
        element("tblInd", w=pad, type="dxa"),
        element("tblBorders", *(element(side, **line) for side in lines)),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("top", w=twips(kind.pad_y), type="dxa"),
            element("left", w=pad, type="dxa"),
            element("bottom", w=twips(kind.pad_y), type="dxa"),
            element("right", w=pad, type="dxa"),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=end - start) for start, end in pairwise(edges)))
    return element("tbl", shape, grid)


def _row(
    cells: tuple[Cell, ...], edges: list[int], kind: Ruled, *, keep: bool, head: bool = False
) -> BaseOxmlElement:
    height = min(max(cell.height for cell in cells) * MM, TEXT_HEIGHT * 0.9)
    long = sum(len(run.text) for cell in cells for run in runs(cell.text)) > 300
    row = element("tr", row_shape(height, whole=not long, head=head))
    column = 0
    for cell in cells:
        width = edges[column + cell.span] - edges[column]
        align = "center" if cell.label else cell.align
        indent = 2 if align == "justify" else 0
        content = [
            paragraph(
                kind.style, *words(_bold(part, cell.bold), kind.style), align=align, indent=indent, keep=keep
            )
            for part in paragraphs(runs(cell.text))
        ]
        high = long or (cell.height > 0 and cell.align in ("left", "justify"))
        middle = "top" if high and not cell.label else "center"
        row.append(box(width, content, span=cell.span, middle=middle))
        column += cell.span
    return row


def _bold(text: list[Run], bold: bool) -> list[Run]:
    return [Run(run.text, bold or run.bold, run.underline) for run in text]


def row_shape(height: float, *, whole: bool, head: bool = False) -> BaseOxmlElement:
    """Return how a row behaves: its least height in points, uncut, repeated on every page."""
    made = element("trPr")
    if whole:
        made.append(element("cantSplit"))
    made.append(element("trHeight", val=twips(height), hRule="atLeast"))
    if head:
        made.append(element("tblHeader"))
    return made


def box(
    width: int,
    content: list[BaseOxmlElement],
    *,
    span: int = 1,
    middle: str = "center",
    lines: dict[str, str] | None = None,
    merge: str = "",
) -> BaseOxmlElement:
    """Return a cell. `middle`: where its content stands; `lines`: kind of border by side.

    `merge`: "restart" begins a cell that goes over several rows, "continue" goes on with it.
    """
    shape = element("tcPr", element("tcW", w=width, type="dxa"))
    if span > 1:
        shape.append(element("gridSpan", val=span))
    if merge:
        shape.append(element("vMerge", val=merge))
    if lines:
        sides = (element(side, val=kind, sz="5", color="000000") for side, kind in lines.items())
        shape.append(element("tcBorders", *sides))
    shape.append(element("vAlign", val=middle))
    return element("tc", shape, *content)
