"""整批装订: the bound files of all cases closed in a period, one PDF each, into a folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget
from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.domain.errors import Refusal
from mediator.services import carrying, dossier, printouts
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_folder
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import label, run
from mediator.ui.period_choice import PeriodPane
from mediator.ui.waiting import Stopped, WaitingDialog


class BatchDialog(FormDialog):
    """Which cases, and whether signed papers are shown as scans; then a folder is asked for and the work begins."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "整批装订卷宗", wide=40)
        self.desk = desk
        self.period = PeriodPane(desk)
        self.scans = QCheckBox("签好的用扫描件")
        words = "把这段时间结案的案件逐卷装订，每卷一个 PDF，存到您选的文件夹。没有出具过文书的案件会列出来。"
        self.fill(
            label(words, "quiet", wrap=True), self.period, self.scans, does="选文件夹并开始", act=self._start
        )

    def _start(self) -> None:
        with tell.refusals(self):
            since, until = self.period.period()
            ids = self.desk.read(lambda s: dossier.closed(s, since, until))
            if not ids:
                raise Refusal(f"{in_words(since)}至{in_words(until)}没有结案的案件，请改日期。")
            folder = ask_for_folder(self, f"把 {len(ids)} 卷存到哪里")
            if folder is not None:
                self._bind(ids, folder)

    def _bind(self, ids: list[int], folder: Path) -> None:
        written: list[str] = []
        empty: list[str] = []
        today, scans = self.desk.today, self.scans.isChecked()

        def bind(done: Callable[[int, int], None]) -> None:
            self.desk.read(lambda s: each(s, done))

        def each(session: Session, done: Callable[[int, int], None]) -> None:
            for number, content in dossier.each(session, ids, today=today, scans=scans):
                if content is None:
                    empty.append(number)
                else:
                    name = printouts.file_name(number, "卷宗", 0, "pdf")
                    kept = carrying.keep(self.desk.alone, folder / name, content, "卷宗", number=number)
                    written.append(kept.name)
                done(len(written) + len(empty), len(ids))

        waiting = WaitingDialog("整批装订卷宗", f"正在装订 {len(ids)} 卷……", bind, stoppable=True)
        run(waiting)
        self._tell(waiting.error, written, empty, folder)

    def _tell(self, error: Exception | None, written: list[str], empty: list[str], folder: Path) -> None:
        if isinstance(error, Refusal):
            tell.refused(self, error)
        elif error is not None and not isinstance(error, Stopped):
            raise error
        words = f"已装订 {len(written)} 卷，存在 {folder}。"
        if isinstance(error, Stopped):
            words = f"已停下。{words}"
        if empty:
            shown = "、".join(empty[:5]) + ("等" if len(empty) > 5 else "")
            words += f"\n{len(empty)} 件还没有出具过入卷的文书，没有装订：{shown}。"
        tell.done(self, words)
        if error is None:
            self.accept()
