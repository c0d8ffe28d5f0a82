"""What the list of papers shows (文书清单): every paper a case may have, in groups, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from mediator.domain.case import Case
from mediator.domain.errors import Refusal
from mediator.domain.papers import IssuedPaper, Particulars
from mediator.forms.form import Group, gaps, subjects
from mediator.forms.register import by_code
from mediator.services import cases, form_settings, papers, particulars, signing
from mediator.services.draft_case import papers_key
from mediator.services.draft_places import OFFICE
from mediator.services.draft_stands import Step
from mediator.services.papers import Possible
from mediator.ui.paper_words import begun_words, subject_words

DUE = "该出的"
LOOSE = "有手工改写的话对不上了，请点“改措辞…”重新看过"
GONE = "这份文书写的事情已经不在案件里了，请刷新后再看。"


class Key(NamedTuple):
    """Which paper: its form, what it is about, and, where there may be several, what was filled in for it."""

    form: str
    subject: int | None
    particulars: int | None


@dataclass(frozen=True)
class Row:
    """One paper of the list, in words."""

    key: Key
    title: str
    about: str
    """What tells it from other papers of the form; a part of the title."""
    heading: str
    """The group it stands in."""
    state: str
    lacking: tuple[str, ...]
    asks: bool
    """Whether the form asks for something."""
    ask_first: bool
    """Whether it has to be filled in, or confirmed, before it may be issued."""
    barred: bool
    """Whether more is missing than what is filled in for the paper alone."""


@dataclass(frozen=True)
class Shelf:
    """The papers of a case: those it may have, and of those issued, by their ids, what is to be said of them."""

    case: Case
    rows: list[Row]
    newest: set[int]
    differing: set[int]
    """Those that say something else than the case does now."""
    gone: set[int]
    """Those about something that the case no longer has."""
    standing: set[int]
    """Those that count in the bound file."""


def key_of(entry: Possible) -> Key:
    """Which paper a possible one is."""
    several = entry.form.repeats or entry.form.of_office
    kept = entry.particulars.id if several and entry.particulars else None
    return Key(entry.form.code, getattr(entry.subject, "id", None), kept)


def place_of(what: str, case_id: int | None, key: Key) -> str:
    """Where a draft of a paper belongs: what is filled in for it ("paper"), or its words ("wording")."""
    within = f"case:{case_id}" if case_id is not None else OFFICE
    return f"{within}/{what}:{key.form}:{key.subject or ''}:{key.particulars or ''}"


def key_at(step: Step) -> Key:
    """Which paper a draft belongs to."""
    return Key(*papers_key(step))


def key_of_issued(issued: IssuedPaper) -> Key:
    """Which paper an issued one is."""
    several = by_code(issued.form).repeats or by_code(issued.form).of_office
    return Key(issued.form, issued.subject_id, issued.particulars_id if several else None)


def now(session: Session, case_id: int | None, key: Key, today: date) -> Possible:
    """A paper as it stands in the database now, its case with it; Refusal if it is no more. No case: of the office."""
    form = form_settings.of(session, key.form)
    if case_id is None:
        kept = session.get(Particulars, key.particulars) if key.particulars else None
        return papers.one(session, None, form, None, today=today, filled=kept)
    case = cases.load(session, case_id)
    kept = next((p for p in case.particulars if p.id == key.particulars), None)
    about = next((s for s in subjects(form, case) if getattr(s, "id", None) == key.subject), None)
    if (about is None and key.subject is not None) or (kept is None and key.particulars is not None):
        raise Refusal(GONE)
    return papers.one(session, case, form, about, today=today, filled=kept)


def shelf(session: Session, case_id: int, today: date) -> Shelf:
    """Everything the page of papers shows of a case."""
    case = cases.load(session, case_id)
    differing = papers.differing(session, case)
    newest = papers.newest(case)
    issued, changed = {key_of_issued(p) for p in newest}, {key_of_issued(p) for p in differing}
    there = [entry for entry in papers.possible(session, case, today) if _listed(entry, case)]
    rows = [_row(entry, issued, changed, there) for entry in there]
    gone = [paper for paper in newest if papers.gone(case, paper)]
    groups = (newest, differing, gone, signing.standing(case))
    return Shelf(case, rows, *({paper.id for paper in group} for group in groups))


def _listed(entry: Possible, case: Case) -> bool:
    form = entry.form
    fits = form.applies(case) and case.stage in form.stages
    return not form.binds and (fits or entry.particulars is not None)


def _row(entry: Possible, issued: set[Key], changed: set[Key], there: Sequence[Possible]) -> Row:
    form, key = entry.form, key_of(entry)
    about = _about(entry, there)
    lacking = tuple(entry.gaps) + ((LOOSE,) if _loose(entry) else ())
    without = gaps(replace(form, asks=()), entry.sheet)
    owed = (entry.due and key not in issued) or key in changed
    return Row(
        key, f"{form.title}{about}", about, DUE if owed else form.group.value,
        _state(lacking, key in issued, key in changed), lacking, bool(form.asks),
        len(entry.gaps) > len(without) or not (key in issued or _looked_at(entry)),
        bool(without) or _loose(entry),
    )  # fmt: skip


def _loose(entry: Possible) -> bool:
    return bool(particulars.wording(entry.particulars)) and bool(entry.loose)


def _looked_at(entry: Possible) -> bool:
    """Whether its questions were answered, be it by leaving what the form proposes; to word it otherwise is no answer."""
    kept = entry.particulars
    answered = kept is not None and bool(
        particulars.answers(entry.form, kept) or not particulars.wording(kept)
    )
    return answered or not entry.form.asks


def _about(entry: Possible, there: Sequence[Possible]) -> str:
    """What tells papers of one form apart."""
    words = [subject_words(entry.subject)] if entry.subject is not None else []
    if entry.form.repeats:
        begun = [e.particulars.id for e in there if e.form.code == entry.form.code and e.particulars]
        words.append(begun_words(entry, begun) if entry.particulars else "新的一份")
    told = "，".join(word for word in words if word)
    return f"（{told}）" if told else ""


def _state(lacking: tuple[str, ...], issued: bool, changed: bool) -> str:
    if issued and not changed:
        return "已出具"
    if lacking:
        return f"还缺 {len(lacking)} 项"
    return "已出具，有改动" if changed else "可以出具"


def grouped(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows under their headings: first what is owed, then the groups in their order; empty groups left out."""
    headings = [DUE, *(group.value for group in Group)]
    found = [(heading, [row for row in rows if row.heading == heading]) for heading in headings]
    return [(heading, inside) for heading, inside in found if inside or heading == DUE]
