"""更正单: both figures, the reason once, and every case by its number, also where cases changed places."""

from datetime import datetime

import pytest
from made_cases import MARCH, NOW, day, put
from sqlalchemy.orm import Session

from mediator.domain.codes import Kind, Outcome
from mediator.domain.figures import Closing, Screening
from mediator.paper.blocks import Listing, Note, Paper, Signatures, plain
from mediator.services import closings, correction_slips
from mediator.tallies.justice import JUSTICE

LATER = datetime(2026, 4, 20, 15, 0, 7)


@pytest.fixture
def closed(session: Session) -> Closing:
    """March closed with eleven cases."""
    for n in range(11):
        put(session, f"03-{n + 10}", kind=Kind.LAND if n % 2 else Kind.FAMILY)
    return closings.close(session, JUSTICE, *MARCH, by="王𬎆", now=NOW)


def slip(session: Session, closed: Closing, reason: str = "台账核对时发现。") -> Paper:
    session.flush()
    after = closings.correct(session, closed, reason=reason, by="马𬎆英", now=LATER)
    return correction_slips.slip(session, closed, after)


def table(paper: Paper) -> list[list[str]]:
    [listing] = [block for block in paper.blocks if isinstance(block, Listing)]
    return [[plain(cell) for cell in row] for row in (listing.head, *listing.rows)]


def notes(paper: Paper) -> list[str]:
    return [plain(block.text) for block in paper.blocks if isinstance(block, Note)]


def words(paper: Paper) -> str:
    from mediator.paper import text

    return text.write(paper)


def test_the_cases_are_named_below_the_table_and_the_reason_stands_once(
    session: Session, closed: Closing
) -> None:
    late = [put(session, kind=Kind.LABOUR, outcome=Outcome.WRITTEN) for _ in range(2)]
    paper = slip(session, closed)
    assert table(paper)[0] == ["组别", "项目", "单位", "原报数", "更正数", "增减"]
    assert ["调解情况", "调解案件总数", "件", "11", "13", "+2"] in table(paper)
    told = words(paper)
    assert told.count("台账核对时发现") == 1 and "更正原因：台账核对时发现。" in told
    [line] = [note for note in notes(paper) if note.startswith("涉及案件：")]
    assert line.startswith(
        f"涉及案件：{late[0].number}、{late[1].number}，计入“调解案件总数”、“涉及当事人数”、"
    )
    assert (
        line.endswith("等 7 项。")
        and "第一次更正，2026年4月20日由马𬎆英经手，代替2026年4月2日结账的数字。" in told
    )
    [places] = [block for block in paper.blocks if isinstance(block, Signatures)]
    assert places.together and not paper.lying


def test_cases_that_changed_places_make_no_rows_of_figures_that_are_the_same(
    session: Session, closed: Closing
) -> None:
    goes = put(session, "03-30", kind=Kind.LAND)
    first = slip(session, closed)
    assert ["案件分类情况", "山林土地纠纷", "件", "5", "6", "+1"] in table(first)
    second = closings.standing(session, JUSTICE, *MARCH)
    assert second is not None
    goes.concluded_on = day("04-01")
    comes = put(session, "03-29", kind=Kind.LAND)
    session.flush()
    third = closings.correct(session, second, reason="日期登错。", by="王𬎆", now=LATER)
    paper = correction_slips.slip(session, second, third)
    assert not [block for block in paper.blocks if isinstance(block, Listing)], "no figure has changed"
    told = notes(paper)
    assert any(note.startswith(f"涉及案件：{goes.number}，不再计入“调解案件总数”") for note in told)
    assert any(note.startswith(f"涉及案件：{comes.number}，计入“调解案件总数”") for note in told)
    assert any("项数字不变，背后的案件有增有减，见涉及案件。" in note for note in told)


def test_a_case_that_is_gone_for_good_is_told_too(session: Session, closed: Closing) -> None:
    lost = put(session, kind=Kind.LABOUR)
    after = closings.correct(session, closed, reason="漏登。", by="王𬎆", now=LATER)
    session.delete(lost)
    session.flush()
    again = closings.correct(session, after, reason="重复登记，已删除。", by="王𬎆", now=LATER)
    told = notes(correction_slips.slip(session, after, again))
    assert any(note.startswith("涉及案件：已经不在的案件 1 件，不再计入") for note in told)


def test_reasons_written_item_by_item_stand_beside_their_items(session: Session, closed: Closing) -> None:
    put(session, kind=Kind.LABOUR)
    session.add(Screening(screened_on=day("03-05")))
    reason = "排查纠纷：漏记一次。\n其余是补录的案件\n其他劳动争议纠纷：补录。"
    paper = slip(session, closed, reason)
    rows = {row[1]: row[-1] for row in table(paper)}
    assert (rows["项目"], rows["排查纠纷"], rows["其他劳动争议纠纷"], rows["调解案件总数"]) == (
        "更正原因", "漏记一次。", "补录。", "",
    )  # fmt: skip
    assert "更正原因：其余是补录的案件。" in words(paper)
    assert "“排查纠纷”背后的记录增加 1 条。" in notes(paper)


def test_long_amounts_lie_rather_than_break(session: Session, closed: Closing) -> None:
    put(session, kind=Kind.LABOUR, outcome=Outcome.WRITTEN, amount=9_876_543_210_00)
    paper = slip(session, closed)
    assert ["调解情况", "协议涉及金额", "元", "0.00", "9876543210.00", "+9876543210.00"] in table(paper)
    assert paper.lying
