"""Before a new data key (换数据密钥): who shall come in by another way than a password afterwards, asked anew."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from mediator.domain.errors import Refusal
from mediator.services import offices, recovery
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog
from mediator.ui.line_edit import LineEdit
from mediator.ui.paper_key import PaperKeyPane
from mediator.ui.parts import label, named

WORDS = "换数据密钥以后，原来那张恢复密钥就作废：不可信任的人可能抄过它。请换上新的一张，封好锁进保险柜。"


class NewKeyDialog(FormDialog):
    """A new recovery key typed back from the paper, or none; the superior by name, or not any more."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path) -> None:
        super().__init__(parent, "换数据密钥", wide=44)
        self.known = recovery.ways_back(folder).superior
        self.paper = PaperKeyPane()
        self.paper.desk, self.paper.office = desk, desk.read(offices.own).name
        self.none = QCheckBox("现在不做恢复密钥：密码都忘了，数据就打不开了")
        self.none.toggled.connect(self.paper.setDisabled)
        self.superior_name = LineEdit()
        self.fill(
            label(WORDS, wrap=True),
            self.paper,
            self.none,
            *self._superior(),
            does="换数据密钥",
            act=self._settle,
        )
        self.paper.typed.setFocus()

    def _superior(self) -> list[QWidget]:
        if not self.known:
            return []
        words = f"“{self.known}”的恢复私钥要继续能打开数据的，请照着输入这个名称；不填就取消"
        return [*named(words, self.superior_name)]

    @property
    def dirty(self) -> bool:
        """Nothing here is worth keeping."""
        return False

    @property
    def recovery_key(self) -> str:
        """The new recovery key; empty if there is to be none."""
        return "" if self.none.isChecked() else self.paper.confirmed()

    @property
    def superior(self) -> str:
        """The superior whose key is to open the data still; empty if none is."""
        return self.superior_name.text().strip()

    def _settle(self) -> None:
        with tell.refusals(self):
            if self.superior and self.superior != self.known:
                raise Refusal(f"名称和“{self.known}”不一样；请照着输入，或者不填。")
            assert self.recovery_key or self.none.isChecked()
            self.accept()
