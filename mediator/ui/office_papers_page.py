"""工作文书: papers of the office that belong to no case: minutes, registers, lists for the authorities above."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidgetItem, QSizePolicy, QWidget
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.safety import Draft
from mediator.forms.form import Form
from mediator.services import draft_stands, form_settings, office_papers, papers, particulars, printouts
from mediator.services.papers import Possible
from mediator.services.printouts import Printout
from mediator.ui import tell
from mediator.ui.batch_dialog import BatchDialog
from mediator.ui.desk import Desk
from mediator.ui.fill_dialog import FillDialog
from mediator.ui.flow import FlowLayout
from mediator.ui.halves import Halves
from mediator.ui.mark_dialog import MarkDialog
from mediator.ui.office_items import Item, id_of, items_of, purpose
from mediator.ui.paper_rows import Key, key_at, now
from mediator.ui.parts import button, column, label, row, run, scrolled
from mediator.ui.preview import show_paper, warm
from mediator.ui.words_list import WordsList

EMPTY = "还没有这种文书。点“新填一份…”开始；填到一半可以先保存，以后接着填。"


class OfficePapersPage(QWidget):
    """On the left the forms, on the right what there is of the one chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.forms: list[Form] = []
        self.items: list[Item] = []
        self.form_list, self.list = WordsList("工作文书种类"), WordsList("填过的和出具过的")
        self.about = label("", "section", wrap=True)
        self.hint = label(EMPTY, "quiet", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.gaps = label("", "warning", wrap=True)
        self.new_button = button("新填一份…", self._begin, role="main")
        self.blank_button = button("空白表", self._blank, tip="空着的表，打印出来手写")
        self.issue_button = button("出具并打印", self._issue, role="main")
        self.fill_button = button("接着填…", self._go_on)
        self.draft_button = button("先看草稿", self._draft)
        self.remove_button = button("删除", self._remove, picture="delete")
        self.again_button = button("重新打印", self._again, picture="print")
        self.form_list.currentRowChanged.connect(lambda _number: self._show_form())
        self.list.currentRowChanged.connect(lambda _number: self._enable())
        self.list.itemActivated.connect(lambda _item: self._open())
        self._lay_out()
        desk.changed.connect(self._refresh)

    def _lay_out(self) -> None:
        buttons = FlowLayout(
            self.issue_button,
            self.fill_button,
            self.draft_button,
            self.again_button,
            self.remove_button,
            gap=8,
        )
        for each, lines in ((self.form_list, 8), (self.list, 6)):
            each.setMinimumHeight(each.fontMetrics().lineSpacing() * lines)
        left, right = QWidget(), QWidget()
        left.setLayout(column(self.form_list, row(self.new_button, self.blank_button, 1), gap=8))
        right.setLayout(column(self.about, self.hint, self.list, self.gaps, buttons, gap=8))
        words = "不属于哪一个案件的文书。数据能从案件里统计的，程序自动列出。"
        check = button("核对二维码…", self._check, tip="扫文书右下角的二维码，看是哪一份、还算不算数")
        whole = button("整批装订…", self._bind_many, tip="把一段时间结案的案件逐卷装订成 PDF")
        layout = column(
            row(label("工作文书", "title"), 1, whole, check),
            label(words, "quiet", wrap=True),
            scrolled(Halves(left, right)),
            margins=18,
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything again."""
        super().showEvent(event)
        warm()
        self.refresh()

    def refresh(self) -> None:
        """Show the forms and the papers as they are now."""
        chosen = max(self.form_list.currentRow(), 0)
        self.forms = [form for form in self.desk.read(form_settings.forms) if form.of_office]
        blocked = self.form_list.blockSignals(True)
        self.form_list.clear()
        for form in self.forms:
            self.form_list.addItem(QListWidgetItem(f"{form.title}\n{purpose(form)}"))
        self.form_list.setCurrentRow(min(chosen, len(self.forms) - 1))
        self.form_list.blockSignals(blocked)
        self._show_form()

    def _refresh(self) -> None:
        if self.isVisible():
            self.refresh()

    def _form(self) -> Form | None:
        number = self.form_list.currentRow()
        return self.forms[number] if 0 <= number < len(self.forms) else None

    def _item(self) -> Item | None:
        number = self.list.currentRow()
        return self.items[number] if 0 <= number < len(self.items) else None

    def _show_form(self, wanted: int | None = None) -> None:
        """Show what there is of the form chosen; ``wanted`` is the id of what was filled in for one of them."""
        form, before = self._form(), self._item()
        self.items = self.desk.read(lambda s: items_of(s, form, self.desk.today)) if form else []
        self.about.setText(form.title if form else "")
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([item.words for item in self.items])
        ids = [id_of(item) for item in self.items]
        same = (wanted, False) if wanted is not None else id_of(before) if before else None
        self.list.setCurrentRow(ids.index(same) if same in ids else 0)
        self.list.blockSignals(blocked)
        self.hint.setVisible(not self.items)
        self.list.setVisible(bool(self.items))
        self._enable()

    def _enable(self) -> None:
        item, form = self._item(), self._form()
        begun = item is not None and item.begun is not None
        for each in (self.issue_button, self.fill_button, self.draft_button, self.remove_button):
            each.setVisible(begun)
        self.fill_button.setVisible(begun and form is not None and bool(form.asks))
        self.again_button.setVisible(item is not None and item.issued is not None)
        lacking = item.lacking if item else ()
        self.issue_button.setEnabled(not lacking)
        self.gaps.setText("还缺：" + "；".join(lacking) + "。" if lacking else "")
        self.gaps.setVisible(bool(lacking))
        for each in (self.new_button, self.blank_button):
            each.setEnabled(form is not None)

    def _begin(self) -> None:
        form = self._form()
        if form is not None:
            with tell.refusals(self):
                self._fill(Key(form.code, None, None))

    def _go_on(self) -> None:
        key = self._key()
        if key is not None:
            with tell.refusals(self):
                self._fill(key)

    def resume(self, draft: Draft) -> None:
        """Go on with what was typed into a paper of the office."""
        key = key_at(draft_stands.steps(draft.place)[-1])
        codes = [form.code for form in self.forms]
        if key.form in codes:
            self.form_list.setCurrentRow(codes.index(key.form))
        with tell.refusals(self):
            self._fill(key, draft)

    def _fill(self, key: Key, draft: Draft | None = None) -> None:
        entry = self.desk.read(lambda s: now(s, None, key, self.desk.today))
        if not entry.form.asks:
            kept = self.desk.do(lambda s: particulars.fill(s, None, entry.form, None, {}, by=self.desk.who))
            self._show_form(kept.id)
            return
        dialog = FillDialog(self, self.desk, None, entry)
        if draft is not None:
            dialog.resume(draft)
        if run(dialog):
            self._show_form(dialog.particulars_id)

    def _key(self) -> Key | None:
        """The paper begun that is chosen."""
        item = self._item()
        return Key(item.begun.form, None, item.begun.id) if item and item.begun else None

    def _open(self) -> None:
        item = self._item()
        if item is not None:
            self._again() if item.issued else self._draft()

    def _draft(self) -> None:
        key = self._key()
        if key is not None:
            self._show(lambda s: printouts.of_paper(s, self._now(s, key).paper(), draft=True))

    def _blank(self) -> None:
        form = self._form()
        if form is not None:
            self._show(lambda s: printouts.of_paper(s, papers.empty(s, form, today=self.desk.today)))

    def _again(self) -> None:
        item = self._item()
        if item is not None and item.issued is not None:
            issued = item.issued
            self._show(lambda s: printouts.of_issued(s, issued), issued.number)

    def _show(self, make: Callable[[Session], Printout], number: str = "") -> None:
        with tell.refusals(self):
            show_paper(self, self.desk, self.desk.read(make), number)

    def _issue(self) -> None:
        key = self._key()
        if key is not None:
            with tell.refusals(self):
                made, pdf, number, copies = self.desk.do(lambda s: self._put(s, key))
                show_paper(self, self.desk, made, number, copies=copies, pdf=pdf)

    def _put(self, session: Session, key: Key) -> tuple[Printout, bytes, str, int]:
        """Issue a paper and make what is printed; what cannot be printed does not count as issued."""
        entry = self._now(session, key)
        assert entry.particulars is not None
        issued = papers.issue_of_office(
            session, entry.form, entry.particulars, by=self.desk.who, today=self.desk.today
        )
        made = printouts.of_issued(session, issued)
        return made, printouts.as_pdf([made]), issued.number, entry.form.copies(entry.sheet.case)

    def _now(self, session: Session, key: Key) -> Possible:
        entry = now(session, None, key, self.desk.today)
        if entry.particulars is None:
            raise Refusal("这份文书的填写内容已经不在了，请刷新后再试。")
        return entry

    def _check(self) -> None:
        run(MarkDialog(self, self.desk))

    def _bind_many(self) -> None:
        run(BatchDialog(self, self.desk))

    def _remove(self) -> None:
        key, item = self._key(), self._item()
        was = particulars.seen(item.begun) if item and item.begun else None
        if key is None or not tell.ask(self, "要删除这份还没有出具的文书吗？填写的内容不能恢复。", "删除"):
            return
        with tell.refusals(self):
            self.desk.do(lambda s: office_papers.drop(s, key.particulars or 0, was))
