"""协议事项 and its instalments."""

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QWidget

from mediator.domain.agreement import Instalment, Item
from mediator.domain.case import Case
from mediator.domain.codes import Side
from mediator.ui import screens, tell
from mediator.ui.editors import Choice
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane
from mediator.ui.parts import button, column, label, named, row, scrolled


class InstalmentGrid(QWidget):
    """分期: a form each, with due day and amount."""

    def __init__(self, parts: list[Instalment]) -> None:
        super().__init__()
        self.lines: list[tuple[int | None, FormPane]] = []
        self.forms = column(gap=4)
        self.setLayout(column(self.forms, row(button("再加一期", self.add, picture="add", often=True), 1)))
        for part in parts or [Instalment()]:
            self.add(part)

    def add(self, part: Instalment | None = None) -> None:
        """One more instalment."""
        form = FormPane(screens.INSTALMENT)
        shown = part or Instalment()
        form.show_row(shown)
        number = len(self.lines) + 1
        for key, words in (("due_on", "应履行日期"), ("amount", "金额（元，一次付清可不填）")):
            form.call(key, f"第 {number} 期{words}")
        self.forms.addWidget(form)
        self.lines.append((shown.id, form))

    def raw(self) -> list[dict[str, object]]:
        """The instalments typed; an empty line after the first is no instalment."""
        typed = [{"id": id, **form.raw()} for id, form in self.lines]
        return [line for n, line in enumerate(typed) if n == 0 or line["due_on"] or line["amount"]]


class ItemDialog(FormDialog):
    """One item of the agreement; ``save`` tells whether it could be saved."""

    def __init__(
        self,
        parent: QWidget,
        case: Case,
        item: Item | None,
        save: Callable[[int | None, dict[str, object]], bool],
    ) -> None:
        super().__init__(parent, "协议事项")
        self.item, self.save_item = item, save
        shown = item or Item()
        self.form = FormPane(screens.ITEM)
        self.form.show_row(shown)
        self.debtor = _parties(case, shown.debtor_id or _only(case, shown.debtor_side))
        self.creditor = _parties(case, shown.creditor_id or _only(case, shown.creditor_side))
        self.instalments = InstalmentGrid(list(item.instalments) if item else [])
        who = QGridLayout()
        for n, (words, box) in enumerate((("由谁履行", self.debtor), ("向谁履行", self.creditor))):
            for at, widget in enumerate(named(words, box)):
                who.addWidget(widget, at, n)
        inside = QWidget()
        inside.setLayout(column(who, self.form, label("分期", "section"), self.instalments, 1))
        self.fill(scrolled(inside), does="保存事项", act=self._save)
        fit(self, 48, 38)

    def _save(self) -> None:
        with tell.refusals(self):
            raw = {**self.form.raw(), "debtor": self.debtor.chosen(), "creditor": self.creditor.chosen()}
            raw["instalments"] = self.instalments.raw()
            item_id = self.item.id if self.item else None
            if self.save_item(item_id, {**raw, "id": item_id}):
                self.accept()


def _parties(case: Case, chosen: int | Side) -> Choice:
    box = Choice()
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
