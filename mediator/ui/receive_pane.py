"""接收: the packages of the offices below looked at on a drive, then taken in together."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Refusal
from mediator.services import carrying, packages
from mediator.services.packages import Arrival, Verdict
from mediator.ui import later
from mediator.ui.desk import Desk
from mediator.ui.file_choice import ask_for_files
from mediator.ui.parts import button, card, column, label, row, scrolled, set_role
from mediator.ui.place_pane import PlacePane
from mediator.ui.style import RED
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("上报单位", 12), Heading("报告期", 7), Heading("次数", 4), Heading("能否接收", 6), Heading("说明", 0),
)  # fmt: skip
_VERDICTS = {
    Verdict.NEW: "✓ 可以接收",
    Verdict.REVISED: "✓ 代替旧的",
    Verdict.KNOWN: "= 以前收过",
    Verdict.REFUSED: "✗ 不收",
}
T = TypeVar("T")
Files = list[tuple[str, bytes | Refusal]]


class ReceivePane(QWidget):
    """Where from, and under it what is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.files: Files = []
        self.place_looked_at: Path | None = None
        self.files_button = button("选文件", self._choose_files, picture="ledger")
        self.place = PlacePane("从哪里收", self.files_button)
        self.list = WordsTable(
            "找到的上报包", HEADINGS, "选好 U 盘、文件夹或文件以后，这里列出找到的上报包。"
        )
        self.list.wrap()
        self.accept_button = button("全部接收", self.accept, role="main")
        self.accept_button.setEnabled(False)
        self.outcome = label("先看清单，点“全部接收”以后才会收进来。", wrap=True)
        self._lay_out()
        self.place.chosen.connect(lambda place: self.look([place]))

    def look(self, places: list[Path]) -> None:
        """Read the packages at some places and show what would become of each; nothing is taken in."""
        self.place_looked_at = places[0] if places else None

        def job() -> tuple[Files, list[Arrival]]:
            files = carrying.read_at(places)
            return files, self.desk.read(lambda s: packages.look(s, files))

        self._start("正在读，请不要拔盘……", job, self._found)

    def accept(self) -> None:
        """Take in all that is new, together."""
        files, who, place = self.files, self.desk.who, self.place_looked_at
        now = datetime.now().replace(microsecond=0)
        self._start(
            "正在接收……",
            lambda: self.desk.alone(lambda s: carrying.receive(s, files, by=who, now=now, place=place)),
            self._accepted,
        )  # fmt: skip

    def _lay_out(self) -> None:
        where = card(column(label("从哪里收", "section"), self.place, margins=12, gap=8))
        actions = row(self.outcome, self.accept_button, margins=12)
        actions.setStretch(0, 1)
        layout = column(where, label("找到的上报包", "section"), self.list, card(actions, "band"), margins=12)
        layout.setStretch(2, 1)
        inside = QWidget()
        inside.setLayout(layout)
        self.setLayout(column(scrolled(inside)))

    def _choose_files(self) -> None:
        files = ask_for_files(self, "选上报包", "上报包", carrying.SUFFIX)
        if files:
            self.look(files)

    def _start(self, words: str, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._say("quiet", words)
        self._enable(False)
        later.run(self, job, done, self._ended)

    def _enable(self, on: bool) -> None:
        self.place.setEnabled(on)
        self.accept_button.setEnabled(on and bool(self.files))

    def _ended(self) -> None:
        self._enable(True)
        self._say("warning", "✗ 没有做成，什么也没有收进来。")

    def _found(self, found: tuple[Files, list[Arrival]]) -> None:
        self.files, arrivals = found
        self.list.say_when_empty(
            "这里没有上报包。请核对是不是这个盘，上报包要直接放在盘上，不要放在文件夹里。"
        )
        self._show(arrivals)
        new = sum(arrival.verdict in (Verdict.NEW, Verdict.REVISED) for arrival in arrivals)
        if new:
            self._say("", f"找到 {len(arrivals)} 份，其中 {new} 份可以接收。点“全部接收”收进来。")
        else:
            self._say("quiet", f"找到 {len(arrivals)} 份，没有要收的。")

    def _accepted(self, result: tuple[int, list[Arrival]]) -> None:
        taken, arrivals = result
        self._show(arrivals)
        refused = sum(arrival.verdict is Verdict.REFUSED for arrival in arrivals)
        more = f"有 {refused} 份不收，原因见“说明”。" if refused else ""
        if taken:
            self._say("good", f"✓ 收进 {taken} 份，可以到“汇总”里看合计。{more}")
        else:
            self._say("", f"没有新的可收：以前收过的不会重复计数，数字没有变。{more}")

    def _show(self, arrivals: list[Arrival]) -> None:
        self._enable(True)
        self.list.show_lines([_line(arrival) for arrival in arrivals])

    def _say(self, role: str, words: str) -> None:
        set_role(self.outcome, role)
        self.outcome.setText(words)


def _line(arrival: Arrival) -> Line:
    package = arrival.package
    office, period, serial = arrival.source, "", ""
    if package is not None:
        tally = package.tally
        office, period, serial = (
            tally.reporter.name,
            f"{tally.since} 至\n{tally.until}",
            f"第 {package.serial} 次",
        )
    words = (office, period, serial, _VERDICTS[arrival.verdict], arrival.words)
    tip = f"{arrival.words}\n文件：{arrival.source}"
    return Line(words, tip, RED if arrival.verdict is Verdict.REFUSED else "")
