"""Starting the window again and again, as after a kill; what was typed and is offered then."""

from collections.abc import Callable
from typing import Any

from driving import press, when
from pytestqt.qtbot import QtBot

from mediator.services import drafts
from mediator.services.draft_places import Told
from mediator.store.folder import Folder
from mediator.ui import drafts_resume
from mediator.ui.desk import Desk
from mediator.ui.drafts_dialog import DraftsDialog
from mediator.ui.window import Window


def starter(qtbot: QtBot, desk: Desk, folder: Folder) -> Callable[[], Window]:
    """The program started; of the window before nothing is left."""
    there: list[Window] = []

    def start() -> Window:
        for one in there:
            one.hide()
        made = Window(desk, folder.path, practice=False)
        qtbot.addWidget(made, before_close_func=lambda _made: setattr(made, "_may_leave", lambda: True))
        made.resize(1280, 720)
        made.show()
        there.append(made)
        return made

    return start


def offered(window: Window, words: str) -> list[Told]:
    """Log in; press a button of what is offered."""
    seen: list[Told] = []

    def act(dialog: Any) -> None:
        seen.extend(dialog.found)
        press(dialog, words)

    when(DraftsDialog, act)
    drafts_resume.after_log_in(window)
    return seen


def kept(desk: Desk) -> list[str]:
    return [one.place for one in desk.read(drafts.all_of)]
