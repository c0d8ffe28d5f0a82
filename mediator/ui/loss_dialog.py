"""载体丢失: which drive is gone and since when; what lies on it, what to do, the report."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.services import losses
from mediator.services.draft_office import LOSS
from mediator.services.losses import Loss
from mediator.services.printouts import Printout
from mediator.ui import tell
from mediator.ui.boxes_dialog import BoxesDialog
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.fit import fit
from mediator.ui.form_dialog import reason_box
from mediator.ui.keep_tally import preview
from mediator.ui.parts import button, clear, column, label, named, row, scrolled
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

_HEADINGS = (Heading("时间", 8), Heading("写了什么", 0), Heading("经手人", 4), Heading("捡到能看到吗", 7))
_UNKNOWN = "不清楚是哪一个（列出全部）"


class LossDialog(BoxesDialog):
    """What was written to the drive follows what is chosen; nothing is kept before it is recorded."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "载体丢失", wide=56)
        self.desk = desk
        self.drive = Choice()
        for name, at in desk.read(losses.media):
            self.drive.offer(f"{name}　最近一次写入 {at:%Y-%m-%d}", name)
        self.drive.offer(_UNKNOWN, "")
        self.since = editor(Field("丢失时间", Shape.MOMENT, "最后一次拿在手里的时间；记不清就写发现的时间。"))
        self.since.show(datetime.now().replace(second=0, microsecond=0))
        self.told = reason_box("丢失的经过")
        self.keep_boxes(desk, LOSS, {"drive": self.drive, "since": self.since, "told": self.told})
        self.table = WordsTable("写过的内容", _HEADINGS, "没有查到往上面写过东西。")
        self.said = QVBoxLayout()
        inside = QWidget()
        inside.setLayout(column(self.said, 1))
        words = scrolled(inside)
        words.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self.told.setFixedHeight(self.told.fontMetrics().lineSpacing() * 2 + 16)
        self.table.wrap()
        left = column(*named("哪一个 U 盘", self.drive), gap=4)
        right = column(*named("丢失时间", self.since.widget), gap=4)
        head = row(left, right, gap=14)
        head.setStretch(0, 2)
        head.setStretch(1, 1)
        self.fill(
            head, *named("丢失的经过", self.told), self.table, words, does="登记丢失", act=self._record,
            more=[button("打印报告", self._print, picture="print")],
        )  # fmt: skip
        fit(self, 60, 44)
        self.drive.currentIndexChanged.connect(lambda _index: self._show())
        self.since.edited.connect(self._show)
        self._show()

    def loss(self) -> Loss:
        """What is chosen; Refusal if the time cannot be read."""
        at = self.since.field.read(self.since.raw())
        if not isinstance(at, datetime):
            raise Refusal("请填写丢失时间，例如 2026-03-05 14:00。")
        whole = at.replace(second=59)  # the minute typed is meant whole
        return self.desk.read(lambda s: losses.of_medium(s, self.drive.chosen(), whole))

    def _show(self) -> None:
        try:
            loss = self.loss()
        except Refusal as refusal:
            self.since.mark(str(refusal))
            return
        self.since.mark("")
        self.table.show_lines(
            [Line((f"{one.at:%Y-%m-%d %H:%M}", one.what, one.by, one.seen)) for one in loss.written]
        )
        clear(self.said)
        for words in losses.danger(loss):
            self.said.addWidget(label(words, "warning" if loss.of(losses.OPEN) else "", wrap=True))
        self.said.addWidget(label("接下来", "section"))
        for n, words in enumerate(losses.steps(loss), 1):
            self.said.addWidget(label(f"{n}. {words}", wrap=True))

    def _print(self) -> None:
        with tell.refusals(self):
            loss, told = self.loss(), self.told.toPlainText()
            made = partial(self.desk.read, lambda s: Printout(losses.paper(s, loss, told, self.desk.who)))
            preview(self, self.desk, made, losses.TITLE)

    def _record(self) -> None:
        with tell.refusals(self):
            loss, told = self.loss(), self.told.toPlainText()
            self.desk.do(lambda s: self._put(s, loss, told))
            tell.done(self, "已经记入审计记录。请照上面列的措施去做。")
            self.accept()

    def _put(self, session: Session, loss: Loss, told: str) -> None:
        self.drop_in(session)
        losses.report(session, loss, told)
