"""The 19 kinds of the political-legal line (矛盾纠纷类别), and what each kind of the justice line counts as.

The list is that of a province's form; the mapping is this program's reading of its words.
"""

from enum import Enum

from mediator.domain.codes import Kind


class Line(Enum):
    """矛盾纠纷类别: the 19 kinds in the order of the form."""

    FAITH = "民族宗教"
    VETERANS = "军转干部、复退军人安置"
    RESETTLEMENT = "征地拆迁安置"
    BUILDING = "建筑工程质量、物业管理"
    LAND = "土地矿产山林水利界限权属"
    TRADE = "经济活动"
    LABOUR = "劳资"
    RESTRUCTURING = "企业改制"
    POLLUTION = "环境污染、生态破坏"
    JUSTICE = "司法活动"
    ENFORCEMENT = "行政执法活动"
    SCHOOLS = "大中专院校、中小学校"
    FISHERY = "海事渔事"
    CADRES = "干部作风"
    VILLAGE = "村务管理"
    FARMLAND = "农村土地承包、集体“三资”及农民负担"
    PEOPLE = "婚姻家庭邻里等各类民间"
    MEDICAL = "医患"
    OTHER = "其他"


LINES: dict[Kind, Line] = {
    Kind.FAMILY: Line.PEOPLE,
    Kind.NEIGHBOUR: Line.PEOPLE,
    Kind.HOUSING: Line.PEOPLE,
    Kind.CONTRACT: Line.TRADE,
    Kind.BUSINESS: Line.TRADE,
    Kind.DAMAGE: Line.PEOPLE,
    Kind.LAND: Line.LAND,
    Kind.DEMOLITION: Line.RESETTLEMENT,
    Kind.POLLUTION: Line.POLLUTION,
    Kind.MIGRANT_WAGE: Line.LABOUR,
    Kind.LABOUR: Line.LABOUR,
    Kind.TOURISM: Line.TRADE,
    Kind.ECOMMERCE: Line.TRADE,
    Kind.CONSUMER: Line.TRADE,
    Kind.MEDICAL: Line.MEDICAL,
    Kind.TRAFFIC: Line.PEOPLE,
    Kind.PROPERTY: Line.BUILDING,
    Kind.OTHER: Line.OTHER,
}
"""What each kind of the justice line counts as. Where no kind leads, the row stays 0."""
