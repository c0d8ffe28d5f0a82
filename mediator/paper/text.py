"""Writes a paper as plain text: to compare, to search, to read aloud."""

from collections.abc import Iterator

from mediator.paper.blocks import (
    Block,
    Cell,
    Chart,
    Cut,
    Gap,
    Grid,
    Lines,
    Listing,
    PageBreak,
    Paper,
    Picture,
    Seal,
    Signature,
    Signatures,
    number,
    plain,
)

BLANK = "________"


def write(paper: Paper) -> str:
    """Return all words of the paper, block after block, ending with a new line."""
    return "".join(f"{line}\n" for block in paper.blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Grid(rows):
            for row in rows:
                yield from _row(row)
        case Listing(head, rows):
            for texts in (head, *rows):
                yield " | ".join(plain(text).replace("\n", "") for text in texts)
        case Signatures(places):
            for place in places:
                yield from _place(place)
        case Seal(office, date):
            yield from (office, "（印章）", date)
        case Lines(count):
            yield from (BLANK for _ in range(count))
        case Picture() | Chart() | Cut():
            yield from _inserted(block)
        case Gap() | PageBreak():
            yield ""
        case _:
            yield plain(block.text)


def _inserted(block: Picture | Chart | Cut) -> Iterator[str]:
    match block:
        case Picture(caption=caption):
            yield f"［图］{caption}"
        case Cut(words):
            yield f"----{words}----"
        case Chart():
            yield from _chart(block)


def _chart(block: Chart) -> Iterator[str]:
    """Give the title, the names of the series, and a line of numbers for each label."""
    yield f"［统计图］{block.title}" + (f"（单位：{block.unit}）" if block.unit else "")
    yield " | ".join(("项目", *(name for name, _ in block.series)))
    numbers = zip(*(values for _, values in block.series), strict=True)
    for label, values in zip(block.labels, numbers, strict=True):
        yield " | ".join((label, *(number(value) for value in values)))


def _row(row: tuple[Cell, ...]) -> Iterator[str]:
    """Give a line for each caption with what stands beside it."""
    line = ""
    for cell in row:
        words = plain(cell.text)
        if not cell.label:
            line += words if line.endswith("：") or not line else f" | {words}"
            continue
        if line:
            yield line
        line = words.replace("\n", "").removesuffix("：") + "："
    yield line


def _place(place: Signature) -> Iterator[str]:
    yield f"{place.role}：{BLANK}" + ("（指印）" if place.fingerprint else "")
    if place.note:
        yield place.note
