"""The band on a case that says it is sensitive (敏感案件), or proposes that it be made so; a person decides."""

from PySide6.QtWidgets import QFrame

from mediator.domain.case import Case
from mediator.domain.codes import Sensitivity
from mediator.services import cases, sensitive
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.parts import button, label, row, set_role


class SensitiveBand(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.setProperty("role", "band")
        self.words = label("", wrap=True)
        self.accept_button = button("设为敏感案件", self._accept, role="main")
        self.decline_button = button("不设", self._decline)
        layout = row(self.words, self.decline_button, self.accept_button, margins=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    def show_case(self, case: Case) -> None:
        """Say what there is to say of a case."""
        self.case = case
        proposal = sensitive.proposal(case, self.desk.today)
        told = f"敏感案件：{case.sensitivity.label}。每次打开都有记录。" if case.sensitivity else ""
        self.words.setText(proposal or told)
        set_role(self.words, "warning" if proposal else "")
        self.accept_button.setVisible(bool(proposal))
        self.decline_button.setVisible(bool(proposal))
        self.setVisible(bool(proposal or told))

    def _accept(self) -> None:
        case, by = self.case, self.desk.who
        if case is not None:
            raw = {Case.sensitivity.key: Sensitivity.MINOR.value}
            was = {Case.sensitivity.key: case.sensitivity}
            with tell.refusals(self):
                self.desk.do(lambda s: cases.amend(s, cases.load(s, case.id), raw, by=by, was=was))

    def _decline(self) -> None:
        case = self.case
        if case is not None:
            with tell.refusals(self):
                self.desk.do(lambda s: sensitive.decline(s, cases.load(s, case.id)))
