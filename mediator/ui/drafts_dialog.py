"""没有保存的内容: what the person typed before and did not save, each beside what stands there now, to go on with."""

from collections.abc import Collection
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from mediator.domain.safety import Draft
from mediator.services import draft_places, drafts
from mediator.services.draft_places import Told
from mediator.services.drafts import Difference
from mediator.services.merging import when
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.halves import Halves
from mediator.ui.parts import button, card, clear, column, label, row, run, scrolled
from mediator.ui.words_list import WordsList

HINT = "这些内容上次填了还没有保存，程序替您暂存着。接着填，就回到原来的地方，核对以后再保存。"
OLD = f"其中有 {drafts.KEPT_DAYS} 天以前的，这次不接着填，以后就不再保留。"


class DraftsDialog(QDialog):
    """On the left what was typed, on the right what is different in it; ``draft`` is the one to go on with."""

    def __init__(self, parent: QWidget | None, desk: Desk, found: list[Told]) -> None:
        super().__init__(parent)
        self.desk, self.found = desk, found
        self.draft: Draft | None = None
        self.setWindowTitle("有填了没有保存的内容")
        self.list = WordsList("填了没有保存的内容")
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.itemActivated.connect(lambda _item: self._go_on())
        self.inside = QVBoxLayout()
        self.inside.setSpacing(8)
        right = QWidget()
        right.setLayout(column(self.inside, 1))
        self.drop_button = button("不要了", self._drop, picture="delete")
        self.go_button = button("接着填", self._go_on, role="main")
        buttons = row(self.drop_button, 1, button("以后再说", self.reject), self.go_button)
        old = any(drafts.is_old(one.draft, datetime.now()) for one in found)
        halves = Halves(self.list, scrolled(right), (4, 5))
        layout = column(label(HINT + (OLD if old else ""), wrap=True), halves, buttons, margins=18)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        fit(self, 62, 34)
        self._list()

    def _list(self) -> None:
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([_brief(one) for one in self.found])
        self.list.blockSignals(blocked)
        self.list.setCurrentRow(0)
        self._show()

    def _chosen(self) -> Told | None:
        number = self.list.currentRow()
        return self.found[number] if 0 <= number < len(self.found) else None

    def _show(self) -> None:
        clear(self.inside)
        one = self._chosen()
        self.go_button.setEnabled(one is not None and not one.barred)
        if one is None:
            return
        for words, role in ((one.barred, "error"), (one.hint, "warning")):
            if words:
                self.inside.addWidget(label(words, role, wrap=True))
        for difference in one.differences:
            self.inside.addWidget(_card(difference))

    def _go_on(self) -> None:
        one = self._chosen()
        if one is not None and not one.barred:
            self.draft = one.draft
            self.accept()

    def _drop(self) -> None:
        one = self._chosen()
        if one is None or not tell.ask(self, "填过的这些内容真的不要了吗？不能再找回。", "不要了"):
            return
        with tell.refusals(self):
            self.desk.alone(lambda s: drafts.drop(s, one.draft.place))
            self.found.remove(one)
            self._list()
            if not self.found:
                self.reject()


def offer(parent: QWidget | None, desk: Desk, place: str = "") -> Draft | None:
    """Offer what the person typed before, all of it or what lies at a place; the draft to go on with, if any."""
    return choose(parent, desk, waiting(desk, place))


def choose(parent: QWidget | None, desk: Desk, found: list[Told]) -> Draft | None:
    """Let the person look at what they typed before; the draft to go on with, if any."""
    if not found:
        return None
    dialog = DraftsDialog(parent, desk, found)
    return dialog.draft if run(dialog) else None


def waiting(desk: Desk, place: str = "", *, but: Collection[str] = ()) -> list[Told]:
    """What the person typed before and did not save; ``but`` are places where it is being typed just now."""
    found = desk.alone(lambda s: draft_places.waiting(s, place, desk.today))
    return [one for one in found if one.draft.place not in but]


def _brief(one: Told) -> str:
    return "\n".join(words for words in (one.title, one.form, f"{when(one.draft.saved_at)} 暂存") if words)


def _card(difference: Difference) -> QWidget:
    """One field: what was typed, and what stands there now."""
    typed = label(difference.typed, wrap=True)
    typed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    things = [label(difference.label, "section", wrap=True), typed]
    if difference.now:
        things.append(label(f"现在是：{difference.now}", "quiet", wrap=True))
    if difference.moved:
        things.append(label("您填了以后，别人改过这一项；保存时会让您选用哪一个。", "warning", wrap=True))
    return card(column(*things, margins=10, gap=4))
