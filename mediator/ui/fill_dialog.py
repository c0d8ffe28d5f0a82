"""Filling in a paper (填写文书): its questions, with what the program proposes, to be confirmed or typed otherwise."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import Shape, Value
from mediator.forms.asks import Ask
from mediator.services import cases, papers, particulars
from mediator.services.papers import Possible
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit_content
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane, Line, Section
from mediator.ui.merge_dialog import merged
from mediator.ui.paper_rows import key_of, now, place_of
from mediator.ui.parts import button, label, scrolled

_SHORT = (Shape.DAY, Shape.MOMENT, Shape.FEN, Shape.COUNT, Shape.CODE)
_LINES = 5
"""How many lines of a longer answer are seen."""


class FillDialog(FormDialog):
    """The questions of one paper of a case, or of the office where there is no case.

    When it was accepted, ``particulars_id`` says where the answers are kept, and ``goes_on`` whether the main button was
    pressed, and they were not just saved on leaving.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, case: Case | None, entry: Possible, *, does: str = "保存"
    ) -> None:
        super().__init__(parent, f"填写：{entry.form.title}")
        self.desk, self.entry = desk, entry
        self.case_id = case.id if case is not None else None
        self.particulars_id = entry.particulars.id if entry.particulars else None
        self.stood = particulars.seen(entry.particulars) if entry.particulars else None
        """What was filled in for it when the dialog came up."""
        self.goes_on = False
        self.form = FormPane((Section("", lines(entry.form.asks)),), hints=True)
        shown, kept = desk.read(self._look_up)
        self.form.show_values(shown)
        self.kept = kept if case is None else {}
        """Of a paper of the office what was typed before: there is no case that its answers could follow."""
        for ask in entry.form.asks:
            _help(self.form, ask)
        self.keep_typed(self.form, desk, place_of("paper", self.case_id, key_of(entry)))
        words = "能从案件里带出来的已经填好，请核对；填一次就记住，下次直接打印。"
        begun = case is not None and entry.particulars is not None
        drop = [button("删去这份填写", self._drop)] if begun else []
        self.fill(
            label(words, "quiet", wrap=True), scrolled(self.form), does=does, act=self._go_on, more=drop
        )
        fit_content(self, 44)

    def _now(self, session: Session) -> Possible:
        return now(session, self.case_id, key_of(self.entry), self.desk.today)

    def _look_up(self, session: Session) -> tuple[dict[str, Value], dict[str, Value]]:
        """What stands in the questions, and what of it was typed before."""
        entry = self._now(session)
        return papers.answers_of(entry), particulars.answers(entry.form, entry.particulars)

    @override
    def keep(self) -> None:
        with tell.refusals(self):
            was = self.form.shown if self.case_id is not None else self.kept
            self.particulars_id = merged(self, self._changed(), was, self._save)
            self.accept()

    def _save(self, typed: dict[str, object], was: dict[str, object] | None) -> int:
        def verb(session: Session) -> int:
            assert self.drafting is not None
            self.drafting.drop_in(session)
            return self._put(session, typed, was)

        return self.desk.do(verb)

    def _changed(self) -> dict[str, object]:
        """What was changed; for a paper of the office also what was never kept, though it was just left as proposed."""
        changed = self.form.changes()
        left = {} if self.case_id is not None else self.form.raw()
        return {key: raw for key, raw in left.items() if key not in self.kept} | changed

    def _go_on(self) -> None:
        self.keep()
        self.goes_on = self.result() == self.DialogCode.Accepted

    def _put(self, session: Session, typed: dict[str, object], was: dict[str, object] | None) -> int:
        entry = self._now(session)
        case = entry.sheet.case if self.case_id is not None else None
        kept = particulars.fill(
            session, case, entry.form, entry.subject, typed, by=self.desk.who,
            particulars_id=entry.particulars.id if entry.particulars else None,
            proposed=entry.proposals if case is not None else None,
            was=was,
        )  # fmt: skip
        return kept.id

    def _drop(self) -> None:
        if not tell.ask(self, "要删去这份文书已经填写的内容吗？", "删去"):
            return
        with tell.refusals(self):
            self.desk.do(self._take_away)
            self.drop_draft()
            self.done(self.DialogCode.Rejected)

    def _take_away(self, session: Session) -> None:
        assert self.case_id is not None
        kept = self._now(session).particulars
        if kept is None:
            raise Refusal("这份文书的填写内容已经不在了，请刷新后再试。")
        particulars.drop(session, cases.load(session, self.case_id), kept.id, self.stood)


def lines(asks: Sequence[Ask[Any]]) -> tuple[Line, ...]:
    """Where the questions stand: two short ones beside one another, any other in a line of its own."""
    found: list[Line] = []
    for ask in asks:
        before = found[-1].attributes if found else ()
        if ask.field.shape in _SHORT and len(before) == 1 and before[0].field.shape in _SHORT:
            found[-1] = Line((*before, ask))
        else:
            found.append(Line((ask,), (12,)))
    return tuple(found)


def _help(form: FormPane, ask: Ask[Any]) -> None:
    """Say which question may stay open, and what an answer looks like."""
    if not ask.needed:
        form.call(ask.key, f"{ask.field.label}（可不填）")
    box = form.editors[ask.key].widget
    if isinstance(box, QPlainTextEdit):
        box.setFixedHeight(box.fontMetrics().lineSpacing() * _LINES + 22)
    if isinstance(box, QLineEdit | QPlainTextEdit) and not box.placeholderText() and ask.field.sample:
        box.setPlaceholderText(f"例如：{ask.field.sample}")
