"""A case in words, as ``mediator case show`` prints it: every field that holds anything, by its label."""

from collections.abc import Iterator

from mediator.commands.say import told
from mediator.domain.agreement import Agreement, Item
from mediator.domain.amounts import figures
from mediator.domain.case import Case
from mediator.domain.papers import IssuedPaper
from mediator.domain.people import Party
from mediator.domain.records import Event
from mediator.forms.register import FORMS


def lines(case: Case) -> list[str]:
    """The whole case, a line for each thing."""
    return [f"{case.number} {case.full_name}", *told(case), *_parts(case)]


def _parts(case: Case) -> Iterator[str]:
    for number, party in enumerate(case.parties, 1):
        yield from _part(f"{party.title} {number}", _party(party))
    for assignment in case.assignments:
        yield from _part(f"{assignment.title} {assignment.staff.name}", told(assignment))
    for rows in (case.investigations, case.sessions):
        for number, record in enumerate(rows, 1):
            yield from _part(f"{record.title} {number}", told(record))
    if case.agreement:
        yield from _part(case.agreement.title, _agreement(case.agreement))
    for number, revisit in enumerate(case.revisits, 1):
        yield from _part(f"{revisit.title} {number}", told(revisit))
    yield from _part("经过", [_event(event) for event in case.events])
    yield from _part("已出文书", [_paper(paper) for paper in case.papers])


def _part(title: str, rows: list[str]) -> list[str]:
    return ["", f"【{title}】", *(f"  {row}" for row in rows)] if rows else []


def _party(party: Party) -> list[str]:
    theirs = [
        f"{r.title}：" + "，".join(row.split("：", 1)[1] for row in told(r)) for r in party.representatives
    ]
    return [*told(party), *theirs]


def _agreement(agreement: Agreement) -> list[str]:
    items = [
        row for number, item in enumerate(agreement.items, 1) for row in (_item(number, item), *_paid(item))
    ]
    return [*told(agreement), *items]


def _item(number: int, item: Item) -> str:
    return f"{item.title} {number}：{item.in_words()}"


def _paid(item: Item) -> list[str]:
    return [
        f"  第{n}期已于 {part.paid_on} 履行" + (f" {figures(part.paid)} 元" if part.paid else "")
        for n, part in enumerate(item.instalments, 1)
        if part.paid_on
    ]


def _event(event: Event) -> str:
    road = f"{event.stage_from.label} → {event.stage_to.label}" if event.stage_from and event.stage_to else ""
    words = (f"{event.at:%Y-%m-%d %H:%M}", event.kind.label, road, event.detail, event.reason, event.by)
    return " ".join(word for word in words if word)


def _paper(paper: IssuedPaper) -> str:
    title = next((form.title for form in FORMS if form.code == paper.form), paper.form)
    return f"{paper.issued_at:%Y-%m-%d %H:%M} 《{title}》 {paper.issued_by}"
