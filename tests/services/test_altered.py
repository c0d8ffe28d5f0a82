"""A sum of a closed period that moved though no case came or went: the case that was changed is named."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from made_cases import MARCH
from sqlalchemy import Engine

from mediator.domain.case import Case
from mediator.domain.codes import Outcome
from mediator.paper import text as plain
from mediator.services import cases, closings, correction_slips, documents, setup
from mediator.services.demo import OFFICE
from mediator.services.transaction import reading, transaction
from mediator.tallies.justice import JUSTICE

BY = "王𬎆"
TODAY = date(2026, 4, 20)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = setup.found(tmp_path / "desk", BY, "一条很长的江边小路 2026", OFFICE)
    yield engine
    engine.dispose()


def test_the_case_whose_people_changed_is_named_and_no_other(engine: Engine) -> None:
    ids = []
    with transaction(engine, BY) as session:
        for day in (3, 9):
            raw = {"registered_on": f"2026-03-0{day}", "kind": "neighbour", "summary": "漏水",
                   "parties": [{"name": "䶮某"}, {"name": "𪚥氏", "side": "respondent"}]}  # fmt: skip
            case = documents.register(session, raw, by=BY, today=TODAY)
            case.concluded_on, case.outcome, case.accepted_on = (
                date(2026, 3, 20),
                Outcome.ORAL,
                date(2026, 3, 10),
            )
            ids.append(case.id)
    with transaction(engine, BY) as session:
        closing = closings.close(session, JUSTICE, *MARCH, by=BY, now=datetime.now())
        closing_id = closing.id
    with transaction(engine, BY) as session:
        cases.amend(session, cases.load(session, ids[1]), {"people": "99"}, by=BY, reason="漏计")
    with reading(engine, BY) as session:
        closing = session.get_one(type(closing), closing_id)
        changed = session.get_one(Case, ids[1])
        found = closings.differences(session, closing)
        people = next(d for d in found if d.heading.label.startswith("涉及当事人"))
        assert (people.was, people.now) == (4, 101)
        assert people.altered == (changed.uid,)
        assert all(d.gone == d.come == () for d in found)
        number = changed.number
    with transaction(engine, BY) as session:
        closing = session.get_one(type(closing), closing_id)
        after_id = closings.correct(session, closing, reason="漏计人数", by=BY, now=datetime.now()).id
    with reading(engine, BY) as session:
        closing, after = (session.get_one(type(closing), each) for each in (closing_id, after_id))
        words = plain.write(correction_slips.slip(session, closing, after))
    assert f"里结账以后改过内容的案件：{number}" in words
