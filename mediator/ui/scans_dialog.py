"""签署件扫描: scans or photographs of an issued paper, taken after it was signed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Stage
from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper, Material
from mediator.services import cases, materials, papers
from mediator.services.materials import Admitted
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_files
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.material_words import pdf_of
from mediator.ui.parts import button, label, run
from mediator.ui.preview import PreviewDialog
from mediator.ui.rows_pane import ask_if_finished
from mediator.ui.waited import waited

SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


class ScansDialog(FormDialog):
    """The scans of one issued paper: what is there, more of them, one looked at or taken away."""

    def __init__(self, parent: QWidget, desk: Desk, case: Case, issued: IssuedPaper) -> None:
        super().__init__(parent, f"签署件扫描：{papers.kept(issued).title}")
        self.desk, self.case, self.issued = desk, case, issued
        self.list = QListWidget()
        self.list.setAccessibleName("已有的扫描件")
        self.list.itemActivated.connect(lambda _item: self._look())
        self.words = label("", "quiet", wrap=True)
        self.look_button = button("打开看", self._look, picture="preview")
        self.remove_button = button("去掉", self._remove, picture="delete")
        self.fill(
            self.words,
            self.list,
            does="加扫描件…",
            act=self._add,
            more=(self.look_button, self.remove_button),
            leave="关闭",
        )
        if case.stage is Stage.ARCHIVED:
            self.main.hide()
            self.remove_button.hide()
        fit(self, 40, 24)
        self._show()

    def _show(self) -> None:
        self.case = self.desk.read(lambda s: cases.load(s, self.case.id))
        self.list.clear()
        for scan in materials.scans(self.case, self.issued):
            item = QListWidgetItem(f"{scan.file_name}\n{scan.added_at:%Y-%m-%d} {scan.added_by} 加入")
            item.setData(Qt.ItemDataRole.UserRole, scan)
            self.list.addItem(item)
        there = self.list.count() > 0
        self.list.setCurrentRow(self.list.count() - 1)
        self.words.setText(
            "装订整卷时可以用扫描件代替打印件。"
            if there
            else "还没有扫描件。签好的文书扫描或者拍照以后，点“加扫描件…”选文件；可以选 PDF 和照片。"
        )
        for each in (self.look_button, self.remove_button):
            each.setEnabled(there)

    def _chosen(self) -> Material | None:
        item = self.list.currentItem()
        found: Material | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def _add(self) -> None:
        files = ask_for_files(self, "选签好的文书的扫描件或照片", "PDF 和照片", *SUFFIXES)

        def read(told: Callable[[int, int], None]) -> list[Admitted]:
            found = []
            for n, path in enumerate(files):
                told(n, len(files))
                found.append(materials.read(path))
            return found

        found = waited(self, "加扫描件", f"正在核对 {len(files)} 个文件……", read) if files else None
        if found:
            with tell.refusals(self):
                self.desk.do(lambda s: self._put(s, found))
        self._show()

    def _put(self, session: Session, files: list[Admitted]) -> None:
        case = cases.load(session, self.case.id)
        issued = next((paper for paper in case.papers if paper.id == self.issued.id), None)
        if issued is None:
            raise Refusal("这份文书已经不在了，请刷新后再试。")
        for file in files:
            materials.add(session, case, file, MaterialKind.SCAN, by=self.desk.who, paper=issued)

    def _look(self) -> None:
        scan = self._chosen()
        if scan is None:
            return
        with tell.refusals(self):
            pdf = self.desk.read(lambda s: pdf_of(s, scan))
            stem, title = scan.file_name.rpartition(".")[0], papers.kept(self.issued).title
            run(
                PreviewDialog(
                    self, self.desk, scan.file_name, pdf, None, stem, what=f"{title}的扫描件", number=self.case.number
                )
            )  # fmt: skip

    def _remove(self) -> None:
        scan = self._chosen()
        if scan is None or not tell.ask(self, f"要去掉扫描件“{scan.file_name}”吗？", "去掉"):
            return
        with tell.refusals(self):
            reason = ask_if_finished(self, self.case)
            self.desk.do(
                lambda s: materials.drop(
                    s, cases.load(s, self.case.id), scan.id, by=self.desk.who, reason=reason
                )
            )
        self._show()
