"""The band over the pages (提醒): the disk nearly full, the clock in doubt, a key file in doubt; it is in nobody's way."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mediator.domain.errors import Refusal
from mediator.services import clock, concerns
from mediator.services.concerns import Concern
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.parts import button, clear, label, row

LOOK_MS = 120_000


class ConcernBand(QFrame):
    """Hidden while there is nothing to say; it looks when it is made, every two minutes, and when something was saved."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.setProperty("role", "concern")
        self.shown: list[Concern] = []
        self.lines = QVBoxLayout()
        self.lines.setContentsMargins(14, 8, 14, 8)
        self.lines.setSpacing(6)
        self.setLayout(self.lines)
        self.hide()
        self._look_again = QTimer(self, interval=LOOK_MS)
        self._look_again.timeout.connect(self.look)
        self._look_again.start()
        desk.changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """See what there is to tell; where nothing can be read that is told elsewhere."""
        with suppress(Refusal):
            found = self.desk.read(lambda s: concerns.look(s, self.folder, datetime.now()))
            if found != self.shown:
                self._show(found)

    def _show(self, found: list[Concern]) -> None:
        self.shown = found
        clear(self.lines)
        for one in found:
            words = label(one.words, "warning", wrap=True)
            more = [button("时间没有错", self._confirm)] if one.of_clock else []
            line = row(words, *more)
            line.setStretch(0, 1)
            holder = QWidget()
            line.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(line)
            self.lines.addWidget(holder)
        self.setAccessibleName("。".join(one.words for one in found))
        self.setVisible(bool(found))

    def _confirm(self) -> None:
        now = datetime.now()
        words = f"现在是 {now:%Y-%m-%d %H:%M}，和日历、手机上的一样吗？"
        if tell.ask(self, words, "一样，时间没有错", "不一样，我去调"):
            with tell.refusals(self):
                self.desk.do(lambda s: clock.confirm(s, now))
