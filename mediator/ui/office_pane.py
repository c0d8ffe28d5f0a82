"""设置—单位: the office's particulars."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mediator.domain.roles import Power
from mediator.domain.safety import Draft
from mediator.services import offices
from mediator.services.draft_office import OFFICE
from mediator.ui import powers, screens, tell
from mediator.ui.desk import Desk
from mediator.ui.drafting import Drafting
from mediator.ui.forms import FormPane
from mediator.ui.kept_bar import KeptBar
from mediator.ui.parts import button, column, scrolled


class OfficePane(QWidget):
    """What stands on papers, how cases are numbered, how figures are counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = FormPane(screens.OFFICE)
        self.kept = KeptBar(Drafting(self.form, desk, lambda: OFFICE), OFFICE, self.resume)
        self.save_button = button("保存调委会信息", self.save, role="main")
        self.setLayout(column(scrolled(self.form), self.kept.beside(self.save_button), margins=14))
        self.form.lock(not powers.grey(desk, Power.SETTINGS, self.save_button))
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        self.form.show_row(self.desk.read(offices.own))

    def settle(self) -> bool:
        """Before leaving: save what was typed, drop it, or stay. True if one may leave."""
        return settled(self, "调委会信息", self.form, self.save, self._drop)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed here before."""
        if self.settle():
            self.kept.drafting.resume(draft)
            self.kept.button.look()

    def save(self) -> bool:
        """Save what was typed."""
        with tell.refusals(self):
            saved = self.kept.save(self.form, self.form.changes(), self.form.shown, offices.amend)
            self.form.show_row(saved)
            tell.done(self, "调委会信息已保存。新的卷号样式从下一件案件起使用。")
            return True
        return False

    def _drop(self) -> None:
        self.refresh()
        self.kept.drop()


def settled(
    parent: QWidget, what: str, form: FormPane, save: Callable[[], bool], drop: Callable[[], object]
) -> bool:
    """Before a form is left: save what was typed, drop it, or stay. True if one may leave."""
    if not form.dirty:
        return True
    answer = tell.ask_save(parent, what)
    if answer is False:
        drop()
    return save() if answer else answer is False
