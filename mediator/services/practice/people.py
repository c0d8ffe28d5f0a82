"""Who stands on the sides of a practice case (当事人): rows of parties and of those who act for them."""

from collections import defaultdict
from datetime import date

from mediator.domain.codes import IdKind, PartyType, Proxy, Sensitivity, Sex, Side
from mediator.domain.identity import EARNING
from mediator.domain.people import Party, Representative
from mediator.services.practice import identities
from mediator.services.practice.chance import Chance, Deck
from mediator.services.practice.names import Names, address
from mediator.services.practice.rows import Row, Sheet
from mediator.services.practice.shares import ID_KINDS
from mediator.services.practice.story import Role, Story

Cast = dict[Side, list[Row]]

_JOBS = ("个体经营", "务工人员", "务农", "公司职员", "教师", "司机", "待业", "快递员", "")
_OLD_JOBS = ("退休人员", "退休人员", "务农", "")
_OLD = 60
_EMPLOYERS = ("滨江菜市场", "滨江公交公司", "云岫电子厂", "竹溪学校")
_NOTES = ("听力不好，需大声", "不识字，由他人代读", "晚上七点以后方便接电话")
_CROWD = {0: 94.0, 1: 4.0, 2: 1.5, 3: 0.5}
"""How many relatives stand beside somebody."""


class People:
    """Enters the parties of one case after the other."""

    def __init__(self, chance: Chance, sheet: Sheet) -> None:
        self._chance = chance
        self._sheet = sheet
        self._names = Names(chance)
        self._id_kinds = Deck(chance, ID_KINDS, 400)
        self._crowd = Deck(chance, _CROWD, 200)
        self._acting: dict[int, list[str]] = {}

    def cast(self, case: Row, story: Story, words: dict[str, str]) -> Cast:
        """The parties of a case by side, no two of one name."""
        roles = {Side.APPLICANT: story.applicant, Side.RESPONDENT: story.respondent}
        if story.third:
            roles[Side.THIRD] = story.third
        self._acting = defaultdict(list)
        cast: Cast = {}
        family = ""
        for side, role in roles.items():
            cast[side] = self._side(case, side, role, words, family)
            family = cast[side][0]["name"] if side is Side.APPLICANT else family
        return cast

    def words(self, cast: Cast) -> list[str]:
        """What those last cast can be found by."""
        parties = [row for rows in cast.values() for row in rows]
        return [
            word
            for row in parties
            for word in (
                row["name"],
                row["id_number"],
                row["phone"],
                row["address"],
                *self._acting[row["id"]],
            )
        ]

    def _side(self, case: Row, side: Side, role: Role, words: dict[str, str], family: str) -> list[Row]:
        if role.body:
            return [self._body(case, side, role, role.body.format(**words))]
        number = self._chance.number(*role.number) + (self._crowd.deal() if role.number[1] == 1 else 0)
        taken = {family}
        rows = []
        for _ in range(number):
            row = self._person(case, side, role, taken, family if role.kin else "")
            taken.add(row["name"])
            rows.append(row)
        if number >= 5:
            for one in rows[1:3]:
                same = {key: one[key] for key in ("name", "id_kind", "id_number", "id_reason", "phone")}
                self._represent(
                    rows[0], Proxy.DELEGATE, relation="推选的代表人", powers="代为参加调解", **same
                )
        return rows

    def _person(self, case: Row, side: Side, role: Role, taken: set[str], family: str) -> Row:
        chance = self._chance
        sex = role.sex or chance.one((Sex.MALE, Sex.FEMALE))
        young = role.ages[1] < 18
        id_kind = IdKind.RESIDENT if young or family else self._id_kinds.deal()
        age = chance.number(*role.ages)
        birth = date(case["registered_on"].year - age - 1, chance.number(1, 12), chance.number(1, 28))
        name, ethnicity = self._name(sex, id_kind, taken, family)
        number, reason = self._number(id_kind, birth, sex)
        row = self._sheet.add(
            Party, case_id=case["id"], side=side, name=name, id_kind=id_kind, id_number=number, id_reason=reason,
            sex=sex, birth_on=birth, ethnicity=ethnicity, phone="" if chance.odds(0.06) else identities.phone(chance),
            address=address(chance), occupation=chance.one(role.jobs or (_OLD_JOBS if age > _OLD else _JOBS)),
        )  # fmt: skip
        row["earns"] = young and age >= EARNING and chance.odds(0.7)
        if not role.jobs and age <= _OLD and chance.odds(0.15):
            row["employer"] = chance.one(_EMPLOYERS)
        if chance.odds(0.02):
            row["note"] = chance.one(_NOTES)
        if young or row["id"] % 3 == 0:
            row["consented_on"] = case["registered_on"]
        if young:
            case["sensitivity"] = Sensitivity.MINOR
            self._act_for(
                row, Proxy.GUARDIAN, ("父亲", Sex.MALE) if chance.odds(0.5) else ("母亲", Sex.FEMALE)
            )
        elif chance.odds(0.03):
            self._act_for(row, Proxy.AGENT, ("儿子", Sex.MALE) if chance.odds(0.5) else ("女儿", Sex.FEMALE))
        return row

    def _name(self, sex: Sex, id_kind: IdKind, taken: set[str], family: str) -> tuple[str, str]:
        """A name nobody on the side has yet, of a family if one is given; and the ethnic group."""
        name, ethnicity = self._names.person(sex, id_kind)
        if family:
            name = self._names.relative(family, sex)
        return (name, ethnicity) if name not in taken else self._name(sex, id_kind, taken, "")

    def _number(self, id_kind: IdKind, birth: date, sex: Sex) -> tuple[str, str]:
        """A number and, where it is doubtful, why it was kept; now and then none was noted down."""
        number = identities.number(self._chance, id_kind, birth, sex)
        if id_kind is IdKind.RESIDENT and self._chance.odds(0.06):
            return "", ""
        if id_kind is IdKind.RESIDENT and self._chance.odds(0.012):
            return identities.doubtful(self._chance, number)
        return number, ""

    def _body(self, case: Row, side: Side, role: Role, name: str) -> Row:
        chance = self._chance
        row = self._sheet.add(
            Party, case_id=case["id"], side=side, type=role.type, name=name, id_kind=IdKind.CREDIT_CODE,
            id_number=identities.credit_code(chance), phone=identities.phone(chance), address=address(chance),
        )  # fmt: skip
        head = role.type is PartyType.LEGAL or chance.odds(0.5)
        sex = chance.one((Sex.MALE, Sex.FEMALE))
        self._act_for(row, Proxy.HEAD, ("总经理" if role.type is PartyType.LEGAL else "负责人", sex))
        if head and chance.odds(0.4):
            self._act_for(row, Proxy.AGENT, (chance.one(("办公室主任", "法务", "项目经理")), sex))
        return row

    def _act_for(self, party: Row, proxy: Proxy, relation: tuple[str, Sex]) -> None:
        chance = self._chance
        words, sex = relation
        birth = date(chance.number(1960, 1990), chance.number(1, 12), chance.number(1, 28))
        related = party["type"] is PartyType.PERSON and words != "母亲"
        name = self._names.relative(party["name"], sex) if related else self._names.person(sex)[0]
        self._represent(
            party, proxy, relation=words, name=name, id_number=identities.number(chance, IdKind.RESIDENT, birth, sex),
            phone=identities.phone(chance), address=party["address"] if related else "", powers="代为调解并签署协议" if proxy is Proxy.AGENT else "",
        )  # fmt: skip

    def _represent(self, party: Row, proxy: Proxy, **facts: object) -> None:
        row = self._sheet.add(Representative, party_id=party["id"], proxy=proxy, **facts)
        self._acting[party["id"]].append(row["name"])


def called(parties: list[Row]) -> str:
    """The parties of a side as a file's title names them: the first, and how many they are."""
    first = str(parties[0]["name"]) if parties else ""
    return first + (f"等{len(parties)}人" if len(parties) > 1 else "")
