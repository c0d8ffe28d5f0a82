"""How a paper states facts: a line, a table of captions, a headed section."""

from mediator.forms.words import prose, room
from mediator.paper.blocks import Block, Cell, Grid, Heading, Lines, Para, Run


def fact(caption: str, value: str | None) -> Para:
    """One line: caption and value, or room to write it."""
    return Para((Run(f"{caption}："), Run(value) if value else room(20)), align="left")


def table(*rows: tuple[str, str | None]) -> Grid:
    """A ruled table of captions and values; an empty value is an empty cell."""
    return Grid(tuple((Cell(caption, label=True), Cell(value or "")) for caption, value in rows), (1, 4))


def section(caption: str, text: str | None, lines: int = 5) -> tuple[Block, ...]:
    """A heading and what was typed under it, or ruled lines to write on."""
    return Heading(caption), Para(prose(text)) if text else Lines(lines)
