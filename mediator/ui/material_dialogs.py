"""What is said of materials (材料说明): of files that are being added, and of one that is there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind
from mediator.domain.errors import Refusal
from mediator.domain.papers import Material
from mediator.services import cases, materials
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import FormPane
from mediator.ui.parts import label

_NAMED = 5
"""Files whose names are shown; of more only the number."""


class AddMaterialsDialog(FormDialog):
    """Files chosen to be added; ``raw`` is what was typed about them all."""

    def __init__(self, parent: QWidget, case: Case, files: Sequence[Path]) -> None:
        super().__init__(parent, "加材料", wide=36)
        self.raw: dict[str, object] = {}
        self.form = _form(case, Material(kind=MaterialKind.EVIDENCE, caption="", provider=""))
        names = [path.name for path in files[:_NAMED]]
        more = f"\n等 {len(files)} 个文件" if len(files) > _NAMED else ""
        notes = [label("\n".join(names) + more, wrap=True)]
        if len(files) > 1:
            self.form.leave_out("caption")
            notes.append(
                label("几个文件一起加时，说明先用文件名，加好以后可以逐个修改。", "quiet", wrap=True)
            )
        self.fill(*notes, self.form, does="加进来", act=self._take)
        self.form.editors["kind"].widget.setFocus()

    def _take(self) -> None:
        with tell.refusals(self):
            self.raw = self.form.raw()
            self.accept()


class AmendMaterialDialog(FormDialog):
    """What is said of one material; closes only when it was saved."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, material: Material) -> None:
        super().__init__(parent, "修改材料说明", wide=36)
        self.desk, self.case, self.material = desk, case, material
        self.form = _form(case, material)
        if material.kind is MaterialKind.SCAN:
            self.form.leave_out("kind")
        self.keep_typed(self.form, desk, f"case:{case.id}/material:{material.id}")
        self.fill(label(material.file_name, wrap=True), self.form, does="保存说明", act=self._save)
        self.form.editors["caption"].widget.setFocus()

    def _save(self) -> None:
        with tell.refusals(self):
            raw = self.form.changes()
            reason = self._reason()
            self.desk.do(
                lambda s: materials.amend(
                    s, cases.load(s, self.case.id), self.material.id, raw, by=self.desk.who, reason=reason
                )
            )
            self.accept()

    def _reason(self) -> str:
        if not self.case.finished:
            return ""
        reason = tell.ask_reason(self, f"本案现在是“{self.case.stage}”，修改材料说明请写明原因：")
        if not reason:
            raise Refusal("没有写原因，没有保存；您填的内容还在。")
        return reason


def _form(case: Case, material: Material) -> FormPane:
    """The form of a material, the names of the parties offered where it is asked who gave it."""
    form = FormPane(screens.MATERIAL)
    kind, provider = form.editors["kind"].widget, form.editors["provider"].widget
    assert isinstance(kind, Choice)
    kind.withhold(None)
    if material.kind is not MaterialKind.SCAN:
        kind.withhold(MaterialKind.SCAN)  # a scan is added where its paper stands
    assert isinstance(provider, QLineEdit)
    completer = QCompleter([party.name for party in case.parties], provider)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    provider.setCompleter(completer)
    form.show_row(material)
    return form
