"""首次设置: who the committee is, how cases are numbered, the first user, the recovery key, and where backups go."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget
from sqlalchemy import Engine

from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.numbering import check_pattern, number
from mediator.domain.office import Office, likely_type, short_name
from mediator.domain.wording import clean_name
from mediator.services import setup
from mediator.ui import tell
from mediator.ui.backup_choice import BackupChoice
from mediator.ui.editors import editor
from mediator.ui.fit import fit
from mediator.ui.line_edit import LineEdit
from mediator.ui.paper_key import PaperKeyPane
from mediator.ui.parts import button, card, column, label, named, row, set_role
from mediator.ui.secret import same, secret, shown_on_wish

_PAPER, _LAST = 2, 3


class Wizard(QDialog):
    """Four short pages, of which the last may be left as it is; ``engine`` is the new, open data folder once they are done."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.engine: Engine | None = None
        self.who = ""
        self.setWindowTitle("人民调解：首次设置")
        fit(self, 44, 40)
        self.name = editor(field_of(Office.name))
        self.type = editor(field_of(Office.type))
        self.region = editor(field_of(Office.region))
        self.pattern = editor(field_of(Office.case_pattern))
        self.sample = label("", "quiet", wrap=True)
        self.user, self.password, self.again = LineEdit(), secret(), secret()
        self.paper, self.backup = PaperKeyPane(), BackupChoice()
        self.pages = QStackedWidget()
        for page in (self._office_page(), self._user_page(), self._paper_page(), self._backup_page()):
            self.pages.addWidget(page)
        self.back = button("上一步", lambda: self._turn(self.pages.currentIndex() - 1))
        self.onward = button("下一步", self._onward, role="main")
        for each in (self.back, self.onward):
            each.setAutoDefault(True)
        self.onward.setDefault(True)
        self.setLayout(
            column(label("首次设置", "title"), self.pages, row(1, self.back, self.onward), margins=24)
        )
        self._type_chosen = self._pattern_typed = False
        self.name.edited.connect(self._suggest)
        self.type.edited.connect(self._choose_type)
        self.pattern.edited.connect(self._show_sample)
        self._suggest()
        self._turn(0)

    def _office_page(self) -> QWidget:
        return card(
            column(
                label("第 1 步，共 4 步：调委会", "section"),
                *named("调委会名称（与公章一致）", self.name.widget),
                *named("调委会类型（决定案件统计在哪一栏）", self.type.widget),
                *named("行政区划代码（6 位、9 位或 12 位）", self.region.widget),
                *named("卷号样式（{年} 是年份，{号3} 是顺序号）", self.pattern.widget),
                self.sample,
                1,
                margins=20,
            )
        )

    def _user_page(self) -> QWidget:
        return card(
            column(
                label("第 2 步，共 4 步：第一位使用人", "section"),
                *named("姓名（也是登录时用的名字）", self.user),
                *named(f"密码（{setup.PASSWORD_RULE}）", self.password),
                *named("再输一遍密码", self.again),
                shown_on_wish(self.password, self.again),
                label(
                    "第一位使用人先有全部角色；以后可以在“设置—人员和账号”里让同事也能登录，分清各人的角色。",
                    "quiet",
                    wrap=True,
                ),
                1,
                margins=20,
            )
        )

    def _paper_page(self) -> QWidget:
        return card(column(label("第 3 步，共 4 步：恢复密钥", "section"), self.paper, 1, margins=20))

    def _backup_page(self) -> QWidget:
        title = label("第 4 步，共 4 步：自动备份（可以先不选）", "section")
        return card(column(title, self.backup, 1, margins=20))

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.back.setVisible(page > 0)
        self.onward.setText("完成" if page == _LAST else "下一步")
        (self.name.widget, self.user, self.paper.typed, self.backup.pane)[page].setFocus()

    def _onward(self) -> None:
        with tell.refusals(self):
            office, page = self._office(), self.pages.currentIndex()
            setup.check(office)
            if page >= 1:
                self.who = clean_name(self.user.text())
                if not self.who:
                    raise Refusal("请填写使用人的姓名。")
                setup.check_password(same(self.password, self.again), self.who, str(office["name"]))
            if page >= _PAPER:
                self.paper.confirmed()
            if page < _LAST:
                self.paper.office = clean_name(str(office["name"]))
                self._turn(page + 1)
                return
            self.engine = setup.found(
                self.folder, self.who, self.password.text(), office, recovery_key=self.paper.confirmed(),
                backup_folder=self.backup.place,
            )  # fmt: skip
            self.accept()

    def _office(self) -> dict[str, object]:
        return {
            "name": self.name.raw(),
            "type": self.type.raw(),
            "region": self.region.raw(),
            "case_pattern": self.pattern.raw(),
        }

    def _suggest(self) -> None:
        """A type and a pattern from the committee's name, as long as nobody chose or typed another."""
        name = clean_name(str(self.name.raw()))
        if not self._type_chosen:
            self.type.show(likely_type(name))
        if not self._pattern_typed:
            short = short_name(name).removesuffix("社区居民委员会") or "××"
            self.pattern.show(f"({{年}}){short.removesuffix('社区')}人调字第{{号3}}号")
            self._show_sample(typed=False)

    def _choose_type(self) -> None:
        self._type_chosen = True

    def _show_sample(self, *, typed: bool = True) -> None:
        self._pattern_typed = self._pattern_typed or typed
        try:
            pattern = check_pattern(str(self.pattern.raw()))
            self.sample.setText(f"第一件案件的卷号是：{number(pattern, date.today().year, 1)}")
            set_role(self.sample, "good")
        except Refusal as refusal:
            self.sample.setText(str(refusal))
            set_role(self.sample, "error")
