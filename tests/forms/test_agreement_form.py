"""What a written agreement must not lack (人民调解法 第二十九条)."""

from datetime import date

import pytest
from sample_cases import CASES, TODAY, leak, minors, new, office, person, wages

from mediator.domain.agreement import Instalment
from mediator.domain.amounts import capital, figures
from mediator.domain.case import Case
from mediator.domain.codes import PartyType, Proxy, Side
from mediator.domain.people import Party, Representative
from mediator.forms import places
from mediator.forms.agreement import AGREEMENT
from mediator.forms.form import Sheet, gaps, lay
from mediator.paper import text
from mediator.paper.blocks import Seal, Signature, Signatures

with_agreement = pytest.mark.parametrize("make", CASES.values(), ids=CASES)


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


def test_terms_of_one_line_become_a_clause_and_of_several_stay_as_typed() -> None:
    case = leak()
    assert "三、款项付清后，双方就此事再无争议。" in words_of(case)
    assert case.agreement is not None
    case.agreement.terms = "1. 互相道歉;\n\n2. 今后和睦相处。"
    assert "三、其他约定：\n1. 互相道歉；\n2. 今后和睦相处。\n" in words_of(case)


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
