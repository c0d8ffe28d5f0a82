"""A counted table on the screen: group, item, number, unit."""

from itertools import groupby

from mediator.tallies.table import Heading as Figure
from mediator.tallies.tally import Tally
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("组别", 6, top=True), Heading("项目", 0), Heading("数量", 5, number=True), Heading("单位", 2),
)  # fmt: skip
NUMBER = 2
_LETTERS = 24
"""The narrowest the table can be and still show every item's label."""


def grouped(figures: list[Figure]) -> list[tuple[int, int, str]]:
    """Where each group begins, how many rows it has, and its name."""
    found, start = [], 0
    for name, members in groupby(figures, lambda figure: figure.group):
        size = len(list(members))
        found.append((start, size, name))
        start += size
    return found


def item_words(figure: Figure, figures: list[Figure]) -> str:
    """An item's label; one that is part of another in its group says so."""
    whole = next((other for other in figures if other.name == figure.part_of), None)
    return f"其中：{figure.label}" if whole is not None and whole.group == figure.group else figure.label


def span_groups(table: WordsTable, figures: list[Figure]) -> None:
    """Let each group's name stand once, beside all its items."""
    table.clearSpans()
    for start, size, _name in grouped(figures):
        if size > 1:
            table.setSpan(start, 0, size, 1)


class FiguresTable(WordsTable):
    """One office's table; a row chosen and opened shows the cases behind its number."""

    def __init__(self) -> None:
        super().__init__("统计结果", HEADINGS, "在上面选好统计表和报告期，再点“统计”。")
        self.figures: list[Figure] = []
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * _LETTERS + 80)

    def show_tally(self, tally: Tally) -> None:
        """Show a table; the row chosen before stays chosen."""
        row = max(self.chosen(), 0)
        self.figures = tally.headings
        self.show_lines([self._line(tally, figure) for figure in self.figures])
        span_groups(self, self.figures)
        self.choose(min(row, len(self.figures) - 1), NUMBER)

    def figure(self) -> Figure | None:
        """The figure whose row is chosen."""
        row = self.chosen()
        return self.figures[row] if 0 <= row < len(self.figures) else None

    def _line(self, tally: Tally, figure: Figure) -> Line:
        number = figure.shown(tally.values[figure.name])
        words = (figure.group, item_words(figure, self.figures), number, figure.unit.shown)
        return Line(words, tip=f"{figure.label}：{tally.definition(figure)}")
