"""文书: what a case may have in the way of papers, what each still lacks, those issued, and the whole file."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.domain.safety import Draft
from mediator.services import papers, printouts, signing
from mediator.services.draft_stands import Step
from mediator.services.papers import Possible
from mediator.services.printouts import Printout
from mediator.services.signing import State
from mediator.ui import tell
from mediator.ui.bound_file import BoundFileBar
from mediator.ui.desk import Desk
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.flow import FlowLayout
from mediator.ui.halves import Halves
from mediator.ui.issued_pane import IssuedPane
from mediator.ui.paper_rows import GONE, Key, Row, key_at, now, shelf
from mediator.ui.paper_tree import PaperTree
from mediator.ui.parts import button, column, label, run, scrolled
from mediator.ui.preview import show_paper, warm
from mediator.ui.wording_dialog import WordingDialog

SIGNED_BEFORE = {
    State.SIGNED: (
        "这份文书已经签署齐全，现在要出的和它内容不同。\n"
        "新的一份要重新签名、盖章；签齐以前，卷内仍用原来签好的一份。要重新出具吗？"
    ),
    State.SIGNING: (
        "这份文书已经有人签过，现在要出的和它内容不同。\n"
        "新的一份要从头签起，原来签的不带过去。要重新出具吗？"
    ),
}  # fmt: skip
"""What is asked before a paper is issued anew, by how far the one before it is signed."""


class PapersPane(QWidget):
    """On the left what can be issued, on the right what was."""

    def __init__(self, desk: Desk, settled: Callable[[], bool] = lambda: True) -> None:
        """``settled`` saves what is typed elsewhere on the case, and tells whether that could be done."""
        super().__init__()
        self.desk, self.settled = desk, settled
        self.case: Case | None = None
        self.rows: list[Row] = []
        self.tree, self.issued, self.file = PaperTree(), IssuedPane(desk), BoundFileBar(desk, settled)
        self.gaps = label("", "warning", wrap=True)
        self.fill_button = button("填写…", self._fill)
        self.draft_button = button("先看草稿", self._draft)
        self.word_button = button("改措辞…", self._reword)
        self.blank_button = button("空白表", self._blank, tip="空着的表，打印出来手写")
        self.issue_button = button("出具并打印", self._issue_chosen, role="main")
        buttons = FlowLayout(
            self.issue_button, self.fill_button, self.draft_button, self.word_button, self.blank_button, gap=8
        )
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.tree, self.gaps, buttons, gap=6))
        right.setLayout(column(self.issued, self.file, gap=10))
        self.setLayout(column(scrolled(Halves(left, right, (6, 5))), margins=12))
        self.tree.chosen.connect(self._show_chosen)
        self.tree.opened.connect(self._draft)
        self.issued.again.connect(self._issue)

    def show_case(self, case: Case) -> None:
        """Show the papers of a case."""
        warm()
        another = self.case is None or self.case.id != case.id
        there = self.desk.read(lambda s: shelf(s, case.id, self.desk.today))
        self.case, self.rows = there.case, there.rows
        if another:
            self.tree.search.clear()
        self.tree.show_rows(there.rows)
        self.issued.show_shelf(there)
        self.file.show_case(there.case)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row, case = self.tree.row(), self.case
        lacking = row.lacking if row else ()
        self.gaps.setText("还缺：" + "；".join(lacking) + "。" if lacking else "")
        self.gaps.setVisible(bool(lacking))
        locked = case is None or case.stage is Stage.ARCHIVED
        self.fill_button.setVisible(row is None or row.asks)
        self.fill_button.setEnabled(row is not None and not locked)
        self.word_button.setEnabled(row is not None and not locked)
        self.issue_button.setEnabled(row is not None and not row.barred and not locked)
        for each in (self.draft_button, self.blank_button):
            each.setEnabled(row is not None)

    def _now(self, session: Session, key: Key) -> Possible:
        assert self.case is not None
        return now(session, self.case.id, key, self.desk.today)

    def _fill(self) -> None:
        key = self.tree.current()
        if key is not None and self.settled():
            with tell.refusals(self):
                self._fill_in(key, "保存")

    def resume(self, draft: Draft, step: Step) -> None:
        """Go on with what was typed into a paper, with its words, or with who signed it."""
        if step.what == "sign":
            self.issued.resume(draft, step.row)
            return
        key = key_at(step)
        self.tree.choose(key)
        if step.what == "wording":
            self._reword_one(key, draft)
        else:
            self._fill_in(key, "保存", draft)

    def _fill_in(self, key: Key, does: str, draft: Draft | None = None) -> Key | None:
        """Have a paper filled in and chosen; which one it then is, None if the person thought better of what was to follow."""
        entry = self.desk.read(lambda s: self._now(s, key))
        dialog = FillDialog(self, self.desk, self.case, entry, does=does)
        if draft is not None:
            dialog.resume(draft)
        if not run(dialog):
            return None
        filled = key._replace(particulars=dialog.particulars_id) if entry.form.repeats else key
        self.tree.choose(filled)
        return filled if dialog.goes_on else None

    def _reword(self) -> None:
        key = self.tree.current()
        if key is not None and self.settled():
            with tell.refusals(self):
                self._reword_one(key)

    def _reword_one(self, key: Key, draft: Draft | None = None) -> None:
        entry = self.desk.read(lambda s: self._now(s, key))
        dialog = WordingDialog(self, self.desk, self.case, entry)
        if draft is not None:
            dialog.resume(draft)
        if run(dialog) and entry.form.repeats:
            self.tree.choose(key._replace(particulars=dialog.particulars_id))

    def _draft(self) -> None:
        key = self.tree.current()
        if key is not None and self.settled():
            self._show(lambda s: printouts.of_paper(s, self._now(s, key).paper(), draft=True))

    def _blank(self) -> None:
        key = self.tree.current()
        if key is not None:
            self._show(
                lambda s: printouts.of_paper(
                    s, papers.empty(s, self._now(s, key).form, today=self.desk.today)
                )
            )

    def _show(self, make: Callable[[Session], Printout]) -> None:
        with tell.refusals(self):
            show_paper(self, self.desk, self.desk.read(make), self.case.number if self.case else "")

    def _issue_chosen(self) -> None:
        key = self.tree.current()
        if key is not None:
            self._issue(key)

    def _issue(self, key: Key) -> None:
        """Issue a paper, filled in first where that was never done, and show it to be printed."""
        case = self.case
        if case is None or not self.settled():
            return
        ask = any(row.ask_first for row in self.rows if row.key == key)
        with tell.refusals(self):
            filled = self._fill_in(key, "保存并出具") if ask else key
            if filled is not None and self._may_replace(filled):
                made, pdf, copies = self.desk.do(lambda s: self._put(s, filled))
                show_paper(self, self.desk, made, case.number, copies=copies, pdf=pdf)

    def _may_replace(self, key: Key) -> bool:
        """Whether a paper may be issued; asked where one with other words was signed already."""
        signed = self.desk.read(lambda s: self._signed(s, key))
        return signed not in SIGNED_BEFORE or tell.ask(self, SIGNED_BEFORE[signed], "重新出具")

    def _signed(self, session: Session, key: Key) -> State | None:
        """How far the paper is signed that would be issued anew; None if nothing would be."""
        entry = self._now(session, key)
        case = entry.sheet.case
        same = papers.which(key.form, key.subject, entry.particulars)
        last, counted = (
            next((paper for paper in group if papers.place(paper) == same), None)
            for group in (papers.newest(case), signing.standing(case))
        )
        fresh = last is None or entry.gaps or entry.loose or papers.kept(last) == entry.paper()
        return None if fresh or counted is None else signing.state(counted)

    def _put(self, session: Session, key: Key) -> tuple[Printout, bytes, int]:
        """Issue a paper and make what is printed; what cannot be printed does not count as issued."""
        entry = self._now(session, key)
        case = entry.sheet.case
        if not entry.form.applies(case):
            raise Refusal(GONE)
        issued = papers.issue(
            session,
            case,
            entry.form,
            entry.subject,
            by=self.desk.who,
            today=self.desk.today,
            filled=entry.particulars,
        )
        made = printouts.of_issued(session, issued)
        return made, printouts.as_pdf([made]), entry.form.copies(case)
