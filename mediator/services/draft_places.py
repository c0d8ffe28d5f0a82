"""Where a draft was typed (暂存的位置): "case:12/parties:34" read back into a case, a form and what stands there now.

``new-case``; ``case:12`` and under it ``parties:34``, ``parties:34/representative:5``, ``agreement``, ``agreement/item:7``,
``agreement/pay:9``, ``material:8``, ``step:accepted``, ``extend``, ``redate``, ``sign:3``, ``paper:form:subject:filled``,
``wording:form:subject:filled``; the last two also under ``office``. Places that belong to no case: ``draft_office``.
``new`` stands for the id of a row that has none yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of
from mediator.domain.safety import Draft
from mediator.services import cases, draft_case, draft_office, drafts
from mediator.services.draft_stands import Stands, steps, teller
from mediator.services.drafts import Difference

NEW_CASE = "new-case"
OFFICE = "office"
GONE = "这一条已经被删去，接着填会另存为新的一条。"


@dataclass(frozen=True)
class Told:
    """A draft as people read it."""

    draft: Draft
    case_id: int | None
    title: str
    """Number and name of the case."""
    form: str
    differences: list[Difference]
    barred: str = ""
    """Why one cannot go on with it; empty if one can."""
    hint: str = ""


def case_of(place: str) -> int | None:
    """The case a place belongs to; None for a new one and for the office."""
    first = steps(place)[0]
    return first.row if first.what == "case" else None


def waiting(session: Session, place: str, today: date) -> list[Told]:
    """What the person at work has typed and not saved, all of it or what lies at a place; the newest first.

    A draft that says nothing but what is saved already is forgotten.
    """
    found = []
    for draft in drafts.under(session, place) if place else drafts.all_of(session):
        told = read(session, draft, today)
        if told.differences or told.barred:
            found.append(told)
        else:
            session.delete(draft)
    return found


def read(session: Session, draft: Draft, today: date) -> Told:
    """A draft beside what stands there now."""
    case_id = case_of(draft.place)
    try:
        case = cases.load(session, case_id) if case_id is not None else None
    except Refusal as refusal:
        return Told(draft, case_id, "打不开的案件", "", [], barred=str(refusal))
    title = f"{case.number} {case.full_name}" if case else _title(draft.place)
    try:
        stands = _stands(session, case, draft, today)
    except Refusal as refusal:
        return Told(draft, case_id, title, "", [], barred=str(refusal))
    hint = GONE if stands.gone else ""
    barred = _barred(case) or stands.barred
    return Told(draft, case_id, title, stands.form, _differences(draft, stands), barred, hint)


def _title(place: str) -> str:
    if place.startswith(NEW_CASE):
        return "新案件，还没有卷号"
    return draft_office.TITLES.get(steps(place)[0].what, "工作文书")


def _barred(case: Case | None) -> str:
    if case is None:
        return ""
    if case.discarded_on is not None:
        return "本案已经作废；要接着填，请先在“回收站”里恢复它。"
    if case.stage is Stage.ARCHIVED:
        return "本案已经归档；要接着填，请先把它退回上一步。"
    return ""


def _differences(draft: Draft, stands: Stands) -> list[Difference]:
    typed, seen = drafts.typed(draft), drafts.shown(draft)
    if stands.new:
        return _filled_in(stands, typed, seen)
    found = drafts.differences(draft, stands.fields, stands.values)
    for key, (label, tell, now) in stands.lists.items():
        if key in typed and tell(typed[key]) != tell(now):
            moved = key in seen and tell(seen[key]) != tell(now)
            found.append(Difference(label, tell(typed[key]), tell(now), moved))
    return found


def _filled_in(stands: Stands, typed: Mapping[str, object], seen: Mapping[str, object]) -> list[Difference]:
    """Of something new: what was typed otherwise than it was proposed; nothing stands there yet."""
    found = []
    for key, raw in typed.items():
        if key in stands.fields:
            label, tell = stands.fields[key].label, teller(stands.fields[key])
        elif key in stands.lists:
            label, tell, _now = stands.lists[key]
        else:
            continue
        before = None if stands.whole else seen.get(key)
        if tell(raw) != tell(before):
            found.append(Difference(label, tell(raw), "", False))
    return found


def _stands(session: Session, case: Case | None, draft: Draft, today: date) -> Stands:
    place = steps(draft.place)
    if place[0].what == NEW_CASE:
        return Stands("登记内容", fields=fields_of(Case), new=True)
    if place[0].what == OFFICE:
        return draft_case.paper(session, None, place[-1], draft, today)
    return draft_case.stands(session, case, draft, today) if case else draft_office.stands(session, draft)
