"""上次备份: always in sight, red when it is old; and behind it the backups, checks and drills that make themselves."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy
from shiboken6 import isValid
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.safety import Backup
from mediator.services import backup_ages, backups, checkups, drills
from mediator.services.backup_ages import Age, Level
from mediator.ui import work
from mediator.ui.backup_dialog import BackupDialog
from mediator.ui.desk import Desk
from mediator.ui.parts import Button, run
from mediator.ui.style import RED
from mediator.ui.waited import waited

LOOK_MS = 60_000
AGAIN_AFTER = timedelta(minutes=10)
"""After an automatic backup that could not be made."""
RECENT = 20
"""So many of the newest backups are looked for every minute."""
_UNREADABLE = "数据读不出来"
_AMBER_GROUND = "#ffe6ad"
_COLOURS = {
    Level.GOOD: ("transparent", "#dcebed", "#2a7480"),
    Level.WARNING: (_AMBER_GROUND, "#4a3000", "#ffd980"),
    Level.ERROR: (RED, "white", "#c0392b"),
}


class BackupBadge(Button):
    """A small field of the rail; pressed, it asks to back up now."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__()
        self.desk, self.folder = desk, folder
        self.busy = False
        self.failed = ""
        self.gone: frozenset[int] = frozenset()
        self.again_at = datetime.min
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked: run(BackupDialog(self.window(), desk, folder)))
        desk.changed.connect(self.refresh)
        desk.backed_up.connect(self.refresh)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        self.refresh()

    def refresh(self) -> None:
        """Say how old the last backup is."""
        try:
            age = self.desk.read(lambda s: backup_ages.age(s, datetime.now(), self.gone))
        except Refusal as refusal:  # said here once, not in a box every minute
            age = Age(Level.ERROR, _UNREADABLE, str(refusal), _UNREADABLE)
        self._say(age)

    def look(self) -> None:
        """Every minute: say it again, and make the backup that is due."""
        self.refresh()
        self._look_for_them()
        now = datetime.now()
        if now >= self.again_at and self._due(lambda s: backups.due(s, now, gone=self.gone)):
            self._start(
                lambda: backups.automatic(self.desk.engine, self.folder, by=self.desk.who), "自动备份没有做成"
            )

    def _look_for_them(self) -> None:
        """See in the background whether the backups lie where they were put, and whether the key file is there."""
        with suppress(Refusal):
            rows = self.desk.read(lambda s: backups.made(s, RECENT))
            work.start(lambda: self._looked_for(rows), self._show_gone, lambda _error: None)

    def _looked_for(self, rows: list[Backup]) -> frozenset[int]:
        with suppress(Refusal):
            backups.keys_again(self.desk.engine, self.folder, by=self.desk.who)
        return backups.missing(rows)

    def _show_gone(self, gone: frozenset[int]) -> None:
        if isValid(self) and gone != self.gone:
            self.gone = gone
            self.refresh()

    def idle(self) -> None:
        """Nobody is there (the window is locked): time for the weekly check and the monthly drill."""
        now = datetime.now()
        if self._due(lambda s: checkups.due(s, now)):
            self._start(self._checked, "数据核对没有通过")
        elif self._due(lambda s: drills.due(s, self.folder, now)):
            self._start(
                lambda: drills.run(self.desk.engine, self.folder, by=self.desk.who), "恢复演练没有通过"
            )

    def before_leaving(self) -> None:
        """On closing the window: make the backup that is due, and wait for it; it can be stopped."""
        now = datetime.now()
        if self._due(lambda s: backups.due(s, now, leaving=True, gone=self.gone)):
            waited(
                self, "退出前备份", "正在备份今天的改动，做好就退出……",
                lambda told: backups.automatic(
                    self.desk.engine, self.folder, by=self.desk.who, leaving=True, tell=told
                ),
            )  # fmt: skip

    def _due(self, verb: Callable[[Session], bool]) -> bool:
        """Whether something is to be done now; not while something else is, nor where nothing can be read."""
        with suppress(Refusal):
            return not self.busy and self.desk.read(verb)
        return False

    def _checked(self) -> None:
        found = checkups.check(self.desk.engine, self.folder, by=self.desk.who)
        if found.troubles:
            raise Refusal(f"{found.words}请不要再改动数据，到“设置”的“备份”里从备份恢复。")

    def _start(self, job: Callable[[], object], trouble: str) -> None:
        """Do something in the background; trouble is shown on the badge, not in anybody's way."""
        self.busy = True

        def done(_result: object) -> None:
            if isValid(self):
                self.busy, self.failed = False, ""
                self.desk.backed_up.emit()

        def failed(error: Exception) -> None:
            if not isValid(self):
                return
            self.busy = False
            self.again_at = datetime.now() + AGAIN_AFTER
            if not isinstance(error, Refusal):
                raise error
            self.failed = f"{trouble}：{error}"
            self.refresh()

        work.start(job, done, failed)

    def _say(self, age: Age) -> None:
        level = Level.ERROR if self.failed else age.level
        words = self.failed.partition("：")[0] or age.short
        ground, ink, over = _COLOURS[level]
        self.setText(words)
        tip = self.failed or age.advice
        self.setToolTip(f"{tip}\n点这里马上备份。")
        self.setAccessibleName(age.words.replace("\n", "，"))
        self.setAccessibleDescription(tip)
        self.setStyleSheet(
            f"QPushButton {{ background: {ground}; color: {ink}; border: 1px solid #4d8d97; border-radius: 6px;"
            f" padding: 6px 8px; text-align: left; }} QPushButton:hover {{ background: {over}; }}"
            f" QPushButton:focus {{ border: 2px solid white; padding: 5px 7px; }}"
        )
        self.setMinimumHeight(self.sizeHint().height())
