"""What an official form (文书) is: when it may be issued, what must be there first, and what it says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.orm import QueryableAttribute

from mediator.domain.base import Base
from mediator.domain.case import Case
from mediator.domain.codes import Stage, Standing
from mediator.domain.fields import Value, field_of
from mediator.domain.needs import Need
from mediator.domain.office import Office
from mediator.forms import words
from mediator.forms.asks import Ask
from mediator.forms.facts import unknown
from mediator.paper.blocks import Block, Cut, Note, Number, Paper, Para, Run, Seal, Title

S = TypeVar("S")
T = TypeVar("T")


class Group(Enum):
    """What kind of paper it is (文书分类), as lists group them."""

    FILE = "卷内文书"
    NOTICE = "决定和通知"
    TRANSFER = "移送和对接"
    WORK = "工作文书"


@dataclass(frozen=True)
class Entry:
    """One line of the contents of the bound file (卷内目录)."""

    title: str
    page: int
    """The page of the file it begins on, counted from 1."""
    pages: int
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """What one paper is made of; ``today`` stands in where the day of the matter is not known yet."""

    case: Case
    """For a paper of the office or a blank one: a case of which nothing is known."""
    office: Office
    today: date
    subject: object | None = None
    answers: Mapping[str, Value] = field(default_factory=dict)
    """What was filled in, by the key of the question."""
    number: str = ""
    """文号 out of the form's own series; empty until it is issued."""
    blank: bool = False
    """To be filled in by hand: nothing is proposed."""
    cases: Sequence[Case] = ()
    """For a listing: the cases it lists."""
    contents: Sequence[Entry] = ()
    """For the papers around a bound file: what is in it."""

    def of(self, kind: type[S]) -> S:
        """The subject, which has to be of the kind the form is about; TypeError if it is not."""
        if not isinstance(self.subject, kind):
            raise TypeError(f"the paper is about a {kind.__name__}, not {self.subject!r}")
        return self.subject

    def said(self, ask: Ask[T]) -> T:
        """The answer to a question, else what the form proposes, else nothing."""
        if ask.key in self.answers:
            return self.answers[ask.key]  # type: ignore[return-value]  # read by the question's own field
        if ask.start is not None and not self.blank:
            return ask.start(self)
        return ask.field.empty  # type: ignore[return-value]


@dataclass(frozen=True)
class Each:
    """What there is one paper each of: the sessions, the revisits, the payments."""

    model: type[Base]
    of: Callable[[Case], Sequence[object]]


@dataclass(frozen=True)
class Form:
    """One official form: a declaration, read by the screens, the papers and the bound file (卷宗)."""

    code: str
    """Kept with every paper issued; never changed."""
    title: str
    body: Callable[[Sheet], tuple[Block, ...]]
    """What stands between the title and the places to sign."""
    signers: Callable[[Sheet], tuple[Block, ...]] = lambda sheet: ()
    """The places to sign."""
    behind: Callable[[Sheet], tuple[Block, ...]] = lambda sheet: ()
    """What is laid behind them: the photos of the evidence."""
    heading: Callable[[Sheet], str] | None = None
    """What stands over it where that depends on what the paper is about; the title stays its name in lists."""
    day: Callable[[Sheet], date | None] | None = None
    """The day at its foot; where it gives None there is room to write it. Without it there is no day."""
    group: Group = Group.FILE
    standing: Standing = Standing.NEEDED
    """Whether the bound file must have it; the office may decide otherwise."""
    stages: frozenset[Stage] = frozenset(Stage)
    """The stages of the case in which it may be issued."""
    needs: tuple[Need, ...] = ()
    each: Each | None = None
    """The things in the case of which there is one paper each; None if there is one for the case."""
    filled: tuple[QueryableAttribute[Any], ...] = ()
    """Fields of that thing that have to be filled in."""
    asks: tuple[Ask[Any], ...] = ()
    """What is filled in for this paper alone."""
    repeats: bool = False
    """Whether a case may have several of it, each filled in by itself."""
    applies: Callable[[Case], bool] = lambda case: True
    """Whether such a paper can have a place in the file of this case, now or later on."""
    due: Callable[[Case], bool] = lambda case: False
    """Whether a case should have it, beyond those the file must have and those of what is there (``each``)."""
    numbered: bool = False
    """Whether it bears the number of the case (卷号)."""
    pattern: str = ""
    """The default pattern of its own series of numbers (文号); empty if it has none."""
    sealed: bool = False
    seal_of: Callable[[Sheet], str] = lambda sheet: sheet.office.name
    """Whose seal goes on it."""
    note: str = ""
    """The remark (备注) under everything."""
    copies: Callable[[Case], int] = lambda case: 1
    among: Callable[[Sheet], ColumnElement[bool]] | None = None
    """For a listing over many cases: which ones it lists."""
    of_office: bool = False
    """Whether it is a paper of the office (工作文书), not of a case."""
    binds: bool = False
    """Whether it is made of the whole file (封面、目录、备考表) and so only with the file."""
    untitled: bool = False
    """Whether its body brings its own title, which stands first on it."""
    stub: Callable[[Sheet], tuple[Block, ...]] | None = None
    """What stands on the part that stays with the committee (存根), cut off above the paper; None without one."""


def since(first: Stage, *but: Stage) -> frozenset[Stage]:
    """The stages from one on, in the order of their list, some left out."""
    order = list(Stage)
    return frozenset(order[order.index(first) :]) - {*but}


def subjects(form: Form, case: Case) -> list[object | None]:
    """What there is one paper each of; for a form on the case itself, one None."""
    return [None] if form.each is None else list(form.each.of(case))


def wanted(form: Form, case: Case) -> bool:
    """Whether the file of a case, as it stands, should have a paper of the form."""
    asked = form.standing is Standing.MUST or form.each is not None or form.due(case)
    fits = form.applies(case) and case.stage in form.stages and form.standing is not Standing.OUT
    return asked and fits and not form.of_office and not form.binds


def gaps(form: Form, sheet: Sheet) -> list[str]:
    """What is still missing before the paper may be issued, one sentence without full stop each."""
    stage = sheet.case.stage
    barred = not form.of_office and stage not in form.stages
    found = [f"案件在“{stage.label}”阶段，不能出具《{form.title}》"] if barred else []
    found += [need.words for need in form.needs if not need.met(sheet.case)]
    found += [f"请填写{field_of(f).label}" for f in form.filled if not getattr(sheet.subject, f.key)]
    found += [f"请填写{a.field.label}" for a in form.asks if a.needed and sheet.said(a) in ("", None)]
    return found


def blank(form: Form, office: Office, today: date) -> Sheet:
    """What a form to be filled in by hand is made of (空白文书): an office, and nothing else."""
    case = unknown(Case, number="", stage=Stage.REGISTERED)
    return Sheet(case, office, today, unknown(form.each.model) if form.each else None, blank=True)


def lay(form: Form, sheet: Sheet) -> Paper:
    """Make the paper; what is not known becomes room to write."""
    case, office = sheet.case, sheet.office
    number = sheet.number if form.pattern else case.number if form.numbered else ""
    day = words.day(form.day(sheet)) if form.day else ""
    blocks = (
        *_stub(form, sheet),
        *(() if form.untitled else (Title(form.heading(sheet) if form.heading else form.title),)),
        *_number(form, sheet),
        *form.body(sheet),
        *form.signers(sheet),
        *_foot(form, sheet, day),
        *((Note(form.note),) if form.note else ()),
        *form.behind(sheet),
    )
    return Paper(form.code, form.title, blocks, number or case.number, office.name)


def renamed(form: Form, title: str, standing: Standing | None) -> Form:
    """The form as an office has it: under its own title, asked for in the file as it decided."""
    heading = None if title else form.heading
    return replace(form, title=title or form.title, heading=heading, standing=standing or form.standing)


def _number(form: Form, sheet: Sheet, before: str = "") -> tuple[Block, ...]:
    if not form.pattern and not form.numbered:
        return ()
    number = f"编号：{sheet.case.number}" if sheet.case.number else ""
    known = sheet.number if form.pattern else number
    return (Number((Run(before), *((Run(known),) if known else (Run("编号："), words.room(8))))),)


def _stub(form: Form, sheet: Sheet) -> tuple[Block, ...]:
    """The stub (存根) under the same title and number, and the line to cut along, where the seal goes over both."""
    if form.stub is None:
        return ()
    number = _number(form, sheet, "（存根）　")
    return Title(form.title), *number, *form.stub(sheet), Cut(f"骑缝　{sheet.number}".strip())


def _foot(form: Form, sheet: Sheet, day: str) -> tuple[Block, ...]:
    if form.sealed:
        return (Seal(form.seal_of(sheet), day),)
    return (Para(day, align="right", indent=False),) if day else ()
