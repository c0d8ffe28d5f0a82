"""研判报告: what the tables of a period say, in sentences and charts, with room for what only people can say.

Every figure in it is one of the tables' or lists', or the difference, share or growth of two of them. No official form of such
a report was found; order and words are this program's.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.calendar import in_words
from mediator.paper.blocks import Block, Heading, Lines, Note, Paper, Seal, Signature, Signatures, Title
from mediator.services import analysis_sections as sections
from mediator.services.analysis_facts import Facts, gather
from mediator.services.frozen import Frozen
from mediator.tallies.checks import Verdict

_ROOM = 6
"""Ruled lines for what the analyst writes."""


def report(session: Session, since: date, until: date, today: date) -> Paper:
    """The report of a period: tables as closed or as counted now, lists as on the day it is made."""
    facts = gather(session, since, until, today)
    office = facts.cases.figures.tally.reporter.name
    title = f"{facts.name.partition('（')[0]}矛盾纠纷分析研判报告"
    blocks: list[Block] = [
        Title(title),
        *sections.overview(facts, today), *sections.kinds(facts), *sections.sources(facts),
        *sections.outcomes(facts), *sections.risks(facts, today),
        Heading("六、原因分析"), Note("（由分析人填写）"), Lines(_ROOM),
        Heading("七、下一步打算"), Note("（由分析人填写）"), Lines(_ROOM),
        *(Note(words) for words in _notes(facts)),
        Signatures((Signature("分析人"), Signature("审核人"))),
        Seal(office, in_words(today)),
    ]  # fmt: skip
    return Paper("analysis", title, tuple(blocks), "", office)


def _notes(facts: Facts) -> Iterator[str]:
    """Where the figures come from, and what does not hold in them."""
    for tally, checks in (
        (facts.cases.figures.tally, facts.cases.figures.checks),
        (facts.stock.figures.tally, facts.stock.figures.checks),
        (facts.year, facts.year.checks()),
    ):
        state = "已结账" if isinstance(tally, Frozen) else "还没有结账，数字可能变动"
        yield f"数字取自《{tally.table.title}》，{tally.basis.label}统计，{state}。"
        for check in checks:
            if check.verdict is Verdict.FAILED:
                yield f"核对不符，请先改正：{check.words}。"
