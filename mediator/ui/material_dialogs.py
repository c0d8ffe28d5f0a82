"""What is said of materials (材料说明): of files that are being added, and of one that is there."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QLineEdit, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind
from mediator.domain.errors import Refusal
from mediator.domain.papers import Material
from mediator.services import cases, materials
from mediator.services.draft_stands import NEW
from mediator.ui import screens, tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.form_dialog import FormDialog
from mediator.ui.forms import Beside, FormPane
from mediator.ui.merge_dialog import Raw, merged
from mediator.ui.parts import label

FILES = "files"
"""What a draft calls the paths of the files chosen."""
_NAMED = 5
"""Files whose names are shown; of more only the number."""


class AddMaterialsDialog(FormDialog):
    """Files chosen to be added; ``raw`` is what was typed about them all. Its draft goes once they are added."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, files: Sequence[Path]) -> None:
        super().__init__(parent, "加材料", wide=36)
        self.raw: dict[str, object] = {}
        self.files = list(files)
        self.kept_at = ""
        """Where what was typed is kept until the files are added; empty if nothing was."""
        self.form = _material_form(case, Material(kind=MaterialKind.EVIDENCE, caption="", provider=""))
        names = [path.name for path in files[:_NAMED]]
        more = f"\n等 {len(files)} 个文件" if len(files) > _NAMED else ""
        notes = [label("\n".join(names) + more, wrap=True)]
        if len(files) > 1:
            self.form.leave_out("caption")
            notes.append(
                label("几个文件一起加时，说明先用文件名，加好以后可以逐个修改。", "quiet", wrap=True)
            )
        self.form.beside[FILES] = Beside(self._named, lambda: None, lambda _raw, _seen: None)
        self.keep_typed(self.form, desk, f"case:{case.id}/material:{NEW}")
        self.fill(*notes, self.form, does="加进来", act=self._take)
        self.form.editors["kind"].widget.setFocus()

    def _take(self) -> None:
        with tell.refusals(self):
            self.raw = self.form.raw()
            assert self.drafting is not None
            self.drafting.keep()
            self.kept_at = self.drafting.place
            QDialog.accept(self)

    def _named(self) -> list[str]:
        return [str(path) for path in self.files]


class AmendMaterialDialog(FormDialog):
    """What is said of one material; closes only when it was saved."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, material: Material) -> None:
        super().__init__(parent, "修改材料说明", wide=36)
        self.desk, self.case, self.material = desk, case, material
        self.form = _material_form(case, material)
        if material.kind is MaterialKind.SCAN:
            self.form.leave_out("kind")
        self.keep_typed(self.form, desk, f"case:{case.id}/material:{material.id}")
        self.fill(label(material.file_name, wrap=True), self.form, does="保存说明", act=self._save)
        self.form.editors["caption"].widget.setFocus()

    def _save(self) -> None:
        with tell.refusals(self):
            raw, reason = self.form.changes(), self._reason()
            merged(self, raw, self.form.shown, partial(self._put, reason))
            self.accept()

    def _put(self, reason: str, raw: Raw, was: Raw | None) -> None:
        def verb(session: Session) -> None:
            self.drop_in(session)
            case = cases.load(session, self.case.id)
            materials.amend(session, case, self.material.id, raw, by=self.desk.who, reason=reason, was=was)

        self.desk.do(verb)

    def _reason(self) -> str:
        if not self.case.finished:
            return ""
        reason = tell.ask_reason(self, f"本案现在是“{self.case.stage}”，修改材料说明请写明原因：")
        if not reason:
            raise Refusal("没有写原因，没有保存；您填的内容还在。")
        return reason


def _material_form(case: Case, material: Material) -> FormPane:
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
