"""What ``mediator tally`` gives besides the counted tables: the current lists (清单), the account of pay per case, the analysis."""

from datetime import date
from typing import TYPE_CHECKING

from mediator.commands import data, files, say
from mediator.commands.command import Given
from mediator.commands.parser import Usage
from mediator.exchange.roster_sheet import shown
from mediator.services import analysis, closing_chain, rosters, sheets, subsidies, subsidy_closings
from mediator.services.roster_list import ROSTERS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from mediator.exchange.roster_sheet import Sheet

    Made = tuple[Sheet, dict[str, object]]
    """A list, and what its JSON has besides."""

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
    for name in ("drill", "questioned"):
        if getattr(given, name):
            raise Usage(f"--{name} 只用于统计表；请去掉它。")
    suffix = files.suffix(given.to) if given.to else ""
    if given.table == ANALYSIS:
        return _analyse(given, suffix, today)
    with data.at_work(given) as session:
        sheet, also = (
            _account(session, given) if given.table == subsidies.CODE else _roster(session, given, today)
        )
        if given.to:
            files.keep(session, given.to, TITLES[given.table], sheets.write(sheet, suffix))
    words = [*sheet.about, *("\t".join(map(shown, row)) for row in (sheet.heads, *sheet.rows)), *sheet.notes]
    say.say(given, sheets.as_document(sheet) | also, files.saved(given.to) or words)
    return 0


def _roster(session: "Session", given: Given, today: date) -> "Made":
    return rosters.sheet(session, rosters.by_code(ROSTERS, given.table), today), {}


def _account(session: "Session", given: Given) -> "Made":
    """The account of pay per case as it was closed, and only while the period is open as it is counted now."""
    closing = closing_chain.standing(session, subsidies.CODE, given.since, given.until)
    account = subsidy_closings.shown(session, given.since, given.until)
    return subsidies.sheet(account), {"closed": closing_chain.record(closing) if closing else None}


def _analyse(given: Given, suffix: str, today: date) -> int:
    from mediator.paper import text
    from mediator.services.printouts import Printout, as_docx, as_pdf

    if given.to and suffix not in ("pdf", "docx"):
        raise Usage("研判报告只能存成 .docx 或 .pdf 文件。")
    with data.at_work(given) as session:
        paper = analysis.report(session, given.since, given.until, today)
        if given.to:
            content = as_pdf([Printout(paper)]) if suffix == "pdf" else as_docx(Printout(paper))
            files.keep(session, given.to, TITLES[ANALYSIS], content)
    words = text.write(paper)
    say.say(given, {"title": paper.title, "words": words}, files.saved(given.to) or words.splitlines())
    return 0
