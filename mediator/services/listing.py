"""Finding and listing cases (查询): one page of narrow rows, newest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from mediator.domain.case import Case, stands
from mediator.domain.codes import Kind, Outcome, Side, Stage
from mediator.domain.people import Party
from mediator.services import sensitive
from mediator.store import search

PAGE = 100
MOST = 1000
"""Cases, or other rows, that a window lists at once; where there are more it says so."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is left empty does not narrow."""

    words: str = ""
    stage: Stage | None = None
    kind: Kind | None = None
    since: date | None = None
    until: date | None = None
    unfinished: bool = False
    """Only cases not yet closed, refused or archived."""


@dataclass(frozen=True)
class Row:
    """A case in a list."""

    id: int
    number: str
    applicants: str
    respondents: str
    kind: Kind | None
    stage: Stage
    outcome: Outcome | None
    registered_on: date
    due_on: date | None


_DONE = (Stage.CLOSED, Stage.ARCHIVED, Stage.REFUSED)


def find(session: Session, wanted: Wanted, *, before: int | None = None, limit: int = PAGE) -> list[Row]:
    """The newest cases wanted, those entered before the case of id ``before`` if one is given."""
    conditions = _conditions(session, wanted)
    if before is not None:
        conditions.append(Case.id < before)
    return _page(session, conditions, limit)


def of_ids(session: Session, ids: Sequence[int]) -> list[Row]:
    """The rows of known cases, newest first."""
    return _page(session, [Case.id.in_(ids)], len(ids))


def number_of(session: Session, wanted: Wanted) -> int:
    """How many cases are wanted, in 件."""
    if wanted.words.strip() and wanted == Wanted(words=wanted.words) and sensitive.veil(session) is None:
        return search.number_found(session, wanted.words)
    return session.scalar(select(func.count()).select_from(Case).where(*_conditions(session, wanted))) or 0


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [stands()]
    if wanted.words.strip():
        conditions.append(_found(session, wanted.words))
    if wanted.stage:
        conditions.append(Case.stage == wanted.stage)
    if wanted.kind:
        conditions.append(Case.kind == wanted.kind)
    if wanted.since:
        conditions.append(Case.registered_on >= wanted.since)
    if wanted.until:
        conditions.append(Case.registered_on <= wanted.until)
    if wanted.unfinished:
        conditions.append(Case.stage.in_([stage for stage in Stage if stage not in _DONE]))
    return conditions


def _found(session: Session, words: str) -> ColumnElement[bool]:
    """Cases that match what was typed; one that is hidden (敏感案件) only by its number, or a name would give it away."""
    drawn = sensitive.veil(session)
    if drawn is None:
        return search.found(words)
    return search.found(words) & or_(~drawn.hides, Case.number.contains(words.strip(), autoescape=True))


def _page(session: Session, conditions: list[ColumnElement[bool]], limit: int) -> list[Row]:
    columns = (Case.id, Case.number, Case.kind, Case.stage, Case.outcome, Case.registered_on, Case.due_on)
    rows = session.execute(select(*columns).where(*conditions).order_by(Case.id.desc()).limit(limit)).all()
    ids = [row.id for row in rows]
    names, hidden = _names(session, ids), sensitive.hidden_among(session, ids)
    for case_id, words in hidden.items():
        names[case_id, Side.APPLICANT], names[case_id, Side.RESPONDENT] = words, ""
    return [
        Row(
            row.id, row.number, names[row.id, Side.APPLICANT], names[row.id, Side.RESPONDENT],
            row.kind, row.stage, row.outcome, row.registered_on, row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _names(session: Session, ids: list[int]) -> dict[tuple[int, Side], str]:
    listed = select(Party.case_id, Party.side, Party.name).where(Party.case_id.in_(ids)).order_by(Party.id)
    names: dict[tuple[int, Side], list[str]] = defaultdict(list)
    for case_id, side, name in session.execute(listed):
        names[case_id, side].append(name)
    return defaultdict(str, {key: "、".join(people) for key, people in names.items()})
