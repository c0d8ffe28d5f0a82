"""What a written agreement must not lack (人民调解法 第二十九条)."""

import re
from datetime import date

import pytest
from sample_cases import CASES, TODAY, bare, leak, minors, new, noise, office, person, wages

from mediator.domain.agreement import Agreement, Instalment
from mediator.domain.amounts import capital, figures
from mediator.domain.case import Case
from mediator.domain.codes import IdKind, PartyType, Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.forms import places
from mediator.forms.case_file.agreement import AGREEMENT
from mediator.forms.form import Sheet, blank, gaps, lay
from mediator.paper import text
from mediator.paper.blocks import Seal, Signature, Signatures

AGREED = {name: make for name, make in CASES.items() if make().agreement}
with_agreement = pytest.mark.parametrize("make", AGREED.values(), ids=AGREED)


def words_of(case: Case) -> str:
    return text.write(lay(AGREEMENT, Sheet(case, office(), TODAY)))


def signatures_of(case: Case, on: date = TODAY) -> list[Signature]:
    blocks = places.of_parties(case, on)
    return [place for block in blocks if isinstance(block, Signatures) for place in block.places]


@with_agreement
def test_every_name_and_every_amount_stands_in_it(make: type[Case]) -> None:
    case = make()
    words = words_of(case)
    assert case.agreement is not None
    names = [party.name for party in case.parties]
    names += [one.name for party in case.parties for one in party.representatives]
    assert all(name in words for name in names)
    amounts = [item.amount for item in case.agreement.items]
    amounts += [part.amount for item in case.agreement.items for part in item.instalments]
    for amount in filter(None, amounts):
        assert f"人民币{capital(amount)}（¥{figures(amount)}元" in words


@with_agreement
def test_every_natural_person_signs_once_in_an_own_place(make: type[Case]) -> None:
    case = make()
    roles = [place.role for place in signatures_of(case)]
    people = [party for party in case.parties if party.type is PartyType.PERSON]
    assert all(roles.count(f"{party.side.label}{party.name}") == 1 for party in people)
    assert len(roles) == len(set(roles))


def test_a_delegate_who_is_a_party_signs_once() -> None:
    roles = [place.role for place in signatures_of(wages())]
    assert roles.count("申请人牛建国") == 1
    assert not any("推选代表人" in role for role in roles)


def test_a_delegate_from_outside_signs_once_for_all() -> None:
    case = wages()
    outsider = {"proxy": Proxy.DELEGATE, "name": "符万全", "relation": "村民小组长"}
    for party in case.side(Side.APPLICANT)[:2]:
        party.representatives = [new(Representative, **outsider)]
    found = [place for place in signatures_of(case) if place.role == "推选代表人符万全"]
    assert [place.note for place in found] == ["申请人牛建国、白玉兰的推选代表人"]
    assert "推选代表人：符万全（村民小组长）；牛建国；白玉兰\n" in words_of(case)


def test_a_guardian_signs_beside_the_minor() -> None:
    places_of_case = signatures_of(minors())
    roles = [place.role for place in places_of_case]
    assert roles[:2] == ["申请人王𬎆", "监护人马㛃"]
    assert places_of_case[1].note == "申请人王𬎆的监护人（母亲）"
    assert all(place.fingerprint for place in places_of_case[:2])


def test_a_missing_guardian_is_a_gap_and_gets_an_empty_place() -> None:
    case = minors()
    case.parties[0].representatives = []
    assert gaps(AGREEMENT, Sheet(case, office(), TODAY)) == ["未成年当事人还没有填监护人"]
    assert [place.role for place in signatures_of(case)][:2] == ["申请人王𬎆", "监护人"]


def test_a_small_child_does_not_sign() -> None:
    case = leak()
    child = person(Side.APPLICANT, "周𪚥", "20190520", "081")
    child.representatives = [new(Representative, proxy=Proxy.GUARDIAN, name="周文谦", relation="祖父")]
    case.parties.append(child)
    the_day_before = signatures_of(case, date(2027, 5, 19))
    assert "申请人周𪚥" not in [place.role for place in the_day_before]
    assert "监护人周文谦" in [place.role for place in the_day_before]
    assert "申请人周𪚥" in [place.role for place in signatures_of(case, date(2027, 5, 20))]


def test_a_body_has_its_head_sign_and_a_place_for_its_seal() -> None:
    case = wages()
    blocks = lay(AGREEMENT, Sheet(case, office(), TODAY)).blocks
    seals = [block.office for block in blocks if isinstance(block, Seal)]
    assert seals == ["被申请人滨江绿野农业发展有限公司", "滨江社区人民调解委员会"]
    assert "法定代表人（负责人）车万里" in [place.role for place in signatures_of(case)]
    case.parties[-1] = new(Party, side=Side.RESPONDENT, type=PartyType.LEGAL, name="滨江公司")
    assert signatures_of(case)[-1].role == "法定代表人（负责人）"


def test_copies_are_one_for_each_party_and_one_for_the_committee() -> None:
    case = wages()
    assert AGREEMENT.copies(case) == 14
    assert "本协议一式十四份，当事人、人民调解委员会各持一份" in words_of(case)
    assert case.agreement is not None
    case.agreement.copies = 20
    assert "一式二十份" in words_of(case)
    case.agreement.copies = 2
    assert "一式两份" in words_of(case)


def test_copies_are_written_by_hand_where_neither_they_nor_the_parties_are_known() -> None:
    case = bare()
    assert re.search(r"本协议一式\s+份，", words_of(case))
    case.agreement = new(Agreement, copies=5)
    assert "本协议一式五份" in words_of(case)


def test_terms_of_one_line_become_a_clause_and_of_several_stay_as_typed() -> None:
    case = leak()
    assert "三、款项付清后，双方就此事再无争议。" in words_of(case)
    assert case.agreement is not None
    case.agreement.terms = "1. 互相道歉;\n\n2. 今后和睦相处。"
    assert "三、其他约定：\n1. 互相道歉；\n2. 今后和睦相处。\n" in words_of(case)


def test_where_it_is_performed_stands_between_how_and_by_when() -> None:
    case = leak()
    assert "履行地点" not in words_of(case)
    assert case.agreement is not None
    money, repair = case.agreement.items
    money.place = "滨江社区调解室;"
    assert "\n履行地点：滨江社区调解室。\n履行时限：" in words_of(case)
    repair.place = "周文谦家中"
    assert "\n履行地点：按上列各项约定的地点履行。\n履行时限：" in words_of(case)
    assert re.search(r"\n履行方式：\s+\n履行地点：\s+\n履行时限：", words_of(bare()))


def test_every_person_has_a_line_for_the_document_known_or_not() -> None:
    assert words_of(noise()).count("证件号码：\n") == 3
    assert words_of(leak()).count("证件号码：居民身份证 0") == 2


def test_more_than_three_persons_on_a_side_stand_in_one_table() -> None:
    case = wages()
    del case.parties[3:12]
    assert "职业或职务 |" not in words_of(case)
    case = wages()
    case.parties.append(new(Party, side=Side.APPLICANT, type=PartyType.LEGAL, name="石桥合作社"))
    twin = {"proxy": Proxy.AGENT, "name": "宓云开", "relation": "律师"}
    for worker in case.parties[:2]:
        worker.representatives.append(new(Representative, **twin))
    case.parties[5].birth_on = date(2010, 5, 1)
    case.parties[6].id_kind, case.parties[6].id_number = IdKind.PASSPORT, "E00000001"
    said = words_of(case)
    assert said.count("姓名 | 性别 | 民族 | 年龄 | 职业或职务 | 联系方式、证件号码 | 单位或住址\n") == 1
    assert "岳桂花 | 女 | 汉族 | 55岁 | 农民 | 13000000103 000000197104131040 | 白石镇石桥村\n" in said
    assert "13000000106 护照 E00000001 |" in said
    assert (
        "\n委托代理人：牛建国、白玉兰的委托代理人宓云开（律师）\n监护人：阳春生的监护人：\n名称：石桥合作社\n"
        in said
    )
    assert said.count("推选代表人：牛建国；白玉兰\n") == 1


def test_a_blank_has_room_for_a_person_or_a_body_and_for_those_who_act() -> None:
    said = text.write(lay(AGREEMENT, blank(AGREEMENT, office(), TODAY)))
    assert said.count("姓名或名称：\n") == said.count("监护人、代理人或法定代表人：\n") == 2
    assert "监护人、代理人或法定代表人" not in words_of(noise())


def test_a_partial_agreement_says_so() -> None:
    assert "各方当事人就部分争议事项自愿达成如下协议" in words_of(minors())


def test_amounts_that_do_not_add_up_are_a_gap() -> None:
    case = leak()
    assert case.agreement is not None
    money, repair = case.agreement.items
    sheet = Sheet(case, office(), TODAY)
    money.instalments[0].amount = 499999
    assert [gap[:6] for gap in gaps(AGREEMENT, sheet)] == ["分期给付的，"]
    money.instalments = [new(Instalment, due_on=TODAY)]
    assert gaps(AGREEMENT, sheet) == []
    money.amount = None
    repair.act = ""
    assert gaps(AGREEMENT, sheet) == ["请填写每一项给付的金额", "请填写每一项履行行为的内容"]
