"""The window: the rail on the left, the pages, and the way between them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from mediator.services import offices
from mediator.ui.carry_page import CarryPage
from mediator.ui.case_page import CasePage
from mediator.ui.cases_page import CasesPage
from mediator.ui.desk import Desk
from mediator.ui.figures_page import FiguresPage
from mediator.ui.intake_dialog import IntakeDialog
from mediator.ui.office_papers_page import OfficePapersPage
from mediator.ui.parts import button, card, label, row, run
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
        self.desk = desk
        office = desk.read(offices.own)
        self.setWindowTitle(f"{PRACTICE if practice else ''}人民调解 - {office.name}")
        self.resize(SIZE)
        self.cases = CasesPage(desk)
        self.case = CasePage(desk)
        self.figures = FiguresPage(desk)
        self.office_papers = OfficePapersPage(desk)
        self.carry = CarryPage(desk)
        self.settings = SettingsPage(desk, folder)
        self.pages = QStackedWidget()
        for page in (self.cases, self.case, self.figures, self.office_papers, self.carry, self.settings):
            self.pages.addWidget(page)
        self._nav = QButtonGroup(self)
        rail = self._rail(office.name, practice)
        whole = QWidget()
        layout = row(rail, self.pages, gap=0)
        layout.setStretch(1, 1)
        whole.setLayout(layout)
        self.setCentralWidget(whole)
        self._connect()
        self.cases.search.setFocus()

    def _rail(self, office: str, practice: bool) -> QWidget:
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 18, 12, 14)
        inside.setSpacing(6)
        inside.addWidget(label(office, wrap=True))
        if practice:
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
        self._nav.buttons()[0].setChecked(True)
        inside.addStretch(1)
        inside.addWidget(label(f"{self.desk.who}", wrap=True))
        rail = card(inside, "rail")
        rail.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * RAIL_LETTERS + 36)
        return rail

    def _connect(self) -> None:
        self.cases.case_wanted.connect(self.open_case)
        self.cases.new_wanted.connect(self.new_case)
        self.cases.ledger_wanted.connect(self._take_in_ledger)
        self.case.left.connect(lambda: self._show(self.cases))
        self.figures.case_wanted.connect(self.open_case)
        self.figures.carry_wanted.connect(self._carry)
        QShortcut(QKeySequence.StandardKey.New, self, self.new_case)
        for n, one in enumerate(self._nav.buttons(), 1):
            one.setToolTip(f"快捷键 Alt+{n}")
            QShortcut(QKeySequence(f"Alt+{n}"), self, one.click)

    def open_case(self, case_id: int) -> None:
        """Show one case."""
        if self._may_leave():
            self.case.open(case_id)
            self._show(self.case)

    def new_case(self) -> None:
        """Begin a new case."""
        if self._may_leave():
            self.case.begin()
            self._show(self.case)

    def phrases_at_hand(self) -> list[Entry]:
        """The phrases for what is typed outside a case."""
        return at_hand(self.desk, None)

    def _take_in_ledger(self) -> None:
        run(IntakeDialog(self.desk, self))

    def _carry(self, table: str, since: date, until: date) -> None:
        self.carry.open_send(table, since, until)
        self._show(self.carry)

    def _go_to(self, page: QWidget) -> Callable[[], None]:
        def go() -> None:
            if self._may_leave():
                self._show(page)
            else:
                self._mark(self.pages.currentWidget())

        return go

    def _may_leave(self) -> bool:
        page = self.pages.currentWidget()
        return page.settle() if isinstance(page, CasePage | SettingsPage) else True

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self._mark(page)

    def _mark(self, page: QWidget) -> None:
        pages: list[QWidget] = [self.cases, self.figures, self.office_papers, self.carry, self.settings]
        shown = self.cases if page is self.case else page
        self._nav.buttons()[pages.index(shown)].setChecked(True)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_leave():
            event.accept()
        else:
            event.ignore()
