"""Drafts (暂存): what was typed and not saved, kept in the encrypted database for the one who typed it.

A draft never touches what is saved. It goes when its form is saved or dropped. One that nobody went on with for thirty
days is cleared away, once the person has been shown it again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from mediator.domain.codes import Code
from mediator.domain.errors import Refusal
from mediator.domain.fields import Field, Value
from mediator.domain.safety import Draft
from mediator.services.merging import in_words, words_of
from mediator.services.transaction import BY
from mediator.store import clock

KEPT_DAYS = 30
_ASIDE = "/~"
"""What stands in a place before the number of a draft that made room for a newer one."""


@dataclass(frozen=True)
class Difference:
    """One field of a draft beside what stands there now."""

    label: str
    typed: str
    now: str
    """Empty where there is nothing yet for it to stand in."""
    moved: bool
    """Whether somebody has changed it since the draft was begun."""


def keep(
    session: Session, place: str, typed: Mapping[str, object], shown: Mapping[str, object], now: datetime, *,
    fresh: bool = False,
) -> Draft:  # fmt: skip
    """Keep what is typed at a place, in place of what was kept of it before.

    ``fresh`` is for the first keeping of a form: what somebody typed there before and left for later is set aside.
    """
    if fresh:
        _set_aside(session, place)
    draft = of(session, place) or Draft(by=session.info.get(BY, ""), place=place)
    draft.typed, draft.shown = _json(typed), _json(shown)
    draft.saved_at = now.replace(microsecond=0)
    session.add(draft)
    session.flush()
    return draft


def of(session: Session, place: str) -> Draft | None:
    """What the person at work has typed at a place and not saved."""
    return session.scalars(
        select(Draft).where(Draft.by == session.info.get(BY, ""), Draft.place == place)
    ).first()


def all_of(session: Session) -> list[Draft]:
    """All that the person at work has typed and not saved, the newest first."""
    chosen = select(Draft).where(Draft.by == session.info.get(BY, ""))
    return list(session.scalars(chosen.order_by(Draft.saved_at.desc(), Draft.id.desc())))


def under(session: Session, place: str) -> list[Draft]:
    """What the person at work has typed at a place or within it ("case:12": all of the case), the newest first."""
    within = or_(Draft.place == place, Draft.place.startswith(f"{place}/", autoescape=True))
    chosen = select(Draft).where(Draft.by == session.info.get(BY, ""), within)
    return list(session.scalars(chosen.order_by(Draft.saved_at.desc(), Draft.id.desc())))


def bare(place: str) -> str:
    """The place of the form itself, also of a draft that was set aside."""
    return place.partition(_ASIDE)[0]


def drop(session: Session, place: str) -> None:
    """Forget what was typed at a place: it was saved, or the person does not want it."""
    session.execute(delete(Draft).where(Draft.by == session.info.get(BY, ""), Draft.place == place))


def hand_over(session: Session, leaver: str, to: str) -> None:
    """Give the drafts of somebody who leaves to another, beside those the other has."""
    known = set(session.scalars(select(Draft.place).where(Draft.by == to)))
    for draft in session.scalars(select(Draft).where(Draft.by == leaver)):
        draft.place = _free(bare(draft.place), known) if draft.place in known else draft.place
        draft.by = to
        known.add(draft.place)


def clear_old(session: Session, now: datetime, but: str = "") -> int:
    """Forget what the person at work did not come back to, except at one place; return how many drafts that were.

    While the clock is in doubt nobody knows what is old.
    """
    if clock.suspect(now, clock.believed(session)):
        return 0
    old = [draft for draft in all_of(session) if is_old(draft, now) and draft.place != but]
    for draft in old:
        session.delete(draft)
    return len(old)


def is_old(draft: Draft, now: datetime) -> bool:
    """Whether a draft is kept only until it has been shown once more."""
    return draft.saved_at < now - timedelta(KEPT_DAYS)


def typed(draft: Draft) -> dict[str, object]:
    """What was typed, by field, raw."""
    found: dict[str, object] = json.loads(draft.typed)
    return found


def shown(draft: Draft) -> dict[str, object]:
    """What stood in the fields when it was typed, as files hold it."""
    found: dict[str, object] = json.loads(draft.shown)
    return found


def differences(draft: Draft, fields: Mapping[str, Field], now: Mapping[str, Value]) -> list[Difference]:
    """The fields of a draft that say something else than what stands there now."""
    seen = shown(draft)
    found = []
    for key, raw in typed(draft).items():
        field = fields.get(key)
        if field is None:
            continue
        stands = now.get(key, field.empty)
        if not _says(field, raw, stands):
            moved = not _says(field, seen.get(key), stands)
            found.append(Difference(field.label, words_of(field, raw), in_words(field, stands), moved))
    return found


def written(values: Mapping[str, Value], fields: Mapping[str, Field]) -> dict[str, object]:
    """Values as a draft keeps what was shown."""
    return {key: fields[key].write(value) for key, value in values.items() if key in fields}


def _says(field: Field, raw: object, value: Value) -> bool:
    """Whether what is written says a value."""
    try:
        return field.read(raw) == value
    except Refusal:
        return raw == field.write(value)


def _set_aside(session: Session, place: str) -> None:
    known = of(session, place)
    if known is not None:
        known.place = _free(place, {draft.place for draft in under(session, place)})
        session.flush()


def _free(place: str, taken: set[str]) -> str:
    number = 1
    while f"{place}{_ASIDE}{number}" in taken:
        number += 1
    return f"{place}{_ASIDE}{number}"


def _plain(value: object) -> object:
    """A value as JSON holds it."""
    if isinstance(value, Code):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return "" if value is None else value


def _json(values: Mapping[str, object]) -> str:
    """In plain ASCII: half of a rare character, as an input method may leave it, must not keep the rest from being kept."""
    return json.dumps(_plain(values))
