"""What a kind of dispute is told with (案情样本): facts, claims, what each side says, what they end up promising.

Texts have places: ``{a}`` and ``{b}`` the two sides, ``{t}`` the third party, ``{place}``, ``{claim}`` the amount asked
in 元, ``{brand}`` and ``{village}`` invented names, and the words of ``things``, chosen once for a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediator.domain.codes import Kind, PartyType, Sex, Side

Plan = tuple[tuple[int, int], ...]
"""Instalments: parts of a hundred, and days after the agreement."""

SPOT: Plan = ((100, 0),)
SOON: Plan = ((100, 15),)
HALVES: Plan = ((35, 0), (65, 30))
THIRDS: Plan = ((30, 0), (30, 45), (40, 90))
MONTHLY: Plan = tuple((10, 30 * month) for month in range(1, 11))
HALF_YEARLY: Plan = tuple((25, 182 * half + 30) for half in range(4))


@dataclass(frozen=True)
class Promise:
    """One thing promised: an act by a day or, where ``share`` is not 0, money for what ``act`` says."""

    act: str
    share: int = 0
    """Parts of a hundred of the amount agreed."""
    plans: tuple[Plan, ...] = (SPOT, SOON, HALVES)
    by: Side = Side.RESPONDENT
    to: Side = Side.APPLICANT
    days: int = 7
    """Within how many days an act is to be done."""


def money(act: str, share: int = 100, *plans: Plan, by: Side = Side.RESPONDENT) -> Promise:
    """A promise to pay."""
    to = Side.RESPONDENT if by is Side.APPLICANT else Side.APPLICANT
    return Promise(act, share, plans or (SPOT, SOON, HALVES), by=by, to=to)


@dataclass(frozen=True)
class Role:
    """Who stands on a side: persons, or a body of the name given."""

    body: str = ""
    type: PartyType = PartyType.LEGAL
    number: tuple[int, int] = (1, 1)
    ages: tuple[int, int] = (22, 79)
    jobs: tuple[str, ...] = ()
    sex: Sex | None = None
    kin: bool = False
    """Of the applicant's family name."""


PERSON = Role()
WORKER = Role(ages=(19, 58), jobs=("务工人员", "泥瓦工", "钢筋工", "装卸工", "采摘工"))
WORKERS = Role(number=(2, 9), ages=WORKER.ages, jobs=WORKER.jobs)
YOUTH = Role(ages=(13, 16), jobs=("学生",))
COMMITTEE = Role("{village}村民委员会", PartyType.ORGANISATION)


@dataclass(frozen=True, eq=False)
class Story:
    """One pattern of dispute, to be told of many people."""

    kind: Kind
    summary: str
    wishes: tuple[str, ...]
    says: tuple[str, str]
    """What the applicant and the respondent put forward."""
    advice: str
    """What the mediator says to it."""
    asked: tuple[tuple[str, str], ...]
    """Questions and answers of an investigation."""
    promises: tuple[Promise, ...]
    claim: tuple[int, int] = (0, 0)
    """The amount asked, least and most, 元; (0, 0) where it is not about money."""
    things: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    applicant: Role = PERSON
    respondent: Role = PERSON
    third: Role | None = None
    terms: str = ""
