"""Reading one row: days, kind, source, people, remark; the result is read in ``ledger_results``."""

import hashlib
from datetime import date
from functools import partial
from itertools import pairwise

from mediator.domain.case import Case
from mediator.domain.codes import Side, Source
from mediator.domain.fields import field_of
from mediator.domain.people import Party, Staff
from mediator.exchange import ledger_headings as known
from mediator.exchange import ledger_words as words
from mediator.exchange.ledger_choices import Choices
from mediator.exchange.ledger_layout import Layout
from mediator.exchange.ledger_names import Named, names_in
from mediator.exchange.ledger_parties import Told, ids_in, parties, phones_in
from mediator.exchange.ledger_reading import Entry, Reading, Refused
from mediator.exchange.ledger_results import read_result
from mediator.exchange.ledger_sheets import Row

_SHORT = 30


def read_row(number: int, cells: Row, layout: Layout, choices: Choices, today: date) -> Entry | Refused:
    """Read one row of data; whatever stands in it, nothing but a refused row comes of what cannot be right."""
    row = Reading(number, cells, layout, choices, today)
    accepted = _days(row)
    for heading in known.AS_THEY_STAND:
        row.case[heading.code] = row.value(heading)
    _kind(row)
    _level(row)
    _origin(row)
    _people(row, accepted or today)
    read_result(row, accepted or today)
    _remark(row)
    serial = row.text(known.SERIAL)[:_SHORT]
    if row.reasons or accepted is None:
        return Refused(number, serial, "；".join(dict.fromkeys(row.reasons)) + "。")
    return Entry(
        number, serial, accepted, row.case, tuple(p for side in Side for p in row.parties[side]), row.mediators,
        row.agreement or None, tuple(dict.fromkeys(row.assumptions)), tuple(row.warnings), _key(row, accepted),
    )  # fmt: skip


def _days(row: Reading) -> date | None:
    """受理日期 and 登记日期, either standing in for the other; and all days of the row in their order."""
    registered, accepted = row.day(known.REGISTERED_ON), row.day(known.ACCEPTED_ON)
    row.put(Case.registered_on, registered or accepted)
    row.put(Case.accepted_on, accepted or registered)
    if not (registered or accepted or row.reasons):
        row.against("没有写受理日期")
    start = [
        (known.OCCURRED_ON, row.day(known.OCCURRED_ON)),
        (known.REGISTERED_ON, registered),
        (known.ACCEPTED_ON, accepted),
    ]
    for end in (known.REACHED_ON, known.CONCLUDED_ON, known.PERFORMED_ON):
        _in_order(row, [(h.label, day) for h, day in (*start, (end, row.day(end))) if day])
    return accepted or registered


def _in_order(row: Reading, days: list[tuple[str, date]]) -> None:
    for label, day in days:
        if day > row.today:
            row.against(f"{label} {day} 还没到，请核对")
    for (before, early), (after, late) in pairwise(days):
        if late < early:
            row.against(f"{after} {late} 早于{before} {early}，请核对")


def _kind(row: Reading) -> None:
    text = row.text(known.KIND)
    chosen = row.choices.kinds.get(words.bare(text))
    kind, assumption = (chosen, "") if chosen else words.kind_of(text)
    row.put(Case.kind, kind)
    if assumption:
        row.assume(assumption)
    if kind is None:
        row.against(f"纠纷类型“{text[:_SHORT]}”不认识，请改成统计表上的类型" if text else "没有写纠纷类型")


def _level(row: Reading) -> None:
    if text := row.text(known.LEVEL):
        row.put(Case.level, words.LEVELS.get(text))
        if text not in words.LEVELS:
            row.against(f"难易程度“{text[:_SHORT]}”不认识，请写简易、一般、疑难复杂或重大")


def _origin(row: Reading) -> None:
    """案件来源, or the unit that handed the case over where only that is written."""
    unit = row.text(known.REFERRER_NAME)
    text = row.text(known.SOURCE) or unit
    chosen = row.choices.origins.get(words.bare(text))
    origin, handed_by, assumption = (chosen, "", "") if chosen else words.origin_of(text)
    if origin is None and not text:
        origin, assumption = (Source.APPLICATION, None), words.SOURCE_MISSING
    if origin is None:
        row.against(f"案件来源“{text[:_SHORT]}”不认识，请写“当事人申请”“主动调解”，或写明由谁移送")
        return
    row.put(Case.source, origin[0])
    row.put(Case.referrer, origin[1])
    name = field_of(Case.referrer_name)
    row.put(Case.referrer_name, row.attempt(known.REFERRER_NAME, lambda: name.read(unit or handed_by)))
    if assumption:
        row.assume(assumption, remark=True)


def _people(row: Reading, on: date) -> None:
    sides = {side: _side(row, side, on) for side in Side}
    if not sides[Side.APPLICANT].people:
        row.against("没有写申请人")
    if not sides[Side.RESPONDENT].people:
        row.warnings.append("没有写被申请人，请补填。")
    _number(row, sum(named.number for named in sides.values()), any(n.others for n in sides.values()))
    text = row.text(known.MEDIATORS)
    named = row.attempt(known.MEDIATORS, lambda: names_in(text)) or Named()
    read = field_of(Staff.name).read
    names = (row.attempt(known.MEDIATORS, partial(read, name)) for name, _ in named.people)
    row.mediators = tuple(dict.fromkeys(str(name) for name in names if name))
    if not row.mediators:
        row.warnings.append("没有写调解员，请补填。")


def _side(row: Reading, side: Side, on: date) -> Named:
    """One side's parties, with what else the row tells of them."""
    names, ids, phones, address = (known.of_party(side, key) for key in known.PARTICULARS)
    text = row.text(names)
    named = row.attempt(names, lambda: names_in(text)) or Named()
    numbers, calls = row.text(ids), row.text(phones)
    told = Told(
        row.attempt(ids, lambda: ids_in(row.cell(ids), numbers)) or (), phones_in(calls), row.text(address)
    )
    found = row.attempt(names, lambda: parties(side, named, told, on))
    row.parties[side], warnings, left = found or ([], [], [])
    row.warnings += warnings
    row.remarks += left
    if named.others is not None:
        row.warnings.append(f"{side.label}写“{text[:_SHORT]}”，只记下了写明姓名的人。")
        row.remarks.append(f"台账{side.label}写“{text}”。")
    return named


def _number(row: Reading, named: int, others: bool) -> None:
    """涉及人数: the ledger's figure, but never fewer than are named."""
    people = row.case[Case.people.key]
    if people is None and others:
        row.put(Case.people, named)
        row.assume(words.PEOPLE_COUNTED, remark=True)
    elif isinstance(people, int) and people < named:
        row.put(Case.people, named)
        row.warnings.append(f"涉及人数 {people} 少于写明的当事人 {named} 人，按 {named} 人记。")


def _remark(row: Reading) -> None:
    if number := row.text(known.OLD_NUMBER):
        row.remarks.append(f"台账原编号：{number}。")
    parts = [row.text(known.REMARK), *dict.fromkeys(row.remarks)]
    joined = "\n".join(part for part in parts if part)
    row.put(Case.remark, row.attempt(known.REMARK, lambda: field_of(Case.remark).read(joined)))


def _key(row: Reading, accepted: date) -> str:
    sides = (
        "、".join(sorted(str(p[Party.name.key]) for p in row.parties[s]))
        for s in (Side.APPLICANT, Side.RESPONDENT)
    )
    facts = (accepted.isoformat(), *sides, words.bare(str(row.case[Case.summary.key])))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()
