"""A change of the office's own type is named as what it is; it changes no case of a closed period."""

from datetime import datetime

import pytest
from made_cases import MARCH, NOW, put
from sqlalchemy.orm import Session

from mediator.commands import period_words
from mediator.domain.codes import CommitteeType, Kind
from mediator.paper import text as plain
from mediator.services import closings, correction_slips, offices
from mediator.tallies.justice import JUSTICE
from mediator.tallies.table import Table
from mediator.tallies.team import TEAM


@pytest.mark.parametrize(
    ("table", "was", "now"),
    [(JUSTICE, (3, 0), (0, 4)), (TEAM, (1, 0), (0, 1))],
    ids=["justice", "team"],
)
def test_another_type_is_named_and_no_case_for_it(
    session: Session, table: Table, was: tuple[int, int], now: tuple[int, int]
) -> None:
    for _ in range(3):
        put(session, kind=Kind.LAND)
    offices.own(session).type = CommitteeType.VILLAGE
    closing = closings.close(session, table, *MARCH, by="王𬎆", now=NOW, notes={})
    offices.own(session).type = CommitteeType.COMMUNITY
    late = put(session, kind=Kind.FAMILY)
    found = {d.heading.name: d for d in closings.differences(session, closing)}
    village, community = found["type_village"], found["type_community"]
    assert (village.was, community.was) == was and (village.now, community.now) == now
    for change in (village, community):
        assert change.label == f"{change.heading.label}（调委会类型改了）"
        assert (change.gone, change.come, change.others) == ((), (), (0, 0))
    if table is TEAM:
        return
    assert found["total"].come == (late.uid,) and found["total"].label == "调解案件总数"
    later = datetime(2026, 4, 20, 9, 0)
    after = closings.correct(session, closing, reason="类型填错了。", by="王𬎆", now=later)
    assert "村调委会（调委会类型改了）" in plain.write(correction_slips.slip(session, closing, after))
    lines = list(
        period_words.lines(period_words.differences(session, closings.between(session, closing, after)))
    )
    assert "村调委会（调委会类型改了）\t3 → 0 件" in lines


def test_cases_that_come_to_an_empty_month_are_named(session: Session) -> None:
    closing = closings.close(session, JUSTICE, *MARCH, by="王𬎆", now=NOW)
    offices.own(session).type = CommitteeType.VILLAGE
    case = put(session)
    found = {d.heading.name: d for d in closings.differences(session, closing)}
    assert found["type_village"].come == (case.uid,) and not found["type_village"].cause
