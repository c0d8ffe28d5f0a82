"""A case as one JSON document: what ``case show --json`` prints and ``case new`` reads.

Codes stand by their stored value (their label is read too), days in ISO 8601, amounts as decimal text in 元.
What the program sets by itself (number, stage, history, papers) is shown and, on the way in, left aside.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.agreement import Agreement, Item
from mediator.domain.case import Case
from mediator.domain.codes import Outcome, Stage
from mediator.domain.fields import Field, Shape, field_of, read_all, written
from mediator.domain.papers import IssuedPaper
from mediator.domain.records import Event
from mediator.services import agreements, outline, parts, progress
from mediator.services.cases import enter, fill

_SHOWN_ONLY = ("uid", "number", "full_name", "events", "papers")
_STEP = ("on", "outcome", "reason")
REASON = Field("原因", Shape.TEXT, most=2_000)


def register(session: Session, raw: Mapping[str, object], *, by: str, today: date) -> Case:
    """Enter a new case from a document; an unknown key or a value of the wrong kind is refused by name."""
    outline.check(raw, Case, *_SHOWN_ONLY)
    case = Case(registered_on=read_all(Case, raw).get("registered_on") or today)
    fill(case, {key: value for key, value in raw.items() if key != "registered_on"})
    enter(session, case, by=by, today=today)
    _add(session, case, _without(raw, _effect(raw)), by)
    return case


def advance(
    session: Session, case: Case, to: Stage, raw: Mapping[str, object], *, by: str, today: date
) -> Case:
    """Take a step with what belongs to it in one document: rows to add, the agreement, day, result and reason."""
    outline.check_values({key: raw.get(key) for key in _STEP})
    outline.check_rows(raw, Case, *_STEP)
    effect = _effect(raw)
    _add(session, case, _without(raw, effect), by)
    on = field_of(Event.on).read(raw.get("on")) or today
    outcome = field_of(Case.outcome).read(raw.get("outcome"))
    assert isinstance(on, date) and (outcome is None or isinstance(outcome, Outcome))
    reason = str(REASON.read(raw.get("reason")))
    progress.advance(session, case, to, by=by, on=on, today=today, outcome=outcome, reason=reason)
    if effect:
        agreements.put(session, case, effect, by=by, reason=reason)
    return case


def _effect(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The day of effect: it can be written down only once the step has been taken that reaches the agreement."""
    key = Agreement.effective_on.key
    return {key: raw["agreement"][key]} if raw.get("agreement") and key in raw["agreement"] else {}


def _without(raw: Mapping[str, Any], effect: Mapping[str, Any]) -> Mapping[str, Any]:
    if not effect:
        return raw
    return {**raw, "agreement": {k: v for k, v in raw["agreement"].items() if k not in effect}}


def _add(session: Session, case: Case, raw: Mapping[str, Any], by: str) -> None:
    for part in parts.LISTS:
        for entry in raw.get(part) or []:
            parts.put(session, case, part, entry, by=by)
    if raw.get("agreement"):
        agreements.put(session, case, raw["agreement"], by=by)


def as_document(case: Case) -> dict[str, Any]:
    """The whole case, empty values left out."""
    document: dict[str, Any] = {"uid": case.uid, "number": case.number, "full_name": case.full_name}
    document |= written(case)
    document["parties"] = [
        {**written(p), "representatives": [written(r) for r in p.representatives]} for p in case.parties
    ]
    document["assignments"] = [{"staff": a.staff.name, **written(a)} for a in case.assignments]
    for part in ("investigations", "sessions", "revisits"):
        document[part] = [written(row) for row in getattr(case, part)]
    if case.agreement:
        items = [_item(item) for item in case.agreement.items]
        document["agreement"] = {**written(case.agreement), "items": items}
    document["events"] = [_event(event) for event in case.events]
    document["papers"] = [_paper(paper) for paper in case.papers]
    return document


def _item(item: Item) -> dict[str, Any]:
    return {
        **written(item),
        "debtor": item.debtor.name if item.debtor else item.debtor_side.value,
        "creditor": item.creditor.name if item.creditor else item.creditor_side.value,
        "instalments": [written(part) for part in item.instalments],
    }


def _event(event: Event) -> dict[str, Any]:
    return {**written(event), "by": event.by, "detail": event.detail, "reason": event.reason}


def _paper(paper: IssuedPaper) -> dict[str, Any]:
    return {"form": paper.form, "number": paper.number, **written(paper), "digest": paper.digest}
