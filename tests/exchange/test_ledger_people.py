"""Who stands in a row: names, bodies, identity numbers, telephones."""

import pytest
from made_ledgers import entry, number, reason

from mediator.domain.codes import IdKind, PartyType
from mediator.domain.identity import check_digit


def rounded(seventeen: str) -> str:
    """A number as a spreadsheet rounds it, certain to fail its check digit."""
    digits = seventeen[:15] + "00"
    return digits + "0" if check_digit(digits) != "0" else seventeen[:14] + "1000"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("李涛芳、王超桂", ["李涛芳", "王超桂"]), ("𪚥甲，㛃乙；䶮丙/王丁\n李戊", ["𪚥甲", "㛃乙", "䶮丙", "王丁", "李戊"]),
        ("张 三", ["张三"]), ("张三丰 李四", ["张三丰", "李四"]), ("欧阳 明月", ["欧阳明月"]), ("Anna Maria", ["Anna Maria"]),
        ("阿依古丽•买买提", ["阿依古丽·买买提"]), ("张三、李四等5人", ["张三", "李四"]), ("张三等十二人", ["张三"]), ("王大等", ["王大"]),
        ("张三（父，已故）、李四", ["张三", "李四"]), ("某某（重庆）有限公司", ["某某\uff08重庆\uff09有限公司"]), ("王某 某某公司", ["王某", "某某公司"]),
    ],
)  # fmt: skip
def test_people_in_one_cell(cell: str, names: list[str]) -> None:
    assert [p["name"] for p in entry(被申请人=cell).parties][1:] == names


def test_and_others_are_counted_and_said() -> None:
    row = entry(申请人="张三、李四等十二人", 被申请人="某某公司")
    assert row.case["people"] == 13
    assert "申请人写“张三、李四等十二人”" in str(row.case["remark"])
    assert entry(申请人="张三等5人", 涉及人数="40").case["people"] == 40
    assert entry(申请人="张三等").case["people"] is None


def test_a_name_too_long_for_one_person_is_pointed_out() -> None:
    assert "如果是两个人" in entry(申请人="张三和李四").warnings[0]
    assert "如果是两个人" in entry(申请人="㛃大文 䶮小武").warnings[0]
    assert entry(申请人="阿依古丽·买买提", 被申请人="某某建筑劳务有限公司").warnings == ()


def test_no_fewer_people_than_are_named() -> None:
    row = entry(申请人="张三、李四", 涉及人数="2人")
    assert row.case["people"] == 3
    assert "少于写明的当事人 3 人" in row.warnings[0]
    assert "不是整数" in reason(涉及人数="2.5")


@pytest.mark.parametrize(
    ("name", "type"),
    [("某建筑劳务有限公司", "LEGAL"), ("某公司滨江分公司", "ORGANISATION"), ("滨江村村委会", "LEGAL"), ("居委会", "LEGAL"),
     ("人民医院", "LEGAL"), ("䶮记粮油店", "ORGANISATION"), ("滨江砖厂", "ORGANISATION"), ("花园业委会", "ORGANISATION"),
     ("李学院", "PERSON"), ("王店", "PERSON"), ("欧阳平", "PERSON"), ("某某公司（项目部）", "LEGAL")],
)  # fmt: skip
def test_bodies_are_told_from_people(name: str, type: str) -> None:
    party = entry(被申请人=name).parties[1]
    assert party["type"] is PartyType[type]
    assert party["id_kind"] is (IdKind.RESIDENT if type == "PERSON" else IdKind.CREDIT_CODE)


@pytest.mark.parametrize("cell", [110101199003070000, 1.10101199003070e17, 199001010016, True, "1.10101E+17"])
def test_an_identity_number_that_came_as_a_figure_is_refused(cell: object) -> None:
    assert "请将该列设为文本后重新粘贴" in reason(申请人身份证号=cell)


def test_a_rounded_identity_number_is_refused_and_a_wrong_one_kept() -> None:
    assert "请将该列设为文本后重新粘贴" in reason(申请人身份证号=rounded("00000019900101001"))
    right = number("00000019900101001")
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    row = entry(申请人身份证号=wrong, 被申请人身份证号=f"'{right.lower()} ")
    assert (row.parties[0]["id_number"], row.parties[0]["id_reason"]) == (wrong, "台账原样")
    assert "校验位不对" in row.warnings[0]
    assert (row.parties[1]["id_number"], row.parties[1]["id_reason"]) == (right, "")
    old = entry(申请人身份证号="000000900101001")
    assert old.parties[0]["id_reason"] == "台账原样"


def test_a_number_that_ends_in_000_by_right_is_no_fault() -> None:
    numbers = (number(f"0000001990{month:02d}15{n}00") for month in range(1, 13) for n in range(10))
    ending = next(n for n in numbers if n.endswith("000"))
    assert entry(申请人身份证号=ending).warnings == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [("H1234567800", "HK_MACAO"), ("E12345678", "PASSPORT"), ("810000199001010010", "HMT_RESIDENCE"), ("ABC123456789012", "FOREIGN_RESIDENCE")],
)  # fmt: skip
def test_other_documents_are_known_by_their_shape(text: str, kind: str) -> None:
    assert entry(申请人身份证号=text).parties[0]["id_kind"] is IdKind[kind]


def test_nobody_is_given_another_ones_number() -> None:
    one, two = number("00000019900101001"), number("00000019850515122")
    both = entry(
        被申请人="张三、李四", 被申请人身份证号=f"{one}、{two}", 被申请人电话="13000000001 13000000002"
    )
    assert [(p["id_number"], p["phone"]) for p in both.parties[1:]] == [
        (one, "13000000001"),
        (two, "13000000002"),
    ]
    row = entry(被申请人="张三、李四", 被申请人身份证号=one)
    assert [p["id_number"] for p in row.parties] == ["", "", ""]
    assert one in str(row.case["remark"])


@pytest.mark.parametrize("cell", [13000000000, 13000000000.0, "13000000000", " 13000000000", "'13000000000"])
def test_telephones_keep_their_digits(cell: object) -> None:
    assert entry(联系电话=cell, 申请人电话=cell).parties[0]["phone"] == "13000000000"


def test_a_minor_without_a_guardian_is_pointed_out() -> None:
    assert "未满 18 周岁" in entry(申请人身份证号=number("00000020080302001")).warnings[0]
    assert entry(申请人身份证号=number("00000020080301001")).warnings == ()
