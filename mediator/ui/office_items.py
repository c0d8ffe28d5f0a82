"""Papers of the office in words (工作文书的说法): what a form asks for, and what there is of it, begun or issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from mediator.domain.fields import Value
from mediator.domain.papers import IssuedPaper, Particulars
from mediator.forms.form import Form
from mediator.services import office_papers, papers, particulars

_NAMED = 4
"""Questions of a form that are named."""
_TOLD = 24
"""Letters of an answer by which papers are told apart."""


@dataclass(frozen=True)
class Item:
    """One paper of the office, begun or issued; the words are those of the list."""

    words: str
    begun: Particulars | None = None
    issued: IssuedPaper | None = None
    lacking: tuple[str, ...] = ()


def items_of(session: Session, form: Form, today: date) -> list[Item]:
    """What there is of a form: first what was begun, then what was issued, the newest first."""
    begun = [one for one in office_papers.begun(session) if one.form == form.code]
    issued = [one for one in papers.of_office(session) if one.form == form.code]
    found = []
    for kept in begun:
        entry = papers.one(session, None, form, None, today=today, filled=kept)
        loose = entry.loose if particulars.wording(kept) else []
        state = f"还没出具 · {kept.changed_at:%Y-%m-%d} {kept.changed_by}填写"
        found.append(Item(f"{_told(form, kept)}\n{state}", begun=kept, lacking=(*entry.gaps, *loose)))
    for paper in issued:
        kept_then = session.get(Particulars, paper.particulars_id) if paper.particulars_id else None
        words = [
            f"{paper.issued_at:%Y-%m-%d} {paper.issued_by}出具",
            *([paper.number] if paper.number else []),
        ]
        found.append(Item(f"{_told(form, kept_then)}\n{' · '.join(words)}", issued=paper))
    return found


def id_of(item: Item) -> tuple[int | None, bool]:
    """Which paper an item is, also after the list was read again."""
    return (item.issued.id, True) if item.issued else (item.begun.id if item.begun else None, False)


def _told(form: Form, kept: Particulars | None) -> str:
    """By what a paper is told from others of its form: the first things that were filled in for it."""
    answers = particulars.answers(form, kept)
    words = [shown for ask in form.asks if (shown := _shown(answers.get(ask.key)))]
    return "，".join(words[:2]) or form.title


def _shown(answer: Value) -> str:
    if isinstance(answer, datetime):
        return f"{answer:%Y-%m-%d %H:%M}"
    if isinstance(answer, date):
        return f"{answer}"
    words = "" if answer is None else str(answer).partition("\n")[0]
    return words if len(words) <= _TOLD else f"{words[:_TOLD]}…"


def purpose(form: Form) -> str:
    """One sentence: what has to be filled in."""
    labels = [ask.field.label for ask in form.asks]
    if not labels:
        return "不用填写，直接出具。"
    return f"要填：{_several(labels)}。" + ("案件由程序列出。" if form.among else "")


def _several(labels: Sequence[str]) -> str:
    named = "、".join(labels[:_NAMED])
    return f"{named}等 {len(labels)} 项" if len(labels) > _NAMED else named
