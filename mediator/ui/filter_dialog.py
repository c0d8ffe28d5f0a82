"""筛选: which classes of one dimension a table of one's own counts."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from mediator.domain.errors import Refusal
from mediator.services.dimensions import DIMENSIONS, Dimension
from mediator.ui import tell
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import button, label, named
from mediator.ui.words_list import WordsList

_KEY = Qt.ItemDataRole.UserRole


class FilterDialog(FormDialog):
    """A dimension, and a tick for each of its classes; ``classes`` finds those that occur."""

    def __init__(
        self, parent: QWidget, offered: Sequence[str], classes: Callable[[Dimension], Sequence[str]],
        code: str = "", ticked: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent, "筛选", wide=28)
        self.classes, self.ticked = classes, tuple(ticked)
        self.removed = False
        self.dimension = Choice()
        for one in DIMENSIONS:
            if one.code in offered or one.code == code:
                self.dimension.offer(one.label, one)
        self.list = WordsList("要统计的各类")
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 12)
        self.remove_button = button("去掉这个筛选", self._remove)
        self.remove_button.setVisible(bool(code))
        self.fill(
            *named("按什么筛选", self.dimension), label("只统计打勾的：", wrap=True), self.list,
            does="确定", act=self._take, more=[self.remove_button],
        )  # fmt: skip
        if code:
            self.dimension.choose(next(one for one in DIMENSIONS if one.code == code))
            self.dimension.setEnabled(False)
        self.dimension.currentIndexChanged.connect(lambda _index: self._list())
        self._list()

    def chosen(self) -> tuple[str, tuple[str, ...]]:
        """The code of the dimension, and the classes ticked."""
        items = [self.list.item(n) for n in range(self.list.count())]
        keys = tuple(item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked)
        return self.dimension.chosen().code, keys

    def _list(self) -> None:
        one: Dimension = self.dimension.chosen()
        self.list.clear()
        with tell.refusals(self):
            for key in dict.fromkeys((*self.classes(one), *self.ticked)):
                item = QListWidgetItem(one.called(key))
                item.setData(_KEY, key)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                )
                on = key in self.ticked
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                self.list.addItem(item)

    def _take(self) -> None:
        with tell.refusals(self):
            if not self.chosen()[1]:
                raise Refusal("请至少勾选一类；不筛选就点“取消”。")
            self.accept()

    def _remove(self) -> None:
        self.removed = True
        self.accept()
