"""The parties (当事人) as papers describe them: the seven fields of each, and who acts for them."""

from collections.abc import Iterator
from datetime import date

from mediator.domain.case import Case
from mediator.domain.codes import IdKind, PartyType, Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.forms import rolls
from mediator.forms.facts import unknown
from mediator.forms.party_cells import WIDTHS, Row, described, document, label, pair
from mediator.paper.blocks import Block, Cell, Grid, Heading


def tables(case: Case, on: date, *, documents: bool = False) -> tuple[Block, ...]:
    """A table for each side, ages as of a day; of many natural persons on a side one line each (``rolls``).

    With ``documents`` the numbers of natural persons' identity documents are given too.
    """
    blocks: list[Block] = []
    for side in Side:
        parties = of_side(case, side)
        people = [party for party in parties if not is_body(party)]
        many = people if len(people) > rolls.MANY else []
        single = [party for party in parties if party not in many]
        groups = [[row] for row in rolls.acting(many, on, documents)]
        groups += [list(_rows(party, on, documents)) for party in single]
        groups += [[row] for row in _delegates(parties)]
        blocks += [Heading(side.label)] if parties else []
        blocks += [rolls.people(many, on, documents)] if many else []
        blocks += [_grid(groups)] if groups else []
    return tuple(blocks)


def _grid(groups: list[list[Row]]) -> Grid:
    """The rows of each party are kept on one page."""
    return Grid(tuple(row for group in groups for row in group), WIDTHS, tuple(map(len, groups)))


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
            yield pair(representative.proxy.label, described(representative, documents))
    if party.lacks_guardian(on):
        yield pair(Proxy.GUARDIAN.label, "")


def _delegates(parties: list[Party]) -> Iterator[Row]:
    """Those whom the side elected to speak for it, each named once however many they stand for."""
    elected = {r.name: r for p in parties for r in p.representatives if r.proxy is Proxy.DELEGATE}
    if elected:
        yield pair(Proxy.DELEGATE.label, "；".join(described(one, False) for one in elected.values()))


def _person(party: Party, on: date, documents: bool) -> Iterator[Row]:
    age = party.age(on)
    yield (
        label("姓名" if party.type else "姓名或名称"), Cell(party.name, bold=True),
        label("性别"), Cell(party.sex.label if party.sex else "", align="center"),
        label("民族"), Cell(party.ethnicity, align="center"),
        label("年龄"), Cell("" if age is None else f"{age}岁", align="center"),
    )  # fmt: skip
    yield (
        label("职业或职务"), Cell(party.occupation),
        label("联系方式", 2), Cell(party.phone, span=4),
    )  # fmt: skip
    yield pair("单位或住址", "；".join(words for words in (party.employer, party.address) if words))
    if documents:
        yield pair("证件号码", document(party))
    if not party.type:
        yield label("监护人、代理人或法定代表人", 2), Cell("", span=6)


def _body(party: Party) -> Iterator[Row]:
    head = head_of(party)
    yield label("名称"), Cell(party.name, bold=True, span=7)
    yield (
        label((party.id_kind if party.id_number else IdKind.CREDIT_CODE).label), Cell(party.id_number, span=3),
        label("联系方式", 2), Cell(party.phone, span=2),
    )  # fmt: skip
    yield (
        label(Proxy.HEAD.label), Cell(head.name if head else "", span=3),
        label("职务", 2), Cell(head.relation if head else "", span=2),
    )  # fmt: skip
    yield pair("住所", party.address)
