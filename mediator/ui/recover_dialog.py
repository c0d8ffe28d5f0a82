"""用恢复密钥: with the paper out of the safe somebody gets a new password, and there is a new paper."""

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget
from sqlalchemy import Engine

from mediator.services import recovery, setup
from mediator.ui import tell
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.line_edit import LineEdit
from mediator.ui.paper_key import PaperKeyPane
from mediator.ui.parts import column, label, named
from mediator.ui.secret import same, secret, shown_on_wish


class RecoverDialog(FormDialog):
    """Two steps; nothing is changed before the second is done."""

    def __init__(self, parent: QWidget, folder: Path, user: str) -> None:
        super().__init__(parent, "用恢复密钥打开", wide=40)
        self.folder = folder
        self.engine: Engine | None = None
        self.who = ""
        self.typed, self.user = LineEdit(), Choice()
        self.user.addItems(setup.logins(folder))
        self.user.setCurrentText(user)
        self.new, self.again = secret(), secret()
        self.paper = PaperKeyPane()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._first())
        self.pages.addWidget(self._second())
        self.fill(self.pages, does="下一步", act=self._onward)

    @property
    def dirty(self) -> bool:
        """Nothing here is worth keeping."""
        return False

    def _first(self) -> QWidget:
        page = QWidget()
        page.setLayout(
            column(
                label("第 1 步，共 2 步：旧的恢复密钥，新的密码", "section"),
                *named("纸上的恢复密钥", self.typed),
                *named("给谁设新密码", self.user),
                *named(f"新密码（{setup.PASSWORD_RULE}）", self.new),
                *named("再输一遍新密码", self.again),
                shown_on_wish(self.new, self.again),
                label("这一次会记入审计记录。用过的恢复密钥作废，下一步给出新的。", "quiet", wrap=True),
                1,
                gap=7,
            )
        )
        return page

    def _second(self) -> QWidget:
        page = QWidget()
        page.setLayout(column(label("第 2 步，共 2 步：新的恢复密钥", "section"), self.paper, 1))
        return page

    def _onward(self) -> None:
        with tell.refusals(self):
            if self.pages.currentIndex() == 0:
                self.paper.office = recovery.check(self.folder, self.typed.text())
                setup.check_password(same(self.new, self.again), self.user.currentText(), self.paper.office)
                self.pages.setCurrentIndex(1)
                self.main.setText("完成")
                self.paper.typed.setFocus()
                return
            self.engine, self.who = recovery.come_back(
                self.folder,
                self.typed.text(),
                self.user.currentText(),
                self.new.text(),
                self.paper.confirmed(),
            )
            self.accept()
