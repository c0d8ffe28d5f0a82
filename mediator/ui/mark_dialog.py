"""核对二维码: which paper of ours the code in its foot belongs to, and whether that paper still counts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper
from mediator.services import papers, printouts
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.line_edit import LineEdit
from mediator.ui.paper_words import signed_words
from mediator.ui.parts import button, card, column, label, named, set_role
from mediator.ui.preview import show_paper

HINT = "把光标放在下面的格子里，用扫码枪对准文书右下角的二维码扫一下；没有扫码枪，可以粘贴二维码里的文字，再按回车。"
NEWEST = "这是最新的一份。"
EARLIER = "后来重新出具过，这不是最新的一份。"
_WIDE, _HIGH = 42, 23
"""Letters."""


class MarkDialog(FormDialog):
    """One code after another; what was found of the last stays on the screen until the next is read."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "核对二维码", wide=_WIDE)
        self.desk = desk
        self.found: IssuedPaper | None = None
        self.code = LineEdit()
        self.code.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # a scanner types letters
        self.words, self.verdict = label("", wrap=True), label("", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer = card(column(self.words, self.verdict, margins=10, gap=6))
        self.answer.hide()
        self.open_button = button("打开这份文书", self._open, picture="preview")
        self.open_button.setEnabled(False)
        self.fill(
            label(HINT, "quiet", wrap=True), *named("二维码", self.code), self.answer, 1,
            does="核对", act=self._check, more=(self.open_button,), leave="关闭",
        )  # fmt: skip
        fit(self, _WIDE, _HIGH)
        self.code.setFocus()

    def _check(self) -> None:
        """Say of which paper the code is, and whether it counts; the line is free for the next one."""
        typed = self.code.text()
        self.found, words = None, ""
        try:
            self.found, words, verdict, role = self.desk.read(lambda s: _checked(s, typed))
        except Refusal as refusal:
            verdict, role = str(refusal), "error"
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.verdict.setText(verdict)
        set_role(self.verdict, role)
        self.answer.show()
        self.open_button.setEnabled(self.found is not None)
        self.code.clear()
        self.code.setFocus()

    def _open(self) -> None:
        found = self.found
        if found is not None:
            with tell.refusals(self):
                show_paper(
                    self, self.desk, self.desk.read(lambda s: printouts.of_issued(s, found)), found.number
                )


def _checked(session: Session, typed: str) -> tuple[IssuedPaper, str, str, str]:
    """The paper of a code, what there is to say of it, a line each, whether it counts, and in which role that is said."""
    issued = printouts.checked(session, typed)
    case = issued.case
    about = f"案件：{case.number}　{case.full_name}" if case is not None else "工作文书，不属于哪一个案件。"
    number = f"　编号：{issued.number}" if issued.number else ""
    words = [
        f"《{papers.kept(issued).title}》{number}",
        about,
        f"{issued.issued_at:%Y-%m-%d %H:%M} {issued.issued_by} 出具",
    ]
    state = signed_words(issued)
    if issued.void_reason:
        return issued, "\n".join(words), f"{state}。", "error"
    newest = _newest(session, issued)
    verdict = f"{NEWEST if newest else EARLIER}{state}。"
    return issued, "\n".join(words), verdict, "good" if newest else "warning"


def _newest(session: Session, issued: IssuedPaper) -> bool:
    if issued.case is not None:
        return issued in papers.newest(issued.case)
    same = [paper for paper in papers.of_office(session) if paper.particulars_id == issued.particulars_id]
    return issued.particulars_id is None or same[0] is issued
