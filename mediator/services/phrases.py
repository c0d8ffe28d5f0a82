"""The office's own sentences (常用语): kept by kind of dispute, offered where words of several lines are typed."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from mediator.domain.codes import Kind
from mediator.domain.errors import Refusal
from mediator.domain.papers import Phrase
from mediator.domain.roles import Power
from mediator.services import access, merging
from mediator.services.cases import fill
from mediator.services.phrase_seeds import SEEDS

_RIGHTS = (Power.WORK, Power.SETTINGS)


def listed(session: Session, kind: Kind | None = None) -> list[Phrase]:
    """All phrases: those of a kind of dispute first, then those for every kind, then the rest by kind."""
    order = list(Kind)

    def place(phrase: Phrase) -> tuple[int, int, int]:
        if phrase.kind is None:
            return 1, 0, phrase.id
        return (0 if phrase.kind is kind else 2), order.index(phrase.kind), phrase.id

    return sorted(session.scalars(select(Phrase)), key=place)


def put(
    session: Session, raw: Mapping[str, object], known: int | None = None,
    was: Mapping[str, object] | None = None,
) -> Phrase:  # fmt: skip
    """Enter a phrase, or change the one of that id; Refusal if it says nothing or stands there already.

    ``was`` is what was seen before typing, as in ``cases.fill``; Gone if somebody took the phrase away.
    """
    access.need(session, *_RIGHTS)
    phrase = _of_id(session, known) if known is not None else Phrase()
    fill(phrase, raw, was)
    if not phrase.words:
        raise Refusal("请填写常用语的内容。")
    same = select(Phrase.id).where(Phrase.words == phrase.words, Phrase.kind == phrase.kind)
    with session.no_autoflush:
        if any(found != phrase.id for found in session.scalars(same)):
            raise Refusal("这一类纠纷里已经有一模一样的常用语了，不用再加。")
    session.add(phrase)
    session.flush()
    return phrase


def drop(session: Session, known: int, was: Mapping[str, object] | None = None) -> None:
    """Take a phrase away, if it is still as it was seen; papers that use its words keep them."""
    access.need(session, *_RIGHTS)
    phrase = _of_id(session, known)
    merging.unchanged(phrase, was, "删除")
    session.delete(phrase)
    session.flush()


def seed(session: Session) -> None:
    """Enter the program's own phrases in a new data folder."""
    session.add_all(Phrase(kind=kind, words=words) for kind, words in SEEDS)
    session.flush()


def _of_id(session: Session, known: int) -> Phrase:
    phrase = session.get(Phrase, known)
    if phrase is None:
        merging.gone(session, Phrase, known)
    return phrase
