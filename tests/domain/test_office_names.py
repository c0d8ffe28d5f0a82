"""What the name of a committee tells: its short name, and the type to be proposed."""

import pytest

from mediator.domain.codes import CommitteeType
from mediator.domain.office import likely_type, short_name


@pytest.mark.parametrize(
    ("name", "type"),
    [
        ("䶮村人民调解委员会", CommitteeType.VILLAGE),
        ("古渡镇䶮村村民委员会人民调解委员会", CommitteeType.VILLAGE),
        ("滨江街道滨江社区人民调解委员会（练习）", CommitteeType.COMMUNITY),
        ("滨江社区居民委员会人民调解委员会", CommitteeType.COMMUNITY),
        ("滨江区古渡镇人民调解委员会", CommitteeType.TOWNSHIP),
        ("滨江街道办事处人民调解委员会", CommitteeType.STREET),
        ("滨江纺织厂人民调解委员会", CommitteeType.ENTERPRISE),
        ("滨江温州商会人民调解委员会", CommitteeType.SOCIETY),
        ("滨江区医疗纠纷人民调解委员会", CommitteeType.PROFESSIONAL),
        ("滨江派出所人民调解室", None),
        ("人民调解委员会", None),
        ("", None),
    ],
)
def test_a_type_is_proposed_where_the_name_tells_it(name: str, type: CommitteeType | None) -> None:
    assert likely_type(name) is type


def test_the_short_name_has_nothing_every_committee_is_called() -> None:
    assert short_name("滨江社区人民调解委员会（练习）") == "滨江社区"
    assert short_name("䶮村调委会") == "䶮村"
    assert short_name("滨江派出所人民调解室") == "滨江派出所"
