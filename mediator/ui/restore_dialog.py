"""恢复: a backup chosen, its password, what it holds and what would be lost; then a new folder beside the data at work."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from mediator.domain.errors import Damaged, Refusal
from mediator.services import backup_contents, backup_lineage, restores
from mediator.services.backup_contents import Copy, Inside, Lost
from mediator.services.checkpoints import Passing
from mediator.ui import backup_first, later, tell
from mediator.ui.backup_dialog import size
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.parts import button, card, column, label, named, scrolled, set_role
from mediator.ui.place_pane import PlacePane
from mediator.ui.secret import secret, shown_on_wish
from mediator.ui.waited import waited
from mediator.ui.words_model import Heading, Line
from mediator.ui.words_table import WordsTable

HEADINGS = (
    Heading("做备份的时间", 10),
    Heading("单位", 0),
    Heading("案件", 5, number=True),
    Heading("大小", 6, number=True),
)
_STEPS = ("看看里面", "恢复到新的文件夹")


class RestoreDialog(FormDialog):
    """Three small steps; nothing is touched before the last, and then only a new folder is made.

    ``planned`` tells whether what was restored takes the place of the data at the next start. Without a desk the data
    at work cannot be opened: then nothing can be compared.
    """

    def __init__(self, parent: QWidget | None, folder: Path, desk: Desk | None = None) -> None:
        super().__init__(parent, "恢复备份", wide=44)
        fit(self, 52, 30)
        self.folder, self.desk = folder, desk
        self.copies: list[Copy] = []
        self.key = b""
        self.planned = False
        self.place = PlacePane("备份在哪里")
        self.list = WordsTable("找到的备份", HEADINGS, "选好 U 盘或文件夹以后，这里列出找到的备份。")
        self.login, self.password = Choice(), secret()
        self.told, self.lost = label("", wrap=True), label("", "warning", wrap=True)
        self.lineage, self.again = label("", wrap=True), label("", "warning", wrap=True)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._first())
        self.pages.addWidget(scrolled(self._second()))
        self.back = button("上一步", self._back)
        self.fill(self.pages, does="下一步", act=self._onward, more=(self.back,))
        self.back.hide()
        self.place.chosen.connect(self.look)
        self.list.activated.connect(lambda _index: self._onward())
        known = backup_contents.known_places(folder, desk.engine if desk else None)
        if known:
            self.place.folder = known[0]
            self.look(known[0])

    @property
    def dirty(self) -> bool:
        """Nothing here is worth keeping."""
        return False

    @property
    def copy(self) -> Copy:
        """The backup chosen; Refusal if there is none."""
        chosen = self.list.chosen()
        if not 0 <= chosen < len(self.copies):
            raise Refusal("请先选一个备份：在上面选 U 盘或文件夹，再在列表里选。")
        return self.copies[chosen]

    def look(self, place: Path) -> None:
        """List the backups at a place."""
        later.run(self, lambda: backup_contents.at(place), self._show)

    def _first(self) -> QWidget:
        page = QWidget()
        layout = column(
            label("第 1 步：选一个备份", "section"),
            self.place,
            label("找到的备份，最新的在最上面："),
            self.list,
            gap=7,
        )
        layout.setStretch(3, 1)
        page.setLayout(layout)
        return page

    def _second(self) -> QWidget:
        page = QWidget()
        secrets = card(
            column(
                *named("用户（做备份那天能登录的人）", self.login),
                *named("那时的密码", self.password),
                shown_on_wish(self.password),
                margins=14,
                gap=7,
            )
        )
        page.setLayout(
            column(
                label("第 2 步：用密码打开，看看里面", "section"),
                secrets,
                self.told,
                self.lineage,
                self.lost,
                self.again,
                1,
            )
        )
        return page

    def _show(self, copies: list[Copy]) -> None:
        self.copies = copies
        self.list.say_when_empty("这里没有备份。请另选一个 U 盘或文件夹。")
        self.list.show_lines([_line(copy) for copy in copies])
        if copies:
            self.list.choose(0)

    def _onward(self) -> None:
        with tell.refusals(self):
            if self.pages.currentIndex() == 0:
                self._ask_password()
            elif not self.key:
                self._open()
            else:
                self._restore()

    def _back(self) -> None:
        self._turn(0)

    def _turn(self, page: int) -> None:
        self.key = b""
        for words in (self.told, self.lineage, self.lost, self.again):
            words.clear()
        self.password.clear()
        self.pages.setCurrentIndex(page)
        self.back.setVisible(page == 1)
        self.main.setText(_STEPS[0] if page else "下一步")

    def _ask_password(self) -> None:
        logins = backup_contents.logins(self.copy)
        self._turn(1)
        self.login.clear()
        self.login.addItems(logins)
        self.password.setFocus()

    def _open(self) -> None:
        copy = self.copy
        key = backup_contents.unlock(copy, self.login.currentText(), self.password.text(), self.folder)
        self.told.setText(_words(backup_contents.inside(copy, key), copy))
        lost = self._compare(copy, key)
        self.lost.setText(
            lost.words
            if lost
            else "现在的数据打不开，没法比较会少什么。恢复放在新的文件夹里，现在的数据原样留着。"
        )
        self.again.setText(restores.who_again(copy.path, self.folder))
        self.key = key
        self.main.setText(_STEPS[1])

    def _compare(self, copy: Copy, key: bytes) -> Lost | None:
        """Say where a backup comes from; what would be lost with it, None if the data at work cannot be read."""
        wrong, desk, lost = backup_lineage.trouble(copy, key), self.desk, None
        standing = Passing(True, "")
        if desk:
            with suppress(Damaged):
                standing = desk.read(lambda s: backup_lineage.standing(s, copy))
                lost = desk.read(lambda s: backup_contents.lost(s, copy, key))
        said = [wrong, *([standing.words] if not (wrong and standing.holds) else [])]
        self.lineage.setText("\n".join(filter(None, said)))
        set_role(self.lineage, "error" if wrong or not standing.holds else "good")
        return lost

    def _restore(self) -> None:
        copy, login = self.copy, self.login.currentText()
        target = restores.new_name(self.folder, datetime.now())
        made = waited(
            self, "恢复", "正在恢复到新的文件夹，并逐页核对；现在的数据不会动……",
            lambda told: restores.restore(
                copy, self.key, target, login=login, present=self.folder, tell=told
            ),
        )  # fmt: skip
        if made is None:
            return
        again = restores.who_again(made, self.folder)
        words = (
            f"已恢复到“{made}”，核对无误。\n\n{again}要用它代替现在的数据吗？现在的数据不会删除，改名留在它旁边，"
            "以后还可以换回来。程序会先关闭，再打开就是恢复的数据。"
        )
        if tell.ask(self, words, "用它代替", "先不换"):
            self._use(made)
        self.accept()

    def _use(self, made: Path) -> None:
        if self.desk:
            self.planned = use(self, self.desk, self.folder, made)
        else:
            restores.use_unopened(self.folder, made)
            self.planned = True


def use(parent: QWidget, desk: Desk, folder: Path, fresh: Path) -> bool:
    """Back up what is at work, and have another folder take its place at the next start; whether that was done.

    What is typed on the pages is settled first: nothing is saved any more once it is planned.
    """
    if not _settled(parent) or not backup_first.may_go_on(
        parent, desk, folder, "换用另一份数据", though_damaged=True
    ):
        return False
    restores.use(desk.engine, folder, fresh, by=desk.who)
    return True


def leave_to_swap(widget: QWidget, desk: Desk, folder: Path) -> None:
    """Close the program, so that the next start can put the other data in place; if it stays open, nothing is planned."""
    tell.done(widget, "安排好了。程序现在关闭，请再打开一次。")
    if not widget.window().close():
        restores.call_off(desk.engine, folder, by=desk.who)
        tell.done(widget, "程序没有关闭，换用已经取消，继续用现在的数据；恢复出来的还在旁边，以后可以再换。")


def _settled(widget: QWidget | None) -> bool:
    """Whether nothing typed is left on the page that a widget belongs to."""
    while widget is not None:
        settle = getattr(widget, "settle", None)
        if settle is not None:
            return bool(settle())
        widget = widget.parentWidget()
    return True


def _line(copy: Copy) -> Line:
    manifest = copy.manifest
    words = (
        f"{manifest.made_at:%Y-%m-%d %H:%M}",
        manifest.office_name,
        str(manifest.cases),
        size(manifest.size),
    )
    return Line(words, str(copy.path))


def _words(inside: Inside, copy: Copy) -> str:
    last = f"最后一次改动在 {inside.last_at:%Y-%m-%d %H:%M}，{inside.last_by}。" if inside.last_at else ""
    newest = f"最后登记的是 {inside.last_case}。" if inside.last_case else ""
    return f"{inside.office}，备份做于 {copy.manifest.made_at:%Y-%m-%d %H:%M}：{inside.cases} 件案件。{newest}{last}"
