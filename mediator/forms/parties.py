"""The parties (当事人) as papers describe them: the seven fields of each, and who acts for them."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import IdKind, PartyType, Proxy, Side
from mediator.domain.people import Identified, Party, Representative
from mediator.domain.wording import prose
from mediator.forms.facts import unknown
from mediator.paper.blocks import Block, Cell, Grid, Heading

_WIDTHS = (26.0, 40.0, 13.0, 12.0, 13.0, 20.0, 13.0, 21.0)
"""Shares: caption and name, then three pairs of a short caption and a short value."""

Row = tuple[Cell, ...]


def tables(case: Case, on: date, *, documents: bool = False) -> tuple[Block, ...]:
    """A table for each side, ages as of a day.

    With ``documents`` the numbers of natural persons' identity documents are given too.
    """
    blocks: list[Block] = []
    for side in Side:
        parties = of_side(case, side)
        rows = [*(row for party in parties for row in _rows(party, on, documents)), *_delegates(parties)]
        if rows:
            blocks += [Heading(side.label), Grid(tuple(rows), _WIDTHS)]
    return tuple(blocks)


def of_side(case: Case, side: Side) -> list[Party]:
    """The parties of a side; an applicant and a respondent there always is, with an empty name if not known."""
    return case.side(side) or ([] if side is Side.THIRD else [unknown(Party, side=side)])


def line(case: Case) -> str:
    """All parties in one line, side by side: 申请人周文谦；被申请人林淑芬."""
    return "；".join(f"{side.label}{case.names(side)}" for side in Side if case.side(side))


def is_body(party: Party) -> bool:
    """Whether the party is a legal person or another organisation (法人、非法人组织)."""
    return party.type in (PartyType.LEGAL, PartyType.ORGANISATION)


def head_of(party: Party) -> Representative | None:
    """The 法定代表人 or 负责人 of a body, None if not entered."""
    return next((r for r in party.representatives if r.proxy is Proxy.HEAD), None) if is_body(party) else None


def _rows(party: Party, on: date, documents: bool) -> Iterator[Row]:
    yield from _body(party) if is_body(party) else _person(party, on, documents)
    head = head_of(party)
    for representative in party.representatives:
        if representative is not head and representative.proxy is not Proxy.DELEGATE:
            yield _pair(representative.proxy.label, _described(representative, documents))
    if party.lacks_guardian(on):
        yield _pair(Proxy.GUARDIAN.label, "")


def _delegates(parties: list[Party]) -> Iterator[Row]:
    """Those whom the side elected to speak for it, each named once however many they stand for."""
    elected = {r.name: r for p in parties for r in p.representatives if r.proxy is Proxy.DELEGATE}
    if elected:
        yield _pair(Proxy.DELEGATE.label, "；".join(_described(one, False) for one in elected.values()))


def _person(party: Party, on: date, documents: bool) -> Iterator[Row]:
    age = party.age(on)
    yield (
        _label("姓名"), Cell(party.name, bold=True),
        _label("性别"), Cell(party.sex.label if party.sex else "", align="center"),
        _label("民族"), Cell(party.ethnicity, align="center"),
        _label("年龄"), Cell("" if age is None else f"{age}岁", align="center"),
    )  # fmt: skip
    yield (
        _label("职业或职务"), Cell(party.occupation),
        _label("联系方式", 2), Cell(party.phone, span=4),
    )  # fmt: skip
    yield _pair("单位或住址", "；".join(words for words in (party.employer, party.address) if words))
    if documents and party.id_number:
        yield _pair("证件号码", _document(party))


def _body(party: Party) -> Iterator[Row]:
    head = head_of(party)
    yield _label("名称"), Cell(party.name, bold=True, span=7)
    yield (
        _label((party.id_kind if party.id_number else IdKind.CREDIT_CODE).label), Cell(party.id_number, span=3),
        _label("联系方式", 2), Cell(party.phone, span=2),
    )  # fmt: skip
    yield (
        _label(Proxy.HEAD.label), Cell(head.name if head else "", span=3),
        _label("职务", 2), Cell(head.relation if head else "", span=2),
    )  # fmt: skip
    yield _pair("住所", party.address)


def _described(representative: Representative, documents: bool) -> str:
    relation = f"（{representative.relation}）" if representative.relation else ""
    details = (
        _document(representative) if documents and representative.id_number else "",
        f"联系方式{representative.phone}" if representative.phone else "",
        f"住{representative.address}" if representative.address else "",
        f"代理权限：{representative.powers}" if representative.powers else "",
    )
    return "，".join((f"{representative.name}{relation}", *filter(None, details)))


def _document(holder: Identified) -> str:
    return f"{holder.id_kind.label} {holder.id_number}"


def _label(caption: str, span: int = 1) -> Cell:
    return Cell(prose(caption), label=True, span=span)


def _pair(caption: str, value: str) -> Row:
    return _label(caption), Cell(value, span=7)
