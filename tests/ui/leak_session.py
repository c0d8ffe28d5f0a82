"""A day at the window on a practice folder, run as a program of its own; ``test_nothing_leaks`` looks at what it left behind.

Called with a folder for everything, one for what is saved on purpose, and a file to report to.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from driving import Modals, press, type_in
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from mediator import app as program
from mediator import log
from mediator.domain.codes import Stage
from mediator.domain.people import Party, Representative
from mediator.services import backups, cases, demo, papers, printouts, setup
from mediator.store.folder import Folder
from mediator.ui.desk import Desk
from mediator.ui.preview import PreviewDialog
from mediator.ui.printing import print_pages, printer_for
from mediator.ui.subject_dialog import SubjectDialog
from mediator.ui.window import Window

NEW = {"name": "龘䶮芬芳", "id_number": "000000199001010016", "phone": "13000009999"}
"""Somebody typed in during the session."""


def until(met: Callable[[], object]) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + 30
    while not met():
        assert time.monotonic() < end, "waited in vain"
        QApplication.processEvents()
        time.sleep(0.01)


def rest(seconds: float) -> None:
    """Let the window work for a while."""
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end)


def main(world: Path, saved: Path, report: Path) -> None:
    """Do it all."""
    log.start()
    program.make_app()
    folder = world / "data"
    demo.make(Folder(folder), cases=60)
    engine, who = setup.enter(folder, demo.LOGIN, demo.PASSWORD)
    desk, titles, modals = Desk(engine, who), set[str](), Modals()
    window = Window(desk, folder, practice=False)
    window.show()
    case_id = desk.read(_mediating)
    for act in (_type_in, _preview, _keep_table, _ask_for_data):
        window.open_case(case_id)
        act(window, desk, case_id, saved, modals, titles)
        titles |= {top.windowTitle() for top in QApplication.topLevelWidgets()}
    backups.back_up(engine, folder, world / "stick", by=who)
    _crash()
    rows = desk.read(lambda s: [*s.scalars(select(Party)), *s.scalars(select(Representative))])
    QSettings().sync()
    window.close()
    engine.dispose()
    needles = {word for row in rows for word in (row.name, row.id_number, row.phone) if word}
    report.write_text(json.dumps({"needles": sorted(needles), "titles": sorted(titles), "said": modals.said}))


def _mediating(session: Any) -> int:
    from mediator.domain.case import Case

    found = select(Case.id).where(
        Case.stage.not_in((Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED, Stage.REGISTERED))
    )
    return int(session.scalars(found.order_by(Case.id.desc())).first())


def _type_in(window: Window, desk: Desk, case_id: int, saved: Path, modals: Modals, titles: set[str]) -> None:
    """A party typed in, kept as a draft, saved, copied, looked for."""
    pane = window.case.parties
    window.case.tabs.setCurrentWidget(pane)
    pane.begin()
    type_in(pane.form, **NEW)
    rest(4)  # the draft is kept
    window.case.keep_drafts()
    assert pane.save()
    line: Any = pane.form.editors["id_number"].widget
    line.selectAll()
    line.copy()
    window.case.settle()
    window.cases.search.setText(NEW["name"])
    window.cases.refresh()


def _preview(window: Window, desk: Desk, case_id: int, saved: Path, modals: Modals, titles: set[str]) -> None:
    """A paper seen, printed into a file, kept."""
    made = desk.read(lambda s: _draft(s, case_id, desk))
    pdf = printouts.as_pdf([made])
    dialog = PreviewDialog(window, desk, made.paper.title, pdf, lambda: printouts.as_docx(made), "文书")
    dialog.show()
    rest(0.5)
    titles.add(dialog.windowTitle())
    printer = printer_for(dialog.windowTitle(), 1)
    printer.setOutputFileName(str(saved / "印出.pdf"))
    print_pages(printer, pdf)
    modals.choose(saved / "文书.docx")
    press(dialog, "存为 Word")
    dialog.close()


def _draft(session: Any, case_id: int, desk: Desk) -> Any:
    possible = papers.possible(session, cases.load(session, case_id), desk.today)
    return printouts.of_paper(session, next(p for p in possible if not p.gaps).paper(), draft=True)


def _keep_table(
    window: Window, desk: Desk, case_id: int, saved: Path, modals: Modals, titles: set[str]
) -> None:
    """A list kept as a file."""
    window._nav.buttons()[1].click()
    pane = window.figures.rosters
    window.figures.tabs.setCurrentWidget(pane)
    pane.choose("disputes")
    until(lambda: pane.rows)
    modals.choose(saved / "清单.csv")
    pane.keep.actions_of["csv"].trigger()
    until((saved / "清单.csv").exists)


def _ask_for_data(
    window: Window, desk: Desk, case_id: int, saved: Path, modals: Modals, titles: set[str]
) -> None:
    """One person's data, kept as a spreadsheet."""
    dialog = SubjectDialog(window, desk)
    dialog.show()
    dialog.name.setText(NEW["name"])
    dialog.number.setText(NEW["id_number"])
    dialog.checked.setText("核对居民身份证原件")
    dialog.sure.setChecked(True)
    dialog.main.click()
    until(lambda: dialog.table.words.lines)
    titles.add(dialog.windowTitle())
    modals.choose(saved / "复制件.xlsx")
    press(dialog, "存为表格")
    until((saved / "复制件.xlsx").exists)
    dialog.close()


def _crash() -> None:
    """A bug whose message quotes a party."""
    try:
        raise ValueError(f"{NEW['name']} {NEW['id_number']}")
    except ValueError as error:
        log.bug(error)


if __name__ == "__main__":
    main(*(Path(place) for place in sys.argv[1:]))
