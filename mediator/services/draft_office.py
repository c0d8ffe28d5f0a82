"""What stands now where a draft was typed that belongs to no case (单位的暂存): settings, lists of the office, closings.

``settings/office``, ``settings/policy``, ``staff/person:5``, ``phrases/phrase:3``, ``forms/form:rights``,
``prices/price:2``, ``screenings/screening:4``, ``closings/close:table:since:until``, ``closings/correct:7``, ``loss``.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Shape, field_of
from mediator.domain.figures import Closing, Price, Screening
from mediator.domain.office import Office
from mediator.domain.papers import FormSetting, Phrase
from mediator.domain.people import Staff
from mediator.domain.periods import days
from mediator.domain.roles import Power
from mediator.domain.safety import Draft, Policy
from mediator.forms.register import by_code
from mediator.services import access, closing_chain, drafts, offices, policy, subsidies
from mediator.services.draft_stands import Listed, Stands, Step, of_row, one_of, steps, typed_anew
from mediator.tallies import register

OFFICE, POLICY, LOSS = "settings/office", "settings/policy", "loss"
TITLES = {
    "settings": "设置", "staff": "设置", "phrases": "设置", "forms": "设置", "prices": "以案定补",
    "screenings": "统计", "closings": "统计", LOSS: "个人信息",
}  # fmt: skip
"""Where in the window it was typed, by the first part of the place."""
_BRIEF = 16
"""Letters of a phrase that tell which it is."""
_ROWS: dict[str, tuple[str, type[Any], Callable[[Any], str]]] = {
    "person": ("工作人员", Staff, lambda one: one.name),
    "phrase": ("常用语", Phrase, lambda one: one.words[:_BRIEF]),
    "price": ("补贴标准", Price, lambda one: f"{one.level.label}，{one.valid_from} 起"),
    "screening": ("排查", Screening, lambda one: f"{one.screened_on} {one.area[:_BRIEF]}"),
}
"""What a row is called, its model, and what tells which row it is."""
FIGURES = ("prices", "screenings", "closings")
"""Those typed on the page of the tables; the others belong to the settings."""
_SETTINGS = ("settings", "staff", "forms")


def closing_place(code: str, since: date, until: date) -> str:
    """Where it is kept what somebody writes to explain the doubts about a table of a period."""
    return f"closings/close:{code}:{since}:{until}"


def period_of(step: Step) -> tuple[str, date, date]:
    """The table and period of such a place."""
    code, since, until = step.which.rsplit(":", 2)
    return code, date.fromisoformat(since), date.fromisoformat(until)


def stands(session: Session, draft: Draft) -> Stands:
    """What stands now at a place of the office; Refusal if that is no more."""
    place = steps(draft.place)
    first, last = place[0], place[-1]
    found = _found(session, last, draft)
    if first.what in _SETTINGS and not access.may(session, Power.SETTINGS):
        found.barred = access.why_not(Power.SETTINGS)
    return found


def _found(session: Session, last: Step, draft: Draft) -> Stands:
    if last.what in _ROWS:
        form, model, told = _ROWS[last.what]
        row = session.get(model, last.row) if last.row is not None else None
        words = f"{form}（{told(row)}）" if row is not None else form
        return one_of(words, [row] if row is not None else [], last, model)
    if last.what == "office":
        return of_row("调委会信息", offices.own(session), Office)
    if last.what == "policy":
        return of_row("安全设置", policy.own(session), Policy)
    if last.what == "form":
        row = session.scalar(select(FormSetting).where(FormSetting.form == last.which))
        return of_row(f"文书设置《{by_code(last.which).title}》", row, FormSetting)
    if last.what == "close":
        return _close(session, last, draft)
    return _correct(session, last, draft) if last.what == "correct" else _loss()


def _close(session: Session, step: Step, draft: Draft) -> Stands:
    code, since, until = period_of(step)
    made = typed_anew(f"结账：{_title(code, until)}，{days(since, until)}", {}, _notes(drafts.typed(draft)))
    closed = closing_chain.standing(session, code, since, until) is not None
    made.barred = "这一期已经结账了，核实情况不能再写。" if closed else ""
    return made


def _correct(session: Session, step: Step, draft: Draft) -> Stands:
    closing = session.get(Closing, step.row or 0)
    if closing is None:
        raise Refusal("这一次结账已经不在了，不能接着填。")
    notes = drafts.typed(draft).get("notes")
    words = Listed("核实情况", lambda raw: "\n".join(f"{key}：{said}" for key, said in (raw or {}).items()))
    fields = {"reason": field_of(Closing.reason)}
    title = f"更正：{_title(closing.table, closing.until)}，{days(closing.since, closing.until)}"
    made = typed_anew(title, fields, {"notes": words} if isinstance(notes, dict) else {})
    newest = closing_chain.standing(session, closing.table, closing.since, closing.until)
    made.barred = "" if newest is closing else "这一期后来又更正过，请看过新的变动再写。"
    return made


def _loss() -> Stands:
    since, told = Field("丢失时间", Shape.MOMENT), Field("丢失的经过", Shape.TEXT, most=20_000)
    return typed_anew(
        "载体丢失",
        {"since": since, "told": told},
        {"drive": Listed("哪一个 U 盘", lambda raw: str(raw or ""))},
    )


def _notes(typed: dict[str, object]) -> dict[str, Listed]:
    return {words: Listed(words, lambda raw: str(raw or "")) for words in typed}


def _title(code: str, until: date) -> str:
    return subsidies.TITLE if code == subsidies.CODE else register.of(code, until).title
