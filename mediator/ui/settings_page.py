"""设置: what an office may choose for itself, and what keeps its data safe; a tab each."""

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.services import access
from mediator.services.draft_office import OFFICE
from mediator.services.draft_stands import steps
from mediator.ui import powers
from mediator.ui.audit_pane import AuditPane
from mediator.ui.backup_pane import BackupPane
from mediator.ui.desk import Desk
from mediator.ui.forms_pane import FormsPane
from mediator.ui.office_pane import OfficePane
from mediator.ui.parts import column, label
from mediator.ui.people_pane import PeoplePane
from mediator.ui.privacy_pane import PrivacyPane
from mediator.ui.recycle_pane import RecyclePane
from mediator.ui.safety_pane import SafetyPane

P = TypeVar("P", bound=QWidget)


class Later(QWidget, Generic[P]):
    """A place for a pane that is made when it is first looked at: the window opens sooner."""

    def __init__(self, make: Callable[[], P]) -> None:
        super().__init__()
        self.make = make
        self.made: P | None = None

    @property
    def pane(self) -> P:
        """The pane, made now if it was not yet."""
        if self.made is None:
            self.made = self.make()
            self.setLayout(column(self.made))
        return self.made

    @override
    def showEvent(self, event: QShowEvent) -> None:
        assert self.pane
        super().showEvent(event)


class SettingsPage(QWidget):
    """The office, its people and accounts, its papers, its safety, and what was done in it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.office, self.people = OfficePane(desk), PeoplePane(desk, folder)
        self.papers, self.safety = FormsPane(desk), SafetyPane(desk, folder)
        self.backup, self.audit = Later(lambda: BackupPane(desk, folder)), Later(lambda: AuditPane(desk))
        self.recycle, self.privacy = Later(lambda: RecyclePane(desk)), Later(lambda: PrivacyPane(desk))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("设置的各部分")
        for pane, words in (
            (self.office, "单位"), (self.people, "人员和账号"), (self.papers, "文书"), (self.safety, "安全"),
            (self.backup, "备份"), (self.audit, "审计"), (self.recycle, "回收站"), (self.privacy, "个人信息"),
        ):  # fmt: skip
            self.tabs.addTab(pane, words)
        if not powers.may(desk, Power.AUDIT):
            at = self.tabs.indexOf(self.audit)
            self.tabs.setTabEnabled(at, False)
            self.tabs.setTabToolTip(at, access.why_not(Power.AUDIT))
        self._at = 0
        self.tabs.currentChanged.connect(self._turned)
        self.setLayout(column(label("设置", "title"), self.tabs, margins=18))

    def refresh(self) -> None:
        """Read everything again."""
        for pane in (self.office, self.people, self.safety):
            pane.refresh()

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed in one of the parts before."""
        first = steps(draft.place)[0].what
        if first == "loss":
            self.tabs.setCurrentWidget(self.privacy)
            self.privacy.pane.resume(draft)
            return
        if first in ("phrases", "forms"):
            self.tabs.setCurrentWidget(self.papers)
            self.papers.resume(draft)
            return
        pane = (
            self.people
            if first == "staff"
            else self.office
            if draft.place.startswith(OFFICE)
            else self.safety
        )
        self.tabs.setCurrentWidget(pane)
        pane.resume(draft)

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        return all(pane.settle() for pane in (self.office, self.people, self.safety))

    def _turned(self, now: int) -> None:
        """What was typed is settled before another tab is shown."""
        before = self.tabs.widget(self._at)
        if isinstance(before, OfficePane | PeoplePane | SafetyPane) and not before.settle():
            blocked = self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(self._at)
            self.tabs.blockSignals(blocked)
            return
        self._at = now
