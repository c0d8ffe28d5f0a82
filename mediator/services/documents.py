"""A case as one JSON document: what ``case show --json`` prints and ``case new`` reads.

Codes stand by their stored value (their label is read too), days in ISO 8601, amounts as decimal text in 元.
What the program sets by itself (number, stage, history, papers) is shown and, on the way in, left aside.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.agreement import Item
from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.fields import fields_of, read_all, written
from mediator.domain.records import Event, IssuedPaper
from mediator.services import agreements, parts
from mediator.services.cases import enter, fill

_SHOWN_ONLY = {"uid", "number", "full_name", "events", "papers"}


def register(session: Session, raw: Mapping[str, object], *, by: str, today: date) -> Case:
    """Enter a new case from a document; an unknown key is refused by name."""
    own_fields = fields_of(Case)
    unknown = set(raw) - set(own_fields) - set(parts.LISTS) - _SHOWN_ONLY - {"agreement"}
    if unknown:
        raise Refusal(f"案件里没有“{sorted(unknown)[0]}”这一项,请删去或改正。")
    case = Case(registered_on=read_all(Case, raw).get("registered_on") or today)
    fill(case, {key: value for key, value in raw.items() if key != "registered_on"})
    enter(session, case, by=by, today=today)
    for part in parts.LISTS:
        for entry in _rows(raw, part):
            parts.put(session, case, part, entry, by=by)
    if isinstance(raw.get("agreement"), Mapping):
        agreements.put(session, case, raw["agreement"], by=by)  # type: ignore[arg-type]
    return case


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


def _rows(raw: Mapping[str, object], part: str) -> list[Mapping[str, object]]:
    rows = raw.get(part) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise Refusal(f"案件里的“{part}”应是一个列表,请对照说明改正。")
    return rows
