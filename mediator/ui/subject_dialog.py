"""本人查询: who asks about whom and how that was checked; then all that is stored, to be handed over."""

from datetime import date

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mediator.services import sheets, subject_data, subject_paper
from mediator.services.printouts import Printout, as_pdf
from mediator.services.subject_data import ASKERS, Request, Stored
from mediator.ui import later
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.keep_tally import Keepable, KeepPane
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import column, label, named, row
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_HEADINGS = (Heading("卷号", 12), Heading("项目", 9), Heading("内容", 0))
_HINT = (
    "当事人有权查阅、复制自己的个人信息（个人信息保护法第四十五条）。先核验身份再查；每次查询都记入审计记录。"
)
_CHECKED = "已经核验申请人的身份；代本人申请的，也看过证明或委托书"


class SubjectDialog(FormDialog):
    """What is found can be printed or kept as a file once the identity was checked."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "本人查询", wide=56)
        self.desk = desk
        self.name, self.number, self.checked, self.ground = (LineEdit() for _ in range(4))
        self.checked.setPlaceholderText("例如 核对居民身份证原件")
        self.asker = Choice()
        for words in ASKERS:
            self.asker.offer(words, words)
        self.asker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.asker.setMinimumContentsLength(8)
        self.sure = QCheckBox(_CHECKED)
        self.table = WordsTable("查到的内容", _HEADINGS, "填好以后按“查询”。")
        self.table.wrap()
        self.said = label("", "warning", wrap=True)
        self.said.hide()
        self.files = KeepPane(desk, "pdf", "xlsx", prints=True)
        self.fill(
            label(_HINT, "quiet", wrap=True),
            _beside(("本人姓名", self.name), ("证件号码或电话", self.number), ("申请人", self.asker)),
            _beside(("怎么核验的身份", self.checked), ("用途或理由（可以不填）", self.ground)),
            self.sure, self.table, self.said, self.files, does="查询", act=self._look, leave="关闭",
        )  # fmt: skip
        fit(self, 60, 42)
        for box in (self.name, self.number, self.checked, self.ground):
            box.textChanged.connect(lambda _text: self._forget())
        self.asker.currentIndexChanged.connect(lambda _index: self._forget())
        self.sure.toggled.connect(self.main.setEnabled)
        self.main.setEnabled(False)

    @property
    def dirty(self) -> bool:
        """A question is not worth keeping."""
        return False

    def _look(self) -> None:
        request = Request(
            self.name.text(),
            self.number.text(),
            str(self.asker.chosen()),
            self.checked.text(),
            self.ground.text(),
        )
        self.main.setEnabled(False)
        later.run(
            self,
            lambda: self.desk.alone(lambda s: subject_data.of_person(s, request)),
            lambda stored: self._show(request, stored),
            lambda: self.main.setEnabled(self.sure.isChecked()),
        )

    def _show(self, request: Request, stored: Stored) -> None:
        self.table.show_lines([Line((one.number, one.what, one.words)) for one in stored.lines])
        self.table.say_when_empty("没有存储这个姓名和号码的信息。")
        self._remark("\n".join(_remarks(stored)))
        today = self.desk.today
        self.files.offer(Keepable(
            lambda suffix: f"{subject_paper.TITLE}-{today}.{suffix}",
            lambda suffix: self._written(request, stored, today, suffix),
            lambda: self._printout(request, stored, today),
        ))  # fmt: skip

    def _remark(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _written(self, request: Request, stored: Stored, today: date, suffix: str) -> bytes:
        if suffix == "pdf":
            return as_pdf([self._printout(request, stored, today)])
        return sheets.write(self.desk.read(lambda s: subject_paper.sheet(s, request, stored, today)), suffix)

    def _printout(self, request: Request, stored: Stored, today: date) -> Printout:
        return Printout(self.desk.read(lambda s: subject_paper.paper(s, request, stored, today)))

    def _forget(self) -> None:
        """What was found belongs to what was asked."""
        self.table.show_lines([])
        self.table.say_when_empty("填好以后按“查询”。")
        self._remark("")
        self.files.offer(None)


def _remarks(stored: Stored) -> list[str]:
    said = []
    if stored.namesakes:
        said.append(
            f"另有 {stored.namesakes} 处同名而号码不同、或没有号码的记录，可能是别人，没有列入；请核实。"
        )
    if stored.elsewhere:
        shown = "、".join(stored.elsewhere[:5]) + ("等" if len(stored.elsewhere) > 5 else "")
        said.append(f"这个号码还出现在 {shown} 的文字里，请人工看一看是否要补充。")
    return said


def _beside(*fields: tuple[str, QWidget]) -> QWidget:
    """Fields beside one another, a caption over each."""
    holder = QWidget()
    holder.setLayout(row(*(column(*named(words, box), gap=4) for words, box in fields), gap=14))
    return holder
