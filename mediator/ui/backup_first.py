"""先备份: a backup made while one waits, before something that changes much; whoever knows the risk goes on without."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediator.domain.errors import Damaged
from mediator.services import backups
from mediator.ui import tell
from mediator.ui.desk import Desk
from mediator.ui.parts import run
from mediator.ui.waiting import Stopped, WaitingDialog

_WITHOUT = "可以先解决再做；也可以不备份就做，万一出了差错，只能退回到以前的备份。"


def may_go_on(
    parent: QWidget | None, desk: Desk, folder: Path, what: str, *, though_damaged: bool = False
) -> bool:
    """Whether one may go on with ``what``, a verb in words: there is a backup of all there is, or none is wanted.

    Of damaged data there is none; going back to a backup is done ``though_damaged``.
    """
    with tell.refusals(parent):
        try:
            if desk.read(backups.needed):
                _back_up(desk, folder, what)
            return True
        except backups.Unprotected as why:
            if tell.ask(parent, f"{why}\n\n{_WITHOUT}", f"不备份，{what}", "先不做"):
                backups.gone_without(desk.engine, what, by=desk.who)
                return True
        except Damaged:
            if not though_damaged:
                raise
            return True
        except Stopped:
            pass
    return False


def _back_up(desk: Desk, folder: Path, what: str) -> None:
    waiting = WaitingDialog(
        what, f"先备份，再{what}：正在备份，做好以后还要重新打开核对……",
        lambda told: backups.before(desk.engine, folder, what, by=desk.who, tell=told), stoppable=True,
    )  # fmt: skip
    run(waiting)
    desk.backed_up.emit()
    if waiting.error is not None:
        raise waiting.error
