"""What one row of a ledger (一行台账) comes to: an entry, a refusal, and the reading on the way there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.orm import QueryableAttribute

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Side
from mediator.domain.errors import Refusal
from mediator.domain.fields import Value, fields_of
from mediator.domain.people import Party
from mediator.exchange.ledger_cells import read_cell, text_of
from mediator.exchange.ledger_choices import Choices
from mediator.exchange.ledger_headings import Heading
from mediator.exchange.ledger_layout import Layout
from mediator.exchange.ledger_sheets import Cell, Row

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One row that can be taken in: values by attribute, ready for the models."""

    row: int
    serial: str
    accepted_on: date
    case: Mapping[str, Value]
    parties: tuple[Mapping[str, Value], ...]
    mediators: tuple[str, ...]
    agreement: Mapping[str, Value] | None
    assumptions: tuple[str, ...]
    """How loose words were read, the same sentence for every row of the same sort."""
    warnings: tuple[str, ...]
    """What a person should look at in this row."""
    key: str
    """The same for the same row in any file: a hash of day, parties and summary. The serial is left out of it,
    because it moves when a row is put in above."""

    def written(self) -> dict[str, Any]:
        """The entry as files hold it, shaped like a case document."""
        document = _written(Case, self.case)
        document["parties"] = [_written(Party, party) for party in self.parties]
        document["assignments"] = [{"staff": name} for name in self.mediators]
        if self.agreement is not None:
            document["agreement"] = _written(Agreement, self.agreement)
        return document


@dataclass(frozen=True)
class Refused:
    """One row that cannot be right."""

    row: int
    serial: str
    reason: str

    def __str__(self) -> str:
        serial = f"（序号 {self.serial}）" if self.serial else ""
        return f"第 {self.row} 行{serial}：{self.reason}"


@dataclass
class Reading:
    """A row while it is read: what has been found, assumed and objected to so far."""

    number: int
    cells: Row
    layout: Layout
    choices: Choices
    today: date
    case: dict[str, Value] = field(default_factory=dict)
    agreement: dict[str, Value] = field(default_factory=dict)
    parties: dict[Side, list[dict[str, Value]]] = field(default_factory=dict)
    mediators: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def cell(self, heading: Heading) -> Cell:
        """What stands under a heading; None if there is no such column."""
        column = self.layout.columns.get(heading.code)
        return self.cells[column.index] if column and column.index < len(self.cells) else None

    def text(self, heading: Heading) -> str:
        """The same as words; an error value is one more reason against the row."""
        return self.attempt(heading, lambda: text_of(self.cell(heading))) or ""

    def value(self, heading: Heading) -> Value:
        """The same as the heading's field reads it."""
        if heading.code not in self.values:
            field, column = heading.field, self.layout.columns.get(heading.code)
            in_wan = bool(column and column.in_wan)
            assert field is not None
            read = partial(read_cell, field, self.cell(heading), in_wan=in_wan)
            self.values[heading.code] = self.attempt(heading, read)
        return self.values[heading.code]

    def day(self, heading: Heading) -> date | None:
        """The same as a day."""
        day = self.value(heading)
        return day if isinstance(day, date) else None

    def attempt(self, heading: Heading, read: Callable[[], T]) -> T | None:
        """Read something; a refusal is one more reason against the row."""
        try:
            return read()
        except Refusal as refusal:
            label = f"“{heading.label}”"
            words = str(refusal)
            self.against(words if words.startswith(label) else label + words)
            return None

    def against(self, reason: str) -> None:
        """One more reason against the row."""
        self.reasons.append(reason.removesuffix("。"))

    def put(self, attribute: QueryableAttribute[Any], value: Value) -> None:
        """Set an attribute of the case or its agreement."""
        values = self.case if attribute.class_ is Case else self.agreement
        values[attribute.key] = value

    def assume(self, sentence: str, *, remark: bool = False) -> None:
        """Say how something loose was read; what changes the record itself is kept in the case's remark too."""
        self.assumptions.append(sentence)
        if remark:
            self.remarks.append(sentence)


def _written(model: type[Any], values: Mapping[str, Value]) -> dict[str, Any]:
    fields = fields_of(model)
    return {key: fields[key].write(value) for key, value in values.items() if value not in ("", None)}
