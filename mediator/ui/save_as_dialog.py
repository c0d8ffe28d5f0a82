"""A name for a table of one's own (自定义统计)."""

from PySide6.QtWidgets import QWidget

from mediator.domain.figures import CustomTable
from mediator.services import custom_specs
from mediator.services.custom_tables import Spec
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane
from mediator.ui.parts import label


class SaveAsDialog(FormDialog):
    """The name it had is offered; one of that name gives way if the person says so."""

    def __init__(self, parent: QWidget, desk: Desk, spec: Spec, name: str) -> None:
        super().__init__(parent, "保存自定义统计")
        self.desk, self.spec = desk, spec
        self.kept: CustomTable | None = None
        self.form = FormPane(screens.CUSTOM_TABLE)
        self.form.show_row(CustomTable(name=name))
        self.fill(
            self.form, label("存下来的是行、列、筛选和报告期，下次打开再点“统计”。", "quiet", wrap=True),
            does="保存", act=self._save,
        )  # fmt: skip

    def _save(self) -> None:
        with tell.refusals(self):
            name = str(self.form.raw()["name"])
            known = [one.name for one in self.desk.read(custom_specs.all_of)]
            taken = name.strip() in known
            if taken and not tell.ask(self, f"已经有一张叫“{name.strip()}”的统计表，要代替它吗？", "代替"):
                return
            self.kept = self.desk.do(lambda s: custom_specs.save(s, name, self.spec, replace=taken))
            self.accept()
