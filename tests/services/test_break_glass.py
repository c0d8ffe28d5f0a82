"""Who looks at a sensitive case for a reason reads it and no more; nobody is barred by making one sensitive; void ones."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from audit_trail import TODAY, colleague
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import MaterialKind, Role
from mediator.domain.errors import Refusal
from mediator.forms.work.book import BOOK
from mediator.services import (
    cases,
    discards,
    documents,
    dossier,
    materials,
    papers,
    particulars,
    parts,
    printouts,
    sensitive,
)
from mediator.services.transaction import reading, transaction

BOSS, CLERK, NOSY = "陈志华", "记卷人王", "窥探者·买买提"
CHILD = "周小满"
REASON = "派出所来人核对当事人住址，值班员不在。"


@pytest.fixture
def case_id(engine: Engine) -> int:
    """A sensitive case of a child, registered by one; another looks in for a reason."""
    for name in (CLERK, NOSY):
        colleague(engine, name)
    return entered(engine, "minor")


def entered(engine: Engine, sensitivity: str, child: str = CHILD) -> int:
    raw: dict[str, Any] = {
        "registered_on": "2026-11-01", "kind": "neighbour", "sensitivity": sensitivity, "summary": "被狗咬了。",
        "parties": [{"side": "applicant", "name": child}, {"side": "respondent", "name": "钱龘"}],
    }  # fmt: skip
    with transaction(engine, CLERK) as session:
        return documents.register(session, raw, by=CLERK, today=TODAY).id


@pytest.mark.parametrize("verb", [
    lambda s, c: cases.amend(s, c, {"sensitivity": ""}, by=NOSY),
    lambda s, c: cases.amend(s, c, {"summary": "改过"}, by=NOSY),
    lambda s, c: parts.put(s, c, "assignments", {"staff": NOSY, "duty": "lead"}, by=NOSY),
    lambda s, c: parts.drop(s, c, "parties", c.parties[0].id, by=NOSY),
    sensitive.decline,
    cases.touch,
])  # fmt: skip
def test_a_reason_lets_one_read_and_change_nothing(engine: Engine, case_id: int, verb: Any) -> None:
    with transaction(engine, NOSY) as session:
        sensitive.override(session, case_id, REASON)
    for _again in range(2):
        with reading(engine, NOSY) as session:
            assert cases.load(session, case_id).parties[0].name == CHILD
        with pytest.raises(Refusal, match="只能看，不能改"), transaction(engine, NOSY) as session:
            case = cases.load(session, case_id)
            sensitive.view(session, case_id)
            verb(session, case)
    with reading(engine, BOSS) as session:
        case = cases.load(session, case_id)
        assert (case.sensitivity is not None, case.summary, case.assignments) == (True, "被狗咬了。", [])


@pytest.mark.parametrize("who", [BOSS, CLERK])
def test_whose_it_is_changes_it(engine: Engine, case_id: int, who: str) -> None:
    with transaction(engine, who) as session:
        cases.amend(session, cases.load(session, case_id), {"sensitivity": ""}, by=who)


def test_who_makes_a_case_sensitive_goes_on_with_it(engine: Engine, case_id: int) -> None:
    with transaction(engine, CLERK) as session:
        cases.amend(session, cases.load(session, case_id), {"sensitivity": ""}, by=CLERK)
    with transaction(engine, NOSY) as session:
        cases.amend(session, cases.load(session, case_id), {"sensitivity": "minor"}, by=NOSY)
    with transaction(engine, NOSY) as session:
        cases.amend(session, cases.load(session, case_id), {"summary": "接着写"}, by=NOSY)
    other = colleague(engine, "旁人")
    with reading(engine, other) as session, pytest.raises(sensitive.Sealed):
        cases.load(session, case_id)


@pytest.mark.parametrize(("role", "seen"), [
    (Role.LEADER, [True, True]), (Role.MEDIATOR, [False, True]), (Role.STATISTICIAN, [False, False]),
    (Role.ADMINISTRATOR, [False, False]), (Role.AUDITOR, [False, False]), (Role.RECEIVER, [False, False]),
])  # fmt: skip
def test_void_cases_say_no_name_to_those_who_may_not_know(
    engine: Engine, case_id: int, role: Role, seen: list[bool]
) -> None:
    plain = entered(engine, "", "王𬎆")
    for each in (case_id, plain):
        with transaction(engine, BOSS) as session:
            discards.discard(session, cases.load(session, each), reason="和周小满、王𬎆的重复", today=TODAY)
    reader = colleague(engine, "看的人", role)
    with reading(engine, reader) as session:
        found = {void.case_id: void for void in discards.all_of(session)}
    for each, name, open_ in zip((case_id, plain), (CHILD, "王𬎆"), seen, strict=True):
        void = found[each]
        assert (name in void.name, bool(void.reason)) == (open_, open_), void
        assert void.number


def test_void_cases_are_bound_into_no_file_and_stand_in_no_register(engine: Engine, case_id: int) -> None:
    plain = entered(engine, "", "王𬎆")
    with Session(engine) as session, session.begin():
        for case in session.scalars(select(Case)):
            case.closed_on = TODAY
    with transaction(engine, BOSS) as session:
        case = session.get_one(Case, plain)
        case.discarded_on = TODAY
    with reading(engine, BOSS) as session:
        assert dossier.closed(session, TODAY, TODAY) == [case_id]
        sheet = papers.sheet(session, None, BOOK, None, TODAY, _asked(session))
        assert [one.id for one in sheet.cases] == [case_id]


def _asked(session: Session, by: str = BOSS) -> Any:
    asked = {"since": "2026-01-01", "until": "2026-12-31"}
    return particulars.fill(session, None, BOOK, None, asked, by=by)


def test_an_issued_register_is_shown_to_who_may_know_the_names(engine: Engine, case_id: int) -> None:
    with transaction(engine, BOSS) as session:
        full = papers.issue_of_office(session, BOOK, _asked(session), by=BOSS, today=TODAY).id
    with transaction(engine, NOSY) as session:
        veiled = papers.issue_of_office(session, BOOK, _asked(session, NOSY), by=NOSY, today=TODAY).id
    counts = colleague(engine, "统计赵", Role.STATISTICIAN)
    for who, paper, shown in (
        (BOSS, full, True), (CLERK, full, True), (NOSY, full, False), (counts, full, False), (NOSY, veiled, True),
    ):  # fmt: skip
        with reading(engine, who) as session:
            issued = next(one for one in papers.of_office(session) if one.id == paper)
            if shown:
                printouts.of_issued(session, issued)
            else:
                with pytest.raises(Refusal, match="看不到的案件的姓名"):
                    printouts.of_issued(session, issued)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.RECEIVER, Role.ADMINISTRATOR])
def test_who_does_no_work_issues_no_register(engine: Engine, case_id: int, role: Role) -> None:
    reader = colleague(engine, "看的人", role)
    with pytest.raises(Refusal, match="您的账号不能"), transaction(engine, reader) as session:
        papers.issue_of_office(session, BOOK, _asked(session, reader), by=reader, today=date.today())


def test_nothing_is_laid_to_a_case_by_a_reader(engine: Engine, case_id: int, tmp_path: Path) -> None:
    with transaction(engine, NOSY) as session:
        sensitive.override(session, case_id, REASON)
    file = materials.Admitted("件.png", b"x", "image/png", 1)
    with pytest.raises(Refusal, match="只能看"), transaction(engine, NOSY) as session:
        materials.add(session, cases.load(session, case_id), file, MaterialKind.EVIDENCE, by=NOSY)
