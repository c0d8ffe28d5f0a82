"""What a table of one's own is made of (统计设置): rows, columns, what is counted, by which day, and the filters."""

from functools import partial

from PySide6.QtWidgets import QWidget

from mediator.domain.codes import Basis
from mediator.services import custom_specs, custom_tables, offices
from mediator.services.custom_tables import Spec
from mediator.services.dimensions import DIMENSIONS, Dimension, Measure, dimension
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.filter_dialog import FilterDialog
from mediator.ui.flow import FlowLayout
from mediator.ui.parts import beside, button, column, label, run
from mediator.ui.period_choice import PeriodPane

_SHOWN = 3
"""Classes of a filter that are named on its button."""


class CustomChoice(QWidget):
    """The choices over the table; ``after`` stands behind the filters."""

    def __init__(self, desk: Desk, *after: QWidget) -> None:
        super().__init__()
        self.desk = desk
        self.filters: dict[str, tuple[str, ...]] = {}
        self.rows, self.columns, self.measure, self.basis = Choice(), Choice(), Choice(), Choice()
        self.columns.offer("（不分列）", "")
        for one in DIMENSIONS:
            self.rows.offer(one.label, one.code)
            self.columns.offer(one.label, one.code)
        for measure in Measure:
            self.measure.offer(measure.label, measure)
        for basis in Basis.offered():
            self.basis.offer(basis.label, basis)
        self.basis.choose(desk.read(offices.own).basis)
        self.period = PeriodPane(desk)
        self.after = after
        self.chips: list[QWidget] = []
        self.flow = FlowLayout(gap=10)
        last = QWidget()
        last.setLayout(self.flow)
        made = QWidget()
        made.setLayout(
            FlowLayout(
                beside("行：", self.rows, "行"), beside("列：", self.columns, "列"),
                beside("统计：", self.measure, "统计量"), beside("口径：", self.basis, "统计口径"), gap=10,
            )
        )  # fmt: skip
        self.setLayout(column(made, self.period, last, gap=8))
        self._show_filters()

    def spec(self) -> Spec:
        """What is chosen; Refusal if a day is wrong, or rows and columns are the same."""
        since, until = self.period.period()
        return custom_specs.read({
            "rows": self.rows.chosen(), "columns": self.columns.chosen(),
            "filters": {code: list(keys) for code, keys in self.filters.items()},
            "period": {"from": since.isoformat(), "until": until.isoformat()},
            "basis": self.basis.chosen().value, "measure": self.measure.chosen().value,
        })  # fmt: skip

    def show_spec(self, spec: Spec) -> None:
        """Show what a table that was saved is made of."""
        self.rows.choose(spec.rows)
        self.columns.choose(spec.columns)
        self.measure.choose(spec.measure)
        self.basis.choose(spec.basis)
        self.filters = dict(spec.filters)
        self.period.choose(spec.since, spec.until)
        self._show_filters()

    def _show_filters(self) -> None:
        """Put a button for every filter before what always stands there."""
        while self.flow.count():
            self.flow.takeAt(0)
        for chip in self.chips:
            chip.deleteLater()
        add = button("增加筛选…", self._add, picture="add", tip="只统计其中的一部分案件")
        caption = label("筛选：" if self.filters else "筛选：没有，全部案件都统计")
        caption.setMinimumHeight(add.sizeHint().height())
        chips = [
            button(_chip(code, keys), partial(self._change, code), tip="点一下可以改，也可以去掉")
            for code, keys in self.filters.items()
        ]
        self.chips = [caption, *chips, add]
        for each in (*self.chips, *self.after):
            self.flow.addWidget(each)

    def _add(self) -> None:
        offered = [one.code for one in DIMENSIONS if one.code not in self.filters]
        self._ask(FilterDialog(self, offered, self._classes))

    def _change(self, code: str) -> None:
        self._ask(FilterDialog(self, (), self._classes, code, self.filters[code]))

    def _ask(self, dialog: FilterDialog) -> None:
        if not run(dialog):
            return
        code, keys = dialog.chosen()
        if dialog.removed:
            del self.filters[code]
        else:
            self.filters[code] = keys
        self._show_filters()

    def _classes(self, one: Dimension) -> tuple[str, ...]:
        """The classes of a dimension that occur in the period, or all of its list."""
        since, until = self.period.period()
        spec = Spec(one.code, since, until, basis=self.basis.chosen())
        return self.desk.read(lambda s: custom_tables.count(s, spec)).rows


def _chip(code: str, keys: tuple[str, ...]) -> str:
    one = dimension(code)
    shown = "、".join(one.called(key) for key in keys[:_SHOWN])
    return f"{one.label}：{shown}" + (f"等 {len(keys)} 类" if len(keys) > _SHOWN else "")
