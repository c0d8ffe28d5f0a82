"""Passwords (密码): what may serve as one. Long and easily remembered is better than short and odd."""

from mediator.domain.errors import Refusal

LEAST = 10
"""Characters."""
LEAST_OTHERS = 6
"""Characters that are left when the names of the person and the office are taken out."""
RULE = f"至少 {LEAST} 个字符，可以是一句容易记的话"
_RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COMMON = frozenset(
    [
        "password",
        "password1",
        "password12",
        "password123",
        "passw0rd123",
        "p@ssw0rd123",
        "admin12345",
        "admin123456",
        "administrator",
        "woaini1314",
        "woaini1314520",
        "woaini520",
        "5201314520",
        "1314520520",
        "a123456789",
        "aa123456789",
        "abc123456789",
        "qq123456789",
        "abc1234567",
        "123456789a",
        "123456789q",
        "1234567890a",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "qazwsxedcrfv",
        "qwerty123456",
        "qwer123456",
        "asd123456789",
        "zxcvbnm123",
        "iloveyou123",
        "iloveyou520",
        "woaizhongguo",
        "renmintiaojie",
        "tiaojieyuan",
        "tiaoweihui",
        "88888888888",
        "1123581321",
        "3141592653",
        "changeme123",
        "letmein12345",
        "welcome12345",
        "147258369",
        "1472583690",
        "147258369a",
        "123123123a",
        "人民调解人民调解",
        "人民调解委员会",
    ]
)


def check(password: str, *names: str) -> str:
    """Return a password fit for use; Refusal names what is wrong with it. ``names``: of the person and the office."""
    if len(password) < LEAST:
        raise Refusal(f"密码太短，{RULE}。")
    plain = "".join(password.split()).casefold()
    if len(set(plain)) < 4 or _runs(plain) or plain in _COMMON:
        raise Refusal(f"密码太简单，别人一猜就中，请换一个；{RULE}。")
    left = plain
    for name in names:
        left = left.replace("".join(name.split()).casefold() or "\0", "")
    if left != plain and len(left) < LEAST_OTHERS:
        raise Refusal("密码不能只用姓名或单位名称，请再加上别的字，或换一句话。")
    return password


def _runs(plain: str) -> bool:
    """Whether it is made of nothing but figures or keys in a row."""
    rest = plain
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for size in range(len(run), 3, -1):
            for start in range(len(run) - size + 1):
                rest = rest.replace(run[start : start + size], "")
    return len(rest) < 3
