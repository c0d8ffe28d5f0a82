"""已出具的文书: every paper of a case that left the house, how far it is signed, and whether it still says what the case says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper
from mediator.domain.safety import Draft
from mediator.forms.register import by_code
from mediator.services import cases, materials, papers, printouts, signing
from mediator.services.printouts import Printout
from mediator.services.signing import State, state
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.flow import FlowLayout
from mediator.ui.paper_rows import Shelf, key_of_issued
from mediator.ui.paper_words import effect_words, signed_words
from mediator.ui.parts import button, column, label, run
from mediator.ui.preview import show_paper
from mediator.ui.scans_dialog import ScansDialog
from mediator.ui.sign_dialog import SignDialog
from mediator.ui.style import AMBER, QUIET

DIFFERS = "与案件现状不一致"
GONE = "案件里已没有这项内容，请作废"
EARLIER = "后来重新出具过，这是先前的一份"
STANDS = "；新的签齐以前，卷内仍用这一份"
VOID = "作废的留在这里备查，不再算数，也不装进卷宗。请写明原因："
"""Asked before a paper is declared void."""
LEAST = 5
"""Lines of letters the list is high at least."""
EMPTY = "还没有出具过文书。在左边选一种，点“出具并打印”。"


class IssuedPane(QWidget):
    """The papers issued, the newest first."""

    again = Signal(object)
    """A paper is to be issued once more, as the case now stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shelf: Shelf | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("已出具的文书")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(self.list.fontMetrics().lineSpacing() * LEAST)
        self.empty = label(EMPTY, "quiet", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.effect = label("", "good", wrap=True)
        self.print_button = button("重新打印", self._print, picture="print")
        self.sign_button = button("签署登记…", self._sign)
        self.scan_button = button("加扫描件…", self._scan)
        self.void_button = button("作废…", self._void)
        self.again_button = button("重新出具", self._again, role="main")
        self.buttons = QWidget()
        buttons = (self.again_button, self.print_button, self.sign_button, self.scan_button, self.void_button)
        self.buttons.setLayout(FlowLayout(*buttons, gap=8))
        title = label("已出具的文书（重新打印，内容不变）", "section", wrap=True)
        self.setLayout(column(title, self.empty, self.list, self.effect, self.buttons, gap=6))
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self.list.itemActivated.connect(lambda _item: self._print())

    def show_shelf(self, shelf: Shelf) -> None:
        """Show what was issued, what is void at the end; a paper just issued is chosen, else the one chosen before."""
        known = [paper.id for paper in self.shelf.case.papers] if self.shelf else []
        before = self.chosen()
        self.shelf = shelf
        shown = sorted(shelf.case.papers, key=lambda paper: (bool(paper.void_reason), -paper.id))
        fresh = bool(shown) and shown[0].id not in known
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for paper in shown:
            self.list.addItem(self._item(shelf, paper))
        ids = [paper.id for paper in shown]
        self.list.setCurrentRow(ids.index(before.id) if before and before.id in ids and not fresh else 0)
        self.list.blockSignals(blocked)
        self.empty.setVisible(not shown)
        self.list.setVisible(bool(shown))
        self.buttons.setVisible(bool(shown))
        self.effect.setText(effect_words(shelf.case, self.desk.today))
        self.effect.setVisible(bool(self.effect.text()))
        self._enable()

    def chosen(self) -> IssuedPaper | None:
        """The paper chosen."""
        item = self.list.currentItem()
        found: IssuedPaper | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def _item(self, shelf: Shelf, paper: IssuedPaper) -> QListWidgetItem:
        item = QListWidgetItem("\n".join(lines(shelf, paper)))
        item.setData(Qt.ItemDataRole.UserRole, paper)
        if paper.id in shelf.differing | shelf.gone:
            item.setForeground(QColor(AMBER))
        elif paper.id not in shelf.newest:
            item.setForeground(QColor(QUIET))
        return item

    def _enable(self) -> None:
        paper, shelf = self.chosen(), self.shelf
        locked = shelf is None or shelf.case.stage is Stage.ARCHIVED
        differs = paper is not None and shelf is not None and paper.id in shelf.differing
        self.again_button.setVisible(differs and not locked)
        self.print_button.setEnabled(paper is not None)
        self.scan_button.setEnabled(paper is not None)
        valid = paper is not None and not paper.void_reason
        signs = paper is not None and state(paper) is not State.NOTHING
        self.sign_button.setEnabled(signs and valid and not locked)
        self.void_button.setEnabled(valid and not locked)

    def _print(self) -> None:
        paper, shelf = self.chosen(), self.shelf
        if paper is None or shelf is None:
            return
        with tell.refusals(self):
            made, copies = self.desk.read(lambda s: _printed(s, shelf.case, paper))
            show_paper(self, self.desk, made, shelf.case.number, copies=copies)

    def _sign(self) -> None:
        paper = self.chosen()
        if paper is not None and self.shelf is not None:
            run(SignDialog(self, self.desk, self.shelf.case, paper))

    def resume(self, draft: Draft, paper_id: int | None) -> None:
        """Go on with what was recorded of who signed a paper."""
        papers_there = self.shelf.case.papers if self.shelf else []
        paper = next((one for one in papers_there if one.id == paper_id and not one.void_reason), None)
        if paper is None or self.shelf is None:
            raise Refusal("这份文书已经作废，或者不在了，不能接着登记签署。")
        dialog = SignDialog(self, self.desk, self.shelf.case, paper)
        dialog.resume(draft)
        run(dialog)

    def _scan(self) -> None:
        paper = self.chosen()
        if paper is not None and self.shelf is not None:
            run(ScansDialog(self, self.desk, self.shelf.case, paper))

    def _again(self) -> None:
        paper = self.chosen()
        if paper is not None:
            self.again.emit(key_of_issued(paper))

    def _void(self) -> None:
        paper, shelf = self.chosen(), self.shelf
        if paper is None or shelf is None:
            return
        signed = "，它已经有人签过" if paper.signings else ""
        reason = tell.ask_reason(self, f"作废《{papers.kept(paper).title}》{signed}。\n{VOID}")
        if reason:
            with tell.refusals(self):
                self.desk.do(lambda s: _voided(s, shelf.case.id, paper.id, self.desk.who, reason))


def _voided(session: Session, case_id: int, paper_id: int, by: str, reason: str) -> None:
    """Declare a paper void, and with it what followed from its signatures."""
    case = cases.load(session, case_id)
    paper = next((paper for paper in case.papers if paper.id == paper_id), None)
    if paper is None:
        raise Refusal("这份文书已经不在了，请刷新后再试。")
    signing.void(session, case, paper, by=by, reason=reason)


def lines(shelf: Shelf, paper: IssuedPaper) -> list[str]:
    """What the list says of an issued paper: its title, its number if it has one of its own, who and when, how far."""
    about = next((row.about for row in shelf.rows if row.key == key_of_issued(paper)), "")
    number = f"　{paper.number}" if paper.number != shelf.case.number else ""
    scans = len(materials.scans(shelf.case, paper))
    state = "，".join(
        words for words in (signed_words(paper), f"有 {scans} 个扫描件" if scans else "") if words
    )
    found = [
        f"{papers.kept(paper).title}{about}{number}",
        f"{paper.issued_at:%Y-%m-%d %H:%M} {paper.issued_by} 出具；{state}",
    ]
    if paper.void_reason or paper.id in shelf.newest - shelf.differing - shelf.gone:
        return found
    if paper.id in shelf.newest:
        return [*found, GONE if paper.id in shelf.gone else DIFFERS]
    return [*found, EARLIER + (STANDS if paper.id in shelf.standing else "")]


def _printed(session: Session, case: Case, paper: IssuedPaper) -> tuple[Printout, int]:
    """An issued paper to be printed, and how many copies it takes."""
    copies = by_code(paper.form).copies(cases.load(session, case.id))
    return printouts.of_issued(session, paper), copies
