"""Where a draft was typed (暂存的位置): "case:12/parties:34" read back into a case, a form and what stands there now.

``new-case``; ``case:12`` and under it ``parties:34``, ``parties:34/representative:5``, ``agreement``, ``agreement/item:7``,
``material:8``, ``paper:form:subject:filled``, ``wording:form:subject:filled``; the last two also under ``office``.
``new`` stands for the id of a row that has none yet.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Item
from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, Value, fields_of
from mediator.domain.papers import Particulars
from mediator.domain.people import Representative
from mediator.domain.safety import Draft
from mediator.forms.form import subjects
from mediator.forms.register import by_code
from mediator.services import agreements, cases, drafts, merging, papers, parts
from mediator.services.drafts import Difference

NEW = "new"
NEW_CASE = "new-case"
OFFICE = "office"
GONE = "这一条已经被删去，接着填会另存为新的一条。"
_STAFF = Field("调解员姓名", Shape.NAME, most=100)


class Step(NamedTuple):
    """One part of a place: what it is, and which."""

    what: str
    which: str = ""

    @property
    def row(self) -> int | None:
        """The id of the row; None for a new one."""
        return int(self.which) if self.which.isdecimal() else None


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


@dataclass
class _Stands:
    """What stands now where a draft was typed."""

    form: str
    values: Mapping[str, Value] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, Callable[[object], str], object]] = field(default_factory=dict)
    """What is no field: label, how it is told, what stands there."""
    gone: bool = False
    new: bool = False
    """Whether nothing stands there yet."""


def steps(place: str) -> list[Step]:
    """The parts of a place."""
    return [Step(*part.partition(":")[::2]) for part in drafts.bare(place).split("/")]


def case_of(place: str) -> int | None:
    """The case a place belongs to; None for a new one and for the office."""
    first = steps(place)[0]
    return first.row if first.what == "case" else None


def papers_key(step: Step) -> tuple[str, int | None, int | None]:
    """Which paper a step names: its form, what it is about, what was filled in for it."""
    form, subject, filled = step.which.rsplit(":", 2)
    return form, int(subject) if subject else None, int(filled) if filled else None


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
    return Told(draft, case_id, title, stands.form, _differences(draft, stands), _barred(case), hint)


def _title(place: str) -> str:
    return "新案件，还没有卷号" if place.startswith(NEW_CASE) else "工作文书"


def _barred(case: Case | None) -> str:
    if case is None:
        return ""
    if case.discarded_on is not None:
        return "本案已经作废；要接着填，请先在“回收站”里恢复它。"
    if case.stage is Stage.ARCHIVED:
        return "本案已经归档；要接着填，请先把它退回上一步。"
    return ""


def _differences(draft: Draft, stands: _Stands) -> list[Difference]:
    typed, seen = drafts.typed(draft), drafts.shown(draft)
    if stands.new:
        return _filled_in(stands, typed, seen)
    found = drafts.differences(draft, stands.fields, stands.values)
    for key, (label, tell, now) in stands.lists.items():
        if key in typed and tell(typed[key]) != tell(now):
            moved = key in seen and tell(seen[key]) != tell(now)
            found.append(Difference(label, tell(typed[key]), tell(now), moved))
    return found


def _filled_in(stands: _Stands, typed: Mapping[str, object], seen: Mapping[str, object]) -> list[Difference]:
    """Of something new: what was typed otherwise than it was proposed; nothing stands there yet."""
    found = []
    for key, raw in typed.items():
        if key in stands.fields:
            label, tell = stands.fields[key].label, _teller(stands.fields[key])
        elif key in stands.lists:
            label, tell, _now = stands.lists[key]
        else:
            continue
        if tell(raw) != tell(seen.get(key)):
            found.append(Difference(label, tell(raw), "", False))
    return found


def _teller(field: Field) -> Callable[[object], str]:
    return partial(merging.words_of, field)


def _stands(session: Session, case: Case | None, draft: Draft, today: date) -> _Stands:
    place = steps(draft.place)
    if place[0].what == NEW_CASE:
        return _Stands("登记内容", fields=fields_of(Case), new=True)
    last = place[-1]
    if last.what == "paper":
        return _paper(session, case, last, today)
    if last.what == "wording":
        seen = drafts.shown(draft)
        passages = {key: ("改写的一段", _worded, seen.get(key)) for key in drafts.typed(draft)}
        return _Stands(f"改措辞：{by_code(papers_key(last)[0]).title}", lists=passages)
    assert case is not None
    if len(place) == 1:
        return _of_row("登记内容", case, Case)
    if last.what == "agreement":
        return _of_row("协议", case.agreement, Agreement)
    if last.what == "item":
        return _item(case, last)
    if last.what == "material":
        return _one_of("材料说明", case.materials, last)
    if last.what == "representative":
        everybody = [one for party in case.parties for one in party.representatives]
        return _one_of("代理人、监护人", everybody, last, Representative)
    return _part(case, last)


def _of_row(words: str, row: object | None, model: type[Any], **lists: Any) -> _Stands:
    fields = fields_of(model)
    values = {key: getattr(row, key) for key in fields} if row is not None else {}
    return _Stands(words, values, fields, lists)


def _one_of(
    words: str, rows: Iterable[Any], step: Step, model: type[Any] | None = None, **lists: Any
) -> _Stands:
    listed = list(rows)
    row = next((one for one in listed if one.id == step.row), None) if step.row is not None else None
    kind = model or (type(row) if row is not None else None)
    if kind is None:
        raise Refusal("这一条已经不在了，不能接着填。")
    told = words if row is not None or step.row is None else f"{words}（已被删去）"
    made = _of_row(f"{words}（新增）" if step.row is None else told, row, kind, **lists)
    made.gone, made.new = step.row is not None and row is None, row is None
    return made


def _part(case: Case, step: Step) -> _Stands:
    model = parts.LISTS[step.what]
    rows: list[Any] = getattr(case, step.what)
    row = next((one for one in rows if one.id == step.row), None) if step.row is not None else None
    words = f"{model.title}（{parts.in_words(row)}）" if row is not None else model.title
    found = _one_of(words, rows, step, model)
    if step.what == "parties":
        stands = parts.others(row) if row is not None else []
        found.lists = {
            "representatives": (
                parts.OTHERS,
                lambda raw: parts.others_in_words(parts.read_others(raw)),
                stands,
            )
        }
    if step.what == "assignments":
        found.fields = {"staff": _STAFF, **found.fields}
        found.values = {"staff": row.staff.name if row is not None else "", **found.values}
    return found


def _item(case: Case, step: Step) -> _Stands:
    items = case.agreement.items if case.agreement else []
    row = next((one for one in items if one.id == step.row), None) if step.row is not None else None
    found = _one_of("协议事项", items, step, Item)
    now: dict[str, object] = (
        {**agreements.whom(row), "instalments": agreements.instalments(row)} if row else {}
    )
    found.lists = {
        key: (label, lambda raw: agreements.part_in_words(case, raw), now.get(key))
        for key, label in agreements.PARTS.items()
    }
    return found


def _paper(session: Session, case: Case | None, step: Step, today: date) -> _Stands:
    code, about, filled = papers_key(step)
    form = by_code(code)
    words = f"文书《{form.title}》"
    fields = {ask.key: ask.field for ask in form.asks}
    kept = session.get(Particulars, filled) if filled is not None else None
    subject = None
    if case is not None and about is not None:
        subject = next((one for one in subjects(form, case) if getattr(one, "id", None) == about), None)
        if subject is None:
            raise Refusal("这份文书写的事情已经不在案件里了，不能接着填。")
    entry = papers.one(session, case, form, subject, today=today, filled=kept)
    return _Stands(words, papers.answers_of(entry), fields)


def _worded(kept: object) -> str:
    """A passage as it was worded; what is kept of one is its words and whether they are meant for all papers."""
    words = kept[0] if isinstance(kept, list) and kept else ""
    return str(words) or "（删去这一段）"
