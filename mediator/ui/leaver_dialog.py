"""办离岗: somebody leaves; the account is shut and their open cases go to a colleague in the same step."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from mediator.domain.errors import Refusal
from mediator.domain.fields import field_of
from mediator.domain.people import Staff
from mediator.services import leaving
from mediator.ui import backup_first, tell
from mediator.ui.behind_dialog import HEADS, UNCUT, UNDER, cells
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice, editor
from mediator.ui.fit import fit
from mediator.ui.form_dialog import FormDialog
from mediator.ui.new_key_dialog import NewKeyDialog
from mediator.ui.parts import label, named, run
from mediator.ui.sheet_table import SheetTable
from mediator.ui.waiting import WaitingDialog

NEW_KEY = "换数据密钥：他带走的文件和密码再也打不开新数据"
Ways = tuple[str, str]
LATER = "换密钥以前做的备份，仍然能用当时的密码打开；请收好，或重新备份以后销毁。"


class LeaverDialog(FormDialog):
    """The cases, who takes them over, and whether there is to be a new data key."""

    def __init__(self, parent: QWidget, desk: Desk, folder: Path, name: str, on: date | None = None) -> None:
        super().__init__(parent, f"{name}离岗", wide=44)
        self.desk, self.folder, self.name = desk, folder, name
        rows = desk.read(lambda s: leaving.open_cases(s, name))
        self.heir = Choice()
        self.heir.offer("（请选择）", "")
        for other in desk.read(lambda s: leaving.heirs(s, name)):
            self.heir.offer(other, other)
        self.on = editor(field_of(Staff.left_on))
        self.on.show(on or desk.today)
        self.new_key = QCheckBox(NEW_KEY)
        table = SheetTable("没有办结的案件", "没有未办结的案件。")
        table.show_rows(HEADS, [cells(entry) for entry in rows], free=1, uncut=UNCUT, under=UNDER)
        cases: list[QWidget] = [label(f"手上没有办结的案件 {len(rows)} 件", "section"), table]
        cases += named("这些案件全部交给", self.heir)
        none = [label("手上没有未办结的案件。", "quiet")]
        self.fill(
            *named("离岗日期", self.on.widget), *(cases if rows else none), self.new_key,
            label(f"离岗的同事不可信任时才勾选，要几秒到几分钟。{LATER}", "quiet", wrap=True),
            does="办理离岗", act=self._leave,
        )  # fmt: skip
        if rows:
            fit(self, 58, 40)

    @property
    def dirty(self) -> bool:
        """Nothing here is worth keeping."""
        return False

    def _leave(self) -> None:
        with tell.refusals(self):
            on = self.on.field.read(self.on.raw())
            if not isinstance(on, date):
                raise Refusal("请填写离岗日期。")
            to = self.heir.chosen()
            ways = ask_ways(self, self.desk, self.folder) if self.new_key.isChecked() else None
            if self.new_key.isChecked() and ways is None:
                return
            self.desk.do(lambda s: leaving.leave(s, self.folder, self.name, on, to))
            if ways is not None:
                change_key(self, self.desk, self.folder, ways)
            self.accept()


def ask_ways(parent: QWidget, desk: Desk, folder: Path) -> Ways | None:
    """The new recovery key and the superior that are to open the data under the new key; None if the person went away."""
    dialog = NewKeyDialog(parent, desk, folder)
    return (dialog.recovery_key, dialog.superior) if run(dialog) else None


def change_key(parent: QWidget, desk: Desk, folder: Path, ways: Ways) -> bool:
    """Back up, write the data anew under a new key, and go on with it; whether that was done."""
    if not backup_first.may_go_on(parent, desk, folder, "换数据密钥"):
        return False
    done: list[None] = []
    paper, superior = ways

    def work(_tell: Callable[[int, int], None]) -> None:
        desk.engine = leaving.change_key(folder, desk.engine, desk.who, paper=paper, superior=superior)
        done.append(None)

    waiting = WaitingDialog("换数据密钥", "正在用新密钥重写全部数据，请不要关机……", work)
    run(waiting)
    if isinstance(waiting.error, Refusal):
        tell.refused(parent, waiting.error)
    elif waiting.error is not None:
        raise waiting.error
    if done:
        papers = (
            "新的恢复密钥已生效，旧的请销毁。" if paper else "现在没有恢复密钥，请尽快在“设置—安全”里做一张。"
        )
        words = f"数据密钥换好了，大家的密码不变。{papers}原来的数据另存在数据文件夹的“换密钥之前”里。{LATER}"
        tell.done(parent, words)
    return bool(done)
