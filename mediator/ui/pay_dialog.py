"""履行: what was paid towards an instalment, or that an act was done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from mediator.domain.agreement import Instalment, Item
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind
from mediator.domain.errors import Refusal, Stale
from mediator.domain.fields import fields_of
from mediator.services import agreements, cases
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import Beside, FormPane
from mediator.ui.parts import button, label


class PayDialog(FormDialog):
    """One payment of an instalment, or one act; what was put down wrongly is taken back with a reason."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, item: Item, part: Instalment) -> None:
        super().__init__(parent, "记一笔履行")
        self.desk, self.case, self.part = desk, case, part
        self.money = item.kind is ItemKind.MONEY
        self.form = FormPane(screens.PAYMENT)
        self.form.show_row(Instalment(paid_on=desk.today, paid=_left(part) if self.money else None))
        self.form.call("paid", "这次付了（元）")
        if not self.money:
            self.form.leave_out("paid")
        self.was = agreements.paid(part)
        """What the person saw of it."""
        self.form.beside["stood"] = Beside(lambda: dict(self.was), lambda: None, self._put_back)
        self.owed = label("", "section", wrap=True)
        self.undo_button = button("撤销履行记录", self._undo, tip="记错了时用，要写明原因")
        self.keep_typed(self.form, desk, f"case:{case.id}/agreement/pay:{part.id}")
        self.fill(self.owed, self.form, does="记下", act=self._save, more=[self.undo_button])
        self._show(item, part)

    def _show(self, item: Item, part: Instalment) -> None:
        """Show how far an instalment is paid."""
        self.part = part
        self.owed.setText(_owed(item, part, _left(part)))
        self.undo_button.setVisible(part.paid_on is not None)
        for each in (self.main, self.form):
            each.setEnabled(not part.settled)

    def _put_back(self, raw: Mapping[str, object], _seen: object) -> None:
        fields = fields_of(Instalment)
        self.was = {key: fields[key].read(value) for key, value in raw.items() if key in fields}

    def _save(self) -> None:
        with tell.refusals(self), self._seen_again():
            values = {key: self.form.editors[key].field.read(raw) for key, raw in self.form.raw().items()}
            on, paid = values["paid_on"], values["paid"]
            if not isinstance(on, date):
                raise Refusal("请填写实际履行的日期。")
            if self.money and not isinstance(paid, int):
                raise Refusal("请填写这次付了多少元。")
            amount = paid if isinstance(paid, int) else None

            def verb(session: Session) -> None:
                self.drop_in(session)
                agreements.pay(
                    session, cases.load(session, self.case.id), self.part.id, on=on, by=self.desk.who,
                    today=self.desk.today, amount=amount, voucher=str(values["voucher"]), was=self.was,
                )  # fmt: skip

            self.desk.do(verb)
            self.accept()

    def _undo(self) -> None:
        reason = tell.ask_reason(self, "撤销这一期的全部履行记录，请写明原因，原因会记入案件经过：")
        if not reason:
            return
        with tell.refusals(self), self._seen_again():
            self.desk.do(
                lambda s: agreements.unpay(
                    s,
                    cases.load(s, self.case.id),
                    self.part.id,
                    by=self.desk.who,
                    reason=reason,
                    was=self.was,
                )
            )
            self.accept()

    @contextmanager
    def _seen_again(self) -> Iterator[None]:
        """Where somebody else has put something down since, what stands now is shown, and told."""
        try:
            yield
        except Stale:
            self._show(*self.desk.read(self._look_up))
            self.was = agreements.paid(self.part)
            raise

    def _look_up(self, session: Session) -> tuple[Item, Instalment]:
        part = agreements.instalment_of(cases.load(session, self.case.id), self.part.id)
        return part.item, part


def _left(part: Instalment) -> int:
    return (part.amount or 0) - (part.paid or 0)


def _owed(item: Item, part: Instalment, left: int) -> str:
    """What this instalment is, and how much of it is done."""
    if item.kind is not ItemKind.MONEY:
        return item.act + (f"（{part.paid_on} 已履行）" if part.settled else "")
    return f"这一期应付 {figures(part.amount or 0)} 元，已付 {figures(part.paid or 0)} 元，还差 {figures(left)} 元。"
