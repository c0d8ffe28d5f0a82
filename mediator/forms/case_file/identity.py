"""当事人身份证明: who the parties and those who act for them are, by which documents, with copies of these."""

from collections.abc import Iterator

from mediator.domain import needs
from mediator.domain.case import Case
from mediator.domain.codes import IdKind, MaterialKind, Proxy, Side, Stage, Standing
from mediator.domain.people import Identified
from mediator.domain.wording import prose
from mediator.forms import parties, places
from mediator.forms.case_file.evidence import name_of
from mediator.forms.form import Form, Sheet, since
from mediator.paper.blocks import Align, Block, Cell, Grid, Heading, Listing, Para, Picture

_HEAD = ("身份", "姓名或名称", "证件类型", "证件号码")
_WIDTHS = (32.0, 34.0, 28.0, 46.0)
_ALIGN: tuple[Align, ...] = ("left", "left", "center", "center")
_ROWS = 4
"""Rows of a blank sheet."""
_CARD = 60.0
"""Height for one side of a card, mm."""

Row = tuple[str, str, str, str]


def _body(sheet: Sheet) -> tuple[Block, ...]:
    case = sheet.case
    rows = [row for side in Side for row in _rows(case, side)]
    held = [one for one in case.materials if one.kind is MaterialKind.IDENTITY]
    pictures = [one for one in held if one.is_photo]
    rest = [one for one in held if one not in pictures]
    empty = [("", "", "", "")] * (_ROWS - len(rows) if sheet.blank else 0)
    behind = "；".join(name_of(one) for one in rest)
    return (
        Listing(_HEAD, (*rows, *empty), _WIDTHS, _ALIGN),
        Heading("证件复印件"),
        *(Picture(one.digest, name_of(one), _CARD) for one in pictures),
        *((Para(f"见附后：{behind}。"),) if rest else ()),
        *((_room(1 if pictures else 2),) if len(held) < len(rows) else ()),
        Para("上列证件复印件与原件核对无误。"),
    )


def _rows(case: Case, side: Side) -> Iterator[Row]:
    """Everybody of a side once, those who act for a party after it; a delegate who is a party is there already."""
    members = parties.of_side(case, side)
    named = {party.name for party in members}
    acting: set[tuple[Proxy, str, str]] = set()
    for party in members:
        yield _row(side.label, party)
        for one in party.representatives:
            key = (one.proxy, one.name, one.id_number)
            elected = one.proxy is Proxy.DELEGATE
            whose = side.label if elected or len(members) == 1 else party.name
            if key not in acting and not (elected and one.name in named):
                acting.add(key)
                yield _row(f"{whose}的{one.proxy.label}", one)


def _row(standing: str, holder: Identified) -> Row:
    known = holder.id_number or holder.id_kind is IdKind.NONE
    return prose(standing), holder.name, holder.id_kind.label if known else "", holder.id_number


def _room(places: int) -> Grid:
    """Room to stick copies on, each as high as a card."""
    words = "（粘贴证件复印件；贴不下的，附在后面）"
    return Grid(tuple((Cell("" if n else words, height=_CARD),) for n in range(places)), (1,))


IDENTITY = Form(
    code="identity",
    title="当事人身份证明",
    standing=Standing.MUST,
    stages=since(Stage.REGISTERED, Stage.REFUSED),
    needs=(needs.APPLICANT, needs.RESPONDENT),
    body=_body,
    signers=lambda sheet: (places.of_staff("核对人", []),),
    day=lambda sheet: None,
)
"""The day of the comparison is written by the hand that compares."""
