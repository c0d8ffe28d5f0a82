"""人民调解案件情况统计表: the case table of the justice line (司法行政).

The transfer sources, the 18 kinds and their order are those of the code lists, so a new code gets its column by itself.
The edition of 15 kinds is that of tables published in 2016; the 18 kinds are known from tables of about 2018. In which year
the one gave way to the other was not found: 2018 is this program's assumption.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select, true

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import (
    Averted,
    CommitteeType,
    Confirmation,
    Kind,
    Level,
    Outcome,
    Performance,
    Referrer,
    Source,
)
from mediator.domain.figures import Screening
from mediator.domain.office import Office
from mediator.tallies.checks import AtMost
from mediator.tallies.population import SCREENINGS, Scope
from mediator.tallies.shared import HEADCOUNT_WORDS, IS_SETTLED, SETTLED_WORDS
from mediator.tallies.table import Column, Table, Unit

_WORK, _TYPE, _SOURCE, _KIND = "调解情况", "不同主体调解情况", "案件来源", "案件分类情况"
_FORM, _KEPT, _COURT, _CARE = "协议形式", "协议履行", "司法确认", "排查预防纠纷"

_MAIN = (
    Column("total", "调解案件总数", _WORK, Unit.CASES, "件数；同一纠纷调解几次也只计一件。", where=true()),
    Column(
        "people", "涉及当事人数", _WORK, Unit.PEOPLE, HEADCOUNT_WORDS, where=true(), measure=Case.headcount,
    ),
    Column("settled", "调解成功", _WORK, Unit.CASES, SETTLED_WORDS, where=IS_SETTLED),
    Column(
        "hard", "疑难复杂案件", _WORK, Unit.CASES,
        "难易程度为疑难复杂或重大的件数；哪些案件算疑难复杂，由本单位按上级规定确定。",
        where=Case.level.in_((Level.HARD, Level.MAJOR)),
    ),
    Column(
        "amount", "协议涉及金额", _WORK, Unit.FEN, "调解成功案件的“协议涉及金额”之和；按分相加，只在显示时折成万元。",
        where=IS_SETTLED, measure=Agreement.amount,
    ),
)  # fmt: skip

COUNTS_AS = {CommitteeType.PROFESSIONAL: CommitteeType.SOCIETY}
"""The types without a column of their own: 行业性专业性 committees are set up by social bodies and other organisations (人民调解法 34)."""


def _type(column: CommitteeType) -> Column:
    """The cases of an office of this type, or of one that counts as it."""
    types = [type for type in CommitteeType if COUNTS_AS.get(type, type) is column]
    words = "、".join(type.label for type in types)
    return Column(
        f"type_{column.value}", column.label, _TYPE, Unit.CASES,
        f"由{words}调解的件数；本单位的案件全部计入本单位的调委会类型，类型以统计之时为准。",
        part_of="total", where=select(Office.type.in_(types)).limit(1).scalar_subquery(),
    )  # fmt: skip


_TYPES = tuple(_type(type) for type in CommitteeType if type not in COUNTS_AS)

_SOURCES = tuple(
    Column(
        f"source_{source.value}", source.label, _SOURCE, Unit.CASES, f"案件来源为{source.label}的件数。",
        part_of="total", where=Case.source == source,
    )
    for source in Source
)  # fmt: skip

_REFERRERS = tuple(
    Column(
        f"referrer_{referrer.value}", f"{referrer.label}委托移送", _SOURCE, Unit.CASES,
        f"案件来源为{Source.REFERRAL.label}、委托移送单位为{referrer.label}的件数。",
        part_of="source_referral", where=(Case.source == Source.REFERRAL) & (Case.referrer == referrer),
    )
    for referrer in Referrer
)  # fmt: skip


def _kind(name: str, label: str, kinds: Iterable[Kind]) -> Column:
    words = "、".join(kind.label for kind in kinds)
    definition = f"纠纷类型为{words}的件数。"
    return Column(
        f"kind_{name}", label, _KIND, Unit.CASES, definition, part_of="total", where=Case.kind.in_(kinds)
    )


_KINDS = tuple(_kind(kind.value, kind.label, (kind,)) for kind in Kind)
MERGED = {
    Kind.LABOUR: ("work", "劳动争议纠纷", (Kind.MIGRANT_WAGE, Kind.LABOUR)),
    Kind.CONSUMER: ("purchase", "消费纠纷", (Kind.TOURISM, Kind.ECOMMERCE, Kind.CONSUMER)),
}
"""The two of the 15 kinds that were divided later: name, label, and what was made of them; each in the place of the last."""
_PARTED = {kind for _, _, kinds in MERGED.values() for kind in kinds}
_KINDS_15 = tuple(
    _kind(*MERGED.get(kind, (kind.value, kind.label, (kind,))))
    for kind in Kind
    if kind in MERGED or kind not in _PARTED
)

_AGREEMENTS = (
    Column(
        "oral", "口头协议", _FORM, Unit.CASES, "调解结果为达成口头协议的件数。",
        part_of="settled", where=Case.outcome == Outcome.ORAL,
    ),
    Column(
        "written", "书面协议", _FORM, Unit.CASES, "调解结果为达成书面协议或部分协议的件数；部分协议都是书面的。",
        part_of="settled", where=Case.outcome.in_((Outcome.WRITTEN, Outcome.PARTIAL)),
    ),
    Column(
        "performed", "履行", _KEPT, Unit.CASES, "调解成功且协议履行情况记为全部履行的件数。",
        where=IS_SETTLED & (Agreement.performance == Performance.FULL),
    ),
    Column(
        "confirm_applied", "申请司法确认", _COURT, Unit.CASES, "件数；协议在哪一期达成的都计入。",
        where=true(), scope=Scope.CONFIRMED,
    ),
    Column(
        "confirmed", "确认有效", _COURT, Unit.CASES, "司法确认为裁定确认有效的件数；在哪一期申请的都计入。",
        where=Agreement.confirmation == Confirmation.CONFIRMED, scope=Scope.RULED,
    ),
)  # fmt: skip

_SCREENINGS = (
    Column(
        "screenings", "排查纠纷", _CARE, Unit.TIMES, "次数；每记一次排查算一次。",
        where=true(), of=SCREENINGS,
    ),
    Column(
        "prevented", "预防纠纷", _CARE, Unit.CASES, "各次排查的“预防纠纷件数”之和：苗头当场化解、没有形成纠纷的。",
        where=true(), measure=Screening.prevented, of=SCREENINGS,
    ),
)  # fmt: skip


def _averted(what: Averted) -> tuple[Column, Column]:
    """The pair 件 and 人; who is not counted apart is counted among the parties."""
    found = Case.averted == what
    people = "各案“防止激化涉及人数”之和；没有填的用涉及当事人数。"
    return (
        Column(
            f"averted_{what.value}", what.label, _CARE, Unit.CASES, f"防止激化一项记为{what.label}的件数。", where=found
        ),
        Column(
            f"averted_{what.value}_people", f"{what.label}人数", _CARE, Unit.PEOPLE,
            f"防止激化一项记为{what.label}的，{people}",
            where=found, measure=func.coalesce(Case.averted_people, Case.headcount),
        ),
    )  # fmt: skip


_AVERTED = tuple(column for what in Averted for column in _averted(what))

_LIMITS = (
    AtMost("settled", "total"),
    AtMost("hard", "total"),
    AtMost("performed", "settled"),
    AtMost("total", "people", hint="多半是有案件没有填涉及人数"),
    AtMost("confirm_applied", "written", hint="以前达成的协议在本期申请的也计在内，请核实"),
    *(AtMost(f"averted_{what.value}", f"averted_{what.value}_people") for what in Averted),
)


def _edition(edition: int, kinds: tuple[Column, ...], valid_from: date) -> Table:
    return Table(
        code="justice",
        title="人民调解案件情况统计表",
        edition=edition,
        valid_from=valid_from,
        columns=(
            *_MAIN, *_TYPES, *_SOURCES, *_REFERRERS, *kinds, *_AGREEMENTS, *_SCREENINGS, *_AVERTED,
        ),
        limits=_LIMITS,
    )  # fmt: skip


JUSTICE = _edition(1, _KINDS, date(2018, 1, 1))
"""The table of 18 kinds."""
JUSTICE_15 = _edition(0, _KINDS_15, date(2010, 1, 1))
"""The table of 15 kinds, for periods up to 2017: 劳动争议 and 消费 were not divided yet."""
