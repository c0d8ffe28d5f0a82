"""改措辞: the passages of a paper, each worded otherwise for this paper alone or for all papers of the form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QRadioButton, QWidget
from sqlalchemy.orm import Session
from typing_extensions import override

from mediator.domain.case import Case
from mediator.domain.wording import clean
from mediator.forms.form import blank, lay
from mediator.forms.rewording import lost, passages, times
from mediator.services import form_settings, particulars
from mediator.services.papers import Possible
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.halves import Halves
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


@dataclass
class Passage:
    """One passage: as the program words it, as it stands now, and for which papers."""

    words: str
    """As the program words it."""
    base: str
    """As the office words it, else as the program does."""
    now: str
    """Empty where it is left out."""
    everywhere: bool
    """Whether what stands there is meant for all papers of the form."""
    general: bool
    """Whether it holds nothing of the case, so that it may be worded otherwise for all papers."""
    times: int = 1
    """How often it stands in the paper."""


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

    def put_back(self, typed: Mapping[str, object], _seen: Mapping[str, object]) -> None:
        """Put back what was typed; a passage that the paper no longer has is shown to be copied."""
        for passage in self.passages:
            kept = typed.get(passage.words)
            if isinstance(kept, list):
                passage.now, passage.everywhere = str(kept[0]), bool(kept[1]) and passage.general
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
        if words:
            self.loose_words.setText(LOOSE + "\n".join(f"· {one}" for one in words))
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
        form, office = entry.form, form_settings.wording(session, entry.form)
        own = particulars.wording(entry.particulars)
        paper = lay(form, entry.sheet)
        bare = {*passages(lay(form, blank(form, entry.sheet.office, self.desk.today))), *office}
        found = []
        for words in passages(paper, known={*own, *office}):
            base = office.get(words, words)
            everywhere = words in office and words not in own
            found.append(
                Passage(words, base, own.get(words, base), everywhere, words in bare, times(paper, words))
            )
        return found, entry.loose

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
            changed = [new for old, new in zip(self.before, self.passages, strict=True) if old != new]
            if changed:
                self.particulars_id = self.desk.do(lambda s: self._put(s, changed))
            self.accept()

    def _put(self, session: Session, changed: list[Passage]) -> int | None:
        """Keep what was worded otherwise; where it is kept for this paper alone, if it is."""
        entry = self._now(session)
        own, kept = particulars.wording(entry.particulars), self.particulars_id
        case = entry.sheet.case if self.case_id is not None else None
        for passage in changed:
            alone = None if passage.everywhere or passage.now == passage.base else passage.now
            if passage.everywhere:
                for_all = None if passage.now == passage.words else passage.now
                form_settings.reword(session, entry.form.code, passage.words, for_all, case=case)
            if alone is not None or passage.words in own:
                kept = self._reword(session, entry, passage.words, alone, kept)
        return kept

    def _reword(
        self, session: Session, entry: Possible, passage: str, words: str | None, kept: int | None
    ) -> int:
        """Word a passage of this paper alone, or with None as in all papers of the form."""
        case = entry.sheet.case if self.case_id is not None else None
        return particulars.reword(
            session, case, entry.form, entry.subject, passage, words, by=self.desk.who, particulars_id=kept
        ).id

    def _drop_loose(self) -> None:
        with tell.refusals(self):
            self.desk.do(self._forget)
            self.loose.hide()

    def _forget(self, session: Session) -> None:
        entry = self._now(session)
        for passage in lost(lay(entry.form, entry.sheet), particulars.wording(entry.particulars)):
            self._reword(session, entry, passage, None, self.particulars_id)


def _brief(passage: Passage) -> str:
    """The beginning of a passage, and whether it is worded by hand or left out."""
    words = " ".join((passage.now or passage.words).split())
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    mark = LEFT_OUT if not passage.now else CHANGED if passage.now != passage.words else ""
    return f"{mark}{shown}"
