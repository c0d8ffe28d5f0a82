"""Invented names (姓名、名称): plain ones, rare characters, long ones with an interpunct, bodies, staff, streets."""

from mediator.domain.codes import IdKind, Sex
from mediator.services.practice.chance import Chance, Deck

SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁任"
    "卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "尉迟", "司徒", "单于", "皇甫")
_MALE = "伟强军勇建国志明文华平海波鹏飞斌辉涛宏浩然俊杰宇轩子墨泽晨旭东林松柏德胜福贵连根长顺守义"
_FEMALE = "芳娟敏静丽艳秀英霞玲燕红梅兰桂香淑珍雪晴雨欣怡佳慧婷琳颖思涵梓萱若彤月娥凤莲玉洁春花"
_RARE = "𬎆𪚥㛃䶮𣲘𫖮𠅤𫛭"
_FIRST = (
    "阿卜杜热西提", "努尔买买提", "艾合买提江", "阿依古丽", "古丽娜尔", "吐尔逊阿依", "布威海丽倩姆", "木合塔尔江",
)  # fmt: skip
_FATHERS = ("麦麦提艾力", "吐尔逊尼亚孜", "阿布都克里木", "买买提", "依明", "热合曼江", "斯拉木")
_FOREIGN = (
    "Anna-Maria Fernandez Ruiz", "O'Brien Okonkwo", "亚历山德拉·彼得罗芙娜·索科洛娃", "Tran Thi Bich Ngoc",
    "Jean-Baptiste Delacroix", "让·巴蒂斯特·德·拉克鲁瓦",
)  # fmt: skip
_STYLES = {"plain": 93.0, "compound": 2.0, "rare": 2.5, "long": 2.5}

BRANDS = ("澄砚", "云岫", "禾屿", "朗汐", "青棠", "远岑", "瑞芷", "和璟", "栖枫", "沐阑", "䶮洲", "松㛃")
STREETS = (
    "滨江路",
    "柳荫巷",
    "北塘街",
    "望江路",
    "石桥头",
    "菜市口",
    "竹溪路",
    "东渡巷",
    "老码头街",
    "荷塘路",
)
VILLAGES = ("北塘村", "石桥村", "上樟村", "竹溪村", "南湾村", "古渡村")

STAFF = (
    "练习员", "陈志华", "赵丽娟", "马秀英", "王𬎆", "周建国", "林晓燕", "欧阳文博",
    "阿依古丽·买买提", "吴永昌", "何桂兰", "孙立军", "许佳慧",
)  # fmt: skip
"""Those who work at the practice office; the first is the user."""


class Names:
    """Names of persons, most of them plain."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._styles = Deck(chance, _STYLES)

    def person(self, sex: Sex, id_kind: IdKind = IdKind.RESIDENT) -> tuple[str, str]:
        """A new name and the ethnic group (民族) that goes with it, none for foreigners."""
        chance = self._chance
        if id_kind in (IdKind.PASSPORT, IdKind.FOREIGN_RESIDENCE):
            return chance.one(_FOREIGN), ""
        style = self._styles.deal()
        if style == "long":
            return f"{chance.one(_FIRST)}·{chance.one(_FATHERS)}", chance.one(("维吾尔族", "哈萨克族"))
        surname = chance.one(COMPOUND if style == "compound" else SURNAMES)
        if style == "rare":
            return surname + chance.one(_RARE) + ("" if chance.odds(0.5) else self._given(sex)), "汉族"
        name = surname + self._given(sex) + ("" if chance.odds(0.2) else self._given(sex))
        return name, "汉族" if chance.odds(0.93) else chance.one(("回族", "满族", "土家族", "苗族", "壮族"))

    def relative(self, name: str, sex: Sex) -> str:
        """The name of a father or brother of somebody, who has the same surname."""
        if "·" in name or name.isascii():
            return self.person(sex, IdKind.PASSPORT if name.isascii() else IdKind.RESIDENT)[0]
        surname = name[:2] if name[:2] in COMPOUND else name[:1]
        return surname + self._given(sex) + self._given(sex)

    def _given(self, sex: Sex) -> str:
        return self._chance.one(_FEMALE if sex is Sex.FEMALE else _MALE)


def address(chance: Chance) -> str:
    """Where somebody lives, in town or in a village."""
    if chance.odds(0.25):
        return f"{chance.one(VILLAGES)}{chance.number(1, 12)}组{chance.number(1, 99)}号"
    flat = f"{chance.number(1, 4)}-{chance.number(1, 18)}0{chance.number(1, 4)}"
    return f"{chance.one(STREETS)}{chance.number(1, 299)}号{chance.number(1, 30)}栋{flat}"
