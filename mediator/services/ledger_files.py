"""A ledger's file (台账文件) before it is taken in: its sheets and headings, and what a person decides about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mediator.domain.codes import Kind, Outcome, Referrer, Source
from mediator.domain.errors import Refusal
from mediator.exchange.ledger import Ledger, read_ledger
from mediator.exchange.ledger_book import open_book
from mediator.exchange.ledger_choices import choose
from mediator.exchange.ledger_headings import ALL, KIND, OUTCOME, SOURCE
from mediator.exchange.ledger_layout import find_headings
from mediator.exchange.ledger_reading import Entry
from mediator.exchange.ledger_sheets import HEAD_ROWS
from mediator.exchange.ledger_words import Loose

__all__ = ["MEANINGS", "TARGETS", "Decisions", "Entry", "Outline", "outline", "read"]

TARGETS: dict[str, str] = {heading.code: heading.label for heading in ALL.values()}
"""What a column may tell: code and label, in the usual order."""

MEANINGS: dict[str, tuple[str, ...]] = {
    OUTCOME.code: (*(outcome.label for outcome in Outcome.offered()), Loose.OPEN.value),
    KIND.code: tuple(kind.label for kind in Kind.offered()),
    SOURCE.code: (
        *(source.label for source in Source.offered() if source is not Source.REFERRAL),
        *(referrer.label for referrer in Referrer.offered()),
    ),
}
"""For the columns whose words may be read otherwise: what a word can mean. A referrer means 接受委托移送调解 from there."""


@dataclass(frozen=True)
class Decisions:
    """对照: headings by code of what they tell (empty: not taken), words by code of their column, the sheet."""

    columns: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True)
class Outline:
    """What can be chosen from: the sheets that hold anything, the headings, and which of them were recognised."""

    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    mapping: Mapping[str, str]


def outline(path: Path, sheet: str = "") -> Outline:
    """The sheets of a file and the headings of one of them (or of the fullest); Refusal if it cannot be opened."""
    try:
        heads = [head for head in open_book(path).heads if head.rows]
    except Refusal as refusal:
        raise Refusal(f"台账“{path.name}”{refusal}") from None
    layouts = [
        layout
        for head in heads
        if sheet in ("", head.name)
        and (layout := find_headings({n: r for n, r in head.rows.items() if n <= HEAD_ROWS}, {}))
    ]
    best = max(layouts, key=lambda layout: len(layout.columns), default=None)
    mapping = {code: column.heading for code, column in best.columns.items()} if best else {}
    headings = dict.fromkeys((*mapping.values(), *best.not_taken)) if best else ()
    return Outline(tuple(head.name for head in heads), tuple(headings), mapping)


def read(path: Path, decided: Decisions, *, today: date) -> Ledger:
    """The ledger as it reads with these decisions; Refusal if it cannot be read at all."""
    raw = {**decided.columns, "sheet": decided.sheet, "words": decided.words}
    return read_ledger(path, today=today, choices=choose(raw))
