"""另存的旧数据: whole databases put aside by a new key, an update, a restore or damage; shown, and taken away if one wants."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Refusal
from mediator.domain.roles import Power
from mediator.services import asides
from mediator.services.asides import Aside
from mediator.ui import backup_first, later, powers, tell
from mediator.ui.backup_dialog import size
from mediator.ui.desk import Desk
from mediator.ui.parts import button, column, label, row
from mediator.ui.waited import waited
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("最后改动", 9), Heading("是什么", 10), Heading("在哪里", 0), Heading("大小", 5, number=True),
)  # fmt: skip
_WHY = (
    "这些旧数据是完整的一份，用那时的密码都能打开，也占磁盘。确定用不着了就删除；销毁过的案件，在这里面还在。"
)


class AsidesPane(QWidget):
    """Hidden where there are none; they are looked for in the background."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.shown: list[Aside] = []
        self.list = WordsTable("另存的旧数据", HEADINGS, "没有另存的旧数据。")
        self.list.setMinimumHeight(self.fontMetrics().height() * 6)
        self.remove_button = button("删除…", self._remove)
        powers.grey(desk, Power.SETTINGS, self.remove_button)
        words = row(label(_WHY, "quiet", wrap=True), self.remove_button)
        words.setStretch(0, 1)
        self.setLayout(column(label("另存的旧数据", "section"), words, self.list))
        self.hide()

    def refresh(self) -> None:
        """Look for them again."""
        later.run(self, lambda: asides.listed(self.folder), self._show)

    def _show(self, found: list[Aside]) -> None:
        self.shown = found
        self.list.show_lines([_line(one) for one in found])
        self.setVisible(bool(found))

    def _remove(self) -> None:
        with tell.refusals(self):
            chosen = self.list.chosen()
            if not 0 <= chosen < len(self.shown):
                raise Refusal("请先在列表里选要删除哪一份。")
            one = self.shown[chosen]
            words = (
                f"要删除“{one.path.name}”吗？\n它是{one.why}，{size(one.size)}，最后改动在 {one.at:%Y-%m-%d %H:%M}。"
                "删除以后不能找回；现在的数据不受影响。"
            )
            if not tell.ask(self, words, "删除", "不删"):
                return
            if not backup_first.may_go_on(self, self.desk, self.folder, "删除旧数据"):
                return
            waited(
                self, "删除旧数据", "正在删除……",
                lambda _told: asides.remove(self.desk.engine, self.folder, one.path, by=self.desk.who),
                stoppable=False,
            )  # fmt: skip
            self.refresh()


def _line(one: Aside) -> Line:
    words = (f"{one.at:%Y-%m-%d %H:%M}", one.why, one.path.name, size(one.size))
    return Line(words, str(one.path))
