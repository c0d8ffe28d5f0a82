"""A counted table on the screen: group, item, number and unit, and what it is compared with; rates after the figures.

Beside other periods each has a number and how much it changed; where there is too little room the change stands under the number,
and the name of a group over its first item.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtGui import QResizeEvent

from mediator.tallies.figures import (
    BEFORE,
    CHANGES,
    LAST_YEAR,
    NOTHING,
    STEADY,
    Figures,
    Item,
    Other,
    difference,
    items,
    meaning,
    percent,
    quantity,
    signed,
    written,
)
from mediator.tallies.rows import of_which
from mediator.tallies.table import Heading as Figure
from mediator.tallies.table import Rate
from mediator.tallies.tally import Tally
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_GROUP, _ITEM, _UNIT = Heading("组别", 6, top=True), Heading("项目", 0), Heading("单位", 3)
_SO_FAR = Heading("年度累计", 4, number=True)
_NOW = Heading("本期", 4, number=True)
_LABELS = (BEFORE, LAST_YEAR)
_BESIDE = [
    heading
    for label in _LABELS
    for heading in (Heading(label, 4, number=True), Heading(CHANGES[label], 6, number=True))
]
_OVER = [Heading(f"{label}\n{CHANGES[label]}", 6, number=True) for label in _LABELS]
"""The same where the change stands under the number."""
HEADINGS = (_GROUP, _ITEM, Heading("数量", 5, number=True), _UNIT)
NUMBER = 2
_LETTERS = 24
"""The narrowest the table can be and still show every item's label."""


def grouped(rows: Sequence[Item]) -> list[tuple[int, int, str]]:
    """Where each group begins, how many rows it has, and its name."""
    found, start = [], 0
    for name, members in groupby(rows, lambda row: row.group):
        size = len(list(members))
        found.append((start, size, name))
        start += size
    return found


def item_words(item: Item, rows: Sequence[Item]) -> str:
    """An item's label; one that is part of another in its group says so."""
    if isinstance(item, Rate):
        return item.label
    whole = next((other for other in rows if other.name == item.part_of), None)
    return of_which(item.label) if whole is not None and whole.group == item.group else item.label


def span_groups(table: WordsTable, rows: Sequence[Item]) -> None:
    """Let each group's name stand once, beside all its items."""
    table.clearSpans()
    for start, size, _name in grouped(rows):
        if size > 1:
            table.setSpan(start, 0, size, 1)


def number_words(item: Item, values: Mapping[str, int]) -> str:
    """A figure or a rate in words, without its unit but with the sign of a rate; a dash where there is none."""
    words = written(item, quantity(item, values))
    return f"{words}%" if isinstance(item, Rate) and words != NOTHING else words


def rise_words(item: Item, now: Mapping[str, int], was: Mapping[str, int]) -> str:
    """By what share a figure rose or fell (+12.5%); of a rate by how many 百分点."""
    rate = isinstance(item, Rate)
    rise = difference(item, now, was)
    if rise == 0:
        return STEADY
    share = rise if rate else percent(item, now, was)
    return NOTHING if share is None else f"{signed(str(share))}{' 百分点' if rate else '%'}"


class FiguresTable(WordsTable):
    """One office's table; a row chosen and opened shows the cases behind its number."""

    def __init__(self) -> None:
        super().__init__("统计结果", HEADINGS, "在上面选好统计表和报告期，再点“统计”。", least=7)
        self.rows: list[Item] = []
        self.figures: Figures | None = None
        self.compare = False
        self.stacked = False
        """Whether the changes stand under the numbers."""
        self._tallies: dict[int, tuple[Tally, bool]] = {}
        """By column: whose numbers stand there, and whether they are of the year so far."""
        self.wrap()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * _LETTERS + 80)

    def show_figures(self, figures: Figures, *, compare: bool) -> None:
        """Show a table, beside the other periods if it is to be compared; the row chosen before stays chosen."""
        self.figures, self.compare = figures, compare
        self.rows = items(figures.tally)
        self._lay(self._too_narrow())

    def item(self) -> Item | None:
        """The figure or rate whose row is chosen."""
        row = self.chosen()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def where_chosen(self) -> str:
        """In brackets, in which column the chosen number stands, if it is not of the period itself."""
        place = self.currentIndex().column()
        where = self.words.headings[place].words.partition("\n")[0]
        return f"（{where}）" if place != NUMBER and place in self._tallies else ""

    def number_chosen(self) -> tuple[Tally, Figure, date, int] | None:
        """The number that is chosen: whose table it is in, which figure, from which day it counts, and its value."""
        item = self.item()
        tally, so_far = self._tallies.get(
            self.currentIndex().column(), self._tallies.get(NUMBER, (None, False))
        )
        if tally is None or not isinstance(item, Figure):
            return None
        since = tally.year if so_far and tally.year else tally.since
        value = (tally.so_far if so_far else tally.values).get(item.name)
        return None if value is None else (tally, item, since, value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the changes under the numbers where there is too little room, or beside them again."""
        super().resizeEvent(event)
        if self.figures is not None and self._too_narrow() != self.stacked:
            self._lay(not self.stacked)

    def _too_narrow(self) -> bool:
        """Whether there is too little room for numbers and changes beside one another."""
        so_far = (_SO_FAR,) if self.figures and self.figures.tally.so_far else ()
        return self.compare and not self.holds((_GROUP, _ITEM, _NOW, *_BESIDE, *so_far))

    def _lay(self, stacked: bool) -> None:
        """Lay the table out; ``stacked`` is with the changes under the numbers."""
        figures, row = self.figures, max(self.chosen(), 0)
        assert figures is not None
        self.stacked = stacked
        others = {other.label: other for other in figures.others} if self.compare else {}
        beside = [others.get(label) for label in _LABELS] if self.compare else []
        self._tallies = _places(figures.tally, beside, 1 if stacked else 2)
        self.head(self._headings(figures.tally), list(self._lines(figures.tally, beside)))
        self.setColumnHidden(0, stacked)
        self._share()
        span_groups(self, self.rows)
        self.choose(min(row, len(self.rows) - 1), NUMBER)

    def _headings(self, tally: Tally) -> list[Heading]:
        so_far = [_SO_FAR] if tally.so_far else []
        if not self.compare:
            return [_GROUP, _ITEM, Heading("本期" if so_far else "数量", 5, number=True), _UNIT, *so_far]
        return [_GROUP, _ITEM, _NOW, *(_OVER if self.stacked else _BESIDE), *so_far]

    def _lines(self, tally: Tally, beside: Sequence[Other | None]) -> Iterator[Line]:
        first = {start: name for start, _size, name in grouped(self.rows)} if self.stacked else {}
        for n, item in enumerate(self.rows):
            name, unit = item_words(item, self.rows), _unit(item)
            now = number_words(item, tally.values)
            words = [item.group, name, now, unit]
            if self.compare:
                named = f"{name}（{unit}）" if unit else name
                words = [item.group, f"【{first[n]}】\n{named}" if n in first else named, now]
            for other in beside:
                was = other.values if other else {}
                pair = [number_words(item, was), rise_words(item, tally.values, was)]
                words += ["\n".join(pair)] if self.stacked else pair
            if tally.so_far:
                words.append(number_words(item, tally.so_far))
            yield Line(tuple(words), tip=f"{item.label}：{meaning(tally, item)}")


def _unit(item: Item) -> str:
    return "" if isinstance(item, Rate) else item.unit.shown


def _places(tally: Tally, beside: Sequence[Other | None], wide: int) -> dict[int, tuple[Tally, bool]]:
    """By column: whose numbers stand there; another period takes so many columns."""
    found = {NUMBER: (tally, False)}
    place = NUMBER + (1 if beside else 2)
    for other in beside:
        if other is not None:
            found |= {place + n: (other.tally, False) for n in range(wide)}
        place += wide
    return found | ({place: (tally, True)} if tally.so_far else {})
