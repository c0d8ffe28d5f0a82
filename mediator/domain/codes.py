"""Code lists (代码表): what may be chosen, with the words people see.

A code that has been shipped is never deleted, renumbered or reused; it is retired with a date
(``tests/domain/codes.json`` is the ledger that proves it).
"""

from datetime import date
from enum import Enum
from typing import Self


class Code(str, Enum):
    """One entry of a list: ``value`` is what is stored, ``label`` what people see."""

    label: str
    retired_on: date | None

    def __new__(cls, value: str, label: str, retired_on: date | None = None) -> Self:
        """Make an entry from its stored code, its Chinese label and the day from which it is no longer offered."""
        self = str.__new__(cls, value)
        self._value_ = value
        self.label = label
        self.retired_on = retired_on
        return self

    def __str__(self) -> str:
        return self.label

    @classmethod
    def offered(cls) -> list[Self]:
        """The entries that may still be chosen, in order."""
        return [entry for entry in cls if entry.retired_on is None]


class Kind(Code):
    """纠纷类型: the 18 kinds of the justice line's case table."""

    FAMILY = "family", "婚姻家庭纠纷"
    NEIGHBOUR = "neighbour", "邻里纠纷"
    HOUSING = "housing", "房屋宅基地纠纷"
    CONTRACT = "contract", "合同纠纷"
    BUSINESS = "business", "生产经营纠纷"
    DAMAGE = "damage", "损害赔偿纠纷"
    LAND = "land", "山林土地纠纷"
    DEMOLITION = "demolition", "征地拆迁纠纷"
    POLLUTION = "pollution", "环境污染纠纷"
    MIGRANT_WAGE = "migrant_wage", "拖欠农民工工资纠纷"
    LABOUR = "labour", "其他劳动争议纠纷"
    TOURISM = "tourism", "旅游纠纷"
    ECOMMERCE = "ecommerce", "电子商务纠纷"
    CONSUMER = "consumer", "其他消费纠纷"
    MEDICAL = "medical", "医疗纠纷"
    TRAFFIC = "traffic", "道路交通事故纠纷"
    PROPERTY = "property", "物业纠纷"
    OTHER = "other", "其他纠纷"


class Source(Code):
    """案件来源: how the dispute came to the committee."""

    INITIATIVE = "initiative", "主动调解"
    APPLICATION = "application", "依申请调解"
    REFERRAL = "referral", "接受委托移送调解"


class Referrer(Code):
    """委托移送单位: who handed the dispute over, where the source is a referral."""

    COURT = "court", "法院"
    PROCURATORATE = "procuratorate", "检察院"
    POLICE = "police", "公安机关"
    PETITION = "petition", "信访部门"
    OTHER = "other", "其他部门"


class Level(Code):
    """难易程度; the case table counts the last two as 疑难复杂. What makes a case hard is the office's own rule."""

    SIMPLE = "simple", "简易"
    GENERAL = "general", "一般"
    HARD = "hard", "疑难复杂"
    MAJOR = "major", "重大"


class Outcome(Code):
    """调解结果: how mediation ended. The first three are agreements."""

    WRITTEN = "written", "达成书面协议"
    ORAL = "oral", "达成口头协议"
    PARTIAL = "partial", "达成部分协议"
    NONE = "none", "未达成协议"
    WITHDRAWN = "withdrawn", "当事人撤回申请"
    ENDED = "ended", "终止调解"
    TRANSFERRED = "transferred", "移送有关部门"
    LITIGATION = "litigation", "引导诉讼"

    @property
    def settled(self) -> bool:
        """Whether an agreement was reached (调解成功); a partial agreement counts, and is always in writing."""
        return self in SETTLED


SETTLED = (Outcome.WRITTEN, Outcome.ORAL, Outcome.PARTIAL)
UNSETTLED = tuple(outcome for outcome in Outcome if outcome not in SETTLED)


class Stage(Code):
    """办理阶段 of a case; the allowed moves between them stand in ``domain/stages.py``."""

    REGISTERED = "registered", "登记"
    REFUSED = "refused", "不予受理"
    ACCEPTED = "accepted", "受理"
    INFORMED = "informed", "告知"
    ASSIGNED = "assigned", "确定调解员"
    INVESTIGATED = "investigated", "调查"
    MEDIATING = "mediating", "调解"
    SUSPENDED = "suspended", "中止"
    SETTLED = "settled", "达成协议"
    UNSETTLED = "unsettled", "调解终止"
    PERFORMED = "performed", "履行"
    REVISITED = "revisited", "回访"
    CLOSED = "closed", "结案"
    ARCHIVED = "archived", "归档"


class EventKind(Code):
    """经过记录的种类: what a line in the history of a case tells."""

    REGISTERED = "registered", "登记"
    MOVED = "moved", "转入"
    STEPPED_BACK = "stepped_back", "退回"
    EXTENDED = "extended", "延期"
    CHANGED = "changed", "修改"
    ADDED = "added", "增加"
    REMOVED = "removed", "删除"
    SIGNED = "signed", "签署"
    VOIDED = "voided", "作废文书"
    ISSUED = "issued", "出具文书"
    PAID = "paid", "履行"
    UNDONE = "undone", "撤销"


class Side(Code):
    """当事人地位."""

    APPLICANT = "applicant", "申请人"
    RESPONDENT = "respondent", "被申请人"
    THIRD = "third", "第三人"


class PartyType(Code):
    """当事人类型."""

    PERSON = "person", "自然人"
    LEGAL = "legal", "法人"
    ORGANISATION = "organisation", "非法人组织"


class IdKind(Code):
    """证件类型."""

    RESIDENT = "resident", "居民身份证"
    HMT_RESIDENCE = "hmt_residence", "港澳台居民居住证"
    HK_MACAO = "hk_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    FOREIGN_RESIDENCE = "foreign_residence", "外国人永久居留身份证"
    PASSPORT = "passport", "护照"
    CREDIT_CODE = "credit_code", "统一社会信用代码"
    OTHER = "other", "其他证件"
    NONE = "none", "无证件"


class Sex(Code):
    """性别 (GB/T 2261.1)."""

    MALE = "1", "男"
    FEMALE = "2", "女"
    UNKNOWN = "0", "未知"
    UNSTATED = "9", "未说明"


class Proxy(Code):
    """代表或代理身份: in what right somebody acts for a party."""

    GUARDIAN = "guardian", "监护人"
    AGENT = "agent", "委托代理人"
    HEAD = "head", "法定代表人（负责人）"
    DELEGATE = "delegate", "推选代表人"


class Duty(Code):
    """调解分工 of a mediator in one case."""

    LEAD = "lead", "主持调解"
    ASSIST = "assist", "协助调解"
    RECORD = "record", "记录"


class SessionResult(Code):
    """单次调解结果, as the record form lists it."""

    SETTLED = "settled", "调解成功"
    FAILED = "failed", "调解不成"
    CONTINUED = "continued", "有待继续调解"


class ItemKind(Code):
    """协议事项类型: money to be paid or an act to be done."""

    MONEY = "money", "给付金钱"
    ACT = "act", "履行行为"


class Performance(Code):
    """履行情况 of an agreement as a whole."""

    FULL = "full", "全部履行"
    PART = "part", "部分履行"
    NONE = "none", "未履行"


class VisitWay(Code):
    """回访方式."""

    HOME = "home", "上门"
    PHONE = "phone", "电话"
    OFFICE = "office", "到人民调解委员会"


class Satisfaction(Code):
    """满意程度."""

    SATISFIED = "satisfied", "满意"
    FAIR = "fair", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"


class CommitteeType(Code):
    """调委会类型, as the case table divides it; those of a trade or profession (行业性专业性) are told apart in reports on staff."""

    VILLAGE = "village", "村调委会"
    COMMUNITY = "community", "居调委会"
    TOWNSHIP = "township", "乡镇调委会"
    STREET = "street", "街道调委会"
    ENTERPRISE = "enterprise", "企事业单位调委会"
    SOCIETY = "society", "社会团体和其他组织调委会"
    PROFESSIONAL = "professional", "行业性、专业性调委会"


class Basis(Code):
    """统计口径: which day puts a case into a period. No rule was found, so the office chooses."""

    CONCLUDED = "concluded", "按调解结果日期"
    ACCEPTED = "accepted", "按受理日期"


class Retention(Code):
    """保管期限 of a case file."""

    SHORT = "short", "短期"
    LONG = "long", "长期"
    PERMANENT = "permanent", "永久"


class Averted(Code):
    """防止激化: what a dispute might have come to had it not been mediated, as the case table pairs 件 and 人."""

    SUICIDE = "suicide", "防止民间纠纷引起自杀"
    CRIME = "crime", "防止民间纠纷转化为刑事案件"
    PETITION = "petition", "防止群体性上访"
    FIGHT = "fight", "防止群体性械斗"


class Confirmation(Code):
    """司法确认: how far the court is with an agreement it was asked to confirm."""

    APPLIED = "applied", "已申请"
    CONFIRMED = "confirmed", "裁定确认有效"
    REJECTED = "rejected", "裁定驳回"
    DECLINED = "declined", "法院不予受理"


class Standing(Code):
    """入卷要求: whether the bound file (卷宗) has to have a paper."""

    MUST = "must", "必须"
    NEEDED = "needed", "按需"
    OUT = "out", "不入卷"


class MaterialKind(Code):
    """材料类别: what a picture or PDF in the file is."""

    EVIDENCE = "evidence", "证据材料"
    IDENTITY = "identity", "身份证明"
    VOUCHER = "voucher", "履行凭证"
    COURT = "court", "司法确认材料"
    SCAN = "scan", "签署件扫描"
    OTHER = "other", "其他材料"


class Action(Code):
    """操作种类: what an entry of the audit chain tells of."""

    SAVED = "saved", "保存"
    IMPORTED = "imported", "导入"
    UNDONE = "undone", "撤销"
    RESTORED_ROW = "restored_row", "找回"
    DISCARDED = "discarded", "作废"
    DESTROYED = "destroyed", "销毁"
    VIEWED = "viewed", "查看"
    REVEALED = "revealed", "显示号码"
    OVERRODE = "overrode", "破例查看"
    SEARCHED = "searched", "按号码查找"
    PRINTED = "printed", "打印"
    EXPORTED = "exported", "导出"
    SENT = "sent", "报送"
    RECEIVED = "received", "接收"
    LOGGED_IN = "logged_in", "登录"
    LOGGED_OUT = "logged_out", "退出"
    LOG_IN_FAILED = "log_in_failed", "登录失败"
    LOCKED = "locked", "锁定"
    UNLOCKED = "unlocked", "解锁"
    ACCOUNT = "account", "账号变动"
    BACKED_UP = "backed_up", "备份"
    RESTORED = "restored", "恢复"
    DRILLED = "drilled", "恢复演练"
    MIGRATED = "migrated", "升级数据"
    CHECKED = "checked", "核对"
    CLOCK = "clock", "时钟异常"
    LOST = "lost", "载体丢失"


class Turn(Code):
    """改动种类: what became of a row."""

    ADDED = "added", "增加"
    CHANGED = "changed", "修改"
    REMOVED = "removed", "删除"


class Role(Code):
    """角色: what somebody is to the office; what each may do stands in ``domain/roles.py``."""

    MEDIATOR = "mediator", "调解员"
    LEADER = "leader", "负责人（所长、主任）"
    STATISTICIAN = "statistician", "统计员"
    ADMINISTRATOR = "administrator", "系统管理员"
    AUDITOR = "auditor", "安全审计员"
    RECEIVER = "receiver", "上级汇总员"


class Sensitivity(Code):
    """敏感类别: why a case is to be seen only by those who work on it."""

    MINOR = "minor", "涉及未成年人"
    SEXUAL = "sexual", "涉及性侵害或隐私"
    POLICE = "police", "涉及警务"
    OTHER = "other", "其他需要保密"


class BackupKind(Code):
    """备份种类: on what occasion a backup was made."""

    AUTOMATIC = "automatic", "自动"
    BY_HAND = "by_hand", "手工"
    BEFORE = "before", "操作之前"


class KeyUse(Code):
    """密钥用途."""

    SIGN = "sign", "签名"
    OPEN = "open", "解封"


ETHNIC_GROUPS = [
    "汉族",
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "高山族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "阿昌族",
    "普米族",
    "塔吉克族",
    "怒族",
    "乌孜别克族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "京族",
    "塔塔尔族",
    "独龙族",
    "鄂伦春族",
    "赫哲族",
    "门巴族",
    "珞巴族",
    "基诺族",
]
"""民族 (GB/T 3304), offered while typing; any other words are accepted."""

ALL: tuple[type[Code], ...] = (
    Kind, Source, Referrer, Level, Outcome, Stage, EventKind, Side, PartyType, IdKind, Sex, Proxy, Duty, SessionResult,
    ItemKind, Performance, VisitWay, Satisfaction, CommitteeType, Basis, Retention, Averted, Confirmation, Standing, MaterialKind,
    Action, Turn, Role, Sensitivity, BackupKind, KeyUse,
)  # fmt: skip
