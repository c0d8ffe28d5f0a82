"""Keeping a counted table as a file (存为表格、PDF、JSON)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from mediator.services import carrying, figures
from mediator.tallies.tally import Tally
from mediator.ui import later, tell
from mediator.ui.file_choice import ask_where_to_save
from mediator.ui.flow import FlowLayout
from mediator.ui.parts import button

_KINDS = {
    "xlsx": ("存为表格", "电子表格", "ledger"),
    "pdf": ("存为 PDF", "PDF 文件", "pdf"),
    "json": ("存为 JSON", "JSON 数据文件", "save"),
}


class KeepPane(QWidget):
    """A button for each kind of file; they are off until there is a table."""

    def __init__(self, *suffixes: str) -> None:
        super().__init__()
        self.tally: Tally | None = None
        self.parts: Sequence[Tally] = ()
        self.buttons: dict[str, QPushButton] = {
            suffix: button(_KINDS[suffix][0], partial(self._keep, suffix), picture=_KINDS[suffix][2])
            for suffix in suffixes
        }
        self.setLayout(FlowLayout(*self.buttons.values()))
        self.offer(None)

    def offer(self, tally: Tally | None, parts: Sequence[Tally] = ()) -> None:
        """Offer to keep this table; ``parts`` are the offices' tables it sums."""
        self.tally, self.parts = tally, parts
        self._enable(tally is not None)

    def _enable(self, on: bool) -> None:
        for each in self.buttons.values():
            each.setEnabled(on)

    def _keep(self, suffix: str) -> None:
        tally, parts = self.tally, self.parts
        assert tally is not None
        path = ask_where_to_save(self, figures.file_name(tally, suffix), _KINDS[suffix][1])
        if path is None:
            return
        self._enable(False)
        later.run(
            self,
            lambda: carrying.keep(path, carrying.write_sum(tally, parts, suffix)),
            lambda kept: tell.done(self, f"已存到 {kept}。"),
            lambda: self._enable(True),
        )
