"""Make the pictures of the README: the real window on practice data, and a printed agreement.

Run by ``make pictures``; needs no screen.
"""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlalchemy.orm import Session

    from mediator.ui.desk import Desk

ROOT = Path(__file__).parent.parent
TARGET = Path(__file__).parent / "pictures"
SIZE = (1366, 740)
CASES = 400

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["MEDIATOR_CARRIED_FONTS_ONLY"] = "1"
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Make them all."""
    from mediator.app import make_app
    from mediator.services import demo, setup
    from mediator.store.folder import Folder
    from mediator.ui.desk import Desk
    from mediator.ui.window import Window

    TARGET.mkdir(exist_ok=True)
    make_app()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        demo.make(Folder(folder), cases=CASES)
        engine, who = setup.enter(folder, demo.LOGIN, demo.PASSWORD)
        desk = Desk(engine, who)
        window = Window(desk, folder, practice=True)
        window.resize(*SIZE)
        window.show()
        shoot(window, "cases")
        chosen = desk.read(in_instalments)
        window.open_case(chosen)
        window.case.tabs.setCurrentWidget(window.case.agreement)
        shoot(window, "case")
        give_papers(desk, chosen)
        window.open_case(chosen)
        window.case.tabs.setCurrentWidget(window.case.papers)
        shoot(window, "papers")
        window._nav.buttons()[1].click()
        window.figures.tables.choice.choose("justice", date(2026, 1, 1), date(2026, 9, 30))
        window.figures.tables.count()
        shoot(window, "figures")
        paper(desk, chosen)
        engine.dispose()
    return 0


def in_instalments(session: "Session") -> int:
    """The newest settled case whose agreement is paid in instalments: the one with most to see."""
    from sqlalchemy import func, select

    from mediator.domain.agreement import Agreement, Instalment, Item
    from mediator.domain.case import Case
    from mediator.domain.codes import Stage

    several = select(Item.agreement_id).join(Instalment).group_by(Item.id).having(func.count() > 1)
    settled = (Case.stage == Stage.SETTLED) & Agreement.id.in_(several)
    found = select(Case.id).join(Agreement).where(settled).order_by(Case.id.desc())
    return session.scalars(found).first() or 1


def give_papers(desk: "Desk", case_id: int) -> None:
    """Issue some of what the file should have, and have the agreement signed in part."""
    from mediator.services import cases, papers, signing

    def issue(session: "Session") -> None:
        case = cases.load(session, case_id)
        some = papers.chosen(session, ["acceptance", "rights", "agreement"])
        papers.issue_all(session, case, some, by=desk.who, today=desk.today)
        agreement = next(paper for paper in case.papers if paper.form == "agreement")
        signing.sign(session, case, agreement, [0, 1], desk.today, by=desk.who, today=desk.today)

    desk.do(issue)


def shoot(window: "QWidget", name: str) -> None:
    """Keep the window as it looks once it has come to rest."""
    from PySide6.QtCore import QEventLoop, QTimer

    rest = QEventLoop()  # unlike a test's wait, it lets work in the background go on
    QTimer.singleShot(1500, rest.quit)
    rest.exec()
    window.grab().save(str(TARGET / f"{name}.png"))
    print(f"pictures/{name}.png")


def paper(desk: "Desk", case_id: int) -> None:
    """Keep the agreement as it is printed, its pages side by side."""
    from PySide6.QtGui import QPainter, QPixmap

    from mediator.forms.register import by_code
    from mediator.services import cases, papers, printouts
    from mediator.ui.printing import pages

    form = by_code("agreement")
    made = desk.read(lambda s: papers.draft(s, cases.load(s, case_id), form, None, today=desk.today))
    sheets = list(pages(printouts.as_pdf([printouts.Printout(made)]), 72))[:2]
    both = QPixmap(sum(sheet.width() + 12 for sheet in sheets) - 12, sheets[0].height())
    both.fill("#888888")
    painter = QPainter(both)
    for n, sheet in enumerate(sheets):
        painter.drawImage(n * (sheet.width() + 12), 0, sheet)
    painter.end()
    both.save(str(TARGET / "agreement.png"))
    print("pictures/agreement.png")


if __name__ == "__main__":
    sys.exit(main())
