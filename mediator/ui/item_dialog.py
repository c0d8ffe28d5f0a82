"""协议事项 and its instalments, and 履行: what was paid or done."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from mediator.domain.agreement import Instalment, Item
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind, Side
from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.services import agreements, cases
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, Editor, editor
from mediator.ui.forms import FormPane
from mediator.ui.parts import button, column, label, row, scrolled


class InstalmentGrid(QWidget):
    """分期: a line each, due day and amount."""

    def __init__(self, parts: list[Instalment]) -> None:
        super().__init__()
        self.lines: list[tuple[int | None, Editor, Editor]] = []
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.addWidget(label("应履行日期"), 0, 1)
        self.grid.addWidget(label("本期金额（元，一次付清可不填）"), 0, 2)
        self.setLayout(column(self.grid, row(button("再加一期", self.add, picture="add"), 1)))
        for part in parts or [Instalment()]:
            self.add(part)

    def add(self, part: Instalment | None = None) -> None:
        """One more instalment."""
        due, amount = editor(field_of(Instalment.due_on)), editor(field_of(Instalment.amount))
        if part is not None:
            due.show(part.due_on)
            amount.show(part.amount)
        number = len(self.lines) + 1
        self.grid.addWidget(label(f"第 {number} 期"), number, 0)
        self.grid.addWidget(due.widget, number, 1)
        self.grid.addWidget(amount.widget, number, 2)
        self.lines.append((part.id if part is not None else None, due, amount))

    def raw(self) -> list[dict[str, object]]:
        """The instalments typed; an empty line after the first is no instalment."""
        typed = [{"id": id, "due_on": due.raw(), "amount": amount.raw()} for id, due, amount in self.lines]
        return [line for n, line in enumerate(typed) if n == 0 or line["due_on"] or line["amount"]]


class ItemDialog(QDialog):
    """One item of the agreement; ``save`` tells whether it could be saved."""

    def __init__(
        self,
        parent: QWidget,
        case: Case,
        item: Item | None,
        save: Callable[[int | None, dict[str, object]], bool],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("协议事项")
        self.setMinimumSize(760, 560)
        self.item, self.save_item = item, save
        shown = item or Item()
        self.form = FormPane(screens.ITEM)
        self.form.show_row(shown)
        self.debtor = _parties(case, "由谁履行", shown.debtor_id or _only(case, shown.debtor_side))
        self.creditor = _parties(case, "向谁履行", shown.creditor_id or _only(case, shown.creditor_side))
        self.instalments = InstalmentGrid(list(item.instalments) if item else [])
        who = QGridLayout()
        for n, (words, box) in enumerate((("由谁履行", self.debtor), ("向谁履行", self.creditor))):
            caption = label(words)
            caption.setBuddy(box)
            who.addWidget(caption, 0, n)
            who.addWidget(box, 1, n)
        inside = QWidget()
        inside.setLayout(column(who, self.form, label("分期", "section"), self.instalments, 1))
        self.setLayout(
            column(
                scrolled(inside),
                row(1, button("取消", self.reject), button("保存事项", self._save, role="main")),
                margins=18,
            )
        )

    def _save(self) -> None:
        with tell.refusals(self):
            raw = {**self.form.raw(), "debtor": self.debtor.chosen(), "creditor": self.creditor.chosen()}
            raw["instalments"] = self.instalments.raw()
            item_id = self.item.id if self.item else None
            if self.save_item(item_id, {**raw, "id": item_id}):
                self.accept()


class PayDialog(QDialog):
    """履行: one instalment paid, or one act done."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, item: Item, part: Instalment) -> None:
        super().__init__(parent)
        self.setWindowTitle("记一笔履行")
        self.setMinimumWidth(520)
        self.desk, self.case, self.item, self.part = desk, case, item, part
        self.on = editor(field_of(Instalment.paid_on))
        self.paid = editor(field_of(Instalment.paid))
        self.voucher = editor(field_of(Instalment.voucher))
        self.on.show(part.paid_on or desk.today)
        self.paid.show(part.paid if part.paid is not None else part.amount)
        self.voucher.show(part.voucher)
        money = item.kind is ItemKind.MONEY
        due = f"这一期应付 {figures(part.amount or 0)} 元。" if money else item.act
        shown = [self.on, *([self.paid] if money else []), self.voucher]
        self.setLayout(
            column(
                label(due, "section", wrap=True),
                *(widget for one in shown for widget in (label(one.field.label), one.widget)),
                row(1, button("取消", self.reject), button("记下", self._save, role="main")),
                margins=20,
            )
        )

    def _save(self) -> None:
        with tell.refusals(self):
            on, paid = self.on.field.read(self.on.raw()), self.paid.field.read(self.paid.raw())
            voucher = self.voucher.field.read(self.voucher.raw())
            if not isinstance(on, date):
                raise Refusal("请填写实际履行的日期。")
            if on > self.desk.today:
                raise Refusal("履行日期不能晚于今天，请核对。")
            amount = paid if isinstance(paid, int) else None
            self.desk.do(
                lambda s: agreements.pay(
                    s, cases.load(s, self.case.id), self.part.id, on=on, by=self.desk.who,
                    amount=amount, voucher=str(voucher),
                )
            )  # fmt: skip
            self.accept()


def _parties(case: Case, name: str, chosen: int | Side) -> Choice:
    box = Choice()
    box.setAccessibleName(name)
    for party in case.parties:
        box.offer(f"{party.side}{party.name}", party.id)
    for side in Side:
        if len(case.side(side)) > 1:
            box.offer(f"全体{side}", side)
    box.choose(chosen)
    return box


def _only(case: Case, side: Side) -> int | Side:
    parties = case.side(side)
    return parties[0].id if len(parties) == 1 else side
