"""What a check does not let pass (核对): both numbers in a sentence, the cases in question, and a place to explain a doubt."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mediator.services.closing_chain import MOST_NOTE
from mediator.tallies.checks import Judgement, Verdict
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import button, clear, column, label, row

SIGNS = {Verdict.FAILED: ("✗", "error"), Verdict.DOUBTFUL: ("!", "warning"), Verdict.PASSED: ("✓", "good")}


class ExplainPane(QWidget):
    """The checks that do not hold, those first that bar; what is typed to explain a doubt stays with its sentence."""

    cases_wanted = Signal(object)
    """The cases in question of this judgement."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, str] = {}
        self.boxes: dict[str, LineEdit] = {}
        """By the sentences of the doubts shown."""
        self.list = column(gap=10)
        self.setLayout(self.list)

    def show_checks(
        self, checks: Sequence[Judgement], opens: Callable[[Judgement], bool] = lambda _check: False,
        *, notes: Mapping[str, str] | None = None, closed: bool = False,
    ) -> None:  # fmt: skip
        """Show what does not hold, with what was explained before; of a closed period it is only read."""
        clear(self.list)
        self.boxes.clear()
        self.typed.update(notes or {})
        worst_first = [verdict for verdict in SIGNS if verdict is not Verdict.PASSED]
        for check in sorted(checks, key=lambda check: list(SIGNS).index(check.verdict)):
            if check.verdict in worst_first:
                self.list.addWidget(self._entry(check, opens(check), closed))

    def notes(self) -> dict[str, str]:
        """What was typed, by the sentence it explains."""
        return {words: box.text() for words, box in self.boxes.items() if box.text().strip()}

    def _entry(self, check: Judgement, opens: bool, closed: bool) -> QWidget:
        sign, role = SIGNS[check.verdict]
        things: list[QWidget] = [label(f"{sign} {check.verdict.label}：{check.words}。", role, wrap=True)]
        doubtful = check.verdict is Verdict.DOUBTFUL
        if doubtful and closed:
            things.append(label(f"核实情况：{self.typed.get(check.words, '')}", wrap=True))
        holder = QWidget()
        layout = column(*things, gap=6)
        if doubtful and not closed:
            layout.addLayout(self._box(check.words))
        if opens:
            see = button("看有关案件", partial(self.cases_wanted.emit, check), picture="search")
            see.setAccessibleName(f"看有关案件：{check.words}")
            layout.addLayout(row(see, 1))
        holder.setLayout(layout)
        return holder

    def _box(self, words: str) -> QHBoxLayout:
        box = LineEdit()
        box.setMaxLength(MOST_NOTE)
        box.setPlaceholderText("核实以后写一句，例如：两件是同一人来访")
        box.setAccessibleName(f"核实情况：{words}")
        box.setText(self.typed.get(words, ""))
        box.setCursorPosition(0)
        box.textChanged.connect(partial(self.typed.__setitem__, words))
        caption = label("核实情况：")
        caption.setBuddy(box)
        self.boxes[words] = box
        return row(caption, box, gap=6)
