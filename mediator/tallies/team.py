"""调解组织队伍统计表: committees, stationed rooms, studios and mediators.

The official list of columns was not found; these are the figures that public reports give, with 行业性专业性 committees apart.
An office counts as one in its own type; the sum over offices gives the numbers of a region.
"""

from datetime import date

from sqlalchemy import true

from mediator.domain.codes import CommitteeType
from mediator.domain.office import Office
from mediator.domain.people import Staff
from mediator.tallies.population import OFFICES, STAFF
from mediator.tallies.table import Column, Table, Unit

_BODIES, _PLACES, _PEOPLE = "调解组织", "工作场所", "调解员队伍"

_COMMITTEES = (
    Column("committees", "人民调解委员会", _BODIES, Unit.PLACES, "个数；本单位计 1 个。", where=true(), of=OFFICES),
    *(
        Column(
            f"type_{type.value}", type.label, _BODIES, Unit.PLACES, f"调委会类型为{type.label}的个数。",
            part_of="committees", where=Office.type == type, of=OFFICES,
        )
        for type in CommitteeType
    ),
)  # fmt: skip

_ROOMS = (
    Column(
        "rooms", "派驻调解室", _PLACES, Unit.PLACES, "派驻在派出所、法院等处的调解室个数，以调委会信息里填的为准。",
        where=true(), measure=Office.rooms, of=OFFICES,
    ),
    Column(
        "studios", "调解工作室", _PLACES, Unit.PLACES, "以调解员个人命名的工作室个数，以调委会信息里填的为准。",
        where=true(), measure=Office.studios, of=OFFICES,
    ),
    Column(
        "stations", "调解工作站", _PLACES, Unit.PLACES, "设在小区、市场、企业等处的工作站个数，以调委会信息里填的为准。",
        where=true(), measure=Office.stations, of=OFFICES,
    ),
)  # fmt: skip

_STAFF = (
    Column("mediators", "人民调解员", _PEOPLE, Unit.PEOPLE, "人数。", where=true(), of=STAFF),
    Column(
        "full_time", "专职调解员", _PEOPLE, Unit.PEOPLE, "记为专职的人数，以统计之时为准。",
        part_of="mediators", where=Staff.full_time.is_(True), of=STAFF,
    ),
    Column(
        "part_time", "兼职调解员", _PEOPLE, Unit.PEOPLE, "没有记为专职的人数，以统计之时为准。",
        part_of="mediators", where=Staff.full_time.is_(False), of=STAFF,
    ),
)  # fmt: skip

TEAM = Table(
    code="team",
    title="调解组织队伍统计表",
    edition=1,
    valid_from=date(2018, 1, 1),
    columns=(*_COMMITTEES, *_ROOMS, *_STAFF),
)
