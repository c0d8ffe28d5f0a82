"""签署登记: who has signed an issued paper, and where it was sealed, on which day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape
from mediator.domain.papers import IssuedPaper
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.case_file.oral import ORAL
from mediator.services import cases, papers, signing
from mediator.services.signing import Place
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.editors import Editor, editor
from mediator.ui.fit import fit_content
from mediator.ui.form_dialog import FormDialog
from mediator.ui.merge_dialog import Raw, merged
from mediator.ui.paper_words import effect_words
from mediator.ui.parts import beside, button, label, row, scrolled

DAY = Field("签署日期", Shape.DAY, "各人签名、按指印或者加盖印章的日期。", "2026-03-05", optional=False)

_LETTERS = 16
"""Letters of a line beside a box to tick."""


class SignDialog(FormDialog):
    """The places of one paper: ticked where it was signed, with the day; a tick taken away takes it back."""

    edited = Signal()

    def __init__(self, parent: QWidget, desk: Desk, case: Case, issued: IssuedPaper) -> None:
        title = papers.kept(issued).title
        super().__init__(parent, f"签署登记：{title}")
        self.desk, self.case_id, self.issued = desk, case.id, issued
        self.agreed = issued.form in (AGREEMENT.code, ORAL.code)
        self.places = signing.places(issued)
        self.day = editor(DAY)
        self.day.show(desk.today)
        self.rows: list[tuple[QCheckBox, Editor]] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(0, 1)
        for n, place in enumerate(self.places):
            self._place(grid, n, place)
        grid.setRowStretch(len(self.places), 1)
        inside = QWidget()
        inside.setLayout(grid)
        every = row(beside("签署日期", self.day.widget), button("全部在这一天签了", self._all), 1)
        words = "谁签了就勾上谁；签的日子不同，在后面改。勾错了，去掉勾再保存。"
        if any(place.optional for place in self.places):
            words += "标着“可不签”的，签了才勾，不签也算签齐。"
        self._before = self._ticks()
        self.was = {place.number: place.on for place in self.places}
        """The days the person saw."""
        self.keep_typed(self, desk, f"case:{case.id}/sign:{issued.id}")
        self.fill(label(words, "quiet", wrap=True), every, scrolled(inside), does="保存签署", act=self._save)
        fit_content(self, 42)

    @property
    @override
    def dirty(self) -> bool:
        return self._ticks() != self._before

    def _ticks(self) -> list[tuple[bool, object]]:
        return [(box.isChecked(), day.raw()) for box, day in self.rows]

    def typed(self) -> dict[str, object]:
        """The places ticked or dated otherwise: whether they are ticked, and the day."""
        both = enumerate(zip(self._before, self._ticks(), strict=True))
        return {str(n): list(now) for n, (before, now) in both if before != now}

    def seen(self) -> dict[str, object]:
        """How those places stood when the dialog came up."""
        return {number: [self.was[int(number)] is not None, self.was[int(number)]] for number in self.typed()}

    def put_back(self, typed: Mapping[str, object], seen: Mapping[str, object]) -> None:
        """Put back what was ticked and typed, and what stood there then."""
        for number, kept in typed.items():
            if isinstance(kept, list) and number.isdecimal() and int(number) < len(self.rows):
                box, day = self.rows[int(number)]
                box.setChecked(bool(kept[0]))
                _type(day, kept[1])
                stood = seen.get(number)
                self.was[int(number)] = _read(stood[1]) if isinstance(stood, list) else None
        self.edited.emit()

    def _place(self, grid: QGridLayout, n: int, place: Place) -> None:
        way = ("盖章" if place.seal else "签名") + ("（可不签）" if place.optional else "")
        box, day = QCheckBox(_broken(place.role)), editor(DAY)
        box.setAccessibleName(f"{place.role}{way}")
        box.setChecked(place.on is not None)
        day.show(place.on)
        day.widget.setAccessibleName(f"{place.role}的签署日期")
        day.widget.setEnabled(place.on is not None)
        day.widget.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * 10)
        day.widget.setPlaceholderText("")  # type: ignore[attr-defined]  # a day is typed in a line
        box.toggled.connect(lambda on: self._ticked(day, on))
        day.edited.connect(self.edited)
        grid.addWidget(box, n, 0)
        caption = label(way, "quiet")
        caption.setBuddy(day.widget)
        grid.addWidget(caption, n, 1)
        grid.addWidget(day.widget, n, 2)
        self.rows.append((box, day))

    def _ticked(self, day: Editor, on: bool) -> None:
        day.widget.setEnabled(on)
        if not on:
            day.show(None)
        elif not day.raw():
            _type(day, self.day.raw())
        self.edited.emit()

    def _all(self) -> None:
        """Tick all that must sign; whether somebody else signed too, only the person knows."""
        for place, (box, day) in zip(self.places, self.rows, strict=True):
            if not box.isChecked() and not place.optional:
                box.setChecked(True)
                _type(day, self.day.raw())

    def wanted(self) -> dict[int, date]:
        """The day of every place that is ticked; Refusal if one has none that can be read."""
        found: dict[int, date] = {}
        for place, (box, day) in zip(self.places, self.rows, strict=True):
            if not box.isChecked():
                continue
            on = DAY.read(day.raw())
            if not isinstance(on, date):
                day.widget.setFocus()
                raise Refusal(f"“{place.role}”勾了已签，请填写签署日期。")
            found[place.number] = on
        return found

    def _save(self) -> None:
        with tell.refusals(self):
            wanted = self.wanted()
            changed: Raw = {str(n): wanted.get(n) for n, on in self.was.items() if wanted.get(n) != on}
            if changed:
                was = {str(n): on for n, on in self.was.items()}
                words = merged(
                    self, changed, was, lambda raw, was: self.desk.do(lambda s: self._put(s, raw, was or {}))
                )
                if words:
                    tell.done(self, words)
            self.accept()

    def _put(self, session: Session, raw: Raw, was: Raw) -> str:
        """Take back what was unticked or dated otherwise, record the rest; the words on the effect of an agreement."""
        self.drop_in(session)
        case = cases.load(session, self.case_id)
        issued = next((paper for paper in case.papers if paper.id == self.issued.id), None)
        if issued is None:
            raise Refusal("这份文书已经不在了，请刷新后再试。")
        days, seen = ({int(n): _read(on) for n, on in one.items()} for one in (raw, was))
        signing.record(session, case, issued, days, seen, by=self.desk.who, today=self.desk.today)
        return effect_words(case, self.desk.today) if self.agreed else ""


def _read(raw: object) -> date | None:
    on = DAY.read(raw)
    return on if isinstance(on, date) else None


def _type(day: Editor, words: Any) -> None:
    """Put a day into an editor as it was typed elsewhere."""
    day.widget.setText(words)  # type: ignore[attr-defined]  # a day is typed in a line


def _broken(words: str) -> str:
    """A name beside a box to tick, in lines that leave room for the day."""
    lines = [words[at : at + _LETTERS] for at in range(0, len(words), _LETTERS)]
    return "\n".join(lines).replace("&", "&&")
