"""Identity numbers that hit nobody (证件号码): area codes never given out, check digits that hold."""

from datetime import date

from stdnum.cn import uscc

from mediator.domain.codes import IdKind, Sex
from mediator.domain.identity import check_digit
from mediator.services.practice.chance import Chance

_REASONS = ("旧证尚未换发", "当事人手写登记，证件待补", "复印件末位不清，本人确认无误")
_AREAS = {IdKind.RESIDENT: "000000", IdKind.FOREIGN_RESIDENCE: "900000"}
_COMPATRIOTS = ("819999", "829999", "839999")


def number(chance: Chance, kind: IdKind, birth: date, sex: Sex) -> str:
    """A number of a person's document; empty where there is none."""
    if kind in (IdKind.RESIDENT, IdKind.HMT_RESIDENCE, IdKind.FOREIGN_RESIDENCE):
        area = _AREAS.get(kind) or chance.one(_COMPATRIOTS)
        return _eighteen(chance, area, birth, sex)
    if kind is IdKind.HK_MACAO:
        return f"{chance.one('HM')}0000{chance.number(0, 9999):04d}"
    if kind is IdKind.TAIWAN:
        return f"0000{chance.number(0, 9999):04d}"
    if kind is IdKind.PASSPORT:
        return f"XX00{chance.number(0, 99999):05d}"
    return f"军字第0000{chance.number(0, 999):03d}号" if kind is IdKind.OTHER else ""


def doubtful(chance: Chance, whole: str) -> tuple[str, str]:
    """A resident's number as it should not be, and the reason for which it was kept."""
    if whole[6:8] == "19" and chance.odds(0.5):
        return whole[:6] + whole[8:17], _REASONS[0]
    wrong = str((int(whole[17]) + 1) % 10) if whole[17] != "X" else "0"
    return whole[:17] + wrong, chance.one(_REASONS[1:])


def credit_code(chance: Chance) -> str:
    """统一社会信用代码 of a body, with the area 000000."""
    start = f"91000000MA0{chance.number(0, 999999):06d}"
    return start + str(uscc.calc_check_digit(start))


def phone(chance: Chance) -> str:
    """A telephone number that no network gives out."""
    return f"1000000{chance.number(0, 9999):04d}"


def _eighteen(chance: Chance, area: str, birth: date, sex: Sex) -> str:
    serial = chance.number(0, 499) * 2 + (sex is Sex.MALE)
    start = f"{area}{birth.year}{birth.month:02d}{birth.day:02d}{serial:03d}"
    return start + check_digit(start)
