"""Every table against numbers counted by hand from a few dozen lopsided cases; and what opens behind a number."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import pytest
from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import (
    Averted,
    Basis,
    Code,
    CommitteeType,
    Confirmation,
    Kind,
    Level,
    Outcome,
    Performance,
    Referrer,
    Source,
)
from mediator.domain.errors import Refusal
from mediator.domain.figures import Screening
from mediator.domain.people import Staff
from mediator.services import offices
from mediator.tallies.checks import AtMost, StockFlow, Sum
from mediator.tallies.count import astray, count, drill
from mediator.tallies.justice import JUSTICE, JUSTICE_15
from mediator.tallies.police import POLICE
from mediator.tallies.political import POLITICAL
from mediator.tallies.table import Table, Verdict, sums
from mediator.tallies.team import TEAM

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
"""Days of acceptance and result, kind, source, referrer, level, outcome, people, 分 of the agreement, performance.

The day of registration is that of acceptance, New Year's Day where there is none.
"""

MORE = """
03-25 -     land         application -             major   -           50         - -
03-26 -     labour       initiative  -             hard    -          120         - -
03-27 -     demolition   referral    petition      major   -          700         - -
03-28 03-30 traffic      referral    police        general litigation   2         - -
"""
"""For the tables that look at what is found and what is open."""

BY_RESULT = {
    "total": 22, "people": 129, "settled": 17, "hard": 7, "amount": 495971619,
    "type_village": 0, "type_community": 22, "type_township": 0, "type_street": 0, "type_enterprise": 0, "type_society": 0,
    "source_initiative": 6, "source_application": 8, "source_referral": 8,
    "referrer_court": 2, "referrer_procuratorate": 1, "referrer_police": 3, "referrer_petition": 1, "referrer_other": 1,
    "kind_family": 1, "kind_neighbour": 5, "kind_housing": 0, "kind_contract": 1, "kind_business": 1, "kind_damage": 1,
    "kind_land": 0, "kind_demolition": 1, "kind_pollution": 1, "kind_migrant_wage": 2, "kind_labour": 1, "kind_tourism": 1,
    "kind_ecommerce": 1, "kind_consumer": 1, "kind_medical": 1, "kind_traffic": 3, "kind_property": 0, "kind_other": 1,
    "oral": 4, "written": 13, "performed": 10, "confirm_applied": 4, "confirmed": 2, "screenings": 3, "prevented": 5,
    "averted_suicide": 0, "averted_suicide_people": 0, "averted_crime": 2, "averted_crime_people": 10,
    "averted_petition": 1, "averted_petition_people": 60, "averted_fight": 0, "averted_fight_people": 0,
}  # fmt: skip
"""The justice table of March by day of result, counted by hand; with what ``besides`` adds."""

FOUND = {
    "found": 25, "handled": 23, "settled": 17,
    "found_people": 9, "found_trade": 5, "found_labour": 4, "found_resettlement": 2, "found_land": 1, "found_building": 1,
    "found_medical": 1, "found_pollution": 1, "found_other": 1,
    "handled_people": 11, "handled_trade": 5, "handled_labour": 3, "handled_resettlement": 1, "handled_medical": 1,
    "handled_pollution": 1, "handled_other": 1,
    "size_0": 22, "size_50": 1, "size_100": 1, "size_500": 1,
    "found_major": 5, "handled_major": 3, "settled_major": 2, "screenings": 2, "screened": 8,
}  # fmt: skip
"""The political-legal table of March, without what is 0."""
FOUND_SO_FAR = {
    "found": 30,
    "handled": 24,
    "settled": 18,
    "found_major": 6,
    "screenings": 3,
    "screened": 19,
    "size_0": 27,
    "handled_people": 12,
}

MOVED = {
    "due": 29, "opening": 3, "accepted": 26, "from_police": 4, "from_others": 22, "concluded": 23,
    "concluded_police": 4, "settled_police": 3, "settled": 17, "litigation": 2, "transferred": 1, "ended": 3, "closing": 6,
    "people": 1001, "amount": 495971619,
}  # fmt: skip
"""The police table of March."""


@dataclass(frozen=True)
class Entered:
    """The ids of the cases, by their place in the lists."""

    ids: list[int]

    def at(self, *places: int) -> list[int]:
        return [self.ids[place] for place in places]


def code(codes: type[C], value: str | None) -> C | None:
    return next((entry for entry in codes if entry.value == value), None)


def enter(session: Session, text: str = CASES) -> Entered:
    cases = [case(n, line) for n, line in enumerate(text.strip().splitlines())]
    session.add_all(cases)
    session.flush()
    return Entered([case.id for case in cases])


def case(n: int, line: str) -> Case:
    words = [None if word == "-" else word for word in line.split()]
    accepted, concluded = [date.fromisoformat(f"2026-{word}") if word else None for word in words[:2]]
    people, amount = [int(word) if word else None for word in words[7:9]]
    return Case(
        uid=f"case-{n}", number=f"(2026)第{n}号", name="王𬎆与𪚥氏·㛃纠纷", changed_at=datetime(2026, 3, 1),
        registered_on=accepted or date(2026, 1, 1), accepted_on=accepted, concluded_on=concluded,
        kind=code(Kind, words[2]), source=code(Source, words[3]), referrer=code(Referrer, words[4]),
        level=code(Level, words[5]), outcome=code(Outcome, words[6]), people=people, headcount=people or 0,
        agreement=Agreement(amount=amount, performance=code(Performance, words[9])),
    )  # fmt: skip


def besides(session: Session, entered: Entered) -> None:
    """What the justice table counts besides results: averted harm, confirmation by courts, screenings."""
    cases = [session.get_one(Case, id) for id in entered.ids]
    for place, averted, people in (
        (4, Averted.CRIME, 3), (6, Averted.CRIME, None), (22, Averted.PETITION, 60), (15, Averted.FIGHT, 9),
    ):  # fmt: skip
        cases[place].averted, cases[place].averted_people = averted, people
    for place, applied, ruled, end in (
        (3, "03-31", "04-02", Confirmation.CONFIRMED), (15, "03-01", "03-09", Confirmation.CONFIRMED),
        (0, "02-28", "03-01", Confirmation.CONFIRMED), (13, "03-18", "03-20", Confirmation.REJECTED),
        (21, "03-25", None, Confirmation.APPLIED), (11, "04-01", None, Confirmation.APPLIED),
    ):  # fmt: skip
        agreement = cases[place].agreement
        assert agreement
        agreement.confirmation = end
        agreement.confirm_applied_on = date.fromisoformat(f"2026-{applied}")
        agreement.confirmed_on = date.fromisoformat(f"2026-{ruled}") if ruled else None
    for day, together, seen, prevented in (
        ("02-28", True, 11, 9), ("03-01", True, 6, 5), ("03-31", False, None, None), ("03-31", True, 2, 0), ("04-01", True, 8, 7),
    ):  # fmt: skip
        screened = date.fromisoformat(f"2026-{day}")
        session.add(Screening(
            screened_on=screened, area="古渡村3组", concentrated=together, found=seen, prevented=prevented
        ))  # fmt: skip
    session.flush()


def test_march_is_counted_as_by_hand(session: Session) -> None:
    besides(session, enter(session))
    tally = count(session, JUSTICE, Basis.CONCLUDED, *MARCH)
    assert tally.values == BY_RESULT
    assert {check.verdict for check in tally.checks()} == {Verdict.PASSED}
    assert tally.reporter.name == "滨江社区人民调解委员会"


def test_by_day_of_acceptance_open_cases_count_too(session: Session) -> None:
    enter(session)
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


def test_the_old_edition_counts_the_same_in_15_kinds(session: Session) -> None:
    besides(session, enter(session))
    tally = count(session, JUSTICE_15, Basis.CONCLUDED, *MARCH)
    divided = {f"kind_{kind}" for kind in ("migrant_wage", "labour", "tourism", "ecommerce", "consumer")}
    same = {name: value for name, value in BY_RESULT.items() if name not in divided}
    assert tally.values == same | {"kind_work": 3, "kind_purchase": 3}
    assert not tally.failures()


def test_the_cases_count_in_the_column_of_the_office(session: Session) -> None:
    enter(session)
    for type, column in (
        (CommitteeType.STREET, "type_street"), (CommitteeType.SOCIETY, "type_society"),
        (CommitteeType.PROFESSIONAL, "type_society"),
    ):  # fmt: skip
        offices.own(session).type = type
        values = count(session, JUSTICE, Basis.CONCLUDED, *MARCH).values
        types = {name: value for name, value in values.items() if name.startswith("type_") and value}
        assert types == {column: 22}


def test_march_as_the_political_line_sees_it(session: Session) -> None:
    besides(session, enter(session, CASES + MORE.lstrip()))
    tally = count(session, POLITICAL, Basis.CONCLUDED, *MARCH)
    assert {name: value for name, value in tally.values.items() if value} == FOUND
    assert {name: tally.so_far[name] for name in FOUND_SO_FAR} == FOUND_SO_FAR
    assert tally.year == date(2026, 1, 1)
    assert [rate.shown(tally.values) for rate in POLITICAL.rates] == ["92.0%", "73.9%", "60.0%", "66.7%"]
    assert {check.verdict for check in tally.checks()} == {Verdict.PASSED}


def test_the_year_begins_after_the_cut_off_of_december(session: Session) -> None:
    besides(session, enter(session, CASES + MORE.lstrip()))
    offices.own(session).cut_off = 20
    tally = count(session, POLITICAL, Basis.CONCLUDED, *MARCH)
    assert (tally.year, tally.so_far["found"]) == (date(2025, 12, 21), 30)


def test_march_as_the_police_see_it(session: Session) -> None:
    enter(session, CASES + MORE.lstrip())
    tally = count(session, POLICE, Basis.ACCEPTED, *MARCH)
    assert tally.values == MOVED
    assert [rate.shown(tally.values) for rate in POLICE.rates] == ["73.9%", "75.0%"]
    assert {check.verdict for check in tally.checks()} == {Verdict.PASSED}


def test_a_result_before_acceptance_counts_on_the_day_of_the_result(session: Session) -> None:
    enter(session, "04-02 03-31 land application - hard written 6 700 full")
    march = count(session, POLICE, Basis.CONCLUDED, *MARCH).values
    april = count(session, POLICE, Basis.CONCLUDED, date(2026, 4, 1), date(2026, 4, 30)).values
    assert {name: value for name, value in march.items() if value} == {
        "due": 1, "accepted": 1, "from_others": 1, "concluded": 1, "settled": 1, "people": 6, "amount": 700,
    }  # fmt: skip
    assert set(april.values()) == {0}


def test_who_works_at_the_office_at_the_end_of_march(session: Session) -> None:
    office = offices.own(session)
    office.type, office.rooms, office.studios, office.stations = CommitteeType.PROFESSIONAL, 3, None, 5
    for n, (mediates, full_time, started, left) in enumerate([
        (True, True, "", ""), (True, True, "2019-07-01", "2026-04-01"), (True, False, "2026-03-31", ""),
        (True, False, "", "2026-03-31"), (True, True, "", "2025-01-01"), (True, True, "2026-04-01", ""),
        (True, False, "2026-12-01", "2027-01-01"), (False, True, "2020-01-01", ""),
    ]):  # fmt: skip
        days = {
            name: date.fromisoformat(day) for name, day in (("started_on", started), ("left_on", left)) if day
        }
        session.add(Staff(name=f"阿依古丽{n}", mediates=mediates, full_time=full_time, **days))
    session.flush()
    tally = count(session, TEAM, Basis.CONCLUDED, *MARCH)
    assert {name: value for name, value in tally.values.items() if value} == {
        "committees": 1, "type_professional": 1, "rooms": 3, "stations": 5, "mediators": 4, "full_time": 2, "part_time": 2,
    }  # fmt: skip
    assert not tally.failures()
    later = count(session, TEAM, Basis.CONCLUDED, date(2026, 4, 1), date(2026, 4, 30)).values
    earlier = count(session, TEAM, Basis.CONCLUDED, date(2026, 2, 1), date(2026, 2, 28)).values
    assert (earlier["mediators"], later["mediators"]) == (4, 4)
    assert (earlier["full_time"], later["full_time"]) == (2, 2), "one came and one left"


@pytest.mark.parametrize("table", [JUSTICE, POLITICAL, POLICE], ids=lambda table: table.code)
def test_a_period_without_cases_is_all_zero(session: Session, table: Table) -> None:
    tally = count(session, table, Basis.CONCLUDED, *MARCH)
    assert set(tally.values.values()) == {0}
    assert len(tally.values) == len(table.columns)
    assert {check.verdict for check in tally.checks()} == {Verdict.PASSED}


def test_drill_is_in_order_and_can_be_paged(session: Session) -> None:
    entered = enter(session)
    behind = drill(JUSTICE, "kind_neighbour", Basis.CONCLUDED, *MARCH)
    assert session.scalars(behind).all() == entered.at(3, 2, 24, 1, 25)
    assert session.scalars(behind.limit(2).offset(1)).all() == entered.at(2, 24)


def test_drill_opens_what_has_something_to_add(session: Session) -> None:
    entered = enter(session)
    besides(session, entered)

    def behind(name: str) -> list[int]:
        return list(session.scalars(drill(JUSTICE, name, Basis.CONCLUDED, *MARCH)))

    assert behind("averted_crime_people") == entered.at(4, 6)
    assert behind("confirmed") == entered.at(0, 15)
    assert len(behind("prevented")) == 1 and not JUSTICE.column("prevented").opens_cases
    assert JUSTICE.column("type_community").opens_cases


def test_what_is_in_a_total_and_in_none_of_its_parts_is_found(session: Session) -> None:
    entered = enter(session)
    without_kind, without_referrer = (session.get_one(Case, id) for id in entered.at(22, 6))
    without_kind.kind, without_referrer.referrer = None, None
    session.get_one(Case, entered.ids[14]).kind = None
    tally = count(session, JUSTICE, Basis.CONCLUDED, *MARCH)
    failed = [check for check in tally.checks() if check.verdict is Verdict.FAILED]
    assert [one.columns[0] for one in failed] == ["source_referral", "total"]
    assert failed[0].columns == (
        "source_referral",
        *(f"referrer_{r.value}" for r in Referrer),
    )
    for one, places in zip(failed, ([6], [22]), strict=True):
        assert isinstance(one.check, Sum)
        assert session.scalars(astray(JUSTICE, one.check, Basis.CONCLUDED, *MARCH)).all() == entered.at(
            *places
        )


def test_what_has_fewer_people_than_it_should_is_found(session: Session) -> None:
    entered = enter(session)
    besides(session, entered)
    session.get_one(Case, entered.ids[22]).averted_people = 0
    tally = count(session, JUSTICE, Basis.CONCLUDED, *MARCH)
    assert tally.failures() == ["“防止群体性上访”1 件大于“防止群体性上访人数”0 人"]
    failed = AtMost("averted_petition", "averted_petition_people")
    found = session.scalars(astray(JUSTICE, failed, Basis.CONCLUDED, *MARCH)).all()
    assert found == entered.at(22)
    found = session.scalars(astray(JUSTICE, AtMost("total", "people"), Basis.CONCLUDED, *MARCH)).all()
    assert found == entered.at(13)


def test_what_is_handled_though_found_earlier_is_found(session: Session) -> None:
    entered = enter(session)
    check = AtMost("handled", "found")
    found = session.scalars(astray(POLITICAL, check, Basis.CONCLUDED, *MARCH)).all()
    assert found == entered.at(0, 17, 24)
    flow = StockFlow("opening", "accepted", "concluded", "closing")
    assert session.scalars(astray(POLICE, flow, Basis.CONCLUDED, *MARCH)).all() == []
    for each in sums(POLITICAL.columns):
        assert session.scalars(astray(POLITICAL, each, Basis.CONCLUDED, *MARCH)).all() == []


def test_what_cannot_be_counted_is_refused(session: Session) -> None:
    with pytest.raises(Refusal, match="晚于"):
        count(session, JUSTICE, Basis.CONCLUDED, date(2026, 4, 1), date(2026, 3, 31))
    with pytest.raises(Refusal, match="没有“kind_war”"):
        drill(JUSTICE, "kind_war", Basis.CONCLUDED, *MARCH)
    with pytest.raises(Refusal, match="没有“kind_drone”"):
        astray(JUSTICE, Sum("total", ("kind_family", "kind_drone")), Basis.CONCLUDED, *MARCH)
