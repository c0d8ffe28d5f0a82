"""A table on the screen whose columns are only known when it is read (清单、自定义统计): as wide as what stands in them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from mediator.ui.sheet_layout import Column, Content, Row, arranged
from mediator.ui.words_model import Index, Line
from mediator.ui.words_table import WordsTable

Cell = str | int | Decimal
_BREAK = "\u2028"
"""What Qt makes of the end of a line in a cell."""
_MARGIN = 8
"""Left and right of the words in a cell, in pixels."""


class _LineByLine(QStyledItemDelegate):
    """Cuts each line of a cell by itself, so that a long one leaves room for the one under it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The words as they are painted."""
        super().initStyleOption(option, index)
        words: str = option.text  # type: ignore[attr-defined]
        if _BREAK in words:
            room, metrics = option.rect.width() - 2 * _MARGIN, option.fontMetrics  # type: ignore[attr-defined]
            lines = (
                metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in words.split(_BREAK)
            )
            option.text = _BREAK.join(lines)  # type: ignore[attr-defined]


class SheetTable(WordsTable):
    """Rows under heads; where there is too little room, columns that belong together share one, in two lines."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__(name, (), empty)
        self.content: Content | None = None
        self.colours: list[str] = []
        self.columns: list[Column] = []
        self.setItemDelegate(_LineByLine(self))

    @property
    def heads(self) -> Row:
        """The heads, however they share the room."""
        return self.content.heads if self.content else ()

    @property
    def rows(self) -> Sequence[Row]:
        """The words of every row in the order of the heads, however they share the room."""
        return self.content.rows if self.content else ()

    def show_rows(
        self, heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, free: int, uncut: Collection[str] = (),
        under: Sequence[tuple[str, str]] = (), colour: Callable[[Row], str] = lambda _words: "",
    ) -> None:  # fmt: skip
        """Show rows under heads; numbers stand on the right, and the ``free`` column takes the room that is left.

        Where there is too little room the widest columns give up some, but for the ``uncut`` ones, and of the pairs in
        ``under`` the second comes to stand under the first.
        """
        words = tuple(tuple(_shown(cell) for cell in row) for row in rows)
        numbers = {n for n in range(len(heads)) if any(not isinstance(row[n], str) for row in rows)}
        self.content = Content(tuple(heads), words, numbers, free, uncut, under)
        self.colours = [colour(row) for row in words]
        self.columns = []
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _arrange(self) -> None:
        content = self.content
        columns = arranged(content, self.holds) if content else []
        if content is None or columns == self.columns:
            return
        chosen, self.columns = self.currentIndex(), columns
        deep = any(len(column.places) > 1 for column in columns)
        lines = 2 if deep else 1
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() * lines + 14)
        self.head([column.heading for column in columns], list(self._lines(content, deep)))
        if chosen.isValid():
            self.choose(chosen.row(), min(chosen.column(), len(columns) - 1))

    def _lines(self, content: Content, deep: bool) -> Iterator[Line]:
        for row, colour in zip(content.rows, self.colours, strict=True):
            cells = tuple("\n".join(row[n] for n in column.places) for column in self.columns)
            whole = (f"{head}：{words}" for head, words in zip(content.heads, row, strict=True) if words)
            yield Line(cells, "\n".join(whole) if deep else "", colour)


def _shown(cell: Cell) -> str:
    return f"{cell:.2f}" if isinstance(cell, Decimal) else str(cell)
