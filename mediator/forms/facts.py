"""How a paper states facts: a line, a table of captions, a headed section."""

from typing import TypeVar

from mediator.domain.base import Base
from mediator.domain.fields import fields_of
from mediator.domain.wording import prose
from mediator.forms.words import room
from mediator.paper.blocks import Block, Cell, Grid, Heading, Lines, Para, Run

M = TypeVar("M", bound=Base)


def unknown(model: type[M], **known: object) -> M:
    """A row with every field empty but those known, to print as room to write; it belongs to no case."""
    return model(**({key: field.empty for key, field in fields_of(model).items()} | known))


def fact(caption: str, value: str) -> Para:
    """One line: caption and value, or room to write it."""
    return Para((Run(f"{caption}："), Run(value) if value else room(20)), align="left")


def table(*rows: tuple[str, str]) -> Grid:
    """A ruled table of captions and values; an empty value is an empty cell."""
    return Grid(tuple((Cell(caption, label=True), Cell(value)) for caption, value in rows), (1, 4))


def section(caption: str, text: str, lines: int = 4) -> tuple[Block, ...]:
    """A heading and what was typed under it, or ruled lines to write on."""
    return Heading(caption), Para(prose(text)) if text else Lines(lines)
