"""What is filled in for a paper (文书填写): answers to the form's questions and passages worded by hand."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.errors import Conflict, Refusal
from mediator.domain.fields import Shape, Value
from mediator.domain.papers import Particulars
from mediator.domain.roles import Power
from mediator.forms.asks import Ask
from mediator.forms.form import Form
from mediator.services import access, merging
from mediator.services.cases import guard
from mediator.services.form_settings import changed


def of(case: Case, form: Form, subject: object | None) -> Particulars | None:
    """What was filled in for the one paper of a form about a thing; a form that repeats has none by that."""
    if form.repeats:
        return None
    wanted = getattr(subject, "id", None)
    return next((p for p in case.particulars if p.form == form.code and p.subject_id == wanted), None)


def answers(form: Form, particulars: Particulars | None) -> dict[str, Value]:
    """The answers as values; one that the form no longer asks for, or cannot read, is left out."""
    kept = json.loads(particulars.answers) if particulars else {}
    found: dict[str, Value] = {}
    for ask in form.asks:
        try:
            if ask.key in kept:
                found[ask.key] = ask.field.read(kept[ask.key])
        except Refusal:
            continue
    return found


def wording(particulars: Particulars | None) -> dict[str, str]:
    """Passages of this one paper worded by hand."""
    return json.loads(particulars.wording) if particulars else {}


def fill(
    session: Session, case: Case | None, form: Form, subject: object | None, typed: Mapping[str, object], *,
    by: str, particulars_id: int | None = None, proposed: Mapping[str, Value] | None = None,
    was: Mapping[str, object] | None = None,
) -> Particulars:  # fmt: skip
    """Keep what was typed; Refusal names a field that cannot be read. A form that repeats gets one more paper.

    An answer that is just what the form proposes is not kept: it goes on following the case. ``was`` is what the person
    saw before typing: where somebody else has answered meanwhile, Stale carries those questions.
    """
    new = {ask.key: ask.field.read(typed[ask.key]) for ask in form.asks if ask.key in typed}
    kept = _find(session, case, form, subject, particulars_id)
    before = answers(form, kept)
    _check_seen(form, kept, dict(proposed or {}) | before, new, was or {})
    kept = _open(session, case, form, subject, by, particulars_id)
    said = before | new
    follows = {key for key, value in (proposed or {}).items() if said.get(key) == value}
    written = {a.key: a.field.write(said[a.key]) for a in form.asks if a.key in said and a.key not in follows}
    kept.answers = json.dumps(written, ensure_ascii=False)
    session.flush()
    return kept


def _check_seen(
    form: Form, kept: Particulars | None, now: Mapping[str, Value], new: Mapping[str, Value],
    was: Mapping[str, object],
) -> None:  # fmt: skip
    conflicts = []
    for ask in form.asks:
        there = now.get(ask.key, ask.field.empty)
        if ask.key in was and ask.key in new and was[ask.key] != there and new[ask.key] != there:
            conflicts.append(_conflict(ask, was[ask.key], there, new[ask.key], kept))
    merging.check(kept, conflicts)


def _conflict(ask: Ask[Any], seen: Any, there: Value, typed: Value, kept: Particulars | None) -> Conflict:
    field = ask.field
    was, now, wanted = (merging.in_words(field, value) for value in (seen, there, typed))
    by, at = (kept.changed_by, kept.changed_at) if kept else ("", None)
    return Conflict(ask.key, field.label, was, now, wanted, there, field.shape is Shape.TEXT, by, at)


def reword(
    session: Session, case: Case | None, form: Form, subject: object | None, passage: str,
    words: str | None, *, by: str, particulars_id: int | None = None,
) -> Particulars:  # fmt: skip
    """Word a passage of this one paper otherwise; "" leaves it out, None lets it stand as in all papers of the form."""
    kept = _open(session, case, form, subject, by, particulars_id)
    kept.wording = json.dumps(changed(json.loads(kept.wording), passage, words), ensure_ascii=False)
    session.flush()
    return kept


def drop(session: Session, case: Case, particulars_id: int, was: Mapping[str, object] | None = None) -> None:
    """Throw away what was filled in for a paper that was never issued; Refusal if it was, Stale if it is not as ``seen``."""
    guard(case, "删除文书填写")
    merging.unchanged(_of_id(case, particulars_id), was, "删除")
    if any(paper.particulars_id == particulars_id for paper in case.papers):
        raise Refusal("这份文书已经出具过，不能删除；不再用的请留在卷内说明。")
    case.particulars.remove(_of_id(case, particulars_id))
    session.flush()


def seen(kept: Particulars) -> dict[str, object]:
    """What was filled in, as somebody saw it who wants to throw it away."""
    return {"answers": kept.answers, "wording": kept.wording}


def _open(
    session: Session, case: Case | None, form: Form, subject: object | None, by: str, known: int | None
) -> Particulars:
    """The row to write in, made where there is none yet."""
    if case is not None:
        guard(case, "填写文书")
    else:
        access.need(session, Power.WORK, Power.CLOSE)
    found = _find(session, case, form, subject, known)
    kept = found or Particulars(form=form.code, subject_id=getattr(subject, "id", None))
    if case is not None and found is None:
        case.particulars.append(kept)
    session.add(kept)
    kept.changed_at, kept.changed_by = datetime.now().replace(microsecond=0), by
    session.flush()
    return kept


def _find(
    session: Session, case: Case | None, form: Form, subject: object | None, known: int | None
) -> Particulars | None:
    """The row that was written in before, if any; Refusal if it was and is no more."""
    if known is not None:
        return _of_id(case, known) if case is not None else _of_office(session, form, known)
    return of(case, form, subject) if case is not None else None


def _of_id(case: Case, wanted: int) -> Particulars:
    for kept in case.particulars:
        if kept.id == wanted:
            return kept
    raise Refusal("这份文书的填写内容已经不在了，请刷新后再试。")


def _of_office(session: Session, form: Form, wanted: int) -> Particulars:
    kept = session.get(Particulars, wanted)
    if kept is None or kept.case_id is not None or kept.form != form.code:
        raise Refusal("这份文书的填写内容已经不在了，请刷新后再试。")
    return kept
