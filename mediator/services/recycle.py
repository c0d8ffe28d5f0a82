"""The recycle bin (回收站): rows that were removed from cases, and cases declared void, to be found again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.audit import Change, Entry
from mediator.domain.case import Case
from mediator.domain.codes import Action, Turn
from mediator.domain.errors import Refusal
from mediator.domain.fields import Shape, fields_of
from mediator.domain.masking import masked_id, masked_phone
from mediator.domain.people import Party
from mediator.services import replay, sensitive
from mediator.services.cases import guard, load, touch
from mediator.store import history

SHOWN_DAYS = 365
_MOST = 60
_TOLD = (Shape.NAME, Shape.MOMENT, Shape.DAY, Shape.FEN, Shape.LINE, Shape.TEXT)
_FOUND_AGAIN = (
    "party",
    "representative",
    "assignment",
    "investigation",
    "session",
    "revisit",
    "item",
    "instalment",
)


_MASKS = {Party.id_number.key: masked_id, Party.phone.key: masked_phone}


@dataclass(frozen=True)
class Gone:
    """One row that was removed."""

    change_id: int
    case_id: int
    number: str
    title: str
    """What kind of row it was."""
    words: str
    """What stood in it, in short."""
    at: datetime
    by: str


def removed(session: Session, today: date, case_id: int | None = None, *, masked: bool = False) -> list[Gone]:
    """The rows removed in the last year and not put back, the newest first; of one case or of all.

    ``masked``: with stars in identity numbers and phones.
    """
    since = datetime.combine(today - timedelta(SHOWN_DAYS), datetime.min.time())
    chosen = (
        select(Change, Entry, Case.number)
        .join(Entry, Entry.id == Change.entry_id)
        .join(Case, Case.id == Change.case_id)
        .where(Change.turn == Turn.REMOVED, Change.table.in_(_FOUND_AGAIN), Entry.at >= since)
        .where(*([Change.case_id == case_id] if case_id is not None else []))
        .order_by(Change.id.desc())
    )
    rows = session.execute(chosen).all()
    hidden = sensitive.hidden_among(session, [change.case_id or 0 for change, _, _ in rows])
    return list(_told(session, [row for row in rows if row[0].case_id not in hidden], masked))


def put_back(session: Session, change_id: int, *, by: str, reason: str = "") -> Case:
    """Enter a removed row again, with what hung on it; Refusal if what it hung on is gone as well."""
    change = session.get(Change, change_id)
    if change is None or change.case_id is None or change.turn is not Turn.REMOVED:
        raise Refusal("这一条已经不在回收站里了，请刷新后再看。")
    case = load(session, change.case_id)
    guard(case, reason)
    title = replay.model_of(change.table).title
    history.note(session, Action.RESTORED_ROW, f"找回{title}", case_id=case.id, reason=reason)
    replay.take_back(session, [change, *_below(change)])
    session.expire_all()
    case = load(session, case.id)
    touch(session, case)
    return case


def _told(session: Session, rows: list[tuple[Change, Entry, str]], masked: bool) -> Iterator[Gone]:
    for change, entry, number in rows:
        model = replay.model_of(change.table)
        if session.get(model, change.row_id) is not None:
            continue
        words = _brief(change, masked)
        yield Gone(change.id, change.case_id or 0, number, model.title, words, entry.at, entry.by)


def _brief(change: Change, masked: bool) -> str:
    """What stood in a row, in one line: names, days and sums before anything else."""
    fields = fields_of(replay.model_of(change.table))
    before, _ = replay.values(change)
    for key, mask in _MASKS.items() if masked else ():
        if isinstance(number := before.get(key), str):
            before[key] = mask(number)
    told = [
        key for shape in _TOLD for key, field in fields.items() if field.shape is shape and before.get(key)
    ]
    return "，".join(" ".join(str(fields[key].write(before[key])).split()) for key in told[:4])[:_MOST]


def _below(change: Change) -> list[Change]:
    """What was removed together with a row because it hung on it."""
    found, above = [], {(change.table, change.row_id)}
    for other in sorted(
        change.entry.changes,
        key=lambda one: _FOUND_AGAIN.index(one.table) if one.table in _FOUND_AGAIN else -1,
    ):
        before, _ = replay.values(other)
        hangs = any((key.removesuffix("_id"), value) in above for key, value in before.items())
        if other is not change and other.turn is Turn.REMOVED and hangs:
            found.append(other)
            above.add((other.table, other.row_id))
    return found
