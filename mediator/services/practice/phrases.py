"""What is written in any kind of case (常用语句): reasons, remarks, what a visit finds."""

from mediator.domain.codes import Outcome, Performance, Referrer, Satisfaction

REFERRERS = {
    Referrer.POLICE: (("滨江派出所", "北塘派出所", "望江派出所"), "110-{day:%Y%m%d}-{n:04d}"),
    Referrer.COURT: (("滨江区人民法院",), "（{day.year}）滨江诉前调{n}号"),
    Referrer.PETITION: (("滨江区信访局", "滨江街道信访办"), "信访{day.year}-{n:05d}"),
    Referrer.PROCURATORATE: (("滨江区人民检察院",), ""),
    Referrer.OTHER: (("滨江区市场监督管理局", "滨江街道妇联", "滨江区人力资源和社会保障局"), ""),
}
"""Who hands cases over (委托移送单位), and how they number them."""

PLACES = ("滨江社区调解室", "滨江派出所调解室", "北塘村村委会会议室", "当事人家中", "纠纷现场")
ATTENDANTS = (
    "双方当事人",
    "双方当事人、楼长",
    "双方当事人、网格员",
    "双方当事人及亲属",
    "双方当事人、社区民警",
)

REFUSED = (
    "该纠纷人民法院已经受理，已告知当事人到法院处理。",
    "一方当事人明确拒绝调解，已告知可以向人民法院起诉。",
    "涉嫌违法犯罪，已及时报告公安机关，并告知当事人报案途径。",
    "属于行政机关职权范围内的事项，已告知当事人向主管部门申请处理。",
)

UNSETTLED = {
    Outcome.NONE: ("双方分歧较大，无法达成协议。", "调解期限届满，双方仍不能达成协议。"),
    Outcome.WITHDRAWN: ("申请人书面撤回调解申请。", "双方已自行和解，申请人撤回申请。"),
    Outcome.ENDED: ("被申请人明确不接受调解。", "多次联系不上被申请人，无法继续调解。"),
    Outcome.TRANSFERRED: (
        "涉及行政处罚事项，移送公安机关处理。",
        "需由主管部门作出认定，移送街道办事处处理。",
    ),
    Outcome.LITIGATION: (
        "各方对责任争议大，引导通过诉讼解决。",
        "需经鉴定确定责任，引导当事人向人民法院起诉。",
    ),
}

SUSPENDED = (
    "一方当事人住院治疗，暂时不能参加调解。",
    "等待伤情鉴定意见。",
    "被申请人在外地务工，约定返乡后再调。",
)
EXTENDED = (
    "双方同意延期，等待鉴定结果。",
    "双方均表示愿意继续协商，同意延长调解期限。",
    "涉及人数多，各方同意延期。",
)
UNPAID = (
    "经督促仍未履行，已告知可以共同申请司法确认或者向人民法院起诉。",
    "被申请人外出务工，余款尚未付清，双方同意先行结案，继续督促履行。",
)
RECUSAL = ("与被申请人是亲属", "与申请人是邻居，申请人要求回避", "曾为被申请人的同事")
AFTERWARDS = "结案后再次回访，补记。"

SCREENED_CALM = "逐户走访，没有发现纠纷。"
SCREENED_CALMED = "发现纠纷苗头 {found} 件，都当场化解了。"
SCREENED = "发现纠纷苗头 {found} 件，当场化解 {calmed} 件，其余登记后调解。"

REMARKS = (
    "申请人腿脚不便，可上门调解。", "被申请人听力不好，需当面沟通。", "双方情绪激动，调解时请社区民警在场。",
    "当事人要求不公开调解。",
)  # fmt: skip

VISITED: dict[Performance | None, tuple[str, ...]] = {
    None: ("约定的日期还没有到，双方表示会按协议履行。", "尚未到期，已提醒到期日，双方情绪平稳。"),
    Performance.FULL: (
        "协议已全部履行，双方没有新的矛盾。",
        "款项已收到，当事人表示事情了结，邻里见面也打招呼了。",
    ),
    Performance.PART: (
        "已按期支付一部分，余款按约定时间支付，已提醒到期日。",
        "部分内容已做到，其余正在办理，继续跟进。",
    ),
    Performance.NONE: (
        "尚未履行，当面作了督促，对方承诺尽快付清。",
        "未见履行，电话督促一次，已告知不履行的后果。",
    ),
}
FEELINGS: dict[Performance | None, tuple[Satisfaction, ...]] = {
    None: (Satisfaction.SATISFIED, Satisfaction.FAIR),
    Performance.FULL: (
        Satisfaction.SATISFIED,
        Satisfaction.SATISFIED,
        Satisfaction.SATISFIED,
        Satisfaction.FAIR,
    ),
    Performance.PART: (Satisfaction.SATISFIED, Satisfaction.FAIR),
    Performance.NONE: (Satisfaction.FAIR, Satisfaction.DISSATISFIED),
}

WAYS = ("银行转账", "现金", "微信转账")
VOUCHERS = {"银行转账": "转账凭证", "现金": "收条一张", "微信转账": "微信转账截图"}
CLOSING_TERMS = ("双方就此事不再争执。", "今后和睦相处，遇事协商。", "")
PARTIAL_TERMS = "双方对其余争议未能达成一致，可以另行起诉。"

SESSION = """调解员：今天就{title}一事进行调解。已告知双方权利义务，双方对参加调解的人员没有异议。请申请人先说。
{a}：{said_a}
{b}：{said_b}
调解员：{advice}
{end}"""
SESSION_AGAIN = """调解员：上次谈过以后，双方都回去想了想，今天接着谈{title}的事。
{a}：{said_a}
{b}：{said_b}
调解员：双方的说法比上次近了一步，再各让一点。
{end}"""
SAID_AGAIN = (
    "我可以少要一点，但要有个准日子。",
    "只要对方有诚意，我也不想再闹下去。",
    "回去和家里人商量过了，底线就在这里。",
)
ANSWERED_AGAIN = (
    "再多我也拿不出来，能不能分两次？",
    "话说开了就好，该我做的我做。",
    "我承认有不对的地方，愿意再谈谈。",
)
CONTINUED = (
    "双方意见仍有距离，约定三日后再谈。",
    "经分头做工作，差距缩小，双方愿意继续调解。",
    "一方要求回去与家人商量，改日再谈。",
)
FAILED = "经反复做工作，双方仍不能达成一致。已告知可以通过仲裁、行政、司法等途径维护自己的权利。"
SETTLED = "经调解，双方自愿达成协议：{promises}。以上记录双方看过，与所说一致。"
