"""What was typed survives the end of the program, however it ends, and is put back letter for letter."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from driving import BY, put_up, reload
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Sensitivity
from mediator.services import drafts
from mediator.store.folder import Folder
from mediator.ui import screens
from mediator.ui.desk import Desk
from mediator.ui.editors import Choice
from mediator.ui.forms import FormPane

_WINDOW = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from mediator.app import make_app
from mediator.store.folder import Folder, open_folder
from mediator.ui.case_page import CasePage
from mediator.ui.desk import Desk

app = make_app()
desk = Desk(open_folder(Folder(Path(sys.argv[1])), "chen", sys.argv[2]), sys.argv[3])
page = CasePage(desk)
page.show()
page.open(int(sys.argv[4]))

def type_more():
    box = page.form.editors["remark"].widget
    box.insertPlainText("王𬎆说：水还在漏。")
    print(len(box.toPlainText()), flush=True)

typing = QTimer(interval=50)
typing.timeout.connect(type_more)
typing.start()
app.exec()
"""


def test_a_program_killed_loses_nothing_typed_three_seconds_before(
    engine: Engine, folder: Folder, password: str, case: Case, desk: Desk, tmp_path: Path
) -> None:
    script = tmp_path / "window.py"
    script.write_text(_WINDOW, encoding="utf-8")
    told = [sys.executable, str(script), str(folder.path), password, BY, str(case.id)]
    window = subprocess.Popen(
        told, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": _root()}
    )
    assert window.stdout is not None
    typed: list[tuple[float, int]] = []
    while not typed or typed[-1][0] - typed[0][0] < 4.6:
        letters = int(window.stdout.readline())
        typed.append(
            (time.monotonic(), letters)
        )  # once it was read: how long the program takes to start does not count
    window.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    window.wait()
    window.stdout.close()
    kept = desk.read(lambda s: drafts.of(s, f"case:{case.id}"))
    assert kept is not None
    must = max(letters for at, letters in typed if at < killed - 3)
    assert len(str(drafts.typed(kept)["remark"])) >= must
    assert reload(desk, case).remark == ""


def _root() -> str:
    return str(Path(__file__).parents[2])


LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TYPED = st.dictionaries(
    st.sampled_from(["occurred_on", "occurred_place", "summary", "claimed", "people", "averted", "sensitivity", "kind"]),
    LETTERS, max_size=8,
)  # fmt: skip


@pytest.mark.parametrize("stored", [False, True])
@given(typed=TYPED, numbers=st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_every_kind_of_field_comes_back_as_it_was_typed(
    stored: bool, typed: dict[str, str], numbers: list[int], forms: tuple[FormPane, FormPane], memory: Desk
) -> None:
    first, second = forms
    row = Case(
        registered_on=date(2026, 3, 1), summary="旧的", occurred_on=date(2026, 2, 1), claimed=1_500_000
    )
    row.id = 12 if stored else None  # type: ignore[assignment]
    first.show_row(row)
    for (key, words), number in zip(typed.items(), numbers, strict=False):
        widget: Any = first.editors[key].widget
        if isinstance(widget, Choice):
            widget.setCurrentIndex(number % widget.count())
        elif hasattr(widget, "setChecked"):
            widget.setChecked(number % 2 == 1)
        elif hasattr(widget, "setPlainText"):
            widget.setPlainText(words)
        else:
            widget.setText(words)
    memory.alone(
        lambda s: drafts.keep(s, "case:12", first.typed(), first.seen(), datetime(2026, 11, 21)) and None
    )
    kept = memory.read(lambda s: drafts.of(s, "case:12"))
    assert kept is not None
    second.show_row(row)
    second.put_back(drafts.typed(kept), drafts.shown(kept))
    assert {k: made.raw() for k, made in second.editors.items()} == {
        k: made.raw() for k, made in first.editors.items()
    }
    assert second.shown == first.shown


@pytest.fixture(scope="module")
def forms(qapp: object) -> tuple[FormPane, FormPane]:
    return FormPane(screens.CASE), FormPane(screens.CASE)


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    from mediator.store.engine import connect
    from mediator.store.schema import bring_up_to_date

    engine = connect(tmp_path_factory.mktemp("typed") / "kept.db", bytes(32))
    bring_up_to_date(engine)
    return Desk(engine, BY)


def test_a_code_no_longer_offered_comes_back(qtbot: QtBot) -> None:
    form = put_up(qtbot, FormPane(screens.CASE))
    form.show_row(Case(registered_on=date(2026, 3, 1)))
    form.put_back({"sensitivity": Sensitivity.MINOR.value, "unknown": "x"}, {})
    assert form.editors["sensitivity"].raw() is Sensitivity.MINOR
