"""The guard of the window (锁定和遮屏): locks it, blanks it, and lets the same or another person go on.

Nothing typed is lost by it: whoever comes back finds everything as it was; when somebody else goes on, what was typed
is kept as drafts (暂存) of the one before.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from mediator.domain.codes import Action
from mediator.domain.errors import Refusal
from mediator.services import accounts, policy, setup, staff
from mediator.ui import asleep, clipboard
from mediator.ui.cover import Covers
from mediator.ui.desk import Desk
from mediator.ui.lock_screen import BlankScreen, LockScreen
from mediator.ui.waiting import WaitingDialog
from mediator.ui.watch import Watch

_AGAIN_MS = 20
BUSY = "正在做一件要等的事，做完以前不能换人；请稍等，或由原来的人继续。"


class Guard(QObject):
    """Watches one window; ``desk`` gives the desk of who is at work, ``go_on`` goes on as somebody else."""

    closed = Signal()
    """The window was locked: nobody needs the machine for a while."""

    def __init__(
        self, window: QWidget, folder: Path, desk: Callable[[], Desk], go_on: Callable[[str], object], *,
        practice: bool,
    ) -> None:  # fmt: skip
        super().__init__(window)
        self.window, self.folder, self.desk, self.go_on = window, folder, desk, go_on
        self.practice = practice
        self.covers = Covers(self)
        self.hidden = False
        """Whether everything lies under covers."""
        self.covers.came_up.connect(lambda: QTimer.singleShot(0, self, self._stay_on_top))
        self.locked: LockScreen | None = None
        self.blank: BlankScreen | None = None
        self.focus: QWidget | None = None
        self.watch = Watch(self, 0)
        self.watch.idle.connect(lambda: self.lock("久不操作"))
        self.watch.lock_wanted.connect(lambda: self.lock("手动"))
        self.watch.blank_wanted.connect(self.turn_blank)
        self.asleep = asleep.Listener(self, lambda: self.lock("系统锁屏或休眠"))
        self.read_rules()

    def read_rules(self) -> None:
        """Take the minutes from the rules of the office; practice data does not lock by itself."""
        self.watch.minutes = 0 if self.practice else self.desk().read(policy.lock_after)

    def lock(self, why: str) -> None:
        """Lock the window at once; whoever is typed for is kept."""
        if self.locked is not None:
            return
        self._hide()
        desk = self.desk()
        users, at = self._users(desk)
        hint = "练习模式的密码是 practice。" if self.practice else ""
        self.locked = LockScreen(self.window, users, at, self._check, hint=hint)
        self.locked.opened.connect(self._opened)
        self.locked.show()
        self.watch.follow(self.locked.windowHandle())
        self._end_blank()
        clipboard.clear_now()
        for page in self._with("keep_drafts"):
            page.keep_drafts()
        setup.note(desk.engine, desk.who, Action.LOCKED, why)
        self.closed.emit()

    def _users(self, desk: Desk) -> tuple[list[tuple[str, str]], str]:
        """Who may unlock the screen, and who was at work; by log-in names alone where the data cannot be read.

        Nothing keeps the screen from being locked: where nobody can be named, it is who was at work.
        """
        with suppress(Refusal):
            setup.mend_keys(self.folder, desk.engine)
        with suppress(Refusal):
            return desk.read(lambda s: accounts.users(s, self.folder))
        with suppress(Refusal):
            return [(login, login) for login in setup.logins(self.folder)], ""
        with suppress(Refusal):
            login = desk.read(lambda s: staff.login_of(s, desk.who))
            return [(login, desk.who)], login
        return [(desk.who, desk.who)], desk.who

    def turn_blank(self) -> None:
        """Blank the screen at once, or bring it back."""
        if self.locked is not None:
            return
        if self.blank is not None:
            self._end_blank()
            self._show()
            return
        self._hide()
        self.watch.asleep = True
        self.blank = BlankScreen(self.window, self.watch.minutes)
        self.blank.show()
        self.watch.follow(self.blank.windowHandle())

    def _hide(self) -> None:
        if not self.hidden:
            self.hidden = True
            self.focus = QApplication.focusWidget()
            self.covers.lie()

    def _show(self) -> None:
        self.hidden = False
        self.covers.lift()
        self.watch.touch()
        if self.focus is not None and isValid(self.focus):
            self.focus.setFocus()
        self.focus = None

    def _stay_on_top(self) -> None:
        """Something came up behind the covers, as when a work was done: it waits for whoever unlocks the screen."""
        screen = self.locked or self.blank
        if screen is not None:
            screen.hide()
            screen.show()  # the newest of the modal windows is the one that can be used
            screen.activateWindow()

    def _end_blank(self) -> None:
        self.watch.asleep = False
        if self.blank is not None:
            self.blank.done(0)
            self.blank.deleteLater()
            self.blank = None

    def _check(self, login: str, password: str) -> str:
        desk = self.desk()
        name = setup.again(self.folder, desk.engine, login, password)
        if name != desk.who and any(True for _one in self._waiting()):
            raise Refusal(BUSY)
        return name

    def _opened(self, login: str, name: str) -> None:
        """The screen is open again; another person begins with a page of their own."""
        desk, screen = self.desk(), self.locked
        other = name != desk.who
        if other:
            setup.note(desk.engine, desk.who, Action.LOGGED_OUT, f"换成{name}")
            self.focus = None
        action = Action.LOGGED_IN if other else Action.UNLOCKED
        setup.entered(self.folder, desk.engine, login, name, action)
        if other:
            self._when_flat(lambda: self._change(name))
        else:
            self._let_go(screen)

    def _change(self, name: str) -> None:
        self.go_on(name)
        self._let_go(self.locked)

    def _let_go(self, screen: LockScreen | None) -> None:
        self.locked = None
        if screen is not None:
            screen.done(0)
            screen.deleteLater()
        self._show()

    def _when_flat(self, then: Callable[[], object]) -> None:
        """Once the dialogs of the one before are gone, those too that one of them leaves behind, and nothing waits for them."""
        for dialog in self._dialogs():
            dialog.done(0)
        if QThread.currentThread().loopLevel() <= 1:
            then()
        else:
            QTimer.singleShot(_AGAIN_MS, self, lambda: self._when_flat(then))

    def _dialogs(self) -> list[QDialog]:
        there = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()
        ]
        return [one for one in there if one is not self.locked]

    def _waiting(self) -> Iterator[WaitingDialog]:
        return (one for one in self._dialogs() if isinstance(one, WaitingDialog) and one.working)

    def _with(self, hook: str) -> list[Any]:
        """The pages and dialogs that know what to do with what is typed in them."""
        tops = [self.window, *self._dialogs()]
        return [one for top in tops for one in (top, *top.findChildren(QWidget)) if hasattr(one, hook)]
