"""核对审计记录: the whole chain looked through, and against what stands on paper or in a file from before."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.services import audit, checkpoints
from mediator.services.audit import Finding
from mediator.services.checkpoints import Checkpoint, Passing
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_file
from mediator.ui.form_dialog import FormDialog
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import button, label, named, row
from mediator.ui.waited import waited

_WORDS = "从第一条起逐条核对：有没有缺少，有没有被改动。有以前打印的校验码，或以前导出、备份时的检查点文件，可以一起核对。"


class CheckDialog(FormDialog):
    """What to compare with, if anything; then it begins."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "核对审计记录", wide=36)
        self.desk = desk
        self.point: Checkpoint | None = None
        self.code = LineEdit()
        self.code.setPlaceholderText("如 第 1234 条，7K3M-Q9XD-2HVT-A04R，没有可以不填")
        self.file = label("没有选", "quiet", wrap=True)
        beside = row(self.file, button("选检查点文件…", self._choose))
        beside.setStretch(0, 1)
        self.fill(
            label(_WORDS, "quiet", wrap=True), *named("纸上的校验码", self.code), label("检查点文件"), beside,
            does="开始核对", act=self._check,
        )  # fmt: skip

    def _choose(self) -> None:
        path = ask_for_file(self, "选检查点文件", "检查点、备份说明", ".json")
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Compare with the checkpoint in a file."""
        with tell.refusals(self):
            self.point = checkpoints.read(path)
            self.file.setText(f"{path.name}：{self.point.at.replace('T', ' ')[:16]}，共 {self.point.size} 条")

    def _check(self) -> None:
        with tell.refusals(self):
            passed = self.desk.read(self._passing)
            found = waited(self, "核对审计记录", "正在逐条核对……", self._job)
            if found is not None:
                self._tell(found, passed)

    def _job(self, told: Callable[[int, int], None]) -> Finding:
        found = self.desk.read(lambda s: audit.verify(s, None, told))
        self.desk.alone(lambda s: audit.checked(s, found))
        return found

    def _passing(self, session: Session) -> list[Passing]:
        found = [checkpoints.passing(session, self.point)] if self.point else []
        typed = self.code.text().strip()
        return [*found, checkpoints.passing_short(session, typed)] if typed else found

    def _tell(self, found: Finding, passed: list[Passing]) -> None:
        words = "\n".join([found.words, *(one.words for one in passed)])
        if found.wrong or not all(one.holds for one in passed):
            tell.refused(self, Refusal(words))
            return
        code = self.desk.read(checkpoints.short)
        tell.done(self, f"{words}\n现在的校验码是 {code}，抄在登记簿上，以后可以用来核对。")
        self.accept()
