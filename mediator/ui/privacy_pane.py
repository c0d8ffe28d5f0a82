"""设置—个人信息: a lost drive, one person's data on request, how long files are kept, stars in numbers."""

from PySide6.QtWidgets import QCheckBox, QWidget

from mediator.domain.fields import field_of
from mediator.domain.roles import Power
from mediator.domain.safety import Draft, Policy
from mediator.services import policy
from mediator.ui import powers, tell
from mediator.ui.desk import Desk
from mediator.ui.loss_dialog import LossDialog
from mediator.ui.parts import button, card, column, label, row, run, scrolled
from mediator.ui.subject_dialog import SubjectDialog

_LOST = "U 盘等载体丢了，先到这里：查出往上面写过什么、捡到的人能看到什么、接下来做什么，并打印报告。"
_ASKED = (
    "当事人要求查阅、复制自己的个人信息时用：核验身份以后，列出本单位存储的内容，做成 PDF 或表格交给本人。"
)
_KEPT = (
    "案卷按保管期限保存：永久的不销毁；短期、长期各是几年，照本地档案部门的规定在“安全”里填。"
    "保管期满的案卷在“回收站—到期销毁”里列出，经两个人鉴定、批准后销毁。"
)
_MASKED = "案件的当事人栏里，能办理本案的人看得到全号；存成的文件和印出的正式文书也是全号。"


class PrivacyPane(QWidget):
    """A card for each; ``refresh`` and ``settle`` as the other panes of the settings have them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        mask = field_of(Policy.mask)
        self.tick = QCheckBox(mask.label)
        self.tick.setToolTip(mask.help)
        self.lost_button = button("载体丢失…", lambda: run(LossDialog(self, desk)))
        self.subject_button = button("本人查询…", lambda: run(SubjectDialog(self, desk)))
        inside = QWidget()
        inside.setLayout(
            column(
                _card("载体丢失", _LOST, self.lost_button),
                _card("本人查询", _ASKED, self.subject_button),
                card(column(label("列表里的号码", "section"), self.tick, label(_MASKED, "quiet", wrap=True), margins=16)),
                _card("保管期限和销毁", _KEPT),
                1,
                margins=14,
            )
        )  # fmt: skip
        self.setLayout(column(scrolled(inside)))
        powers.grey(desk, Power.SETTINGS, self.tick)
        powers.grey(desk, Power.AUDIT, self.lost_button)
        powers.grey(desk, Power.SEE_ALL, self.subject_button)
        self.tick.clicked.connect(self._set_mask)
        self.refresh()

    def resume(self, draft: Draft) -> None:
        """Go on with what was written about a lost drive."""
        with tell.refusals(self):
            dialog = LossDialog(self, self.desk)
            dialog.resume(draft)
            run(dialog)

    def refresh(self) -> None:
        """Read everything again."""
        self.tick.setChecked(self.desk.read(policy.own).mask)

    def settle(self) -> bool:
        """Nothing is typed here."""
        return True

    def _set_mask(self, on: bool) -> None:
        with tell.refusals(self):
            self.desk.do(lambda s: policy.amend(s, {Policy.mask.key: on}))
        self.refresh()


def _card(title: str, words: str, *buttons: QWidget) -> QWidget:
    beside = row(column(label(title, "section"), label(words, wrap=True)), *buttons, margins=16)
    beside.setStretch(0, 1)
    return card(beside)
