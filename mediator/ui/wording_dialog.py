"""改措辞: the passages of a paper, each worded otherwise for this paper alone or for all papers of the form."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QRadioButton, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.case import Case
from mediator.domain.wording import clean
from mediator.services import wordings
from mediator.services.papers import Possible
from mediator.services.wordings import Passage, Worded
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.halves import Halves
from mediator.ui.merge_dialog import Raw, merged
from mediator.ui.paper_rows import key_of, now, place_of
from mediator.ui.parts import button, card, column, label, row
from mediator.ui.text_edit import TextEdit

CHANGED, LEFT_OUT = "（已改）", "（已删去）"
HINT = "清空不写，就是从文书里删去这一段。"
LOOSE = (
    "案件改动以后，下面这些手工改写的话在文书里找不到原来的位置了。要用，请抄到新的段落里；不用，请去掉：\n"
)
_SHOWN = 60
"""Letters of a passage in the list."""


class WordingDialog(FormDialog):
    """Words of one paper of a case, or of the office; kept as ``particulars_id`` says once they are saved."""

    edited = Signal()

    def __init__(self, parent: QWidget, desk: Desk, case: Case | None, entry: Possible) -> None:
        super().__init__(parent, f"改措辞：{entry.form.title}")
        self.desk, self.entry = desk, entry
        self.case_id = case.id if case is not None else None
        self.particulars_id = entry.particulars.id if entry.particulars else None
        self.passages: list[Passage] = []
        self.before: list[Passage] = []
        self.lost: list[str] = []
        """The words by hand that fit nowhere any more, as they are shown."""
        self._shown = -1
        self.keep_typed(self, desk, place_of("wording", self.case_id, key_of(entry)))
        self._lay_out()
        fit(self, 60, 38)
        self._read()

    def _lay_out(self) -> None:
        self.loose_words = label("", "warning", wrap=True)
        self.loose_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.loose = card(
            column(self.loose_words, row(button("这些话不用了", self._drop_loose), 1), margins=8), "band"
        )
        self.list = QListWidget()
        self.list.setAccessibleName("文书里的各段")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.words = TextEdit()
        self.words.setAccessibleName("这一段的措辞")
        self.words.textChanged.connect(self._typed)
        self.once = QRadioButton("只改这一份")
        self.always = QRadioButton("以后这种文书都这样写")
        self.always.toggled.connect(lambda _on: self._typed())
        self.several, self.why = label("", "warning", wrap=True), label("", "quiet", wrap=True)
        self.program_button = button("恢复原文", lambda: self._put_back("words"))
        self.office_button = button("用本单位的写法", lambda: self._put_back("base"))
        right = QWidget()
        right.setLayout(
            column(
                label("改成", "section"), self.words, label(HINT, "quiet", wrap=True), self.several, self.once,
                self.always, self.why, row(self.program_button, self.office_button, 1),
            )
        )  # fmt: skip
        left = QWidget()
        left.setLayout(column(label("选一段", "section"), self.list))
        self.fill(self.loose, Halves(left, right), does="保存措辞", act=self._save)

    @property
    @override
    def dirty(self) -> bool:
        return self.passages != self.before

    def typed(self) -> dict[str, object]:
        """The passages put otherwise: their words, and whether these are meant for all papers."""
        both = zip(self.before, self.passages, strict=True)
        return {new.words: [new.now, new.everywhere] for old, new in both if old != new}

    def seen(self) -> dict[str, object]:
        """How those passages were worded before."""
        both = zip(self.before, self.passages, strict=True)
        return {old.words: [old.now, old.everywhere] for old, new in both if old != new}

    def put_back(self, typed: Mapping[str, object], seen: Mapping[str, object]) -> None:
        """Put back what was typed, and what stood there then; a passage the paper no longer has is shown to be copied."""
        for passage, before in zip(self.passages, self.before, strict=True):
            kept, stood = typed.get(passage.words), seen.get(passage.words)
            if isinstance(kept, list):
                passage.now, passage.everywhere = str(kept[0]), bool(kept[1]) and passage.general
            if isinstance(stood, list):
                before.now, before.everywhere = str(stood[0]), bool(stood[1])
        known = {passage.words for passage in self.passages}
        self._show_loose(
            [str(kept[0]) for words, kept in typed.items() if isinstance(kept, list) and words not in known]
        )
        for n, passage in enumerate(self.passages):
            self.list.item(n).setText(_brief(passage))
        changed = (n for n, passage in enumerate(self.passages) if passage.words in typed)
        self.list.setCurrentRow(next(changed, self.list.currentRow()))
        self._show(self.list.currentRow())
        self.edited.emit()

    def _show_loose(self, words: list[str]) -> None:
        self.lost = [*self.lost, *words]
        if words:
            self.loose_words.setText(LOOSE + "\n".join(f"· {one}" for one in self.lost))
            self.loose.show()

    def _now(self, session: Session) -> Possible:
        return now(session, self.case_id, key_of(self.entry), self.desk.today)

    def _read(self) -> None:
        self.before, loose = self.desk.read(self._look_up)
        self.passages = [replace(passage) for passage in self.before]
        self.loose.hide()
        self._show_loose(loose)
        self.list.clear()
        for passage in self.passages:
            self.list.addItem(_brief(passage))
        sentences = (n for n, passage in enumerate(self.passages) if "。" in passage.words)
        self.list.setCurrentRow(next(sentences, 0))

    def _look_up(self, session: Session) -> tuple[list[Passage], list[str]]:
        entry = self._now(session)
        return wordings.read(session, entry), entry.loose

    def _show(self, number: int) -> None:
        """Show a passage."""
        if not 0 <= number < len(self.passages):
            return
        self._shown = -1
        passage = self.passages[number]
        self.words.setPlainText(passage.now)
        (self.always if passage.everywhere else self.once).setChecked(True)
        self.always.setEnabled(passage.general)
        self.several.setText(f"这句话在本文书里出现 {passage.times} 处，会一起改。")
        self.several.setVisible(passage.times > 1)
        self.why.setText("这一段里有本案的内容，只能改这一份。")
        self.why.setVisible(not passage.general)
        self.office_button.setVisible(passage.base != passage.words)
        self._shown = number

    def _typed(self) -> None:
        if self._shown < 0:
            return
        passage = self.passages[self._shown]
        typed = clean(self.words.toPlainText())
        same = (words for words in (passage.words, passage.base) if clean(words) == typed)
        passage.now, passage.everywhere = next(same, typed), self.always.isChecked()
        self.list.item(self._shown).setText(_brief(passage))
        if self.dirty:
            self.edited.emit()

    def _put_back(self, which: str) -> None:
        """Put back the program's ``words``, or the office's ``base``."""
        if self._shown >= 0:
            self.words.setPlainText(getattr(self.passages[self._shown], which))

    def _save(self) -> None:
        with tell.refusals(self):
            both = [(old, new) for old, new in zip(self.before, self.passages, strict=True) if old != new]
            if both:
                raw: Raw = {new.words: new.worded for _old, new in both}
                was = {old.words: old.worded for old, _new in both}
                self.particulars_id = merged(self, raw, was, self._put, follow=self._take)
            self.accept()

    def _put(self, raw: Raw, was: Raw | None) -> int | None:
        """Keep what was worded otherwise; where it is kept for this paper alone, if it is."""
        everywhere = {passage.words: passage.everywhere for passage in self.passages}
        wanted = {
            key: (clean(said), everywhere[key]) if isinstance(said, str) else _worded(said)
            for key, said in raw.items()
        }
        seen = {key: _worded(said) for key, said in (was or {}).items()}

        def verb(session: Session) -> int | None:
            self.drop_in(session)
            entry = self._now(session)
            return wordings.put(
                session, self._case(entry), entry, wanted, seen, by=self.desk.who, particulars_id=self.particulars_id
            )  # fmt: skip

        return self.desk.do(verb)

    def _case(self, entry: Possible) -> Case | None:
        return entry.sheet.case if self.case_id is not None else None

    def _take(self, words: str, now: str) -> None:
        """Take over what was written while somebody chose between two wordings."""
        for number, passage in enumerate(self.passages):
            if passage.words == words:
                passage.now = clean(now)
                self._show(number if number == self._shown else self._shown)
        self.edited.emit()

    def _drop_loose(self) -> None:
        with tell.refusals(self):
            self.desk.do(self._forget)
            self.loose.hide()

    def _forget(self, session: Session) -> None:
        entry = self._now(session)
        wordings.drop_loose(
            session, self._case(entry), entry, self.lost, by=self.desk.who, particulars_id=self.particulars_id
        )


def _worded(said: Any) -> Worded:
    words, everywhere = said
    return str(words), bool(everywhere)


def _brief(passage: Passage) -> str:
    """The beginning of a passage, and whether it is worded by hand or left out."""
    words = " ".join((passage.now or passage.words).split())
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    mark = LEFT_OUT if not passage.now else CHANGED if passage.now != passage.words else ""
    return f"{mark}{shown}"
