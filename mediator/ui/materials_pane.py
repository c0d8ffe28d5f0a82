"""材料: what is laid to a case besides its papers, on the left; on the right what the chosen one looks like."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QListWidgetItem, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of
from mediator.domain.papers import Material
from mediator.domain.safety import Draft
from mediator.services import carrying, cases, drafts, materials, papers
from mediator.services.draft_stands import Step
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_files, ask_where_to_save
from mediator.ui.files_list import FilesList
from mediator.ui.halves import Halves
from mediator.ui.material_dialogs import FILES, AddMaterialsDialog, AmendMaterialDialog
from mediator.ui.material_view import MaterialView
from mediator.ui.material_words import file_name, line, named, pdf_of
from mediator.ui.parts import button, column, label, row, run, scrolled
from mediator.ui.preview import PreviewDialog
from mediator.ui.rows_pane import ask_if_finished
from mediator.ui.waiting import WaitingDialog

SUFFIXES = (".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".bmp", ".webp")
LEAST = 7
"""Lines of letters the list is high at least."""
EMPTY = "还没有材料。点“加材料…”选照片、扫描图或 PDF，可以一次选几个；也可以把文件直接拖到下面。"


class MaterialsPane(QWidget):
    """The materials of one case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.case: Case | None = None
        self.rows: list[Material] = []
        self.hint = label("", "quiet", wrap=True)
        self.list = FilesList("材料")
        self.view = MaterialView(desk)
        self.add_button = button("加材料…", self._choose_files, role="main")
        self.amend_button = button("修改说明…", self._amend)
        self.remove_button = button("删除", self._remove, picture="delete")
        self.look_button = button("放大看", self._look, picture="preview")
        self.keep_button = button("存为文件…", self._keep, picture="save")
        self.list.currentRowChanged.connect(lambda _number: self._show_chosen())
        self.list.itemActivated.connect(lambda _item: self._look())
        self.list.dropped.connect(self.add)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.hint, self.list, row(self.add_button, self.amend_button, 1), gap=8))
        right.setLayout(
            column(self.view, row(self.look_button, self.keep_button, 1, self.remove_button), gap=8)
        )
        right.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self.list.setMinimumHeight(self.list.fontMetrics().lineSpacing() * LEAST)
        self.setLayout(column(scrolled(Halves(left, right)), margins=12))

    def show_case(self, case: Case) -> None:
        """Show the materials of a case, the same one chosen as before if it is still there."""
        before = self._chosen()
        same_case = self.case is not None and self.case.id == case.id
        self.case, self.rows = case, list(case.materials)
        titles = {paper.id: papers.kept(paper).title for paper in case.papers}
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for material in self.rows:
            self.list.addItem(QListWidgetItem(line(material, titles)))
        ids = [material.id for material in self.rows]
        kept = before.id if before is not None and same_case else None
        self.list.setCurrentRow(ids.index(kept) if kept in ids else len(ids) - 1)
        self.list.blockSignals(blocked)
        self._lock(case.stage is Stage.ARCHIVED)
        self._show_chosen()

    def add(self, files: list[Path]) -> None:
        """Ask what the files are and lay them to the case; what cannot be taken is told, the others are added."""
        self._add(files)

    def _add(self, files: list[Path], draft: Draft | None = None) -> None:
        case = self.case
        if case is None or not files:
            return
        dialog = AddMaterialsDialog(self, self.desk, case, files)
        if draft is not None:
            dialog.resume(draft)
        if not run(dialog):
            return
        place = dialog.kept_at
        with tell.refusals(self):
            self._lay(case.id, files, dialog.raw, ask_if_finished(self, case))
            if place:
                self.desk.alone(lambda s: drafts.drop(s, place))

    def _lay(self, case_id: int, files: list[Path], raw: dict[str, object], reason: str) -> None:
        refused: list[str] = []

        def lay_all(tell_how_far: Callable[[int, int], None]) -> None:
            for n, path in enumerate(files):
                tell_how_far(n, len(files))
                refused.append(_laid(self.desk, case_id, path, raw, reason))

        waiting = WaitingDialog("加材料", f"正在加 {len(files)} 个文件，请稍候……", lay_all)
        run(waiting)
        self.list.setCurrentRow(-1)  # so that the one added last is chosen
        self.desk.changed.emit()
        if waiting.error is not None:
            raise waiting.error
        wrong = [words for words in refused if words]
        if wrong:
            raise Refusal("\n".join(wrong))

    def _lock(self, on: bool) -> None:
        """Let materials only be looked at, or be changed again."""
        for each in (self.add_button, self.amend_button, self.remove_button):
            each.setVisible(not on)
        self.list.setAcceptDrops(not on)
        self.hint.setText("这个案件没有材料。" if on else EMPTY)
        self.hint.setVisible(not self.rows)

    def _chosen(self) -> Material | None:
        number = self.list.currentRow()
        return self.rows[number] if 0 <= number < len(self.rows) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        for each in (self.amend_button, self.remove_button, self.look_button, self.keep_button):
            each.setEnabled(chosen is not None)
        if chosen is None:
            self.view.show_none("选中一份材料，这里显示它的样子。" if self.rows else "")
        else:
            self.view.show_material(chosen)

    def _choose_files(self) -> None:
        self.add(ask_for_files(self, "选材料", "照片、扫描图和 PDF", *SUFFIXES))

    def _amend(self) -> None:
        chosen, case = self._chosen(), self.case
        if chosen is not None and case is not None and case.stage is not Stage.ARCHIVED:
            run(AmendMaterialDialog(self, self.desk, case, chosen))

    def resume(self, draft: Draft, step: Step) -> None:
        """Go on with what was typed about one material, or about files that were to be added."""
        case = self.case
        if step.row is None:
            self._add(_still_there(draft), draft)
            return
        found = next((one for one in case.materials if one.id == step.row), None) if case else None
        if case is None or found is None:
            raise Refusal("这份材料已经不在了，不能接着填。")
        dialog = AmendMaterialDialog(self, self.desk, case, found)
        dialog.resume(draft)
        run(dialog)

    def _remove(self) -> None:
        chosen, case = self._chosen(), self.case
        if chosen is None or case is None:
            return
        asked, reason = f"要删除材料“{named(chosen)}”吗？以后可以在“经过”的“找回删除的内容”里找回。", ""
        if case.finished:
            reason = tell.ask_reason(self, f"{asked}\n本案现在是“{case.stage}”，删除请写明原因：")
        if not (reason if case.finished else tell.ask(self, asked, "删除")):
            return
        was = {key: getattr(chosen, key) for key in fields_of(Material)}
        with tell.refusals(self):
            self.desk.do(
                lambda s: materials.drop(
                    s, cases.load(s, case.id), chosen.id, by=self.desk.who, reason=reason, was=was
                )
            )

    def _look(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            with tell.refusals(self):
                pdf = self.desk.read(lambda s: pdf_of(s, chosen))
                what, number = _what(chosen), self.case.number if self.case else ""
                stem = Path(file_name(chosen)).stem
                run(PreviewDialog(self, self.desk, named(chosen), pdf, None, stem, what=what, number=number))

    def _keep(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        path = ask_where_to_save(self, file_name(chosen), "材料")
        if path is not None:
            with tell.refusals(self):
                data = self.desk.read(lambda s: materials.content(s, chosen.digest))
                number = self.case.number if self.case else ""
                kept = carrying.keep(self.desk.alone, path, data, _what(chosen), number=number)
                tell.done(self, f"已存到 {kept}。")


def _what(material: Material) -> str:
    """A material for the audit, without the words somebody gave it."""
    return f"材料（{material.kind.label}）"


def _still_there(draft: Draft) -> list[Path]:
    """The files a draft speaks of; Refusal if one is not where it was."""
    kept = drafts.typed(draft).get(FILES)
    files = [Path(str(one)) for one in kept] if isinstance(kept, list) else []
    missing = [path.name for path in files if not path.is_file()]
    if missing or not files:
        raise Refusal(
            f"“{'、'.join(missing)}”已经不在原来的位置，不能接着加；请把文件放回去再试，或者点“加材料…”重新选。"
        )
    return files


def _laid(desk: Desk, case_id: int, path: Path, raw: Mapping[str, object], reason: str) -> str:
    """Lay one file to a case, in a transaction of its own; why it was refused, empty if it was not."""
    kind, caption, provider = raw["kind"], str(raw["caption"]), str(raw["provider"])
    assert isinstance(kind, MaterialKind)

    def verb(session: Session) -> None:
        case = cases.load(session, case_id)
        materials.add(
            session, case, file, kind, by=desk.who, caption=caption, provider=provider, reason=reason
        )  # fmt: skip

    try:
        file = materials.read(path)
        desk.alone(verb)
    except Refusal as refusal:
        return str(refusal)
    return ""
