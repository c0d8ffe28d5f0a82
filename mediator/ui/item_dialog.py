"""协议事项 and its instalments."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from mediator.domain.agreement import Instalment, Item
from mediator.domain.case import Case
from mediator.domain.codes import Side
from mediator.domain.errors import Gone
from mediator.services import agreements
from mediator.services.draft_stands import NEW
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import Beside, FormPane
from mediator.ui.parts import button, clear, column, label, named, row, scrolled

Raw = dict[str, object]


class InstalmentGrid(QWidget):
    """分期: a form each, with due day and amount."""

    edited = Signal()

    def __init__(self, parts: Sequence[Instalment]) -> None:
        super().__init__()
        self.lines: list[tuple[int | None, FormPane]] = []
        self.forms = column(gap=4)
        self.setLayout(column(self.forms, row(button("再加一期", self.add, picture="add", often=True), 1)))
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[Instalment]) -> None:
        """Show some instalments; a line for the first if there is none."""
        clear(self.forms)
        self.lines.clear()
        for part in parts or [Instalment()]:
            self.add(part)
        self.shown = self.typed()

    def typed(self) -> list[dict[str, object]]:
        """What is typed, raw, whether it can be read or not."""
        return [
            {"id": id, **{key: made.raw() for key, made in form.editors.items()}} for id, form in self.lines
        ]

    def put_back(self, typed: list[dict[str, Any]], seen: list[dict[str, Any]] | None) -> None:
        """Put back what was typed, and what stood there then."""
        self.show_parts([Instalment(id=one.get("id")) for one in typed])
        for one, (_id, form) in zip(typed, self.lines, strict=False):
            form.put_back({key: raw for key, raw in one.items() if key != "id"}, {})
        self.shown = seen or []

    def add(self, part: Instalment | None = None) -> None:
        """One more instalment."""
        form = FormPane(screens.INSTALMENT)
        shown = part or Instalment()
        form.show_row(shown)
        number = len(self.lines) + 1
        for key, words in (("due_on", "应履行日期"), ("amount", "金额（元，一次付清可不填）")):
            form.call(key, f"第 {number} 期{words}")
        form.edited.connect(self.edited)
        self.forms.addWidget(form)
        self.lines.append((shown.id, form))

    def raw(self) -> list[dict[str, object]]:
        """The instalments typed; an empty line after the first is no instalment."""
        typed = [{"id": id, **form.raw()} for id, form in self.lines]
        return [line for n, line in enumerate(typed) if n == 0 or line["due_on"] or line["amount"]]


class ItemDialog(FormDialog):
    """One item of the agreement; ``save`` takes its id, what was typed and what stood there before."""

    def __init__(
        self, parent: QWidget, desk: Desk, case: Case, item: Item | None, save: Callable[[int | None, Raw, Raw], None]
    ) -> None:  # fmt: skip
        super().__init__(parent, "协议事项")
        self.item_id, self.save_item = item.id if item else None, save
        shown = item or Item()
        self.form = FormPane(screens.ITEM)
        self.form.show_row(shown)
        self.was: Raw = {**agreements.whom(shown), "instalments": agreements.instalments(shown)}
        """What stood there beside the form's own fields."""
        self.debtor = self._whom(case, "debtor", shown.debtor_id or _only(case, shown.debtor_side))
        self.creditor = self._whom(case, "creditor", shown.creditor_id or _only(case, shown.creditor_side))
        self.instalments = InstalmentGrid(shown.instalments)
        self.instalments.edited.connect(self.form.edited)
        self.form.beside["instalments"] = Beside(
            self.instalments.typed, lambda: self.instalments.shown, self._put_back_parts
        )
        self.keep_typed(self.form, desk, f"case:{case.id}/agreement/item:{self.item_id or NEW}")
        self._lay_out()

    def _lay_out(self) -> None:
        who = QGridLayout()
        for n, (words, box) in enumerate((("由谁履行", self.debtor), ("向谁履行", self.creditor))):
            for at, widget in enumerate(named(words, box)):
                who.addWidget(widget, at, n)
        inside = QWidget()
        inside.setLayout(column(who, self.form, label("分期", "section"), self.instalments, 1))
        self.fill(scrolled(inside), does="保存事项", act=self._save)
        fit(self, 48, 38)

    def _whom(self, case: Case, key: str, shown: int | Side) -> Choice:
        """A choice of who owes or is owed; ``shown`` is chosen until somebody chooses otherwise."""
        box = _parties(case, shown)

        def put_back(raw: object, seen: object) -> None:
            if _who(seen) != shown:
                self.was[key] = _who(seen)
            if box.offers(_who(raw)):
                box.choose(_who(raw))

        self.form.beside[key] = Beside(box.chosen, lambda: shown, put_back)
        box.currentIndexChanged.connect(lambda _index: self.form.edited.emit())
        return box

    def _put_back_parts(self, raw: list[dict[str, Any]], seen: list[dict[str, Any]] | None) -> None:
        if seen != self.instalments.shown:
            self.was["instalments"] = agreements.read_instalments(seen)
        self.instalments.put_back(raw, seen)

    def _save(self) -> None:
        with tell.refusals(self):
            try:
                self.save_item(self.item_id, self._raw(), {**self.form.shown, **self.was})
            except Gone as gone:
                if not tell.ask(
                    self, f"{gone}\n您填的内容还在，要另外增加一条吗？", "另外增加一条", "先不存"
                ):
                    return
                self.item_id = None
                self.save_item(None, self._raw(), {})
            self.accept()

    def _raw(self) -> Raw:
        """What is to be saved: of a new item everything, of another what was changed."""
        instalments = self.instalments.raw()
        beside: Raw = {
            "debtor": self.debtor.chosen(),
            "creditor": self.creditor.chosen(),
            "instalments": instalments,
        }
        if self.item_id is None:
            return {**self.form.raw(), **beside}
        touched = self.form.typed()
        return {**self.form.changes(), **{key: raw for key, raw in beside.items() if key in touched}}


def _parties(case: Case, chosen: int | Side) -> Choice:
    box = Choice()
    for party in case.parties:
        box.offer(f"{party.side}{party.name}", party.id)
    for side in Side:
        if len(case.side(side)) > 1:
            box.offer(f"全体{side}", side)
    box.choose(chosen)
    return box


def _who(kept: object) -> object:
    """Who owes or is owed, read back from a draft: the id of a party, or a side."""
    return next((side for side in Side if side.value == kept), kept)


def _only(case: Case, side: Side) -> int | Side:
    parties = case.side(side)
    return parties[0].id if len(parties) == 1 else side
