"""履行: what was paid towards an instalment, or that an act was done."""

from datetime import date

from PySide6.QtWidgets import QWidget

from mediator.domain.agreement import Instalment, Item
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind
from mediator.domain.errors import Refusal
from mediator.services import agreements, cases
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane
from mediator.ui.parts import button, label


class PayDialog(FormDialog):
    """One payment of an instalment, or one act; what was put down wrongly is taken back with a reason."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, item: Item, part: Instalment) -> None:
        super().__init__(parent, "记一笔履行")
        self.desk, self.case, self.part = desk, case, part
        self.money = item.kind is ItemKind.MONEY
        left = (part.amount or 0) - (part.paid or 0)
        self.form = FormPane(screens.PAYMENT)
        self.form.show_row(Instalment(paid_on=desk.today, paid=left if self.money else None))
        self.form.call("paid", "这次付了（元）")
        if not self.money:
            self.form.leave_out("paid")
        self.undo_button = button("撤销履行记录", self._undo, tip="记错了时用，要写明原因")
        self.undo_button.setVisible(part.paid_on is not None)
        self.fill(
            label(_owed(item, part, left), "section", wrap=True), self.form,
            does="记下", act=self._save, more=[self.undo_button],
        )  # fmt: skip
        for each in (self.main, self.form):
            each.setEnabled(not part.settled)

    def _save(self) -> None:
        with tell.refusals(self):
            values = {key: self.form.editors[key].field.read(raw) for key, raw in self.form.raw().items()}
            on, paid = values["paid_on"], values["paid"]
            if not isinstance(on, date):
                raise Refusal("请填写实际履行的日期。")
            if self.money and not isinstance(paid, int):
                raise Refusal("请填写这次付了多少元。")
            self.desk.do(
                lambda s: agreements.pay(
                    s, cases.load(s, self.case.id), self.part.id, on=on, by=self.desk.who, today=self.desk.today,
                    amount=paid if isinstance(paid, int) else None, voucher=str(values["voucher"]),
                )
            )  # fmt: skip
            self.accept()

    def _undo(self) -> None:
        reason = tell.ask_reason(self, "撤销这一期的全部履行记录，请写明原因，原因会记入案件经过：")
        if not reason:
            return
        with tell.refusals(self):
            self.desk.do(
                lambda s: agreements.unpay(
                    s, cases.load(s, self.case.id), self.part.id, by=self.desk.who, reason=reason
                )
            )
            self.accept()


def _owed(item: Item, part: Instalment, left: int) -> str:
    """What this instalment is, and how much of it is done."""
    if item.kind is not ItemKind.MONEY:
        return item.act + (f"（{part.paid_on} 已履行）" if part.settled else "")
    return f"这一期应付 {figures(part.amount or 0)} 元，已付 {figures(part.paid or 0)} 元，还差 {figures(left)} 元。"
