"""Slips of the pen (易错字词): words seen to be mistyped or confused in mediation papers, found in a text with advice.

What can only be a mistake is named as one. A word that is right in one sense and wrong in another is remarked on only
where its neighbours make the wrong sense likely, or where both words of a pair stand in one text.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One word that is or may be wrong; ``advice`` is a whole sentence for the person who reads the draft through."""

    found: str
    advice: str


@dataclass(frozen=True)
class Typo:
    """错字: ``wrong`` is a mistake wherever ``pattern`` finds it; ``right`` is to stand there."""

    pattern: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Doubt:
    """易混词: probably the wrong word where ``pattern`` finds it, to be looked at."""

    pattern: str
    advice: str


@dataclass(frozen=True)
class Pair:
    """易混词对: two words that mean different things; where both stand in one text, both are to be looked at."""

    first: str
    second: str
    advice: str


_CHILD = "(?:子女|孩子|小孩|儿子|女儿|儿女|婚生子|婚生女|孙子|孙女)"
_ELDER = "(?:父母|父亲|母亲|老人|公婆|岳父|岳母|爷爷|奶奶|祖父|祖母)"
_PEER = "(?:配偶|丈夫|妻子|弟弟|妹妹|哥哥|姐姐|兄弟|姐妹)"
_WHOSE = "(?:其|自己的?|双方的?|各自的?|年[迈老]的?|年幼的?|未成年的?|高龄的?|[生患]病的?|两个|共同的?)"
_OBJECT_ENDS = "(?!一方|双方|方|各|均|应|不|每|由|随)"
"""The person raised or kept is the object only if the sentence does not go on with them as its subject."""

TYPOS: tuple[Typo, ...] = (
    Typo("瞻养", "瞻养", "赡养"),
    Typo("(?<![街河渠管通巷])道欠(?![费款租缴])", "道欠", "道歉"),
    Typo("纠份", "纠份", "纠纷"),
    Typo("彩光(?=权|[、和及]?(?:通风|日照))|(?:影响|妨碍|挡住|遮挡|通风[、和及]?)彩光", "彩光", "采光"),
    Typo("做为(?![期了限止主准好宜妥])", "做为", "作为"),
    Typo("[转欠结入记对查付还算要讨赖]帐(?![篷子])|(?<!蚊)帐[户目款单本号册]", "帐", "账"),
    Typo("人民调节|调节(?=委员会|协议|员|书)|经调节(?=[，后达双])|主持调节", "调节", "调解"),
    Typo("陪偿|陪尝|赔尝", "", "赔偿"),
    Typo("签定(?=本|该|了|书面|调解|协议|合同|《)", "签定", "签订"),
    Typo("返悔", "返悔", "反悔"),
    Typo("(?<![相违])反还(?![要是会有没])", "反还", "返还"),
    Typo("既使(?![用人得])", "既使", "即使"),
    Typo("防碍", "防碍", "妨碍"),
    Typo("名誊", "名誊", "名誉"),
    Typo("滞钠金", "滞钠金", "滞纳金"),
    Typo("宅机地", "宅机地", "宅基地"),
    Typo("渗露(?:水)?", "露", "漏"),
    Typo("家俱(?!乐)", "俱", "具"),
    Typo("装璜", "璜", "潢"),
    Typo("座落(?=[在于：])", "座落", "坐落"),
    Typo("[等时]侯", "侯", "候"),
    Typo("按装(?![修潢饰卸机])", "按装", "安装"),
    Typo("谅介", "谅介", "谅解"),
    Typo(
        "(?:诉讼|主张|放弃|民事|合法|继承|一切|任何|申请|探望|处分)(?:的|其他|有关|相关|任何){0,2}权力",
        "权力",
        "权利",
    ),
    Typo(r"截止(?=\d{2,4}\s?年|\d{1,2}\s?月|目前|今日|今天)", "截止", "截至"),
)
"""Mistakes whatever is meant, within the neighbours that make them so."""

DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        f"(?<!遗赠)扶养{_WHOSE}{{0,2}}{_CHILD}{_OBJECT_ENDS}|{_CHILD}[^，。；：！？\\n]{{0,6}}[由归随][^，。；：！？\\n]{{1,6}}扶养",
        "长辈养育未成年人用“抚养”，夫妻之间、兄弟姐妹之间才用“扶养”",
    ),
    Doubt(
        f"扶养{_WHOSE}{{0,2}}{_ELDER}{_OBJECT_ENDS}",
        "子女供养父母用“赡养”，夫妻之间、兄弟姐妹之间才用“扶养”",
    ),
    Doubt(
        f"抚养{_WHOSE}{{0,2}}{_ELDER}{_OBJECT_ENDS}",
        "子女供养父母用“赡养”，长辈养育未成年人才用“抚养”",
    ),
    Doubt(
        f"(?:相互|互相)抚养|夫妻(?:之间|间)?的?抚养(?:义务|责任|费)|抚养{_WHOSE}{{0,2}}{_PEER}{_OBJECT_ENDS}",
        "夫妻之间、兄弟姐妹之间用“扶养”，长辈养育未成年人才用“抚养”",
    ),
    Doubt(
        f"赡养{_WHOSE}{{0,2}}{_CHILD}{_OBJECT_ENDS}",
        "长辈养育未成年人用“抚养”，子女供养父母才用“赡养”",
    ),
    Doubt("×{2,}", "这里还没有填上实际的内容"),
    Doubt(
        "订金[^。；\\n]{0,12}(?:双倍|没收|不予退还|不予返还|不退)|双倍(?:返还|退还)订金",
        "违约时不退或双倍返还的是“定金”，“订金”一般只是预付的钱",
    ),
)
"""Right words that are probably wrong where they stand."""

PAIRS: tuple[Pair, ...] = (
    Pair(
        "(?<!遗赠)扶养",
        "抚养",
        "“抚养”和“扶养”都出现了，请核对：长辈养育未成年人用“抚养”，夫妻之间、兄弟姐妹之间用“扶养”。",
    ),
    Pair(
        "订金",
        "定金",
        "“定金”和“订金”都出现了，请核对：定金在违约时不退或双倍返还，订金一般只是预付的钱；同一笔钱要用同一个词。",
    ),
    Pair(
        "(?<!经济)(?<!拆迁)(?<!征收)(?<!征地)(?<!安置)补偿",
        "赔偿",
        "“补偿”和“赔偿”都出现了，请核对：有责任的一方弥补损失是赔偿，没有责任也自愿给的是补偿；同一笔钱要用同一个词。",
    ),
)
"""Words that are easily taken for one another."""


def slips(text: str) -> list[Slip]:
    """What looks wrong in a text, each advice once: mistakes first, then words to be looked at."""
    found = [
        *(slip for typo in TYPOS for slip in _typos(typo, text)),
        *(slip for doubt in DOUBTS for slip in _doubts(doubt, text)),
    ]
    spoken_of = "".join(slip.found for slip in found)
    found += [
        Slip(match[0], pair.advice)
        for pair in PAIRS
        if (match := re.search(pair.first, text))
        and re.search(pair.second, text)
        and match[0] not in spoken_of
    ]
    return list({slip.advice: slip for slip in found}.values())


def _typos(typo: Typo, text: str) -> list[Slip]:
    words = (match[0] for match in re.finditer(typo.pattern, text))
    right = {word: word.replace(typo.wrong, typo.right) if typo.wrong else typo.right for word in words}
    return [Slip(word, f"“{word}”应写作“{fit}”。") for word, fit in right.items()]


def _doubts(doubt: Doubt, text: str) -> list[Slip]:
    words = dict.fromkeys(match[0] for match in re.finditer(doubt.pattern, text))
    return [Slip(word, f"“{word}”请核对：{doubt.advice}。") for word in words]
