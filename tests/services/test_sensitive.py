"""Sensitive cases: whose they are opens them, everybody else sees a number, and a reason opens them for a day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from audit_trail import colleague
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.audit import Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Role, Sensitivity
from mediator.domain.errors import Refusal
from mediator.domain.people import Party
from mediator.forms.work.book import BOOK
from mediator.paper import text
from mediator.services import (
    access,
    cases,
    documents,
    dossier,
    listing,
    offices,
    papers,
    parts,
    rosters,
    sensitive,
)
from mediator.services.listing import Wanted
from mediator.services.roster_list import ROSTERS
from mediator.services.sensitive import MASK, Sealed
from mediator.services.transaction import reading, transaction

TODAY = date(2026, 11, 21)
BOSS, LEAD, CLERK, OTHER, COUNTS = "陈志华", "李䶮", "记卷人王", "旁人·买买提", "统计赵"
CHILD = "周小满"
REASON = "派出所来人核对当事人住址，值班员不在。"


@pytest.fixture
def house(engine: Engine) -> Engine:
    """A sensitive case of a child, registered by one and led by another; an open one beside it; five people."""
    with Session(engine) as session, session.begin():
        for name, role in (
            (LEAD, Role.MEDIATOR), (CLERK, Role.MEDIATOR), (OTHER, Role.MEDIATOR), (COUNTS, Role.STATISTICIAN),
        ):  # fmt: skip
            offices.person(session, name).held = frozenset({role})
    for child, sensitivity in ((CHILD, "minor"), ("王𬎆", "")):
        with transaction(engine, CLERK) as session:
            raw = {
                "registered_on": "2026-11-01", "kind": "neighbour", "sensitivity": sensitivity,
                "summary": f"{child}被邻居家的狗咬了。", "occurred_place": "滨江路 12 号",
                "parties": [
                    {"side": "applicant", "name": child, "birth_on": "2015-05-01"},
                    {"side": "respondent", "name": "钱龘"},
                ],
            }  # fmt: skip
            case = documents.register(session, raw, by=CLERK, today=TODAY)
            parts.put(session, case, "assignments", {"staff": LEAD, "duty": "lead"}, by=CLERK)
    return engine


@contextmanager
def as_(engine: Engine, who: str) -> Iterator[Session]:
    with reading(engine, who) as session:
        yield session


@pytest.mark.parametrize("who", [BOSS, LEAD, CLERK, ""])
def test_whose_it_is_opens_it_and_sees_the_names(house: Engine, who: str) -> None:
    with as_(house, who) as session:
        assert cases.load(session, 1).parties[0].name == CHILD
        assert [row.applicants for row in listing.find(session, Wanted())] == ["王𬎆", CHILD]
        assert listing.number_of(session, Wanted(words=CHILD)) == 1


def test_others_are_refused_everywhere_but_see_the_number(house: Engine) -> None:
    with as_(house, OTHER) as session:
        number = session.get_one(Case, 1).number
        for verb in (
            lambda: cases.load(session, 1),
            lambda: cases.get(session, number),
            lambda: sensitive.view(session, 1),
        ):
            with pytest.raises(Sealed, match="是敏感案件") as refused:
                verb()
            assert (refused.value.case_id, refused.value.number) == (1, number)
        assert cases.load(session, 2).parties[0].name == "王𬎆"
        rows = listing.find(session, Wanted())
        assert [(row.number, row.applicants, row.respondents) for row in rows][1] == (number, MASK, "")


@pytest.mark.parametrize(("words", "found"), [
    (CHILD, []), ("满", []), ("狗咬", [2]), ("滨江路 12", [2]), ("钱龘", [2]), ("第001号", [1]), ("(2026)滨江人调字第001号", [1]),
])  # fmt: skip
def test_a_search_does_not_give_away_who_is_in_it(house: Engine, words: str, found: list[int]) -> None:
    with as_(house, OTHER) as session:
        assert [row.id for row in listing.find(session, Wanted(words=words))] == found
        assert listing.number_of(session, Wanted(words=words)) == len(found)


def test_no_list_and_no_register_says_a_name(house: Engine) -> None:
    with as_(house, OTHER) as session:
        number = session.get_one(Case, 1).number
        seen = 0
        for roster in ROSTERS:
            lines = [repr(row.cells) for row in rosters.page(session, roster, TODAY)]
            of_it = [line for line in lines if number in line]
            seen += len(of_it)
            assert all(CHILD not in line and "狗" not in line and MASK in line for line in of_it), roster.code
            assert not any(CHILD in line for line in lines)
        assert seen >= 2
        asked = {"since": "2026-01-01", "until": "2026-12-31"}
        words = text.write(_book(session, asked))
        assert number in words and MASK in words and CHILD not in words and "王𬎆" in words
        assert LEAD in words
    with as_(house, BOSS) as session:
        assert CHILD in text.write(_book(session, asked))


def _book(session: Session, asked: dict[str, str]) -> Any:
    from mediator.services import particulars

    kept = particulars.fill(session, None, BOOK, None, asked, by=BOSS)
    return papers.one(session, None, BOOK, None, today=TODAY, filled=kept).paper()


def test_what_is_bound_for_a_period_leaves_it_out(house: Engine) -> None:
    with Session(house) as session, session.begin():
        for case in session.scalars(select(Case)):
            case.closed_on = TODAY
    for who, wanted in ((OTHER, [2]), (LEAD, [1, 2])):
        with as_(house, who) as session:
            assert dossier.closed(session, TODAY, TODAY) == wanted


def test_one_who_stepped_aside_is_one_of_the_others(house: Engine) -> None:
    with Session(house) as session, session.begin():
        session.get_one(Case, 1).assignments[0].recusal = "申请人的舅舅"
    with as_(house, LEAD) as session, pytest.raises(Sealed):
        cases.load(session, 1)


def test_a_reason_opens_it_for_the_day_and_the_audit_keeps_it(house: Engine) -> None:
    for reason in ("", "   ", "看一下", "查 看 一 下 的"):
        with pytest.raises(Refusal, match="至少 10 个字"), transaction(house, OTHER) as session:
            sensitive.override(session, 1, reason)
    with transaction(house, OTHER) as session:
        sensitive.override(session, 1, REASON)
    with transaction(house, OTHER) as session:
        sensitive.view(session, 1)
        assert cases.load(session, 1).parties[0].name == CHILD
        assert listing.find(session, Wanted())[1].applicants == CHILD
        assert [row.id for row in listing.find(session, Wanted(words=CHILD))] == [1]
    with as_(house, colleague(house, "又一个马")) as session, pytest.raises(Sealed):
        cases.load(session, 1)
    with Session(house) as session:
        kept = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(2)).all()
        assert [(e.by, e.action, e.case_id) for e in kept] == [
            (OTHER, Action.VIEWED, 1), (OTHER, Action.OVERRODE, 1),
        ]  # fmt: skip
        assert kept[1].reason == REASON and CHILD not in kept[0].detail


def test_a_reason_of_yesterday_opens_nothing(house: Engine) -> None:
    with Session(house) as session, session.begin():
        yesterday = datetime.now() - timedelta(days=1)
        session.add(Entry(at=yesterday, by=OTHER, action=Action.OVERRODE, case_id=1, reason=REASON))
    with as_(house, OTHER) as session, pytest.raises(Sealed):
        cases.load(session, 1)


def test_looking_at_an_open_case_leaves_no_trace(house: Engine) -> None:
    with Session(house) as session:
        before = len(session.scalars(select(Entry)).all())
    with transaction(house, OTHER) as session:
        sensitive.view(session, 2)
        sensitive.view(session, 999)
    with Session(house) as session:
        assert len(session.scalars(select(Entry)).all()) == before


def test_who_does_not_work_on_cases_sees_no_name_of_any(house: Engine) -> None:
    with as_(house, COUNTS) as session:
        assert {row.applicants for row in listing.find(session, Wanted())} == {sensitive.NO_WORK}
        assert listing.find(session, Wanted(words="王𬎆")) == []
    verbs: list[Callable[[Session], object]] = [
        lambda s: cases.load(s, 1), lambda s: cases.load(s, 2), lambda s: sensitive.override(s, 1, REASON),
        lambda s: documents.register(s, {"registered_on": "2026-11-01"}, by=COUNTS, today=TODAY),
    ]  # fmt: skip
    for verb in verbs:
        with pytest.raises(Refusal, match="您的账号不能办理案件"), transaction(house, COUNTS) as session:
            verb(session)


def test_a_minor_makes_it_proposed_and_a_person_decides(house: Engine) -> None:
    with transaction(house, LEAD) as session:
        case = cases.load(session, 2)
        assert "王𬎆" in sensitive.proposal(case, TODAY)
        sensitive.decline(session, case)
    with as_(house, LEAD) as session:
        assert sensitive.proposal(cases.load(session, 2), TODAY) == ""
        assert sensitive.proposal(cases.load(session, 1), TODAY) == ""
    grown = Case(registered_on=TODAY, parties=[Party(name="成年人", birth_on=date(2008, 11, 21))])
    assert sensitive.proposal(grown, TODAY) == ""
    grown.parties[0].birth_on = date(2008, 11, 22)
    assert "成年人" in sensitive.proposal(grown, TODAY)
    with transaction(house, LEAD) as session:
        case = cases.load(session, 2)
        cases.amend(session, case, {"sensitivity": "minor"}, by=LEAD)
        assert case.sensitivity is Sensitivity.MINOR
    with as_(house, OTHER) as session, pytest.raises(Sealed):
        cases.load(session, 2)


def test_nobody_is_asked_where_a_session_is_nobodys(house: Engine) -> None:
    with Session(house) as session:
        assert sensitive.veil(session) is None
        assert access.at_work(session) is None
        assert cases.load(session, 1).parties[0].name == CHILD
