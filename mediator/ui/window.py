"""The window: the rail on the left, the pages, and the way between them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from mediator.domain.codes import Action
from mediator.domain.roles import Power
from mediator.services import access, offices, setup
from mediator.ui import drafts_resume, powers, sealed
from mediator.ui.backup_badge import BackupBadge
from mediator.ui.carry_page import CarryPage
from mediator.ui.case_page import CasePage
from mediator.ui.cases_page import CasesPage
from mediator.ui.concern_band import ConcernBand
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.guard import Guard
from mediator.ui.intake_dialog import IntakeDialog
from mediator.ui.office_papers_page import OfficePapersPage
from mediator.ui.parts import button, card, column, label, row, run
from mediator.ui.phrase_choice import Entry, at_hand
from mediator.ui.settings_page import SettingsPage
from mediator.ui.style import icon_size, nav_icon

RAIL_LETTERS = 10
SIZE = QSize(1280, 720)
PRACTICE = "【练习模式】"


class Window(QMainWindow):
    """The program as its users see it."""

    def __init__(self, desk: Desk, folder: Path, *, practice: bool) -> None:
        super().__init__()
        self.folder, self.practice = folder, practice
        self.office = desk.read(offices.own).name
        self.setWindowTitle(f"{PRACTICE if practice else ''}人民调解 - {self.office}")
        self.resize(SIZE)
        self._furnish(desk)
        self.guard = Guard(self, folder, lambda: self.desk, self.go_on_as, practice=practice)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.offer_drafts)
        self.guard.closed.connect(self._nobody_there)
        self.settings.safety.saved.connect(self.guard.read_rules)

    def go_on_as(self, who: str) -> None:
        """Let another person go on in this window, with pages of their own."""
        self._furnish(type(self.desk)(self.desk.engine, who))
        self.settings.safety.saved.connect(self.guard.read_rules)
        self._soon.start()

    def _nobody_there(self) -> None:
        """Time for what the machine does by itself (核对、恢复演练)."""
        self.badge.idle()

    def offer_drafts(self) -> None:
        """Offer what the person at work typed before and did not save (暂存); called once somebody has logged in."""
        drafts_resume.after_log_in(self)

    def _furnish(self, desk: Desk) -> None:
        """Make every page anew for who is at work."""
        self.desk = desk
        self.cases = CasesPage(desk)
        self.case = CasePage(desk)
        self.figures = FiguresPage(desk)
        self.office_papers = OfficePapersPage(desk)
        self.carry = CarryPage(desk)
        self.settings = SettingsPage(desk, self.folder)
        self.pages = QStackedWidget()
        for page in (self.cases, self.case, self.figures, self.office_papers, self.carry, self.settings):
            self.pages.addWidget(page)
        whole = QWidget()
        self._nav = QButtonGroup(whole)
        self.concerns = ConcernBand(desk, self.folder)
        right = column(self.concerns, self.pages, gap=0)
        right.setStretch(1, 1)
        layout = row(self._rail(), right, gap=0)
        layout.setStretch(1, 1)
        whole.setLayout(layout)
        self.setCentralWidget(whole)
        self._connect(whole)
        self._grey()

    def _rail(self) -> QWidget:
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 18, 12, 14)
        inside.setSpacing(6)
        inside.addWidget(label(self.office, wrap=True))
        if self.practice:
            inside.addWidget(label("练习模式\n数据都是虚构的", wrap=True))
        inside.addSpacing(10)
        for words, picture, page in (
            ("案件", "cases", self.cases),
            ("统计", "figures", self.figures),
            ("工作文书", "papers", self.office_papers),
            ("报送与汇总", "carry", self.carry),
            ("设置", "settings", self.settings),
        ):
            one = button(words, self._go_to(page), role="nav")
            one.setIcon(nav_icon(picture))
            one.setIconSize(icon_size())
            one.setCheckable(True)
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._nav.addButton(one)
            inside.addWidget(one)
        inside.addStretch(1)
        self.badge = BackupBadge(self.desk, self.folder)
        self.badge.setVisible(not self.practice)  # practice data are never backed up
        inside.addWidget(self.badge)
        inside.addWidget(label(f"{self.desk.who}", wrap=True))
        inside.addWidget(self._lock_button())
        rail = card(inside, "rail")
        rail.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * RAIL_LETTERS + 36)
        return rail

    def _lock_button(self) -> QWidget:
        made = button(
            "锁定、换人", lambda: self.guard.lock("手动"), role="nav", tip="快捷键 Ctrl+L；F9 立即遮住屏幕"
        )
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _connect(self, whole: QWidget) -> None:
        self.cases.case_wanted.connect(self.open_case)
        self.cases.new_wanted.connect(self.new_case)
        self.cases.ledger_wanted.connect(self._take_in_ledger)
        self.case.left.connect(lambda: self.show_page(self.cases))
        self.figures.case_wanted.connect(self.open_case)
        self.figures.carry_wanted.connect(self._carry)
        QShortcut(QKeySequence.StandardKey.New, whole, self.new_case)
        for n, one in enumerate(self._nav.buttons(), 1):
            one.setToolTip(f"快捷键 Alt+{n}")
            QShortcut(QKeySequence(f"Alt+{n}"), whole, one.click)

    def _grey(self) -> None:
        """What the person at work may not do is grey; the first page they may use is shown."""
        cases, _figures, papers, carry, _settings = self._nav.buttons()
        powers.grey(self.desk, Power.WORK, cases, papers)
        if not powers.may(self.desk, Power.CLOSE, Power.RECEIVE):
            carry.setEnabled(False)
            carry.setToolTip(access.why_not(Power.CLOSE))
        tables, subsidy = self.figures.tables, self.figures.subsidy
        if not powers.grey(self.desk, Power.CLOSE, tables.band.close_button, subsidy.band.close_button):
            tables.carry_button.hide()
        for power, pane in ((Power.CLOSE, self.carry.sending), (Power.RECEIVE, self.carry.receiving)):
            tabs = self.carry.tabs
            if not powers.may(self.desk, power):
                tabs.setTabEnabled(tabs.indexOf(pane), False)
                tabs.setTabToolTip(tabs.indexOf(pane), access.why_not(power))
        first = cases.isEnabled()
        self.show_page(self.cases if first else self.figures)
        if first:
            self.cases.search.setFocus()

    def open_case(self, case_id: int) -> None:
        """Show one case; of a sensitive one that is not theirs, people are asked why."""
        if self._may_leave() and sealed.let_in(self, self.desk, case_id):
            self.case.open(case_id)
            self.show_page(self.case)

    def new_case(self) -> None:
        """Begin a new case."""
        if self._nav.buttons()[0].isEnabled() and self._may_leave():
            self.case.begin()
            self.show_page(self.case)

    def phrases_at_hand(self) -> list[Entry]:
        """The phrases for what is typed outside a case."""
        return at_hand(self.desk, None)

    def _take_in_ledger(self) -> None:
        run(IntakeDialog(self.desk, self.folder, self))

    def _carry(self, table: str, since: date, until: date) -> None:
        self.carry.open_send(table, since, until)
        self.show_page(self.carry)

    def _go_to(self, page: QWidget) -> Callable[[], None]:
        def go() -> None:
            if self._may_leave():
                self.show_page(page)
            else:
                self._mark(self.pages.currentWidget())

        return go

    def _may_leave(self) -> bool:
        page = self.pages.currentWidget()
        return page.settle() if isinstance(page, CasePage | SettingsPage) else True

    def show_page(self, page: QWidget) -> None:
        """Show a page."""
        self.pages.setCurrentWidget(page)
        self._mark(page)

    def _mark(self, page: QWidget) -> None:
        pages: list[QWidget] = [self.cases, self.figures, self.office_papers, self.carry, self.settings]
        shown = self.cases if page is self.case else page
        self._nav.buttons()[pages.index(shown)].setChecked(True)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is typed; a locked window is closed without a question, what is typed is kept as drafts."""
        if self.guard.locked is None and not self._may_leave():
            event.ignore()
            return
        self.badge.before_leaving()
        setup.note(self.desk.engine, self.desk.who, Action.LOGGED_OUT)
        event.accept()
