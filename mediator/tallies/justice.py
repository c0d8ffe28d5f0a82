"""人民调解案件情况统计表, main part: the case table of the justice line (司法行政).

The five transfer sources, the 18 kinds and their order are those of the code lists, so a new code gets its column by itself.
"""

from datetime import date

from sqlalchemy import true

from mediator.domain.agreement import Agreement
from mediator.domain.case import Case
from mediator.domain.codes import SETTLED, Kind, Level, Outcome, Performance, Referrer, Source
from mediator.tallies.table import AtMost, Column, Table, Unit

_WORK, _SOURCE, _KIND, _FORM, _KEPT = "调解情况", "案件来源", "案件分类情况", "协议形式", "协议履行"
_SETTLED = Case.outcome.in_(SETTLED)

_MAIN = (
    Column("total", "调解案件总数", _WORK, Unit.CASES, "全部件数；同一纠纷调解几次也只计一件。", where=true()),
    Column(
        "people", "涉及当事人数", _WORK, Unit.PEOPLE, "各案人数之和；填了“涉及人数”的用所填的数，没有填的用当事人数。",
        where=true(), measure=Case.headcount,
    ),
    Column(
        "settled", "调解成功", _WORK, Unit.CASES, "调解结果为达成书面协议、口头协议或部分协议的件数。",
        where=_SETTLED,
    ),
    Column(
        "hard", "疑难复杂案件", _WORK, Unit.CASES,
        "难易程度为疑难复杂或重大的件数；哪些案件算疑难复杂，由本单位按上级规定确定。",
        where=Case.level.in_((Level.HARD, Level.MAJOR)),
    ),
    Column(
        "amount", "协议涉及金额", _WORK, Unit.FEN, "调解成功案件的“协议涉及金额”之和；按分相加，只在显示时折成万元。",
        where=_SETTLED, measure=Agreement.amount,
    ),
)  # fmt: skip

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

_KINDS = tuple(
    Column(
        f"kind_{kind.value}", kind.label, _KIND, Unit.CASES, f"纠纷类型为{kind.label}的件数。",
        part_of="total", where=Case.kind == kind,
    )
    for kind in Kind
)  # fmt: skip

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
        where=_SETTLED & (Agreement.performance == Performance.FULL),
    ),
)  # fmt: skip

JUSTICE = Table(
    code="justice",
    title="人民调解案件情况统计表",
    edition=1,
    valid_from=date(2018, 1, 1),
    columns=(*_MAIN, *_SOURCES, *_REFERRERS, *_KINDS, *_AGREEMENTS),
    limits=(
        AtMost("settled", "total"),
        AtMost("hard", "total"),
        AtMost("performed", "settled"),
        AtMost("total", "people", hint="多半是有案件没有填涉及人数"),
    ),
)
"""The columns are known from tables of about 2018 with the 18 kinds."""
