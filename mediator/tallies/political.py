"""矛盾纠纷排查情况表: the table of the political-legal line (政法), with its own list of 19 kinds.

A case has one kind, that of the justice line; ``LINES`` says which of the 19 it counts as. The rows are those of a province's
form.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, false, true

from mediator.domain.case import Case
from mediator.domain.codes import Level
from mediator.domain.figures import Screening
from mediator.tallies.checks import AtMost, Between
from mediator.tallies.lines import LINES, Line
from mediator.tallies.population import SCREENINGS, Scope
from mediator.tallies.shared import IS_SETTLED, SETTLED_WORDS
from mediator.tallies.table import Column, Rate, Table, Unit

_ALL, _FOUND, _HANDLED, _SIZE, _MAJOR, _CARE = (
    "总况", "排查数（按类别）", "调处数（按类别）", "涉及人数（起数）", "重大矛盾纠纷", "排查工作",
)  # fmt: skip
_IS_MAJOR = Case.level == Level.MAJOR
_FOUND_WORDS = "登记一件算排查出一件"

_MAIN = (
    Column(
        "found", "排查数", _ALL, Unit.CASES, f"件数；{_FOUND_WORDS}，群众上门、其他单位移送的也在内，不论后来是否受理。",
        where=true(), scope=Scope.REGISTERED,
    ),
    Column("handled", "调处数", _ALL, Unit.CASES, "件数；同一纠纷调解几次也只计一件。", where=true()),
    Column(
        "settled", "成功数", _ALL, Unit.CASES, SETTLED_WORDS, where=IS_SETTLED
    ),
)  # fmt: skip


def _definition(line: Line) -> str:
    kinds = [kind.label for kind, counts_as in LINES.items() if counts_as is line]
    if not kinds:
        return "没有单独登记这一类，填 0；有的请手工核实后填报。"
    return f"纠纷类型为{'、'.join(kinds)}的件数。"


def _is(line: Line) -> ColumnElement[bool]:
    kinds = [kind for kind, counts_as in LINES.items() if counts_as is line]
    return Case.kind.in_(kinds) if kinds else false()


def _lines(total: str, word: str, group: str, scope: Scope) -> Iterable[Column]:
    return (
        Column(
            f"{total}_{line.name.lower()}", f"{line.value}（{word}）", group, Unit.CASES, _definition(line),
            part_of=total, where=_is(line), scope=scope,
        )
        for line in Line
    )  # fmt: skip


_BANDS = (
    (0, 50, "不满 50 人", "50 人以下"),
    (50, 100, "50 人以上、不满 100 人", "50—100 人"),
    (100, 500, "100 人以上、不满 500 人", "100—500 人"),
    (500, None, "500 人以上", "500 人以上"),
)
"""From how many people, below how many, the size in words, and how the form prints it."""


def _band(least: int, below: int | None, label: str, form: str) -> Column:
    """起数 of one size; a boundary belongs to the larger size, so that none is counted twice."""
    most = true() if below is None else Case.headcount < below
    printed = f"；表式上写作“{form}”" if form != label else ""
    return Column(
        f"size_{least}", label, _SIZE, Unit.CASES,
        f"涉及人数{'为 ' if least else ''}{label}的件数，“以上”包括本数；没有填“涉及人数”的用当事人数{printed}。",
        part_of="found", where=and_(Case.headcount >= least, most), scope=Scope.REGISTERED,
    )  # fmt: skip


_REST = (
    Column(
        "found_major", "重大排查数", _MAJOR, Unit.CASES, f"难易程度为重大的件数；{_FOUND_WORDS}。",
        where=_IS_MAJOR, scope=Scope.REGISTERED,
    ),
    Column("handled_major", "重大调处数", _MAJOR, Unit.CASES, "难易程度为重大的件数。", where=_IS_MAJOR),
    Column(
        "settled_major", "重大成功数", _MAJOR, Unit.CASES, "难易程度为重大、达成协议的件数。",
        where=_IS_MAJOR & IS_SETTLED,
    ),
    Column(
        "screenings", "开展集中排查", _CARE, Unit.TIMES, "勾选了“集中排查”的次数；每记一次排查算一次。",
        where=Screening.concentrated.is_(True), of=SCREENINGS,
    ),
    Column(
        "screened", "排查中发现纠纷", _CARE, Unit.CASES,
        "各次排查的“发现纠纷件数”之和，当场化解的也在内；与“排查数”不是同一个数，只供对照。",
        where=true(), measure=Screening.found, of=SCREENINGS,
    ),
)  # fmt: skip

_EARLIER = "以前排查出的纠纷可以在本期调处，请核实"

POLITICAL = Table(
    code="political",
    title="矛盾纠纷排查情况表",
    edition=1,
    valid_from=date(2018, 1, 1),
    columns=(
        *_MAIN,
        *_lines("found", "排查", _FOUND, Scope.REGISTERED),
        *_lines("handled", "调处", _HANDLED, Scope.PERIOD),
        *(_band(*band) for band in _BANDS),
        *_REST,
    ),
    limits=(
        AtMost("handled", "found", hint=_EARLIER),
        AtMost("settled", "handled"),
        AtMost("found_major", "found"),
        AtMost("handled_major", "handled"),
        AtMost("handled_major", "found_major", hint=_EARLIER),
        AtMost("settled_major", "handled_major"),
    ),
    rates=(
        Rate("handled_rate", "调处率", "handled", "found", _ALL),
        Rate("settled_rate", "成功率", "settled", "handled", _ALL),
        Rate("handled_major_rate", "重大调处率", "handled_major", "found_major", _MAJOR),
        Rate("settled_major_rate", "重大成功率", "settled_major", "handled_major", _MAJOR),
    ),
    authority="政法机关",
    yearly=True,
    cross=(
        Between("justice", "total", "handled"),
        Between("justice", "settled", "settled"),
        Between("justice", "screenings", "screenings", at_most=True),
    ),
)
