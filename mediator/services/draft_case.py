"""What stands now where a draft was typed on a case (案件里的暂存): its fields, rows, papers, and steps half taken."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Instalment, Item
from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, field_of, fields_of
from mediator.domain.papers import Material, Particulars
from mediator.domain.people import Representative
from mediator.domain.records import Event
from mediator.domain.safety import Draft
from mediator.domain.stages import DAYS, OPEN, find
from mediator.forms.form import Form, subjects
from mediator.forms.register import by_code
from mediator.services import agreements, drafts, papers, parts, signing, wordings
from mediator.services.draft_stands import Listed, Stands, Step, of_row, one_of, steps, typed_anew
from mediator.services.papers import Possible

REASON = Field("原因", Shape.TEXT, most=20_000)
_STAFF = Field("调解员姓名", Shape.NAME, most=100)


def stands(session: Session, case: Case, draft: Draft, today: date) -> Stands:
    """What stands now at a place on a case; Refusal if that is no more."""
    place = steps(draft.place)
    last = place[-1]
    if len(place) == 1:
        return of_row("登记内容", case, Case)
    if last.what in parts.LISTS:
        return _part(case, last)
    if last.what == "agreement":
        return of_row("协议", case.agreement, Agreement)
    if last.what == "representative":
        everybody = [one for party in case.parties for one in party.representatives]
        return one_of("代理人、监护人", everybody, last, Representative)
    found = {"item": _item, "pay": _payment, "material": _material, "step": _step, "sign": _signed}.get(
        last.what
    )
    if found is not None:
        return found(case, last, draft)
    if last.what in ("paper", "wording"):
        return paper(session, case, last, draft, today)
    return _deadline(case) if last.what == "extend" else _redated(case)


def paper(session: Session, case: Case | None, step: Step, draft: Draft, today: date) -> Stands:
    """What is filled in for a paper of a case, or of the office; or how it is worded."""
    form = by_code(papers_key(step)[0])
    entry = _entry(session, case, form, step, today)
    if step.what == "paper":
        return Stands(
            f"文书《{form.title}》", papers.answers_of(entry), {ask.key: ask.field for ask in form.asks}
        )
    seen, there = drafts.shown(draft), {one.words: list(one.worded) for one in wordings.read(session, entry)}
    passages = {
        key: Listed("改写的一段", _worded, there.get(key, seen.get(key))) for key in drafts.typed(draft)
    }
    return Stands(f"改措辞：{form.title}", lists=passages)


def papers_key(step: Step) -> tuple[str, int | None, int | None]:
    """Which paper a step names: its form, what it is about, what was filled in for it."""
    form, subject, filled = step.which.rsplit(":", 2)
    return form, int(subject) if subject else None, int(filled) if filled else None


def _part(case: Case, step: Step) -> Stands:
    model = parts.LISTS[step.what]
    rows: list[Any] = getattr(case, step.what)
    row = next((one for one in rows if one.id == step.row), None) if step.row is not None else None
    words = f"{model.title}（{parts.in_words(row)}）" if row is not None else model.title
    found = one_of(words, rows, step, model)
    if step.what == "parties":
        others = parts.others(row) if row is not None else []
        found.lists = {
            "representatives": Listed(
                parts.OTHERS, lambda raw: parts.others_in_words(parts.read_others(raw)), others
            )
        }
    if step.what == "assignments":
        found.fields = {"staff": _STAFF, **found.fields}
        found.values = {"staff": row.staff.name if row is not None else "", **found.values}
    return found


def _item(case: Case, step: Step, _draft: Draft) -> Stands:
    items = case.agreement.items if case.agreement else []
    row = next((one for one in items if one.id == step.row), None) if step.row is not None else None
    found = one_of("协议事项", items, step, Item)
    now: dict[str, object] = (
        {**agreements.whom(row), "instalments": agreements.instalments(row)} if row else {}
    )
    found.lists = {
        key: Listed(label, lambda raw: agreements.part_in_words(case, raw), now.get(key))
        for key, label in agreements.PARTS.items()
    }
    return found


def _entry(session: Session, case: Case | None, form: Form, step: Step, today: date) -> Possible:
    _code, about, filled = papers_key(step)
    kept = session.get(Particulars, filled) if filled is not None else None
    subject = None
    if case is not None and about is not None:
        subject = next((one for one in subjects(form, case) if getattr(one, "id", None) == about), None)
        if subject is None:
            raise Refusal("这份文书写的事情已经不在案件里了，不能接着填。")
    return papers.one(session, case, form, subject, today=today, filled=kept)


def _worded(kept: object) -> str:
    """A passage as it was worded; what is kept of one is its words and whether they are meant for all papers."""
    words, everywhere = kept if isinstance(kept, list) and len(kept) == 2 else ("", False)
    return wordings.told((str(words), bool(everywhere)))


def _payment(case: Case, step: Step, _draft: Draft) -> Stands:
    part = agreements.instalment_of(case, step.row or 0)
    own = {key: field for key, field in fields_of(Instalment).items() if key in ("paid_on", "voucher")}
    this_time = replace(field_of(Instalment.paid), label="这次付了（元）")
    return typed_anew(f"记一笔履行（{part.item.debtor_words}）", {**own, "paid": this_time})


def _material(case: Case, step: Step, _draft: Draft) -> Stands:
    if step.row is not None:
        found = one_of("材料说明", case.materials, step, Material)
        found.barred = "这份材料已经不在了，不能接着填。" if found.gone else ""
        found.gone = False
        return found
    files = Listed("文件", lambda raw: "\n".join(Path(str(one)).name for one in raw or []))
    return typed_anew("加材料", fields_of(Material), {"files": files})


def _step(case: Case, step: Step, _draft: Draft) -> Stands:
    to = _stage(step.which)
    move = find(case, to)
    outcome = Field("调解结果", Shape.CODE, codes=Outcome)
    made = typed_anew(
        f"办理：{move.label if move else to.label}",
        {"on": replace(field_of(Event.on), label="日期"), "outcome": outcome, "reason": REASON},
    )
    made.barred = "" if move else f"案件现在是“{case.stage.label}”，这一步已经不能办了，不能接着填。"
    return made


def _stage(code: str) -> Stage:
    return next(one for one in Stage if one.value == code)


def _deadline(case: Case) -> Stands:
    made = typed_anew("延期", {"until": replace(field_of(Case.due_on), label="延长到"), "reason": REASON})
    made.barred = (
        "" if case.due_on and case.stage in (*OPEN, Stage.SUSPENDED) else "本案不在办理期限内，不需要延期。"
    )
    return made


def _redated(case: Case) -> Stands:
    which = Listed("哪一个日期", lambda raw: field_of(DAYS[_stage(raw)]).label if raw else "")
    on = replace(field_of(Event.on), label="应为")
    return typed_anew("更正日期", {"on": on, "reason": REASON}, {"which": which})


def _signed(case: Case, step: Step, draft: Draft) -> Stands:
    issued = next((one for one in case.papers if one.id == step.row and not one.void_reason), None)
    if issued is None:
        raise Refusal("这份文书已经作废，或者不在了，不能接着登记签署。")
    there = {str(one.number): one for one in signing.places(issued)}
    lists = {
        key: Listed(there[key].role, _ticked, [there[key].on is not None, f"{there[key].on or ''}"])
        for key in drafts.typed(draft)
        if key in there
    }
    return Stands(f"签署登记：{papers.kept(issued).title}", lists=lists)


def _ticked(kept: object) -> str:
    """A place to sign as it was ticked, with the day typed beside it."""
    on, day = kept if isinstance(kept, list) and len(kept) == 2 else (False, "")
    if not on:
        return signing.NOT_SIGNED
    return f"签于 {day}" if day else "签了，还没有填日期"
