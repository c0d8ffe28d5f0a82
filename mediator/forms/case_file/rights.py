"""人民调解当事人权利义务告知书: told before mediation (人民调解法 第二十三条、第二十四条; 若干规定 第三十条)."""

from mediator.domain import needs
from mediator.domain.codes import Stage, Standing
from mediator.forms import places
from mediator.forms.form import Form, Sheet, since
from mediator.paper.blocks import Block, Heading, Para

_NATURE = """（一）人民调解委员会是依法设立的调解民间纠纷的群众性组织（第七条）。调解民间纠纷，不收取任何费用（第四条）。
（二）调解在当事人自愿、平等的基础上进行，不违背法律、法规和国家政策；尊重当事人的权利，不得因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利（第三条）。
（三）经调解达成的调解协议具有法律约束力，当事人应当按照约定履行（第三十一条）。书面协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效；口头协议自各方当事人达成协议之日起生效（第二十九条、第三十条）。
（四）就协议的履行或者协议的内容发生争议的，一方当事人可以向人民法院起诉（第三十二条）。
（五）双方当事人认为有必要的，可以自调解协议生效之日起三十日内，共同向{court}申请司法确认。经确认有效的协议，一方拒绝履行或者没有全部履行的，对方可以向人民法院申请强制执行（第三十三条）。
（六）调解不成的，终止调解，当事人可以依法通过仲裁、行政、司法等途径维护自己的权利（第二十六条）。"""

_RIGHTS = """（一）选择或者接受人民调解员；
（二）接受调解、拒绝调解或者要求终止调解；
（三）要求调解公开进行或者不公开进行；
（四）自主表达意愿，自愿达成调解协议。
人民调解员不得泄露当事人的个人隐私、商业秘密（第十五条）。"""

_DUTIES = """（一）如实陈述纠纷事实；
（二）遵守调解现场秩序，尊重人民调解员；
（三）尊重对方当事人行使权利。"""


def _body(sheet: Sheet) -> tuple[Block, ...]:
    court = "有管辖权的人民法院" + (f"（{sheet.office.court}）" if sheet.office.court else "")
    return (
        Para("各方当事人：", indent=False),
        Para(
            "现依照《中华人民共和国人民调解法》的规定，将人民调解的性质、原则、效力和当事人的权利、义务告知如下。以下所引条文均出自该法。"
        ),
        Heading("一、人民调解的性质、原则和效力"),
        Para(_NATURE.format(court=court)),
        Heading("二、当事人的权利（第二十三条）"),
        Para(_RIGHTS),
        Heading("三、当事人的义务（第二十四条）"),
        Para(_DUTIES),
        Para("以上内容，人民调解委员会已经告知各方当事人，各方当事人均已知悉。"),
    )


RIGHTS = Form(
    code="rights",
    title="人民调解当事人权利义务告知书",
    standing=Standing.MUST,
    stages=since(Stage.ACCEPTED),
    needs=(needs.ACCEPTED, needs.APPLICANT, needs.RESPONDENT),
    body=_body,
    signers=lambda sheet: places.of_parties(sheet.case, sheet.case.registered_on or sheet.today),
    day=lambda sheet: sheet.case.informed_on,
)
