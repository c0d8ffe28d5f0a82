"""案件: one case, all of it on one page: where it stands, what comes next, and its parts."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import EventKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.safety import Draft
from mediator.domain.stages import OPEN, Move, moves_from
from mediator.services import cases, documents, draft_places, progress
from mediator.services.draft_stands import Step
from mediator.ui import drafts_resume, screens, tell
from mediator.ui.advance_dialog import AdvanceDialog
from mediator.ui.agreement_pane import AgreementPane
from mediator.ui.case_panes import InvestigationsPane, MediatorsPane, PartiesPane, RevisitsPane, SessionsPane
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting, keep_all
from mediator.ui.drafts_button import DraftsButton
from mediator.ui.extend_dialog import ExtendDialog
from mediator.ui.forms import FormPane
from mediator.ui.history_pane import HistoryPane
from mediator.ui.materials_pane import MaterialsPane
from mediator.ui.merge_dialog import merged
from mediator.ui.papers_pane import PapersPane
from mediator.ui.parts import button, card, clear, column, label, row, run, scrolled, set_role
from mediator.ui.phrase_choice import Entry, at_hand
from mediator.ui.redate_dialog import RedateDialog
from mediator.ui.rows_pane import RowsPane, ask_if_finished
from mediator.ui.sensitive_band import SensitiveBand
from mediator.ui.stage_strip import StageStrip

_SIDE_STEPS = (Stage.REFUSED, Stage.UNSETTLED, Stage.SUSPENDED)
_TAB_FOR = {
    Stage.ACCEPTED: 1, Stage.ASSIGNED: 2, Stage.INVESTIGATED: 3, Stage.MEDIATING: 1, Stage.SETTLED: 4,
    Stage.PERFORMED: 5, Stage.REVISITED: 6, Stage.CLOSED: 5,
}  # fmt: skip
"""The tab where what a step asks for is filled in."""


class CasePage(QWidget):
    """One case."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.title, self.name = label("", "title"), label("", wrap=True)
        self.state = label("", "quiet")
        self.trouble = label("", "error", wrap=True)
        """Why what is typed cannot be kept; hidden while it can."""
        self.drafts_button = DraftsButton(desk, self._place, self._draftings, self.resume)
        self.due = label("")
        self.strip = StageStrip()
        self.next_row = QHBoxLayout()
        self.next_words = label("", wrap=True)
        self.sensitive = SensitiveBand(desk)
        self.form = FormPane(screens.CASE)
        self.parties, self.mediators = PartiesPane(desk), MediatorsPane(desk)
        self.investigations, self.sessions = InvestigationsPane(desk), SessionsPane(desk)
        self.agreement, self.revisits = AgreementPane(desk), RevisitsPane(desk)
        self.papers, self.materials, self.history = (
            PapersPane(desk, self.save_all),
            MaterialsPane(desk),
            HistoryPane(desk),
        )
        self.drafting = Drafting(self.form, desk, self._place)
        self.tabs = self._make_tabs()
        self._lay_out()
        self._connect()

    def _make_tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        self.save_button = button("保存登记内容", self.save, role="main", tip="快捷键 Ctrl+S")
        basics = QWidget()
        basics.setLayout(column(scrolled(self.form), row(1, self.save_button), margins=12))
        for page, words in (
            (basics, "登记内容"), (self.parties, "当事人"), (self.mediators, "调解员"), (self.investigations, "调查"),
            (self.sessions, "调解"), (self.agreement, "协议与履行"), (self.revisits, "回访"), (self.papers, "文书"),
            (self.materials, "材料"), (self.history, "经过"),
        ):  # fmt: skip
            tabs.addTab(page, words)
        return tabs

    def _lay_out(self) -> None:
        back = button("返回列表", self._back, picture="back")
        states = column(self.due, self.state, gap=0)
        for each in (self.due, self.state):
            each.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = row(back, column(self.title, self.name, gap=0), states)
        top.setStretch(1, 1)
        kept = row(self.trouble, 1, self.drafts_button)
        kept.setStretch(0, 100)
        self.trouble.hide()
        onward = row(self.next_words, self.next_row)
        onward.setStretch(0, 1)
        layout = column(
            card(column(top, kept, self.strip, onward, margins=10, gap=6)),
            self.sensitive,
            self.tabs,
            margins=12,
            gap=8,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.drafting.said.connect(self._say)
        for pane in self._panes():
            pane.drafting.said.connect(self._say)
            pane.saved.connect(self._say_saved)
        self.history.discarded.connect(self.left)
        self.desk.changed.connect(self._refresh)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save_all)
        self.tabs.currentChanged.connect(lambda _index: self._fill_shown())

    def _panes(self) -> tuple[RowsPane | AgreementPane, ...]:
        return (
            self.parties, self.mediators, self.investigations, self.sessions, self.agreement, self.revisits,
        )  # fmt: skip

    def rows_panes(self) -> tuple[RowsPane, ...]:
        """The panes of the lists of the case."""
        return (self.parties, self.mediators, self.investigations, self.sessions, self.revisits)

    def open(self, case_id: int) -> None:
        """Show a case."""
        self.case = None
        self._show(self.desk.read(lambda s: cases.load(s, case_id)))
        self._say("", "quiet")
        self.tabs.setCurrentIndex(0)
        self.drafts_button.offer_soon()

    def begin(self) -> None:
        """An empty page for a new case; it gets its number when it is first saved."""
        case = Case(registered_on=self.desk.today)
        self.case = case
        self.title.setText("登记新案件")
        self.name.setText("填好后点“保存登记内容”，卷号自动给出。")
        self._say("", "quiet")
        self.due.setText("")
        self.next_words.setText("")
        clear(self.next_row)
        self.form.show_row(case)
        self.sensitive.hide()
        self.strip.hide()
        self._lock(False)
        self._enable_parts(False)
        self.tabs.setCurrentIndex(0)
        self.form.editors["kind"].widget.setFocus()
        self.drafts_button.offer_soon()

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed before, in this case or a new one."""
        self.drafts_button.look()
        with tell.refusals(self):
            drafts_resume.on_page(self, draft)
        self.drafts_button.look()

    def resume_step(self, draft: Draft, step: Step) -> None:
        """Go on with a step that was begun: what was written down about it."""
        case = self.case
        if case is None or not self.save_all():
            return
        if step.what == "step":
            move = next((one for one in moves_from(self.case or case) if one.to.value == step.which), None)
            if move is None:
                raise Refusal(f"案件现在是“{case.stage.label}”，这一步已经不能办了。")
            self._take(move, draft)
            return
        if step.what == "redate":
            self.tabs.setCurrentWidget(self.history)
        dialog = (ExtendDialog if step.what == "extend" else RedateDialog)(self, self.desk, self.case or case)
        dialog.resume(draft)
        run(dialog)

    def keep_drafts(self) -> None:
        """Keep what is typed now, before the screen is locked or the window goes."""
        keep_all(self._draftings())

    def _draftings(self) -> list[Drafting]:
        return [self.drafting, *(pane.drafting for pane in self._panes())]

    def _place(self) -> str:
        if self.case is None:
            return ""
        return draft_places.NEW_CASE if self.case.id is None else f"case:{self.case.id}"

    def _enable_parts(self, on: bool) -> None:
        for n in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(n, on)

    def save(self) -> bool:
        """Save the case's own fields; a new case is entered and gets its number."""
        case = self.case
        assert case is not None
        try:
            if case.id is None:
                self._enter()
            else:
                self._amend(case)
        except Refusal as refusal:
            self.form.dirty = True
            tell.refused(self, refusal)
            return False
        self._say_saved()
        return True

    def _enter(self) -> None:
        raw = self.form.raw()

        def verb(session: Session) -> Case:
            self.drafting.drop_in(session)
            return documents.register(session, raw, by=self.desk.who, today=self.desk.today)

        with self.form.saving():
            entered = self.desk.do(verb)
        self.open(entered.id)
        self.tabs.setCurrentWidget(self.parties)
        self.parties.begin()

    def _amend(self, case: Case) -> None:
        raw, was = self.form.changes(), dict(self.form.shown)
        reason = ask_if_finished(self, case)

        def save(raw: dict[str, object], was: dict[str, object] | None) -> None:
            def verb(session: Session) -> None:
                self.drafting.drop_in(session)
                now = cases.load(session, case.id)
                cases.amend(session, now, raw, by=self.desk.who, reason=reason, was=was)

            with self.form.saving():
                self.desk.do(verb)

        merged(self, raw, was, save)

    def save_all(self) -> bool:
        """Save whatever was typed and not yet saved (Ctrl+S); the tab of what could not be saved is shown."""
        unsaved: list[tuple[QWidget | None, Callable[[], bool]]] = (
            [(None, self.save)] if self.form.dirty else []
        )
        unsaved += [(pane, pane.save) for pane in self._panes() if pane.dirty]
        for pane, save in unsaved:
            if not save():
                self.tabs.setCurrentIndex(self.tabs.indexOf(pane) if pane is not None else 0)
                return False
        return True

    def settle(self) -> bool:
        """Before leaving the page: save, drop or stay. True if one may leave."""
        return self.settle_form() and all(pane.settle() for pane in self._panes())

    def settle_form(self) -> bool:
        """The same for the case's own form."""
        if self.form.dirty:
            answer = tell.ask_save(self, "登记内容")
            if answer is None or (answer and not self.save()):
                return False
            if answer is False and self.case is not None:
                self.form.show_row(self.case)
                self.drafting.forget()
        return True

    def _back(self) -> None:
        if self.settle():
            self.left.emit()

    def _refresh(self) -> None:
        case = self.case
        if case is not None and case.id is not None and self.isVisible():
            self._show(self.desk.read(lambda s: cases.load(s, case.id)))

    def _show(self, case: Case) -> None:
        self.case = case
        self._enable_parts(True)
        self.title.setText(case.number)
        self.name.setText(case.full_name)
        self.strip.show()
        self.strip.show_case(case)
        self.sensitive.show_case(case)
        self._show_due(case)
        self._show_next(case)
        if not self.form.dirty:
            self.form.show_row(case)
        for pane in self._panes():
            if not pane.dirty:
                pane.show_case(case)
        self._lock(case.stage is Stage.ARCHIVED)
        self._fill_shown()

    def _lock(self, on: bool) -> None:
        """Let the case's own fields only be read, or be changed again."""
        self.form.lock(on)
        self.save_button.setVisible(not on)

    def _fill_shown(self) -> None:
        """Fill a tab that is costly to fill, once it is looked at."""
        shown = self.tabs.currentWidget()
        if self.case is None or self.case.id is None:
            return
        if isinstance(shown, PapersPane | MaterialsPane | HistoryPane):
            shown.show_case(self.case)

    def _show_due(self, case: Case) -> None:
        left = (case.due_on - self.desk.today).days if case.due_on and case.stage in OPEN else None
        if left is None:
            self.due.setText("")
        elif left < 0:
            self.due.setText(f"调解期限 {case.due_on}，已超期 {-left} 天")
            set_role(self.due, "error")
        else:
            self.due.setText(f"调解期限 {case.due_on}，还有 {left} 天")
            set_role(self.due, "warning" if left <= 5 else "quiet")

    def _show_next(self, case: Case) -> None:
        clear(self.next_row)
        moves = moves_from(case)
        onward = [move for move in moves if move.to not in _SIDE_STEPS]
        gaps = onward[0].gaps(case) if onward else []
        if gaps:
            self.next_words.setText(f"下一步“{onward[0].label}”还缺：" + "；".join(gaps) + "。")
            set_role(self.next_words, "warning")
        elif onward:
            self.next_words.setText(f"下一步可以：{onward[0].label}。")
            set_role(self.next_words, "good")
        else:
            self.next_words.setText("本案已经归档，只能查阅。" if case.stage is Stage.ARCHIVED else "")
        for n, move in enumerate(moves):
            one = button(
                move.label, partial(self._advance, move), tip=move.basis,
                role="main" if n == 0 and not gaps and move in onward else "",
            )  # fmt: skip
            self.next_row.addWidget(one)
        if case.due_on and case.stage in (*OPEN, Stage.SUSPENDED):
            self.next_row.addWidget(button("延期", self._extend, tip="各方同意后延长调解期限"))
        if any(e.kind is EventKind.MOVED for e in case.events) and case.stage is not Stage.REGISTERED:
            self.next_row.addWidget(button("退回上一步", self._step_back, tip="点错了阶段时用，要写明原因"))

    def _advance(self, move: Move) -> None:
        case = self.case
        if case is None or not self.save_all():
            return
        self._take(move)

    def _take(self, move: Move, draft: Draft | None = None) -> None:
        case = self.case
        assert case is not None
        gaps = move.gaps(case)
        if gaps:
            tell.refused(self, Refusal(f"还不能{move.label}：{'；'.join(gaps)}。"))
            self.tabs.setCurrentIndex(_TAB_FOR.get(move.to, 0))
            return
        dialog = AdvanceDialog(self, self.desk, case, move)
        if draft is not None:
            dialog.resume(draft)
        run(dialog)

    def _extend(self) -> None:
        if self.case is not None and self.save_all():
            run(ExtendDialog(self, self.desk, self.case))

    def _step_back(self) -> None:
        case = self.case
        if case is None or not self.save_all():
            return
        reason = tell.ask_reason(self, f"把“{case.stage.label}”退回上一步，请写明原因：")
        if reason:
            with tell.refusals(self):
                self.desk.do(
                    lambda s: progress.step_back(
                        s, cases.load(s, case.id), by=self.desk.who, reason=reason, seen=case.stage
                    )
                )

    def phrases_at_hand(self) -> list[Entry]:
        """The phrases for what is typed here, those of the case's kind of dispute first."""
        return at_hand(self.desk, self.case.kind if self.case is not None else None)

    def _say(self, words: str, role: str) -> None:
        """How far what is typed is kept; what went wrong with that has a line of its own."""
        wrong = role == "error"
        self.trouble.setText(words if wrong else "")
        self.trouble.setVisible(wrong)
        self.state.setText("没有暂存上" if wrong else words)
        set_role(self.state, role)

    def _say_saved(self) -> None:
        left = [self.tabs.tabText(0)] if self.form.dirty else []
        left += [self.tabs.tabText(self.tabs.indexOf(pane)) for pane in self._panes() if pane.dirty]
        if left:
            self._say("".join(f"“{words}”" for words in left) + "还没有保存", "warning")
        else:
            self._say(f"已保存 {datetime.now():%H:%M}", "good")
