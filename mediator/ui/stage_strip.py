"""The strip at the head of a case: the road it takes, how far it has come, and the next step."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.stages import STRIP, steps
from mediator.ui.style import ACCENT, LINE, PAPER, QUIET, RED

_SIDEWAYS = {
    Stage.REFUSED: Stage.ACCEPTED,
    Stage.INVESTIGATED: Stage.ASSIGNED,
    Stage.SUSPENDED: Stage.MEDIATING,
    Stage.UNSETTLED: Stage.SETTLED,
}
"""Stages off the ordinary road and the place on the strip where they are shown."""


class StageStrip(QWidget):
    """办理阶段 as a row of dots with words: done, now, still to come."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[tuple[Stage, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_case(self, case: Case) -> None:
        """Show where a case stands."""
        passed = {Stage.REGISTERED, *(step.stage_to for step in steps(case))}
        here = _SIDEWAYS.get(case.stage, case.stage)
        now = STRIP.index(here)
        replaced = {place: stage for stage, place in _SIDEWAYS.items() if stage is case.stage}
        if case.outcome and not case.outcome.settled:
            replaced[Stage.SETTLED] = Stage.UNSETTLED
        self.marks = []
        for n, stage in enumerate(STRIP):
            state = (
                "now"
                if n == now
                else "done"
                if n < now and stage in passed | set(_SIDEWAYS.values())
                else "open"
            )
            if n < now and stage not in passed and stage not in replaced:
                state = "skipped"
            self.marks.append((replaced.get(stage, stage), state))
        words = {"now": "现在", "done": "已办", "open": "未办", "skipped": "未经过"}
        self.setAccessibleName(
            "办理阶段：" + "，".join(f"{s.label}{words[state]}" for s, state in self.marks)
        )
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 4 * len(STRIP) // 2, height * 2 + 16)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / max(len(self.marks), 1)
        radius = self.fontMetrics().height() * 0.42
        top = radius + 4
        letters = self._letters(step)
        for n, (stage, state) in enumerate(self.marks):
            middle = step * (n + 0.5)
            if n:
                painter.setPen(QPen(QColor(ACCENT if state in ("done", "now") else LINE), 2))
                painter.drawLine(int(middle - step + radius), int(top), int(middle - radius), int(top))
            self._dot(painter, QRectF(middle - radius, top - radius, radius * 2, radius * 2), state, stage)
            font = QFont(letters)
            font.setBold(state == "now")
            painter.setFont(font)
            painter.setPen(QColor({"now": ACCENT, "done": ACCENT}.get(state, QUIET)))
            if stage in (Stage.UNSETTLED, Stage.REFUSED, Stage.SUSPENDED):
                painter.setPen(QColor(RED))
            place = QRectF(middle - step / 2, top + radius + 2, step, QFontMetricsF(font).height() + 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, stage.label)
        painter.end()

    def _letters(self, room: float) -> QFont:
        """The letters of the strip, smaller where the longest words would not fit."""
        font = self.font()
        font.setBold(True)
        widest = max((QFontMetricsF(font).horizontalAdvance(s.label) for s, _ in self.marks), default=1.0)
        font.setPointSizeF(font.pointSizeF() * min(1.0, (room - 4) / widest))
        return font

    def _dot(self, painter: QPainter, place: QRectF, state: str, stage: Stage) -> None:
        colour = QColor(RED if stage in (Stage.UNSETTLED, Stage.REFUSED, Stage.SUSPENDED) else ACCENT)
        painter.setPen(QPen(colour if state in ("done", "now") else QColor(LINE), 2))
        painter.setBrush(colour if state in ("done", "now") else QColor(PAPER))
        painter.drawEllipse(place)
        if state == "done":
            painter.setPen(QPen(QColor(PAPER), 2))
            x, y, d = place.x(), place.y(), place.width()
            painter.drawLine(int(x + d * 0.28), int(y + d * 0.52), int(x + d * 0.45), int(y + d * 0.68))
            painter.drawLine(int(x + d * 0.45), int(y + d * 0.68), int(x + d * 0.74), int(y + d * 0.34))
        if state == "now":
            painter.setBrush(QColor(PAPER))
            inner = place.width() * 0.3
            painter.drawEllipse(place.adjusted(inner, inner, -inner, -inner))
