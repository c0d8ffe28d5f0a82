"""The justice table against hand-counted cases and against a recount that shares no code with it."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import Basis, Code, Kind, Level, Outcome, Performance, Referrer, Source
from mediator.domain.errors import Refusal
from mediator.tallies.count import count, drill
from mediator.tallies.justice import JUSTICE
from mediator.tallies.table import Verdict
from mediator.tallies.tally import Reporter, Tally, add

C = TypeVar("C", bound=Code)
MARCH = date(2026, 3, 1), date(2026, 3, 31)

CASES = """
02-20 03-01 family       application -             general written      2   1500000 full
03-01 03-31 neighbour    initiative  -             simple  oral         3         - -
03-02 03-05 neighbour    initiative  -             simple  oral         2        50 full
03-03 03-03 neighbour    application -             general written      4    333333 part
03-04 03-20 traffic      referral    police        hard    written      5   8000001 full
03-05 03-25 traffic      referral    police        general partial      2    100000 none
03-06 03-28 traffic      referral    court         major   written      7 120000000 full
03-07 03-30 medical      referral    petition      major   none         9    777777 full
03-08 03-31 migrant_wage referral    police        hard    written     41  65432100 part
03-09 03-19 migrant_wage application -             hard    litigation  11         - -
03-10 03-12 labour       application -             general withdrawn    2         - -
03-11 03-15 ecommerce    initiative  -             simple  written      2     12345 full
03-12 03-16 consumer     application -             simple  oral         2       990 full
03-13 03-17 tourism      referral    other         general written      -    200000 -
03-14 04-01 property     application -             general written      2    500000 full
02-15 02-28 housing      application -             general written      2    900000 full
03-15 -     family       application -             general -            2         - -
-     03-18 damage       initiative  -             general written      3     70000 full
04-01 04-02 land         application -             hard    written      6         1 full
03-16 03-22 other        referral    procuratorate general ended        2         - -
03-17 03-23 contract     referral    court         general transferred  3         - -
03-18 03-24 business     application -             general written      2    250000 full
03-19 03-26 demolition   application -             major   written     15 300000000 none
03-20 03-27 pollution    initiative  -             hard    oral         8         - part
02-27 03-29 neighbour    initiative  -             general written      2     64000 full
03-31 03-31 neighbour    application -             general written      2      8800 full
02-26 03-10 family       application -             major   -            2         - -
"""
"""Days of acceptance and result, kind, source, referrer, level, outcome, people, 分 of the agreement, performance."""

BY_RESULT = {
    "total": 22, "people": 129, "settled": 17, "hard": 7, "amount": 495971619,
    "source_initiative": 6, "source_application": 8, "source_referral": 8,
    "referrer_court": 2, "referrer_procuratorate": 1, "referrer_police": 3, "referrer_petition": 1, "referrer_other": 1,
    "kind_family": 1, "kind_neighbour": 5, "kind_housing": 0, "kind_contract": 1, "kind_business": 1, "kind_damage": 1,
    "kind_land": 0, "kind_demolition": 1, "kind_pollution": 1, "kind_migrant_wage": 2, "kind_labour": 1, "kind_tourism": 1,
    "kind_ecommerce": 1, "kind_consumer": 1, "kind_medical": 1, "kind_traffic": 3, "kind_property": 0, "kind_other": 1,
    "oral": 4, "written": 13, "performed": 10,
}  # fmt: skip
"""March by day of result, counted by hand."""


@dataclass(frozen=True)
class Plain:
    """A case as a recount by hand sees it."""

    accepted: date | None
    concluded: date | None
    kind: str | None
    source: str
    referrer: str | None
    level: str
    outcome: str | None
    people: int | None
    amount: int | None
    performance: str | None
    agreement: bool = True


def plain(line: str) -> Plain:
    words = [None if word == "-" else word for word in line.split()]
    accepted, concluded = [date.fromisoformat(f"2026-{word}") if word else None for word in words[:2]]
    people, amount = [int(word) if word else None for word in words[7:9]]
    kind, source, referrer, level, outcome = words[2:7]
    assert source and level
    return Plain(
        accepted, concluded, kind, source, referrer, level, outcome, people, amount, words[9]
    )  # fmt: skip


def code(codes: type[C], value: str | None) -> C | None:
    return next((entry for entry in codes if entry.value == value), None)


def enter(session: Session, plains: list[Plain]) -> list[int]:
    """Put the cases into the database; their ids in the same order."""
    cases = []
    for n, p in enumerate(plains):
        case = Case(
            uid=f"case-{n}", number=f"(2026)第{n}号", name="王𬎆与𪚥氏·㛃纠纷", changed_at=datetime(2026, 3, 1),
            registered_on=date(2026, 1, 1), accepted_on=p.accepted, concluded_on=p.concluded,
            kind=code(Kind, p.kind), source=code(Source, p.source), referrer=code(Referrer, p.referrer),
            level=code(Level, p.level), outcome=code(Outcome, p.outcome), people=p.people, headcount=p.people or 0,
        )  # fmt: skip
        if p.agreement:
            case.agreement = Agreement(amount=p.amount, performance=code(Performance, p.performance))
        cases.append(case)
    session.add_all(cases)
    session.flush()
    return [case.id for case in cases]


def members(plains: list[Plain], basis: Basis, since: date, until: date) -> dict[str, list[int]]:
    """Which cases, by their place in the list, stand behind each number."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, p in enumerate(plains):
        day = p.concluded if basis is Basis.CONCLUDED else p.accepted
        if day is None or day < since or day > until or (basis is Basis.CONCLUDED and not p.outcome):
            continue
        settled = p.outcome in {"written", "oral", "partial"}
        names = {
            "total": True,
            "people": bool(p.people),
            "settled": settled,
            "hard": p.level in {"hard", "major"},
            "amount": settled and p.agreement and p.amount is not None,
            f"source_{p.source}": True,
            f"referrer_{p.referrer}": p.source == "referral" and p.referrer,
            f"kind_{p.kind}": p.kind,
            "oral": p.outcome == "oral",
            "written": p.outcome in {"written", "partial"},
            "performed": settled and p.agreement and p.performance == "full",
        }
        for name, counted in names.items():
            if counted:
                found[name].append(n)
    return found


def recount(plains: list[Plain], found: dict[str, list[int]]) -> dict[str, int]:
    line = {name: len(numbers) for name, numbers in found.items()}
    line["people"] = sum(plains[n].people or 0 for n in found.get("people", []))
    line["amount"] = sum(plains[n].amount or 0 for n in found.get("amount", []))
    return line


@st.composite
def cases(draw: st.DrawFn) -> Plain:
    day = st.dates(date(2026, 2, 25), date(2026, 4, 5))
    source = draw(st.sampled_from([s.value for s in Source]))
    referrers = st.sampled_from([None, *(r.value for r in Referrer)])
    return Plain(
        accepted=draw(st.none() | day),
        concluded=draw(st.none() | day),
        kind=draw(st.sampled_from([None, *(k.value for k in Kind)])),
        source=source,
        referrer=draw(referrers),
        level=draw(st.sampled_from([level.value for level in Level])),
        outcome=draw(st.sampled_from([None, *(o.value for o in Outcome)])),
        people=draw(st.none() | st.integers(0, 90)),
        amount=draw(st.none() | st.integers(0, 10**12)),
        performance=draw(st.sampled_from([None, *(p.value for p in Performance)])),
        agreement=draw(st.booleans()),
    )


many_cases = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def test_march_is_counted_as_by_hand(session: Session) -> None:
    enter(session, [plain(line) for line in CASES.strip().splitlines()])
    tally = count(session, JUSTICE, Basis.CONCLUDED, *MARCH)
    assert tally.values == BY_RESULT
    assert {check.verdict for check in tally.checks()} == {Verdict.PASSED}
    assert tally.reporter.name == "滨江社区人民调解委员会"


def test_by_day_of_acceptance_open_cases_count_too(session: Session) -> None:
    enter(session, [plain(line) for line in CASES.strip().splitlines()])
    values = count(session, JUSTICE, Basis.ACCEPTED, *MARCH).values
    wanted = {
        "total": 21,
        "settled": 15,
        "performed": 8,
        "kind_property": 1,
        "kind_damage": 0,
        "kind_family": 1,
    }
    assert {name: values[name] for name in wanted} == wanted


def test_a_period_without_cases_is_all_zero(session: Session) -> None:
    tally = count(session, JUSTICE, Basis.CONCLUDED, *MARCH)
    assert set(tally.values.values()) == {0}
    assert len(tally.values) == len(JUSTICE.columns)


@many_cases
@given(plains=st.lists(cases(), max_size=25), basis=st.sampled_from(Basis))
def test_count_and_drill_agree_with_a_recount(session: Session, plains: list[Plain], basis: Basis) -> None:
    ids = enter(session, plains)
    found = members(plains, basis, *MARCH)
    line = recount(plains, found)
    tally = count(session, JUSTICE, basis, *MARCH)
    for column in JUSTICE.columns:
        behind = session.scalars(drill(JUSTICE, column.name, basis, *MARCH)).all()
        assert tally.values[column.name] == line.get(column.name, 0), column.label
        assert sorted(behind) == sorted(ids[n] for n in found[column.name]), column.label
    session.rollback()


@many_cases
@given(plains=st.lists(st.tuples(cases(), st.integers(0, 2)), max_size=25))
def test_offices_added_up_are_the_whole(session: Session, plains: list[tuple[Plain, int]]) -> None:
    def counted(name: str, chosen: list[Plain]) -> Tally:
        enter(session, chosen)
        tally = count(session, JUSTICE, Basis.CONCLUDED, *MARCH)
        session.rollback()
        return replace(tally, reporter=Reporter(name, "䶮村人民调解委员会", ""))

    parts = [counted(f"office-{n}", [p for p, office in plains if office == n]) for n in range(3)]
    whole = counted("whole", [p for p, _ in plains])
    assert add(parts, whole.reporter) == whole


def test_drill_is_in_order_and_can_be_paged(session: Session) -> None:
    plains = [plain(line) for line in CASES.strip().splitlines()]
    ids = enter(session, plains)
    behind = drill(JUSTICE, "kind_neighbour", Basis.CONCLUDED, *MARCH)
    assert session.scalars(behind).all() == [ids[n] for n in (3, 2, 24, 1, 25)]
    assert session.scalars(behind.limit(2).offset(1)).all() == [ids[2], ids[24]]


def test_what_cannot_be_counted_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="晚于"):
        count(session, JUSTICE, Basis.CONCLUDED, date(2026, 4, 1), date(2026, 3, 31))
    with pytest.raises(Refusal, match="没有“kind_war”"):
        drill(JUSTICE, "kind_war", Basis.CONCLUDED, *MARCH)
