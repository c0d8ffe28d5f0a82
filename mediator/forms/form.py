"""What an official form (文书) is: when it may be issued, what must be there first, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import QueryableAttribute

from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Stage
from mediator.domain.fields import field_of
from mediator.domain.needs import Need
from mediator.domain.office import Office
from mediator.forms import words
from mediator.paper.blocks import Block, Note, Number, Paper, Para, Seal, Title

S = TypeVar("S")


@dataclass(frozen=True)
class Sheet:
    """What one paper is made of; ``today`` stands in where the day of the matter is not known yet."""

    case: Case
    office: Office
    today: date
    subject: object | None = None

    def of(self, kind: type[S]) -> S:
        """The subject, which has to be of the kind the form is about; TypeError if it is not."""
        if not isinstance(self.subject, kind):
            raise TypeError(f"the paper is about a {kind.__name__}, not {self.subject!r}")
        return self.subject


@dataclass(frozen=True)
class Form:
    """One official form: a declaration, read by the screens, the papers and the bound file (卷宗)."""

    code: str
    """Kept with every paper issued; never changed."""
    title: str
    standing: Literal["必须", "按需"]
    """Whether the bound file must have it."""
    stages: frozenset[Stage]
    """The stages of the case in which it may be issued."""
    body: Callable[[Sheet], tuple[Block, ...]]
    """What stands between the title and the places to sign."""
    signers: Callable[[Sheet], tuple[Block, ...]]
    """The places to sign."""
    day: Callable[[Sheet], date | None]
    """The day at its foot; None leaves room to write it."""
    needs: tuple[Need, ...] = ()
    about: type[Base] | None = None
    """The thing in the case of which there is one paper each; None if there is one for the case."""
    filled: tuple[QueryableAttribute[Any], ...] = ()
    """Fields of that thing that have to be filled in."""
    numbered: bool = False
    sealed: bool = False
    note: str = ""
    """The remark (备注) under everything."""
    copies: Callable[[Case], int] = lambda case: 1


def since(first: Stage, *but: Stage) -> frozenset[Stage]:
    """The stages from one on, in the order of their list, some left out."""
    order = list(Stage)
    return frozenset(order[order.index(first) :]) - {*but}


def subjects(form: Form, case: Case) -> list[object | None]:
    """What there is one paper each of: the sessions, the revisits …; for a form on the case itself, one None."""
    if form.about is None:
        return [None]
    relation = next(r for r in inspect(Case).relationships if r.mapper.class_ is form.about)
    return list(getattr(case, relation.key))


def gaps(form: Form, sheet: Sheet) -> list[str]:
    """What is still missing before the paper may be issued, one sentence without full stop each."""
    stage = sheet.case.stage
    found = [] if stage in form.stages else [f"案件在“{stage.label}”阶段，不能出具《{form.title}》"]
    found += [need.words for need in form.needs if not need.met(sheet.case)]
    found += [f"请填写{field_of(f).label}" for f in form.filled if not getattr(sheet.subject, f.key)]
    return found


def lay(form: Form, sheet: Sheet) -> Paper:
    """Make the paper; what is not known becomes room to write."""
    case, office = sheet.case, sheet.office
    day = words.day(form.day(sheet))
    blocks = (
        Title(form.title),
        *((Number(f"编号：{case.number}"),) if form.numbered else ()),
        *form.body(sheet),
        *form.signers(sheet),
        Seal(office.name, day) if form.sealed else Para(day, align="right", indent=False),
        *((Note(form.note),) if form.note else ()),
    )
    return Paper(form.code, form.title, blocks, case.number, office.name)
