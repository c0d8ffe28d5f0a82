"""What the two layouts of a counted table have in common as a spreadsheet: cells, what stands above the table and below it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil
from typing import Any

from mediator.exchange.sheet_style import PLAIN, places
from mediator.tallies.figures import NOTHING, STEADY, Figures, Item, Values, difference, percent
from mediator.tallies.sayings import SIGNERS, said
from mediator.tallies.table import Rate, Unit

HEAD = 3
"""The first row of the headings; the title and two lines of particulars stand above it."""
LINE = 13.0
"""Height of a line of text, points."""
_NUMBERS = {
    "whole": "0",
    "money": "0.00",
    "rate": "0.0%",
    "whole change": "+0;-0;0",
    "money change": "+0.00;-0.00;0.00",
    "rate change": '+0.0"个百分点";-0.0"个百分点";0.0"个百分点"',
    "percent": "+0.0%;-0.0%;0.0%",
}


class Page:
    """A sheet that is being written, with the formats of its cells."""

    def __init__(self, book: Any, name: str) -> None:
        self.sheet = book.add_worksheet(name)
        boxed = {**PLAIN, "border": 1}
        self.plain = book.add_format(PLAIN)
        self.title = book.add_format({**PLAIN, "font_size": 16, "bold": True, "align": "center"})
        self.label = book.add_format({**boxed, "align": "center", "num_format": "@"})
        self.text = book.add_format({**boxed, "num_format": "@"})
        self.bold = book.add_format({**boxed, "bold": True, "num_format": "@"})
        self.dash = book.add_format({**boxed, "align": "right", "num_format": "@"})
        self.numbers = {
            name: book.add_format({**boxed, "num_format": form, "align": "right"})
            for name, form in _NUMBERS.items()
        }

    def span(self, first: tuple[int, int], last: tuple[int, int], words: str, style: Any) -> None:
        """Write words over one cell or over several made one."""
        if first == last:
            self.sheet.write_string(*first, words, style)
        else:
            self.sheet.merge_range(*first, *last, words, style)

    def figure(self, place: tuple[int, int], item: Item, number: Decimal | None) -> None:
        """Write a figure; a dash where there is none."""
        self._number(place, number, kind(item), 100 if isinstance(item, Rate) else 1)

    def change(self, place: tuple[int, int], item: Item, number: Decimal | None) -> None:
        """Write 增减, with its sign."""
        self._number(place, number, f"{kind(item)} change")

    def grown(self, place: tuple[int, int], item: Item, now: Values, was: Values) -> None:
        """Write 环比 or 同比: 增减 in percent with its sign, or that there was none."""
        if difference(item, now, was) == 0:
            self.sheet.write_string(*place, STEADY, self.dash)
        else:
            self._number(place, percent(item, now, was), "percent", 100)

    def lines(self, row: int, last: int, lines: Sequence[str], width: float) -> int:
        """Write lines over the whole width (in letters), each in a row high enough for it; returns the row after them."""
        for row_, words in enumerate(lines, row):
            self.span((row_, 0), (row_, last), words, self.plain)
            self.sheet.set_row(row_, LINE * ceil(2 * len(words) / width) + 3)
        return row + len(lines)

    def _number(self, place: tuple[int, int], number: Decimal | None, name: str, per: int = 1) -> None:
        if number is None:
            self.sheet.write_string(*place, NOTHING, self.dash)
        else:
            self.sheet.write_number(*place, float(number / per), self.numbers[name])


def kind(item: Item) -> str:
    """Which format of numbers an item has."""
    if isinstance(item, Rate):
        return "rate"
    return "money" if item.unit is Unit.FEN else "whole"


def above(figures: Figures) -> tuple[str, str]:
    """What stands under the title: whose figures, of which period, how counted, for whom."""
    tally = figures.tally
    return (
        f"填报单位（盖章）：{tally.reporter.name}    行政区划代码：{tally.reporter.region}",
        f"报告期：{tally.period}    {tally.counted_by}    表式版本：{tally.table.edition}    报送：{tally.table.authority}",
    )


def below(figures: Figures) -> Iterator[str]:
    """What stands under the table: what is to be said of the figures, and places to sign."""
    yield from said(figures)
    yield ""
    yield f"{places(SIGNERS)}    填报日期：______年____月____日"
