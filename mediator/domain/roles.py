"""Who may do what (角色和权限). A small office may give one person several roles; that is shown openly.

After the separation of duties asked for by GB/T 22239 (administrator, auditor, those who work with the data).
"""

from enum import Enum
from typing import Final

from mediator.domain.codes import Role


class Power(Enum):
    """权限: one thing that not everybody may do; the value is how a refusal names it."""

    WORK = "办理案件"
    SEE_ALL = "查看全部敏感案件"
    CLOSE = "结账、更正和报送统计表"
    RECEIVE = "接收下级的上报包"
    SETTINGS = "修改单位设置和人员"
    ACCOUNTS = "管理账号"
    AUDIT = "查看审计记录"
    DISCARD = "作废案件和审批销毁"


MAY: Final[dict[Role, frozenset[Power]]] = {
    Role.MEDIATOR: frozenset({Power.WORK}),
    Role.LEADER: frozenset(
        {Power.WORK, Power.SEE_ALL, Power.CLOSE, Power.SETTINGS, Power.AUDIT, Power.DISCARD}
    ),
    Role.STATISTICIAN: frozenset({Power.CLOSE}),
    Role.ADMINISTRATOR: frozenset({Power.SETTINGS, Power.ACCOUNTS}),
    Role.AUDITOR: frozenset({Power.AUDIT}),
    Role.RECEIVER: frozenset({Power.RECEIVE}),
}

DOES: Final[dict[Role, str]] = {
    Role.MEDIATOR: "登记和办理案件，出具文书。",
    Role.LEADER: "办理案件，查看全部敏感案件，结账和报送，修改单位设置和人员，查看审计记录，作废案件、审批销毁。",
    Role.STATISTICIAN: "核对、结账、更正和报送统计表；看得到数字和卷号，看不到案情。",
    Role.ADMINISTRATOR: "管理账号、密码和角色，修改单位设置；不因此能看案情。",
    Role.AUDITOR: "查看、核对和导出审计记录；不能改动任何东西。",
    Role.RECEIVER: "接收下级单位的上报包并汇总。",
}
"""What somebody with a role may do, in one sentence."""


def apart(roles: frozenset[Role]) -> str:
    """What is to be said of roles that had better be held by two persons (三员分立); empty if there is nothing to say."""
    if not {Role.ADMINISTRATOR, Role.AUDITOR} <= roles:
        return ""
    return "同时担任系统管理员和安全审计员，等于自己监督自己；人手够时请分给两个人。这一兼任会记入审计记录。"


def powers(roles: frozenset[Role]) -> frozenset[Power]:
    """All that somebody with these roles may do."""
    return frozenset().union(*(MAY[role] for role in roles))
