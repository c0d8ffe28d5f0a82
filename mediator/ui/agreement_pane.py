"""协议与履行: the agreement, its items and instalments, and what has been done of them."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.codes import ItemKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.safety import Draft
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.services import agreements, cases, completeness
from mediator.services.draft_stands import Step
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.forms import FormPane
from mediator.ui.item_dialog import ItemDialog
from mediator.ui.merge_dialog import merged
from mediator.ui.parts import LEFT, button, column, label, row, run, scrolled
from mediator.ui.pay_dialog import PayDialog
from mediator.ui.rows_pane import ask_if_finished

SIGNED = "由“文书”里的签署登记得出：各方签了名、盖了章，协议才生效。"

HEADINGS = ("事项", "期", "应履行日期", "金额（元）", "履行情况")

MOST_ROWS = 8

Raw = dict[str, object]


class AgreementPane(QWidget):
    """The agreement of one case."""

    edited = Signal()
    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.form = FormPane(screens.AGREEMENT)
        self.form.edited.connect(self.edited)
        self.drafting = Drafting(self.form, desk, self.place)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_table)
        self.parts: list[tuple[Item, Instalment]] = []
        self.table = self._table()
        self.total = label("", "quiet", wrap=True)
        self.buttons = (
            button("增加协议事项", lambda: self._edit(None), picture="add"),
            button("修改事项", lambda: self._edit(self._chosen())),
            button("删除事项", self._remove),
        )
        self.pay_button = button("记一笔履行", self._pay, picture="save")
        inside = QWidget()
        inside.setLayout(
            column(
                label("协议事项：谁向谁、付多少或做什么、什么时候", "section", wrap=True),
                self.table,
                self.total,
                row(*self.buttons, 1, self.pay_button),
                self.form,
            )
        )
        self.save_button = button("保存协议", self.save, role="main")
        self.setLayout(column(scrolled(inside), row(1, self.save_button), margins=12))

    @property
    def dirty(self) -> bool:
        """Whether something was typed and not yet saved."""
        return self.form.dirty

    def place(self) -> str:
        """Where a draft of the agreement belongs."""
        return f"case:{self.case.id}/agreement" if self.case is not None and self.case.id else ""

    def resume(self, draft: Draft, step: Step) -> None:
        """Go on with what was typed about the agreement, or about one of its items."""
        if self.case is None or not self.settle():
            return
        if step.what == "pay":
            self._pay_part(step.row, draft)
            return
        if step.what != "item":
            self.drafting.resume(draft)
            return
        items = self.case.agreement.items if self.case.agreement else []
        self._edit(next((item for item in items if item.id == step.row), None), draft)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(HEADINGS))
        table.setHorizontalHeaderLabels(list(HEADINGS))
        table.setAccessibleName("协议事项")
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(LEFT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_sizes: self._fitting.start())
        table.itemActivated.connect(lambda _item: self._edit(self._chosen()))
        return table

    def show_case(self, case: Case) -> None:
        """Show the agreement of a case, or an empty one."""
        self.case = case
        agreement = case.agreement or Agreement(items=[])
        self.form.show_row(agreement)
        self._lock(case.stage is Stage.ARCHIVED)
        self._show_effect(case)
        self.parts = [(item, part) for item in agreement.items for part in item.instalments]
        self.table.setRowCount(len(self.parts))
        for n, (item, part) in enumerate(self.parts):
            for at, words in enumerate(_cells(item, part)):
                self.table.setItem(n, at, _cell(words, item.in_words()))
        self._fitting.start()
        paid = sum(item.paid for item in agreement.items)
        self.total.setText(
            f"合计 {figures(agreement.money)} 元，已付 {figures(paid)} 元，未付 {figures(agreement.money - paid)} 元"
            if agreement.money
            else ""
        )
        self.total.setVisible(bool(self.total.text()))
        for one in (*self.buttons[1:], self.pay_button):
            one.setEnabled(bool(self.parts))

    def _lock(self, on: bool) -> None:
        """Let the agreement only be read, or be changed again."""
        self.form.lock(on)
        for each in (*self.buttons, self.pay_button, self.save_button):
            each.setVisible(not on)

    def _show_effect(self, case: Case) -> None:
        """Under the day of effect, how long a court may still be asked; where a paper was issued, that it comes from there."""
        issued = any(paper.form == AGREEMENT.code for paper in case.papers)
        if issued:
            self.form.editors["effective_on"].lock(True)
        words = (SIGNED if issued else "") + completeness.last_day(case, self.desk.today)
        self.form.complain("effective_on", words, "quiet")

    def _fit_table(self) -> None:
        """As high as its rows, a few at least and not more than fit the page."""
        self.table.resizeRowsToContents()
        rows = [self.table.rowHeight(n) for n in range(self.table.rowCount())]
        least = self.table.fontMetrics().height() * 4
        wanted = max(sum(rows[:MOST_ROWS]), least) + self.table.horizontalHeader().sizeHint().height() + 8
        self.table.setFixedHeight(wanted)

    def save(self) -> bool:
        """Save what was typed about the agreement."""
        return self._put(lambda _s, _case: {})

    def settle(self) -> bool:
        """Before leaving: save, drop or stay. True if one may leave."""
        if not self.dirty:
            return True
        answer = tell.ask_save(self, "协议与履行")
        if answer:
            return self.save()
        if answer is False and self.case is not None:
            self.show_case(self.case)
            self.drafting.forget()
        return answer is False

    def _put(self, more: Callable[[Session, Case], Raw]) -> bool:
        """Save what was typed, and what else is to be said of the case as it now stands."""
        case = self.case
        assert case is not None
        with tell.refusals(self):
            self.form.changes()  # what cannot be read is told before a reason is asked for
            self._write(case, more, ask_if_finished(self, case))
            return True
        return False

    def _write(self, case: Case, more: Callable[[Session, Case], Raw], reason: str) -> None:
        def save(raw: Raw, was: Raw | None) -> None:
            def verb(session: Session) -> None:
                now = cases.load(session, case.id)
                self.drafting.drop_in(session)
                whole = {**raw, **more(session, now)}
                agreements.put(session, now, whole, by=self.desk.who, reason=reason, was=was)

            with self.form.saving():
                self.desk.do(verb)

        merged(self, self.form.changes(), self.form.shown, save, Agreement.__tablename__)
        self.saved.emit()

    def _edit(self, item: Item | None, draft: Draft | None = None) -> None:
        if self.case is None or self.case.stage is Stage.ARCHIVED:
            return
        if not self.case.parties:
            tell.refused(self, Refusal("请先填写当事人，再写协议事项。"))
            return
        dialog = ItemDialog(self, self.desk, self.case, item, self._save_item)
        if draft is not None:
            dialog.resume(draft)
        run(dialog)

    def _save_item(self, item_id: int | None, raw: Raw, was: Raw) -> None:
        """Save one item and what was typed about the agreement; Refusal, or Gone where the item is no more."""
        case = self.case
        assert case is not None
        reason = ask_if_finished(self, case)

        def save(raw: Raw, was: Raw | None) -> None:
            self._write(
                case, lambda s, now: {"items": agreements.items_with(s, now, item_id, raw, was)}, reason
            )

        merged(QApplication.activeModalWidget() or self, raw, was, save, Item.__tablename__)

    def _remove(self) -> None:
        item = self._chosen()
        if item is not None and tell.ask(self, "要删除这一条协议事项吗？", "删除"):
            was = agreements.seen(item)
            self._put(lambda _s, case: {"items": agreements.items_without(case, item.id, was)})

    def _pay(self) -> None:
        number = self.table.currentRow()
        if self.case is None or not 0 <= number < len(self.parts):
            tell.refused(self, Refusal("请先在上面选中履行的那一期。"))
            return
        self._pay_part(self.parts[number][1].id)

    def _pay_part(self, part_id: int | None, draft: Draft | None = None) -> None:
        found = next((both for both in self.parts if both[1].id == part_id), None)
        if self.case is None or found is None:
            raise Refusal("这一期已经不在协议里了，请刷新后再试。")
        dialog = PayDialog(self, self.desk, self.case, *found)
        if draft is not None:
            dialog.resume(draft)
        run(dialog)

    def _chosen(self) -> Item | None:
        number = self.table.currentRow()
        return self.parts[number][0] if 0 <= number < len(self.parts) else None


def _cell(words: str, tip: str) -> QTableWidgetItem:
    made = QTableWidgetItem(words)
    made.setToolTip(tip)
    return made


def _brief(item: Item) -> str:
    if item.kind is ItemKind.ACT:
        return f"{item.debtor_words}：{item.act}"
    purpose = f"（{item.act}）" if item.act else ""
    return f"{item.debtor_words}付给{item.creditor_words} {figures(item.amount or 0)} 元{purpose}"


def _cells(item: Item, part: Instalment) -> tuple[str, ...]:
    number = item.instalments.index(part) + 1
    due = part.due_on.isoformat() if part.due_on else "未定"
    amount = figures(part.amount or 0) if item.kind is ItemKind.MONEY else ""
    if part.settled:
        state = f"已履行 {part.paid_on}"
    elif part.paid:
        state = f"已付 {figures(part.paid)} 元，还差 {figures((part.amount or 0) - part.paid)} 元"
    else:
        state = "未履行"
    return (_brief(item), f"{number}/{len(item.instalments)}", due, amount, state)
