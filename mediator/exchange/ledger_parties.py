"""The parties of one side of a row (当事人): names, identity numbers, telephones, addresses matched up."""

import re
from dataclasses import dataclass
from datetime import date

from mediator.domain.calendar import age_on
from mediator.domain.codes import IdKind, PartyType, Side
from mediator.domain.errors import Refusal
from mediator.domain.fields import Value, read_all
from mediator.domain.identity import ADULT, check_digit, doubt, facts, normal
from mediator.domain.people import Party
from mediator.exchange.ledger_names import Named, type_of
from mediator.exchange.ledger_sheets import Cell

AS_WRITTEN = "台账原样"
"""Reason given for keeping a number that looks wrong."""

_AS_TEXT = "请将该列设为文本后重新粘贴"
_BETWEEN = re.compile(r"[、,\uff0c;\uff1b/\uff0f\s]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.IGNORECASE)
_EIGHTEEN = re.compile(r"\d{17}[\dX]")
_TWO_NAMES = re.compile(r"[^\x00-\x7f·]{5,}")
"""Longer than a Chinese name and not of several parts: 张三和李四, or two names with a blank between."""
_KINDS = (
    (IdKind.FOREIGN_RESIDENCE, re.compile(r"[A-Z]{3}\d{12}|9\d{16}[\dX]")),
    (IdKind.HMT_RESIDENCE, re.compile(r"8[123]\d{15}[\dX]")),
    (IdKind.HK_MACAO, re.compile(r"[HM]\d{8}(?:\d{2})?")),
    (IdKind.PASSPORT, re.compile(r"[A-Z]{1,2}\d{7,8}")),
)


@dataclass(frozen=True)
class Told:
    """What a row tells of one side besides the names."""

    ids: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address: str = ""


def ids_in(cell: Cell, text: str) -> tuple[str, ...]:
    """The identity numbers in a cell; Refusal for one that a spreadsheet has turned into a figure or rounded."""
    if isinstance(cell, int | float) or _SCIENTIFIC.fullmatch(text):
        raise Refusal(f"是数字格式，末几位可能已被取整；{_AS_TEXT}。")
    numbers = tuple(normal(part.lstrip("'’‘")) for part in _BETWEEN.split(text) if part)
    for number in numbers:
        rounded = _EIGHTEEN.fullmatch(number) and number.endswith("000")
        if rounded and check_digit(number[:17]) != number[17]:
            raise Refusal(f"里的“{number}”末三位是 000 且校验位不对，多半是表格把号码取整了；{_AS_TEXT}。")
    return numbers


def phones_in(text: str) -> tuple[str, ...]:
    """The telephone numbers in a cell."""
    return tuple(part.lstrip("'’‘") for part in _BETWEEN.split(text) if part)


def parties(
    side: Side, named: Named, told: Told, on: date
) -> tuple[list[dict[str, Value]], list[str], list[str]]:
    """The parties of one side as values of Party, warnings, and what found no place (for the remark).

    Numbers are matched to names only where there are as many; else nobody is given another's number.
    """
    count, warnings, left = len(named.people), [], []
    ids, phones = told.ids, told.phones
    if ids and len(ids) != count:
        warnings.append(f"{side.label}有 {count} 人而证件号码有 {len(ids)} 个，分不清是谁的，已写进备注。")
        left.append(f"台账{side.label}证件号码：{'、'.join(ids)}。")
        ids = ()
    if phones and len(phones) != count:
        phones = ("、".join(phones),)
    found = []
    for n, (name, aside) in enumerate(named.people):
        raw = {
            Party.side.key: side, Party.name.key: name, Party.note.key: aside, Party.type.key: type_of(name),
            Party.id_number.key: ids[n] if ids else "", Party.phone.key: phones[n] if n < len(phones) else "",
            Party.address.key: told.address if n == 0 else "",
        }  # fmt: skip
        found.append(read_all(Party, raw) | _identity(raw[Party.id_number.key], type_of(name), on))
        warnings += _about(side, found[-1], on)
    return found, warnings, left


def _identity(number: object, type: PartyType, on: date) -> dict[str, Value]:
    """The kind of document a number belongs to, and the reason for keeping it if it looks wrong."""
    text = str(number)
    kind = IdKind.CREDIT_CODE
    if type is PartyType.PERSON:
        kind = next((kind for kind, shape in _KINDS if shape.fullmatch(text)), IdKind.RESIDENT)
    return {Party.id_kind.key: kind, Party.id_reason.key: AS_WRITTEN if doubt(kind, text, on) else ""}


def _about(side: Side, party: dict[str, Value], on: date) -> list[str]:
    """What a person should look at once the party is taken in."""
    name, kind, number = party[Party.name.key], party[Party.id_kind.key], str(party[Party.id_number.key])
    assert isinstance(kind, IdKind)
    who, found = f"{side.label}“{name}”", []
    if party[Party.id_reason.key]:
        found.append(f"{who}的证件号码照{AS_WRITTEN}留下：{doubt(kind, number, on)}")
    elif (told := facts(kind, number)) and age_on(told.birth_on, on) < ADULT:
        found.append(f"{who}受理时未满 {ADULT} 周岁，台账没有写监护人，请补填。")
    if party[Party.type.key] is PartyType.PERSON and _TWO_NAMES.fullmatch(str(name)):
        found.append(f"{who}照一个姓名记下；如果是两个人，请在案件里分开。")
    return found
