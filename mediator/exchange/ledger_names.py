"""Who is named in a cell (姓名): several people in one, bodies among them, "and so many others"."""

import re
from dataclasses import dataclass

from mediator.domain.codes import PartyType
from mediator.domain.errors import Refusal
from mediator.domain.wording import clean_name, half_width

_BETWEEN = re.compile(r"[、,\uff0c;\uff1b/\uff0f\n](?![^(\uff08]*[)\uff09])")
"""What stands between two names, unless inside brackets; the full-width marks stand by number, as they look alike."""
_OTHERS = re.compile(
    r"(.{2,}?)\s*等\s*(\d{1,5}|[一二两三四五六七八九十]{1,3})?\s*(?:多|余)?\s*(?:人|户|名|家)?", re.DOTALL
)
_ASIDE = re.compile(r"(.+?)\s*[(\uff08]([^()\uff08\uff09]*)[)\uff09]")
_LONGEST = 2_000
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}

_LEGAL = (
    "公司", "集团", "合作社", "村委会", "村民委员会", "居委会", "居民委员会", "村民小组", "医院", "卫生院", "学校", "大学", "学院",
    "中学", "小学", "幼儿园", "银行", "信用社", "人民政府", "派出所",
)  # fmt: skip
_BODIES = (
    "分公司", "合伙企业", "事务所", "业主委员会", "业委会", "经营部", "门市部", "服务部", "工作室", "个体户", "诊所", "商行", "超市",
    "酒楼", "饭庄", "网吧", "物业服务中心", "项目部", "厂", "店", "馆", "中心",
)  # fmt: skip
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄"
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """Who a cell names: name and aside of each, and how many there are if it says 等×人 (0 if it gives no number)."""

    people: tuple[tuple[str, str], ...] = ()
    others: int | None = None

    @property
    def number(self) -> int:
        """People meant, in 人."""
        return max(len(self.people), self.others or 0)


def names_in(text: str) -> Named:
    """Take apart a cell of names; Refusal for what is no name."""
    if len(text) > _LONGEST:
        raise Refusal(f"有 {len(text)} 个字，不像姓名，请核对。")
    others = None
    if match := _OTHERS.fullmatch(text.strip()):
        text, others = match[1], _count(match[2] or "")
    parts = [name for part in _BETWEEN.split(text) for name in _at_blanks(part)]
    people = tuple(_aside(part) for part in parts if part.strip())
    for name, _ in people:
        if not any(c.isalpha() for c in name):
            raise Refusal(f"里的“{name[:30]}”不像姓名，请核对。")
    return Named(people, others)


def type_of(name: str) -> PartyType:
    """当事人类型 by the ending of a name; a name of two or three characters is taken for a person."""
    if "分公司" not in name and "公司" in name:
        return PartyType.LEGAL
    for words, type in ((_BODIES, PartyType.ORGANISATION), (_LEGAL, PartyType.LEGAL)):
        if any(name.endswith(word) and (len(name) > 3 or len(word) == 3) for word in words):
            return type
    return PartyType.PERSON


def _at_blanks(part: str) -> list[str]:
    """Split at blanks where each piece is plainly a whole name; "张 三" and "Anna Maria" stay whole."""
    pieces = part.split()
    whole = all(
        (len(p) in (2, 3) and p[0] in _SURNAMES) or type_of(p) is not PartyType.PERSON for p in pieces
    )
    return pieces if len(pieces) > 1 and whole else [part]


def _aside(part: str) -> tuple[str, str]:
    """A person's name and what stands in brackets behind it; a body's brackets belong to its name."""
    name = clean_name(part)
    match = _ASIDE.fullmatch(name)
    return (match[1], match[2]) if match and type_of(match[1]) is PartyType.PERSON else (name, "")


def _count(words: str) -> int:
    if half_width(words).isdecimal():
        return int(half_width(words))
    tens, ten, units = words.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(units, 0)
