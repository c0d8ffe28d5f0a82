"""卷宗: whether the file of a case is whole, and the whole of it as one PDF."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QWidget

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind
from mediator.domain.errors import Refusal
from mediator.services import cases, completeness, dossier, printouts
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.flow import FlowLayout
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import button, label, run
from mediator.ui.preview import PreviewDialog
from mediator.ui.waiting import WaitingDialog

WHOLE = "卷宗齐全"


class BoundFileBar(QWidget):
    """What can be done with the whole file."""

    def __init__(self, desk: Desk, settled: Callable[[], bool]) -> None:
        """``settled`` saves what is typed elsewhere on the case, and tells whether that could be done."""
        super().__init__()
        self.desk, self.settled = desk, settled
        self.case: Case | None = None
        self.scans = QCheckBox("签好的用扫描件")
        self.scans.setToolTip("有签署件扫描的文书，装订时用扫描件代替打印件。")
        check, bind = button("检查卷宗", self._check), button("装订整卷", self._bind)
        self.scans.setMinimumHeight(bind.sizeHint().height())
        self.setLayout(FlowLayout(check, bind, self.scans, gap=8))

    def show_case(self, case: Case) -> None:
        """Show what there is to do for a case."""
        self.case = case
        self.scans.setVisible(any(m.kind is MaterialKind.SCAN for m in case.materials))

    def _check(self) -> None:
        case = self.case
        if case is None or not self.settled():
            return
        with tell.refusals(self):
            lacking = self.desk.read(lambda s: completeness.check(s, cases.load(s, case.id)))
            if lacking:
                run(LackingDialog(self, lacking))
            else:
                tell.done(self, f"{WHOLE}：该有的文书都有了，签名盖章登记完毕，日期、编号和金额没有不一致。")

    def _bind(self) -> None:
        case = self.case
        if case is None or not self.settled():
            return
        scans, today = self.scans.isChecked() and not self.scans.isHidden(), self.desk.today
        made: list[bytes] = []

        def bind(_tell: Callable[[int, int], None]) -> None:
            made.append(
                self.desk.read(lambda s: dossier.write(s, cases.load(s, case.id), today=today, scans=scans))
            )

        waiting = WaitingDialog("装订整卷", "正在把全部文书和材料排成一卷，请稍候……", bind)
        run(waiting)
        if isinstance(waiting.error, Refusal):
            tell.refused(self, waiting.error)
        elif waiting.error is not None:
            raise waiting.error
        else:
            name = printouts.file_name(case.number, "卷宗", 0, "").rstrip(".")
            run(PreviewDialog(self, self.desk, "卷宗", made[0], None, name, number=case.number))


class LackingDialog(FormDialog):
    """What the file lacks, or where its papers disagree."""

    def __init__(self, parent: QWidget, lacking: Sequence[str]) -> None:
        super().__init__(parent, "检查卷宗")
        listed = QListWidget()
        listed.setAccessibleName("卷宗里要补正的地方")
        listed.setWordWrap(True)
        listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listed.addItems(list(lacking))
        words = f"有 {len(lacking)} 处要补正。补好以后再检查一次。"
        self.fill(label(words, "warning", wrap=True), listed, does="知道了", act=self.accept, leave="关闭")
        fit(self, 44, min(12 + 3 * len(lacking), 36))
