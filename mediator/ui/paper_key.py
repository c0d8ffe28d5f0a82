"""恢复密钥 on the screen: shown, printed, and typed back once from the paper."""

from datetime import date

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

from mediator.services import printouts, recovery
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import button, card, column, label, named, row, run
from mediator.ui.preview import PreviewDialog


class PaperKeyPane(QWidget):
    """A new recovery key; it counts for nothing until the caller adopts it."""

    def __init__(self) -> None:
        super().__init__()
        self.office = ""
        self.desk: Desk | None = None
        """Whose audit tells of printing it; none before there is data."""
        self.recovery_key = recovery.new()
        shown = label("\n".join(recovery.lines(self.recovery_key)))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSize(self.font().pointSize() * 4 // 3)
        font.setWeight(QFont.Weight.DemiBold)
        shown.setFont(font)
        shown.setStyleSheet(f'font-family: "{font.family()}", monospace; font-size: {font.pointSize()}pt;')
        shown.setAccessibleName("恢复密钥")
        self.typed = LineEdit()
        self.typed.setPlaceholderText("照着纸上逐组输入，横线和空格可以不输")
        self.print_button = button("打印…", self._print, picture="print")
        self.setLayout(
            column(
                label(
                    "密码都忘了的时候，只有它能打开数据。请打印或抄下来，封好，锁进保险柜，不要存在这台电脑里。",
                    wrap=True,
                ),
                card(row(shown, 1, self.print_button, margins=12), "band"),
                *named("照着纸上再输一遍，确认没有抄错", self.typed),
            )
        )

    def confirmed(self) -> str:
        """The recovery key once it was typed back right; Refusal until then."""
        recovery.check_typed(self.recovery_key, self.typed.text())
        return self.recovery_key

    def _print(self) -> None:
        with tell.refusals(self):
            made = recovery.printout(self.recovery_key, self.office, date.today())
            pdf = printouts.as_pdf([made])
            run(PreviewDialog(self, self.desk, made.paper.title, pdf, None, "数据恢复密钥", keeps=False))
