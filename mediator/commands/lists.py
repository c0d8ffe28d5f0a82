"""What ``mediator tally`` gives besides the counted tables: the current lists (清单), the account of pay per case, the analysis."""

from datetime import date
from typing import TYPE_CHECKING

from mediator.commands import data, files, say
from mediator.commands.command import Given
from mediator.commands.parser import Usage
from mediator.services import analysis, rosters, sheets, subsidies
from mediator.services.roster_list import ROSTERS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.exchange.roster_sheet import Sheet

ANALYSIS = "analysis"
TITLES = {
    **{roster.code: roster.title for roster in ROSTERS},
    subsidies.CODE: subsidies.TITLE,
    ANALYSIS: "矛盾纠纷研判报告",
}
"""By their codes; the lists are as of today, the other two are of a period."""


def run(given: Given) -> int:
    """Give one of them as words, as JSON or as a file."""
    today = date.today()
    if given.table in (subsidies.CODE, ANALYSIS) and not (given.since and given.until):
        raise Usage(f"“{given.table}”要写明 --from 和 --until。")
    if given.drill:
        raise Usage("--drill 只用于统计表；请去掉它。")
    with data.at_work(given) as session:
        if given.table == ANALYSIS:
            return _analyse(session, given, today)
        sheet = _sheet(session, given, today)
    if given.to:
        files.make(given.to.parent)
        files.write(given.to, [sheets.write(sheet, _suffix(given))])
    words = [f"已存成“{given.to}”。"] if given.to else ["\t".join(map(str, row)) for row in sheet.rows]
    say.say(given, sheets.as_document(sheet), words)
    return 0


def _sheet(session: "Session", given: Given, today: date) -> "Sheet":
    if given.table == subsidies.CODE:
        account = subsidies.checked(session, subsidies.count(session, given.since, given.until))
        return subsidies.sheet(account)
    return rosters.sheet(session, rosters.by_code(ROSTERS, given.table), today)


def _analyse(session: "Session", given: Given, today: date) -> int:
    from mediator.paper import text
    from mediator.services.printouts import Printout, as_docx, as_pdf

    paper = analysis.report(session, given.since, given.until, today)
    words = text.write(paper)
    if given.to:
        if _suffix(given) not in ("pdf", "docx"):
            raise Usage("研判报告只能存成 .docx 或 .pdf 文件。")
        content = as_pdf([Printout(paper)]) if _suffix(given) == "pdf" else as_docx(Printout(paper))
        files.make(given.to.parent)
        files.write(given.to, [content])
    lines = [f"已存成“{given.to}”。"] if given.to else words.splitlines()
    say.say(given, {"title": paper.title, "words": words}, lines)
    return 0


def _suffix(given: Given) -> str:
    return str(given.to.suffix.lower().removeprefix("."))
