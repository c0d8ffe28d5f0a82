"""设置—安全: the lock, one's own password, the recovery key, the superior's key, the data key."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.services import offices, policy, recovery
from mediator.services.draft_office import POLICY
from mediator.ui import powers, screens, tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.file_choice import ask_for_file
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane
from mediator.ui.kept_bar import KeptBar
from mediator.ui.leaver_dialog import LATER, ask_ways, change_key
from mediator.ui.line_edit import LineEdit
from mediator.ui.office_pane import settled
from mediator.ui.paper_key import PaperKeyPane
from mediator.ui.parts import button, card, column, label, named, row, run, scrolled, set_role
from mediator.ui.people_dialogs import PasswordDialog


class SafetyPane(QWidget):
    """What keeps the desk safe and the way back open."""

    saved = Signal()
    """The rules were changed."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.form = FormPane(screens.POLICY, hints=True)
        self.kept = KeptBar(Drafting(self.form, desk, lambda: POLICY), POLICY, self.resume)
        self.save_button = button("保存安全设置", self.save, role="main")
        self.paper, self.superior = label("", wrap=True), label("", wrap=True)
        self.paper_button = button("换一张恢复密钥…", self._new_paper)
        self.superior_button = button("选公钥文件…", self._set_superior)
        self.drop_button = button("取消", self._drop_superior)
        self.key_button = button("换数据密钥…", self._change_key)
        inside = QWidget()
        inside.setLayout(column(*self._cards(), 1, margins=14))
        foot = self.kept.beside(self.save_button)
        foot.setContentsMargins(14, 0, 14, 8)
        self.setLayout(column(scrolled(inside), foot))
        self.form.lock(not powers.grey(desk, Power.SETTINGS, self.save_button))
        powers.grey(
            desk, Power.ACCOUNTS, self.paper_button, self.superior_button, self.drop_button, self.key_button
        )
        self.refresh()

    def _cards(self) -> list[QWidget]:
        own = button("修改我的密码", lambda: run(PasswordDialog(self, self.desk, self.folder)))
        keys = "Ctrl+L 立即锁定，也可以在锁定画面换人；F9 立即遮住屏幕，再按一次回来。"
        return [
            _card("我的密码", label(keys, "quiet", wrap=True), own),
            card(column(self.form, margins=16)),
            _card("恢复密钥", self.paper, self.paper_button),
            _card("上级恢复公钥", self.superior, self.superior_button, self.drop_button),
            _card("数据密钥", label(f"有人离岗而不可信任，或密钥可能泄露时才换。{LATER}", "quiet", wrap=True), self.key_button),
            label(f"数据文件夹：{self.folder}", "quiet", wrap=True),
        ]  # fmt: skip

    def refresh(self) -> None:
        """Read everything again."""
        self.form.show_row(self.desk.read(policy.own))
        ways = recovery.ways_back(self.folder)
        self.paper.setText(
            f"有一张 {ways.paper_on[:10]} 做的恢复密钥，应锁在保险柜里。"
            if ways.paper_on
            else "还没有恢复密钥：密码都忘了，数据就打不开了。请现在做一张。"
        )
        set_role(self.paper, "quiet" if ways.paper_on else "warning")
        self.superior.setText(
            f"已交给{ways.superior}：上级用它的恢复私钥能打开本单位的数据。"
            if ways.superior
            else "没有设。设了以后，密码和恢复密钥都丢了，还可以请上级打开；上级也就能打开全部数据。"
        )
        self.drop_button.setVisible(bool(ways.superior))

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        return settled(self, "安全设置", self.form, self.save, self._drop)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed here before."""
        if self.settle():
            self.kept.drafting.resume(draft)
            self.kept.button.look()

    def _drop(self) -> None:
        self.refresh()
        self.kept.drop()

    def save(self) -> bool:
        """Save the rules."""
        with tell.refusals(self):
            self.form.show_row(self.kept.save(self.form, self.form.changes(), self.form.shown, policy.amend))
            self.saved.emit()
            return True
        return False

    def _new_paper(self) -> None:
        if run(PaperKeyDialog(self, self.desk, self.folder)):
            self.refresh()

    def _set_superior(self) -> None:
        path = ask_for_file(self, "上级的恢复公钥", "公钥文件", ".pem")
        if path is not None:
            with tell.refusals(self):
                pem = recovery.read_file(path)
                recovery.check_public(pem)
                if run(SuperiorDialog(self, self.desk, self.folder, pem)):
                    self.refresh()

    def _drop_superior(self) -> None:
        if tell.ask(
            self, "取消以后，上级的恢复私钥再也打不开本单位的数据。要取消吗？", "取消上级公钥", "不取消"
        ):
            with tell.refusals(self):
                self.desk.do(lambda s: recovery.drop_superior(s, self.folder))
                self.refresh()

    def _change_key(self) -> None:
        if tell.ask(self, f"要用新密钥重写全部数据吗？大家的密码不变。{LATER}", "换数据密钥"):
            ways = ask_ways(self, self.desk, self.folder)
            if ways is not None:
                change_key(self, self.desk, self.folder, ways)
                self.refresh()


class PaperKeyDialog(FormDialog):
    """A new recovery key in place of the one before."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path) -> None:
        super().__init__(parent, "换一张恢复密钥", wide=40)
        self.desk, self.folder = desk, folder
        self.paper = PaperKeyPane()
        self.paper.desk = desk
        self.paper.office = desk.read(offices.own).name
        self.fill(
            self.paper, label("完成以后，旧的那一张就作废，请销毁。", "quiet", wrap=True), does="完成", act=self._adopt
        )  # fmt: skip
        self.paper.typed.setFocus()

    @property
    def dirty(self) -> bool:
        """What was typed back is not worth keeping."""
        return False

    def _adopt(self) -> None:
        with tell.refusals(self):
            key = self.paper.confirmed()
            self.desk.do(lambda s: recovery.adopt(s, self.folder, key))
            self.accept()


class SuperiorDialog(FormDialog):
    """Whose key it is that may open the data too."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path, pem: bytes) -> None:
        super().__init__(parent, "上级恢复公钥", wide=36)
        self.desk, self.folder, self.pem = desk, folder, pem
        self.name = LineEdit()
        self.fill(
            *named("上级单位的名称", self.name),
            label("保存以后，持有恢复私钥的上级能打开本单位的全部数据。", "warning", wrap=True),
            does="保存", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            name = self.name.text()
            self.desk.do(lambda s: recovery.set_superior(s, self.folder, name, self.pem))
            self.accept()


def _card(title: str, words: QWidget, *buttons: QWidget) -> QWidget:
    beside = row(column(label(title, "section"), words), *buttons, margins=16)
    beside.setStretch(0, 1)
    return card(beside)
