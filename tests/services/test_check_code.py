"""The check code of the audit (审计记录校验码) at the foot of closed tables: of the day of closing, and found again later."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from audit_trail import BY, meddle, worked
from made_cases import MARCH, NOW, put
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mediator.domain.codes import Kind, Level
from mediator.domain.figures import Closing
from mediator.paper import text
from mediator.paper.blocks import Note, Paper, Signatures, plain
from mediator.services import (
    checkpoints,
    closing_chain,
    closings,
    correction_slips,
    figures,
    judging,
    printouts,
    sheets,
    subsidies,
    subsidy_closings,
    subsidy_slips,
)  # fmt: skip
from mediator.services.printouts import Printout
from mediator.services.transaction import reading, transaction
from mediator.tallies.justice import JUSTICE

LATER = datetime(2026, 4, 20, 15, 0, 7)


def foot(paper: Paper) -> str:
    """The line right before the places to sign."""
    place = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Signatures))
    last = paper.blocks[place - 1]
    assert isinstance(last, Note)
    return plain(last.text)


def printed(session: Session) -> Paper:
    return figures.as_paper(judging.judged(session, figures.shown(session, JUSTICE, *MARCH)))


def at_closing(session: Session) -> tuple[str, Closing]:
    """The line that the closing ought to print, and the closing."""
    wanted = checkpoints.printed(*checkpoints.reached(session)) + "。"
    put(session, kind=Kind.FAMILY)
    return wanted, closings.close(session, JUSTICE, *MARCH, by=BY, now=NOW)


def test_a_closed_table_prints_it_as_it_was_when_it_was_closed(engine: Engine) -> None:
    worked(engine)
    with transaction(engine, BY) as session:
        assert "校验码" not in text.write(printed(session))
        wanted, _closing = at_closing(session)
    worked(engine)
    with reading(engine, BY) as session:
        first = printed(session)
    assert foot(first) == wanted and wanted.startswith("审计记录校验码：第 4 条，")
    worked(engine)
    with reading(engine, BY) as session:
        assert printed(session) == first
        assert checkpoints.passing_short(session, wanted).words.startswith("这是第 4 条的校验码，现在的")
    docx = ZipFile(BytesIO(printouts.as_docx(Printout(first)))).read("word/document.xml").decode()
    assert wanted.removesuffix("。").split("，")[1] in docx
    with reading(engine, BY) as session:
        shown = judging.judged(session, figures.shown(session, JUSTICE, *MARCH))
        book = ZipFile(BytesIO(figures.write(shown, "xlsx")))
        assert wanted in book.read("xl/sharedStrings.xml").decode()


def test_a_correction_prints_its_own_and_leaves_the_first_what_it_was(engine: Engine) -> None:
    worked(engine)
    with transaction(engine, BY) as session:
        wanted, closing = at_closing(session)
    with transaction(engine, BY) as session:
        put(session, kind=Kind.LAND)
        now = checkpoints.printed(*checkpoints.reached(session)) + "。"
        after = closings.correct(session, closing, reason="漏记一件。", by=BY, now=LATER)
        slip = correction_slips.slip(session, closing, after)
    assert foot(slip) == now != wanted == closing_chain.check_code(closing)
    with reading(engine, BY) as session:
        assert foot(printed(session)) == now


def test_the_account_of_pay_prints_it_too(engine: Engine) -> None:
    worked(engine)
    with transaction(engine, BY) as session:
        wanted = checkpoints.printed(*checkpoints.reached(session)) + "。"
        put(session, level=Level.SIMPLE)
        was = subsidy_closings.close(session, *MARCH, by=BY, now=NOW, notes=_notes(session))
    with transaction(engine, BY) as session:
        account = subsidy_closings.shown(session, *MARCH)
        for sheet in (subsidies.sheet(account), subsidies.details(account)):
            assert wanted in text.write(sheets.as_paper(sheet))
        put(session, level=Level.SIMPLE, lead="王𬎆")
        after = subsidy_closings.correct(
            session, was, reason="漏记。", by=BY, now=LATER, notes=_notes(session)
        )
        assert foot(subsidy_slips.slip(was, after)) == closing_chain.check_code(after) != wanted


def _notes(session: Session) -> dict[str, str]:
    account = subsidies.checked(session, subsidies.count(session, *MARCH))
    return dict.fromkeys(account.doubts, "已核实。")


def test_where_there_is_no_entry_there_is_no_code(session: Session) -> None:
    meddle(session.get_bind(), "delete from entry")  # type: ignore[arg-type]
    _wanted, closing = at_closing(session)
    assert closing_chain.check_code(closing) == "" and "校验码" not in text.write(printed(session))


@pytest.mark.parametrize("around", ["{}", "审计记录校验码：{}。", "{}。", "  {}  "])
def test_the_printed_line_is_understood_however_much_of_it_is_typed(engine: Engine, around: str) -> None:
    worked(engine)
    with reading(engine, BY) as session:
        size, head = checkpoints.reached(session)
        words = f"第 {size} 条，{checkpoints.shortened(head)}"
        assert checkpoints.passing_short(session, around.format(words)).holds
        wrong = checkpoints.passing_short(session, around.format(words.replace("第 4 条", "第3条")))
        assert not wrong.holds and "是第 4 条的校验码，不是第 3 条的" in wrong.words
