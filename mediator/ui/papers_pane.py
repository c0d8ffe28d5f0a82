"""文书: every paper a case may have, what it still lacks, and those already issued."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.forms.form import Form, subjects
from mediator.forms.register import FORMS
from mediator.services import cases, papers
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.parts import button, column, label, row, run
from mediator.ui.preview import PreviewDialog

_TITLES = {form.code: form.title for form in FORMS}


class PapersPane(QWidget):
    """On the left what can be issued, on the right what was."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.possible: list[tuple[Form, object | None, list[str]]] = []
        self.forms = _list("可以出具的文书")
        self.issued = _list("已出具的文书")
        self.gaps = label("", "warning", wrap=True)
        self.issue_button = button("出具并打印", self._issue, role="main")
        self.draft_button = button("先看草稿", self._draft, picture="preview")
        self.again_button = button("重新打印", self._again, picture="print")
        self.forms.currentRowChanged.connect(self._show_gaps)
        self.forms.itemActivated.connect(lambda _item: self._draft())
        self.issued.itemActivated.connect(lambda _item: self._again())
        left = column(
            label("可以出具的文书", "section"),
            self.forms,
            self.gaps,
            row(self.draft_button, self.issue_button, 1),
        )
        right = column(
            label("已出具的文书（重印内容不变）", "section"), self.issued, row(self.again_button, 1)
        )
        layout = row(left, right, margins=12, gap=20)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_case(self, case: Case) -> None:
        """Show the papers of a case."""
        self.case = case
        self.possible = self.desk.read(lambda s: papers.possible(s, case, self.desk.today))
        chosen = max(self.forms.currentRow(), 0)
        self.forms.clear()
        for form, subject, lacking in self.possible:
            state = "还缺内容" if lacking else "可以出具"
            about = subject_words(subject) if subject is not None else ""
            self.forms.addItem(QListWidgetItem(f"{form.title}{about}\n{form.standing} · {state}"))
        self.forms.setCurrentRow(min(chosen, len(self.possible) - 1))
        self.issued.clear()
        for paper in reversed(case.papers):
            words = (
                f"{_TITLES.get(paper.form, paper.form)}\n{paper.issued_at:%Y-%m-%d %H:%M} {paper.issued_by}"
            )
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, paper.id)
            self.issued.addItem(item)
        self.issued.setCurrentRow(0)
        self.again_button.setEnabled(bool(case.papers))
        self._show_gaps()

    def _show_gaps(self) -> None:
        chosen = self._chosen()
        lacking = chosen[2] if chosen else []
        self.gaps.setText("还缺：" + "；".join(lacking) + "。" if lacking else "")
        self.gaps.setVisible(bool(lacking))
        self.issue_button.setEnabled(chosen is not None and not lacking)
        self.draft_button.setEnabled(chosen is not None)

    def _chosen(self) -> tuple[Form, object | None, list[str]] | None:
        number = self.forms.currentRow()
        return self.possible[number] if 0 <= number < len(self.possible) else None

    def _draft(self) -> None:
        chosen, case = self._chosen(), self.case
        if chosen is None or case is None:
            return
        form, subject, _lacking = chosen
        with tell.refusals(self):
            paper = self.desk.read(
                lambda s: papers.draft(s, *_now(s, case, form, subject), today=self.desk.today)
            )
            self._preview(paper, f"{form.title}（草稿）")

    def _issue(self) -> None:
        chosen, case = self._chosen(), self.case
        if chosen is None or case is None:
            return
        form, subject, _lacking = chosen
        with tell.refusals(self):
            issued = self.desk.do(
                lambda s: papers.issue(
                    s, *_now(s, case, form, subject), by=self.desk.who, today=self.desk.today
                )
            )
            self._preview(papers.kept(issued), form.title, form.copies(case))

    def _again(self) -> None:
        item = self.issued.currentItem()
        if item is None or self.case is None:
            return
        paper_id = item.data(Qt.ItemDataRole.UserRole)
        issued = next(paper for paper in self.case.papers if paper.id == paper_id)
        kept = papers.kept(issued)
        form = next((form for form in FORMS if form.code == issued.form), None)
        with tell.refusals(self):
            self._preview(kept, kept.title, form.copies(self.case) if form else 1)

    def _preview(self, paper: Any, title: str, copies: int = 1) -> None:
        assert self.case is not None
        missing = papers.unprintable(paper)
        warning = f"这台电脑没有“{'、'.join(missing)}”的字形，打印时留出空位，请手写补上。" if missing else ""
        name = papers.file_name(self.case, paper.title, 0, "").rstrip(".")
        pdf, docx = papers.as_pdf([paper]), papers.as_docx(paper)
        run(PreviewDialog(self, title, pdf, docx, name, copies=copies, warning=warning))


def _now(
    session: Session, case: Case, form: Form, subject: object | None
) -> tuple[Case, Form, object | None]:
    """The case, a form and what it is about, as they stand in the database."""
    fresh = cases.load(session, case.id)
    wanted = getattr(subject, "id", None)
    return fresh, form, next((s for s in subjects(form, fresh) if getattr(s, "id", None) == wanted), None)


def subject_words(subject: object) -> str:
    """The day of the session or revisit a paper is about."""
    moment = getattr(subject, "held_at", None) or getattr(subject, "visited_on", None)
    return f"（{moment:%Y-%m-%d}）" if moment else ""


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setWordWrap(True)
    return made
