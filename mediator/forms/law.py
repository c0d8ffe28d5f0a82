"""The articles of the People's Mediation Law (人民调解法, 2010) that mediators cite, each with its gist in our own words."""

from dataclasses import dataclass

from mediator.domain.wording import numeral


@dataclass(frozen=True)
class Article:
    """One article (条): its number, and what it says in short; the gist is to find it by, never printed."""

    number: int
    gist: str

    @property
    def name(self) -> str:
        """第二十九条."""
        return f"第{numeral(self.number)}条"

    @property
    def citation(self) -> str:
        """As it stands in a sentence: （人民调解法第二十九条）."""
        return f"（人民调解法{self.name}）"


ARTICLES: tuple[Article, ...] = (
    Article(4, "调解不收任何费用"),
    Article(15, "调解员不得泄露当事人的隐私和商业秘密，违反的要承担后果"),
    Article(17, "当事人申请可以调解，调委会也可以主动调解；一方明确拒绝的不得调解"),
    Article(18, "法院、公安机关在受理前可以告知当事人先申请人民调解"),
    Article(19, "调解员可以由调委会指定，也可以由当事人选择，一名或数名"),
    Article(20, "经当事人同意，可以请亲属、邻里、同事和有专门知识的人参加"),
    Article(21, "及时、就地调解，防止矛盾激化"),
    Article(23, "当事人的权利：选择或接受调解员，接受、拒绝或要求终止调解，要求公开或不公开，自愿达成协议"),
    Article(24, "当事人的义务：如实陈述，遵守秩序、尊重调解员，尊重对方行使权利"),
    Article(25, "可能引发治安案件、刑事案件的，及时报告公安机关或其他部门"),
    Article(26, "调解不成的终止调解，并告知可以通过仲裁、行政、司法途径维护权利"),
    Article(27, "调解情况要登记，建立调解工作档案"),
    Article(28, "可以制作协议书；认为不用的可以口头约定，由调解员记录内容"),
    Article(29, "协议书可以写明哪些内容；各方签名盖章、调解员签名并盖调委会印章之日起生效"),
    Article(30, "口头协议自达成之日起生效"),
    Article(31, "协议有法律约束力，当事人应当履行；调委会监督并督促履行"),
    Article(32, "就协议的履行或内容发生争议的，可以向法院起诉"),
    Article(33, "双方可以在协议生效后三十日内共同向法院申请司法确认"),
)
"""In the order of the law; only articles whose content is known for certain."""
