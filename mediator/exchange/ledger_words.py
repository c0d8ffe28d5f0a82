"""What the words of ledgers mean (用语对照): kinds, sources, results, performance, and what is assumed where they are loose.

To change how a word is read, change it here; for one file, say so in its choices.
"""

import re
from enum import Enum

from mediator.domain.codes import Kind, Level, Outcome, Performance, Referrer, Source
from mediator.domain.wording import half_width


class Loose(Enum):
    """A result that is no outcome by itself."""

    OPEN = "正在调解"
    SETTLED = "达成协议而未写明形式"


Result = Outcome | Loose
Origin = tuple[Source, Referrer | None]

SETTLED_WITH_DAY = Outcome.WRITTEN
"""A settled case of unstated form with a day of agreement: there is a paper that bears the day."""
SETTLED_WITHOUT_DAY = Outcome.ORAL
"""One without: no paper is shown, and an agreement need not be written (人民调解法 第二十八条)."""

DAY_MISSING = "台账未记结果日期，按受理日期记。"
SOURCE_MISSING = "台账未记案件来源，按依申请调解记。"
PEOPLE_COUNTED = "台账未记涉及人数，按写明的“等×人”合计。"
IN_WAN = "表头写明单位是万元，金额已换算成元。"
AMOUNT_AS_CLAIMED = "没有达成协议的，涉及金额记为争议金额。"

_KIND_WORDS: dict[Kind, str] = {
    Kind.FAMILY: "婚姻 家庭 婚恋 离婚 赡养 抚养 扶养 继承 家事",
    Kind.NEIGHBOUR: "邻居 邻里关系 相邻 相邻关系",
    Kind.HOUSING: "房屋 宅基地 房产 房屋宅基",
    Kind.CONTRACT: "民间借贷 借贷 债务 债权债务 借款 租赁 房屋租赁 买卖 合同 经济合同",
    Kind.BUSINESS: "生产 经营 生产经营性",
    Kind.DAMAGE: "赔偿 人身损害 人身损害赔偿 财产损害 损害 伤害 打架 打架斗殴",
    Kind.LAND: "土地 山林 林地 林权 土地承包 土地权属 山林权属",
    Kind.DEMOLITION: "征地 拆迁 征收 征收补偿 拆迁安置",
    Kind.POLLUTION: "污染 环境 环保 噪音污染 噪声污染",
    Kind.MIGRANT_WAGE: "农民工工资 拖欠工资 欠薪 讨薪",
    Kind.LABOUR: "劳动 劳动争议 劳务 劳资 劳动关系 工伤",
    Kind.TOURISM: "旅游服务",
    Kind.ECOMMERCE: "电商 网购 网络购物",
    Kind.CONSUMER: "消费 消费者权益 消费维权",
    Kind.MEDICAL: "医患 医疗损害",
    Kind.TRAFFIC: "道路交通 交通事故 交通 道路事故",
    Kind.PROPERTY: "物业服务 物业管理 物业费",
    Kind.OTHER: "其它 其他类 其他民间 其他类型",
}
_LABELS = {kind.label.removesuffix("纠纷"): kind for kind in Kind}
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()} | _LABELS

_RESULT_WORDS: dict[Result, str] = {
    Outcome.WRITTEN: "达成书面协议 书面协议 达成书面调解协议 签订书面协议 签订协议书 签订调解协议书 书面",
    Outcome.ORAL: "达成口头协议 口头协议 口头调解 口头 达成口头调解协议",
    Outcome.PARTIAL: "达成部分协议 部分达成协议 部分达成",
    Outcome.NONE: "未达成协议 未达成 调解不成 调解失败 调解未成功 调解不成功 未调成 失败 不成功 未成功 未化解 达不成协议",
    Outcome.WITHDRAWN: "当事人撤回申请 撤回 撤回申请 申请人撤回 申请人撤回申请 撤销申请 申请人撤销申请",
    Outcome.ENDED: "终止调解 终止 调解终止 已终止",
    Outcome.TRANSFERRED: "移送有关部门 移送 移交 转交 移送公安机关 移送派出所 移交有关部门 转交有关部门 移送相关部门",
    Outcome.LITIGATION: "引导诉讼 未达成引导诉讼 未达成协议引导诉讼 调解不成引导诉讼 引导起诉 建议诉讼 引导司法途径 引导走司法途径",
    Loose.OPEN: "正在调解 调解中 正在调解中 办理中 正在办理 化解中 正在化解 继续调解 有待继续调解 未结 在办 处理中",
    Loose.SETTLED: "调解成功 成功 已化解 化解 化解成功 达成协议 已达成协议 达成调解协议 调解达成协议 已调解 已调结 调结 调成 "
                   "已办结 办结 和解 已和解 双方和解",
}  # fmt: skip
_RESULTS = {word: result for result, words in _RESULT_WORDS.items() for word in words.split()}

_SOURCE_WORDS: dict[Source, str] = {
    Source.APPLICATION: "当事人申请 依申请调解 依申请 依当事人申请 申请 申请调解 申请人申请 当事人申请调解 来访 群众来访 上门求助 "
                        "电话申请 口头申请 书面申请 群众求助",
    Source.INITIATIVE: "主动调解 主动 主动介入 主动排查 排查 排查发现 日常排查 巡查 巡查发现 走访发现",
}  # fmt: skip
_GRID_WORDS = "网格上报 网格 网格员上报 网格排查 网格员排查 网格发现 网格员发现 网格移交"
_SOURCES = {word: source for source, words in _SOURCE_WORDS.items() for word in words.split()}

_HANDED_OVER = r"(?:接受|诉前)?(?P<unit>.*(?:{units}))(?:诉前|委托|委派|移送|移交|转办|交办|转交|转来|指派|分流|联动|调解)*"
_UNITS: dict[Referrer, re.Pattern[str]] = {
    referrer: re.compile(_HANDED_OVER.format(units=units))
    for referrer, units in {
        Referrer.COURT: "法院|法庭",
        Referrer.PROCURATORATE: "检察院|检察机关|检察",
        Referrer.POLICE: "派出所|公安局|公安分局|公安机关|公安|交警队|交警大队|交警|警务室|110",
        Referrer.PETITION: "信访局|信访办|信访部门|信访",
        Referrer.OTHER: "司法所|司法局|街道|街道办|办事处|镇政府|乡政府|综治中心|综治办|妇联|工会|消协|人社局|市场监管局|住建局"
                        "|劳动监察|仲裁委|其他部门|有关部门|相关部门|12345|热线|12348",
    }.items()
}  # fmt: skip

LEVELS: dict[str, Level] = {
    "简单": Level.SIMPLE, "普通": Level.GENERAL, "否": Level.GENERAL, "非疑难复杂": Level.GENERAL, "疑难": Level.HARD,
    "复杂": Level.HARD, "是": Level.HARD, "重特大": Level.MAJOR, "特别重大": Level.MAJOR, "重大疑难": Level.MAJOR,
} | {level.label: level for level in Level}  # fmt: skip

_PERFORMANCE_WORDS: dict[Performance, str] = {
    Performance.FULL: "是 已履行 已全部履行 全部履行 履行完毕 已履行完毕 履行 当场履行 即时履行 已兑现 有",
    Performance.PART: "部分履行 部分 已部分履行",
    Performance.NONE: "否 未履行 没有履行 尚未履行 不履行",
}
PERFORMANCES = {word: entry for entry, words in _PERFORMANCE_WORDS.items() for word in words.split()}
FORMS = {
    "书面": Outcome.WRITTEN, "书面协议": Outcome.WRITTEN, "书面调解": Outcome.WRITTEN, "协议书": Outcome.WRITTEN,
    "口头": Outcome.ORAL, "口头协议": Outcome.ORAL, "口头调解": Outcome.ORAL,
}  # fmt: skip


def bare(text: str) -> str:
    """A word without blanks and signs, so that 未达成,引导诉讼 and 未达成 引导诉讼 are one."""
    return "".join(c for c in half_width(text) if c.isalnum())


def kind_of(text: str) -> tuple[Kind | None, str]:
    """The kind a word means, and what was assumed in saying so (empty if it is the kind's own name)."""
    word = bare(text)
    for ending in ("案件", "纠纷", "矛盾", "类", "纠纷"):
        word = word.removesuffix(ending)
    kind = _KINDS.get(word)
    if kind is None or word in _LABELS:
        return kind, ""
    return kind, f"纠纷类型“{text}”按{kind.label}记。"


def result_of(text: str) -> Result | None:
    """The result a word means, or None if it is not known."""
    return _RESULTS.get(bare(text))


def origin_of(text: str) -> tuple[Origin | None, str, str]:
    """Where a case came from: the source, the unit that handed it over as written, and what was assumed."""
    word = bare(text)
    if word in _SOURCES:
        return (_SOURCES[word], None), "", ""
    if word in _GRID_WORDS.split():
        return (Source.INITIATIVE, None), "", f"台账来源写“{text}”，按主动调解记。"
    for referrer, shape in _UNITS.items():
        if match := shape.fullmatch(word):
            return (Source.REFERRAL, referrer), match["unit"], ""
    return None, "", ""
