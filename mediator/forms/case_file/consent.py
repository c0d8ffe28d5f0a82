"""个人信息处理告知同意书: what is done with personal data, told before it is asked for (个人信息保护法 第十七条、第二十九条至第三十一条).

No model text of it was found; this is a sensible one, and the office may word it otherwise.
"""

from mediator.domain import needs
from mediator.forms import places
from mediator.forms.form import Form, Sheet
from mediator.paper.blocks import Block, Heading, Para

_WHAT = """（一）目的：调解本案纠纷，制作调解文书，建立案卷，督促履行和回访。
（二）种类：姓名、性别、出生日期、民族、证件号码、住址、电话、职业和单位，纠纷的事实，调解、调查笔录和证据材料。
（三）其中证件号码、医疗健康、金融账户、不满十四周岁未成年人的信息等属于敏感个人信息（第二十八条），只在调解确有必要时处理；不提供的，可能无法核实身份、制作协议书。"""

_HOW = """（一）保存在本单位加密的电脑文件和纸质案卷里，只有经办人员和负责人可以查看；按档案保管期限保存，期满依规定销毁。
（二）依法移送、申请司法确认等确需向有关机关提供的，提供必要的部分；报送的统计表只有数字，没有个人信息。"""

_RIGHTS = """（一）查阅、复制本人的个人信息（第四十五条），请求更正、补充（第四十六条）；
（二）撤回同意，撤回不影响以前已经进行的处理（第十五条）；符合法定情形的，请求删除，法定保存期限未届满的除外（第四十七条）；
（三）行使以上权利，可以到本单位当面提出{phone}。"""


def _body(sheet: Sheet) -> tuple[Block, ...]:
    office = sheet.office
    reached = [f"联系电话{office.phone}"] if office.phone else []
    reached += [f"地址{office.address}"] if office.address else []
    who = "，".join([f"个人信息处理者：{office.name}", *reached])
    return (
        Para("各方当事人：", indent=False),
        Para(
            "依照《中华人民共和国个人信息保护法》，将调解中处理个人信息的有关事项告知如下。以下所引条文均出自该法。"
        ),
        Heading("一、由谁处理"),
        Para(f"{who}。"),
        Heading("二、处理的目的和种类"),
        Para(_WHAT),
        Heading("三、处理的方式和保存的期限"),
        Para(_HOW),
        Heading("四、您的权利"),
        Para(_RIGHTS.format(phone="，或者按上述电话联系" if office.phone else "")),
        Para(
            "以上内容已经知悉。本人同意为上述目的处理本人的个人信息，并单独同意处理其中的敏感个人信息（第二十九条）；"
            "不满十四周岁的，由其父母或者其他监护人同意（第三十一条）。"
        ),
    )


CONSENT = Form(
    code="consent",
    title="个人信息处理告知同意书",
    needs=(needs.APPLICANT,),
    body=_body,
    signers=lambda sheet: places.acknowledging(sheet.case, sheet.case.registered_on or sheet.today),
    day=lambda sheet: sheet.case.informed_on,
)
