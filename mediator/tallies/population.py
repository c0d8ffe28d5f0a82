"""What is counted (统计对象): cases, screenings, staff; and which of them belong to a period.

Stock and flow hold for whatever days a case has: 上期接转 + 本期受理 = 本期办结 + 期末未结. A case is done (办结) on the day of
its result, if it has a result; it came in (受理) on the day of acceptance, or when it was done if that day is missing or
later, as in ledgers taken in. What was refused has neither day and is in none of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, not_, or_, outerjoin, true
from sqlalchemy.orm import InstrumentedAttribute

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case, stands
from mediator.domain.codes import Basis
from mediator.domain.figures import Screening
from mediator.domain.office import Office
from mediator.domain.people import Staff


class Scope(Enum):
    """范围: by which of its days, and on which side of the period, a thing is counted."""

    PERIOD = "period"
    """By the day the office chose (统计口径)."""
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    """Came in during the period (本期受理)."""
    CONCLUDED = "concluded"
    """Done during the period (本期办结), whatever day the office chose."""
    OPENING = "opening"
    """Came in before the period and was not done when it began (上期接转)."""
    CLOSING = "closing"
    """Came in and was not done when the period ended (期末未结)."""
    DUE = "due"
    """There to be worked on in the period (应办): brought over or come in."""
    CONFIRMED = "confirmed"
    """A court was asked for confirmation in the period."""
    RULED = "ruled"
    """A court ruled on the confirmation in the period."""


Within = Callable[[date, date], ColumnElement[bool]]
"""The condition of a scope for a period, both days included."""


@dataclass(frozen=True, eq=False)
class Population:
    """One kind of thing that is counted."""

    name: str
    source: FromClause
    """The tables a column may speak of, one row a thing."""
    key: InstrumentedAttribute[int]
    within: Mapping[Scope | Basis, Within]
    words: Mapping[Scope | Basis, str]
    """The scopes in words; every definition begins with these."""
    days: Mapping[Scope | Basis, InstrumentedAttribute[Any]]
    """The day by which the things of a scope are put in order."""

    def condition(self, scope: Scope, basis: Basis, since: date, until: date) -> ColumnElement[bool]:
        """Which rows belong to a period."""
        return self.within[basis if scope is Scope.PERIOD else scope](since, until)

    def day(self, scope: Scope, basis: Basis) -> InstrumentedAttribute[Any]:
        """The day that orders the rows of a scope."""
        return self.days[basis if scope is Scope.PERIOD else scope]


def concluded(since: date, until: date) -> ColumnElement[bool]:
    """That a case came to its result (办结) in a period."""
    return Case.concluded_on.between(since, until) & Case.outcome.is_not(None) & stands()


def _live(within: Within) -> Within:
    """The same of the cases that were not declared void (作废): those are counted nowhere."""
    return lambda since, until: within(since, until) & stands()


def _not_done_before(day: date) -> ColumnElement[bool]:
    return or_(Case.concluded_on.is_(None), Case.outcome.is_(None), Case.concluded_on >= day)


def _by_result(since: date, until: date) -> ColumnElement[bool]:
    """Done in the period and accepted on no day, or on a later one; put so that the index on acceptance alone serves."""
    done = not_(_not_done_before(until + timedelta(1))) & _not_done_before(since)
    return or_(Case.accepted_on.is_(None) & done, (Case.accepted_on > until) & done)


def _came_in(since: date, until: date) -> ColumnElement[bool]:
    accepted = Case.accepted_on.between(since, until) & _not_done_before(since)
    return or_(accepted, _by_result(since, until))


def _due(since: date, until: date) -> ColumnElement[bool]:
    accepted = (Case.accepted_on <= until) & _not_done_before(since)
    return or_(accepted, _by_result(since, until))


def _opening(since: date, until: date) -> ColumnElement[bool]:
    return (Case.accepted_on < since) & _not_done_before(since)


def _closing(since: date, until: date) -> ColumnElement[bool]:
    return (Case.accepted_on <= until) & _not_done_before(until + timedelta(1))


def _in_office(day: date) -> ColumnElement[bool]:
    """Mediators appointed (聘任) by a day, or on no day that is known, and not gone yet."""
    came = or_(Staff.started_on.is_(None), Staff.started_on <= day)
    return Staff.mediates & came & or_(Staff.left_on.is_(None), Staff.left_on > day)


SCOPES: dict[Scope | Basis, str] = {
    Basis.CONCLUDED: "调解结果日期在报告期内的案件",
    Basis.ACCEPTED: "受理日期在报告期内的案件（调解结果以统计之时为准）",
    Scope.REGISTERED: "登记日期在报告期内的案件",
    Scope.ACCEPTED: "受理日期在报告期内的案件（没有受理日期，或者受理日期晚于调解结果日期的，按调解结果日期算）",
    Scope.CONCLUDED: "调解结果日期在报告期内的案件",
    Scope.OPENING: "报告期开始前受理、到报告期开始时还没有调解结果的案件",
    Scope.CLOSING: "已经受理、到报告期结束时还没有调解结果的案件",
    Scope.DUE: "报告期内要办的案件（上期接转的和本期受理的）",
    Scope.CONFIRMED: "申请司法确认日期在报告期内的案件",
    Scope.RULED: "法院裁定日期在报告期内的案件",
}

_CASES: dict[Scope | Basis, Within] = {
    Basis.CONCLUDED: concluded,
    Basis.ACCEPTED: Case.accepted_on.between,
    Scope.REGISTERED: Case.registered_on.between,
    Scope.ACCEPTED: _came_in,
    Scope.CONCLUDED: concluded,
    Scope.OPENING: _opening,
    Scope.CLOSING: _closing,
    Scope.DUE: _due,
    Scope.CONFIRMED: Agreement.confirm_applied_on.between,
    Scope.RULED: Agreement.confirmed_on.between,
}

CASES = Population(
    name="cases",
    source=outerjoin(Case, Agreement, Agreement.case_id == Case.id),
    key=Case.id,
    within={scope: _live(within) for scope, within in _CASES.items()},
    words=SCOPES,
    days={
        Basis.CONCLUDED: Case.concluded_on,
        Basis.ACCEPTED: Case.accepted_on,
        Scope.REGISTERED: Case.registered_on,
        Scope.ACCEPTED: Case.accepted_on,
        Scope.CONCLUDED: Case.concluded_on,
        Scope.OPENING: Case.accepted_on,
        Scope.CLOSING: Case.accepted_on,
        Scope.DUE: Case.accepted_on,
        Scope.CONFIRMED: Agreement.confirm_applied_on,
        Scope.RULED: Agreement.confirmed_on,
    },
)
"""案件, each with its agreement where there is one."""

SCREENINGS = Population(
    name="screenings",
    source=Screening.__table__,
    key=Screening.id,
    within=dict.fromkeys(Basis, Screening.screened_on.between),
    words=dict.fromkeys(Basis, "排查日期在报告期内的排查"),
    days=dict.fromkeys(Basis, Screening.screened_on),
)
"""排查."""

STAFF = Population(
    name="staff",
    source=Staff.__table__,
    key=Staff.id,
    within=dict.fromkeys(Basis, lambda since, until: _in_office(until)),
    words=dict.fromkeys(
        Basis,
        "到报告期结束时在岗的人民调解员（没有填聘任日期的，按一直在岗算；是不是人民调解员，以统计之时为准）",
    ),
    days=dict.fromkeys(Basis, Staff.id),
)
"""人民调解员 in office at the end of the period."""

OFFICES = Population(
    name="offices",
    source=Office.__table__,
    key=Office.id,
    within=dict.fromkeys(Basis, lambda since, until: true()),
    words=dict.fromkeys(Basis, "到统计之时的调委会"),
    days=dict.fromkeys(Basis, Office.id),
)
"""调委会: the office itself, one row."""
