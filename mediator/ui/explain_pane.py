"""What a check does not let pass (核对): both numbers in a sentence, the cases in question, and a place to explain a doubt."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mediator.services.closing_chain import MOST_NOTE
from mediator.tallies.checks import Judgement, Verdict
from mediator.ui.line_edit import LineEdit
from mediator.ui.parts import button, clear, column, label, row, set_role

SIGNS = {Verdict.FAILED: ("✗", "error"), Verdict.DOUBTFUL: ("!", "warning"), Verdict.PASSED: ("✓", "good")}


class ExplainPane(QWidget):
    """The checks that do not hold, those first that bar; what is typed to explain a doubt stays with its sentence."""

    cases_wanted = Signal(object)
    """The cases in question of this judgement."""
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        """What was typed, by the sentence it explains."""
        self.given: dict[str, str] = {}
        """What stood there before."""
        self.boxes: dict[str, LineEdit] = {}
        """By the sentences of the doubts shown."""
        self.list = column(gap=10)
        self.state: QLabel | None = None
        """How far what is typed is kept, once there is something to say of it."""
        self.outer = column(self.list, gap=6)
        self.setLayout(self.outer)

    def show_checks(
        self, checks: Sequence[Judgement], opens: Callable[[Judgement], bool] = lambda _check: False,
        *, notes: Mapping[str, str] | None = None, closed: bool = False,
    ) -> None:  # fmt: skip
        """Show what does not hold, with what was explained before; of a closed period it is only read."""
        clear(self.list)
        self.boxes.clear()
        self.given = dict(notes or {})
        self.said.update(self.given)
        worst_first = [verdict for verdict in SIGNS if verdict is not Verdict.PASSED]
        for check in sorted(checks, key=lambda check: list(SIGNS).index(check.verdict)):
            if check.verdict in worst_first:
                self.list.addWidget(self._entry(check, opens(check), closed))

    def notes(self) -> dict[str, str]:
        """What was typed, by the sentence it explains."""
        return {words: box.text() for words, box in self.boxes.items() if box.text().strip()}

    @property
    def dirty(self) -> bool:
        """Whether something was explained that is not entered."""
        return bool(self.typed())

    def typed(self) -> dict[str, object]:
        """What was typed otherwise than it stood there."""
        return {words: said for words, said in self.said.items() if said != self.given.get(words, "")}

    def seen(self) -> dict[str, object]:
        """What stood there before."""
        return {words: self.given.get(words, "") for words in self.typed()}

    def put_back(self, typed: Mapping[str, object], _seen: Mapping[str, object]) -> None:
        """Put back what was typed."""
        for words, said in typed.items():
            self.write(words, str(said))

    def write(self, words: str, said: str) -> None:
        """Explain the doubt of a sentence, also one that is not shown just now."""
        if words in self.boxes:
            self.boxes[words].setText(said)
        else:
            self._say(words, said)

    def say(self, words: str, role: str = "quiet") -> None:
        """Say how far what is typed is kept."""
        if self.state is None and words:
            self.state = label("", wrap=True)
            self.outer.addWidget(self.state)
        if self.state is not None:
            self.state.setText(words)
            self.state.setVisible(bool(words) and bool(self.boxes))
            set_role(self.state, role)

    def _say(self, words: str, said: str) -> None:
        self.said[words] = said
        self.edited.emit()

    def _entry(self, check: Judgement, opens: bool, closed: bool) -> QWidget:
        sign, role = SIGNS[check.verdict]
        things: list[QWidget] = [label(f"{sign} {check.verdict.label}：{check.words}。", role, wrap=True)]
        doubtful = check.verdict is Verdict.DOUBTFUL
        if doubtful and closed:
            things.append(label(f"核实情况：{self.said.get(check.words, '')}", wrap=True))
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
        box.setText(self.said.get(words, ""))
        box.setCursorPosition(0)
        box.textChanged.connect(partial(self._say, words))
        caption = label("核实情况：")
        caption.setBuddy(box)
        self.boxes[words] = box
        return row(caption, box, gap=6)
