"""Keeping a table or a list as a file (存为表格、PDF……), and seeing it as it is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mediator.services import carrying, figures, printouts
from mediator.services.printouts import Printout
from mediator.tallies.figures import Figures, by_itself
from mediator.tallies.tally import Tally
from mediator.ui import later, tell
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_where_to_save
from mediator.ui.flow import FlowLayout
from mediator.ui.parts import button, run
from mediator.ui.preview import PreviewDialog

_KINDS = {
    "xlsx": ("存为表格", "电子表格", "ledger"),
    "pdf": ("存为 PDF", "PDF 文件", "pdf"),
    "docx": ("存为 Word", "Word 文件", "word"),
    "csv": ("存为 CSV", "CSV 文件", "save"),
    "json": ("存为 JSON", "JSON 数据文件", "save"),
}
_MENU = "QMenu { background: white; } QMenu::item { padding: 9px 28px; } QMenu::item:selected { background: #e1eff0; color: #1d2a33; }"

_MORE = """
QPushButton { padding-right: 34px; } QPushButton:focus { padding-right: 33px; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center; right: 12px; }
"""


@dataclass(frozen=True)
class Keepable:
    """What can be kept: how a file of it is called and made, by suffix, and how it is printed."""

    name: Callable[[str], str]
    write: Callable[[str], bytes]
    printout: Callable[[], Printout]


def of_figures(table: Figures) -> Keepable:
    """A counted table, with what stands beside it."""
    return Keepable(
        partial(figures.file_name, table.tally),
        partial(figures.write, table),
        lambda: Printout(figures.as_paper(table)),
    )


def of_sum(total: Tally, parts: Sequence[Tally]) -> Keepable:
    """A sum, with the offices' tables it sums."""
    return Keepable(
        partial(figures.file_name, total), partial(carrying.write_sum, total, parts),
        lambda: Printout(figures.as_paper(by_itself(total))),
    )  # fmt: skip


def preview(
    owner: QWidget,
    desk: Desk,
    make: Callable[[], Printout],
    name: str,
    ended: Callable[[], None] = lambda: None,
) -> None:
    """Make a paper in the background and show it as it is printed; ``name`` is that of its files, without a suffix."""

    def show(printed: tuple[Printout, bytes, list[str]]) -> None:
        made, pdf, lacking = printed
        words = f"这台电脑没有“{'、'.join(lacking)}”的字形，打印时留出空位，请手写补上。" if lacking else ""
        title, docx = made.paper.title, partial(printouts.as_docx, made)
        run(PreviewDialog(owner, desk, title, pdf, docx, name, warning=words))

    later.run(owner, lambda: _printed(make), show, ended)


class KeepPane(QWidget):
    """A button to print, one for each kind of file, and the other kinds in a menu; off until there is something to keep."""

    def __init__(self, desk: Desk, *suffixes: str, more: Sequence[str] = (), prints: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.what: Keepable | None = None
        self.print_button = button("打印预览", self.preview, picture="print", tip="看印出来的样子，再打印")
        self.print_button.setVisible(prints)
        self.buttons: dict[str, QPushButton] = {
            suffix: button(_KINDS[suffix][0], partial(self._keep, suffix), picture=_KINDS[suffix][2])
            for suffix in suffixes
        }
        self.menu = QMenu(self)
        self.menu.setStyleSheet(_MENU)
        self.actions_of: dict[str, QAction] = {
            suffix: self.menu.addAction(_KINDS[suffix][0], partial(self._keep, suffix)) for suffix in more
        }
        self.more_button = button("其他格式", lambda: None)
        self.more_button.setMenu(self.menu)
        self.more_button.setStyleSheet(_MORE)
        self.more_button.setVisible(bool(more))
        shown = [self.print_button] if prints else []
        last = [self.more_button] if more else []
        self.setLayout(FlowLayout(*shown, *self.buttons.values(), *last))
        self.offer(None)

    def offer(self, what: Keepable | None) -> None:
        """Offer to keep this, or nothing."""
        self.what = what
        self._enable(what is not None)

    def preview(self) -> None:
        """Show what there is as it is printed."""
        what = self.what
        if what is not None:
            self._enable(False)
            name = what.name("pdf").removesuffix(".pdf")
            preview(self, self.desk, what.printout, name, lambda: self._enable(True))

    def _enable(self, on: bool) -> None:
        for each in (self.print_button, *self.buttons.values(), self.more_button):
            each.setEnabled(on)

    def _keep(self, suffix: str) -> None:
        what = self.what
        assert what is not None
        path = ask_where_to_save(self, what.name(suffix), _KINDS[suffix][1])
        if path is None:
            return
        self._enable(False)
        later.run(
            self,
            lambda: carrying.keep(self.desk.alone, path, what.write(suffix), Path(what.name(suffix)).stem),
            lambda kept: tell.done(self, f"已存到 {kept}。"),
            lambda: self._enable(True),
        )


def _printed(make: Callable[[], Printout]) -> tuple[Printout, bytes, list[str]]:
    made = make()
    return made, printouts.as_pdf([made]), printouts.unprintable(made.paper)
