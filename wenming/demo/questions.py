"""The questionnaire: what is asked, for which item, and how many in a hundred would say yes."""

from collections.abc import Iterator
from dataclasses import dataclass

SATISFIED = ("满意", "基本满意", "不满意")
YES_NO = ("是", "否")
DO_NOT_KNOW = "不清楚拒答"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question.

    Attributes:
        condition: number of the condition that it feeds; 0 for the item.
        percent: how many in a hundred of the invented residents would say yes.
        spread: how much communities differ, on the logit scale.
    """

    item: str
    zh: str
    en: str
    percent: float
    condition: int = 0
    answers: tuple[str, ...] = YES_NO
    spread: float = 0.4

    @property
    def yes(self) -> tuple[str, ...]:
        """The answers that count for the item."""
        return self.answers[:-1]

    @property
    def no(self) -> str:
        """The answer that counts against it."""
        return self.answers[-1]


def _satisfaction(item: str, zh: str, en: str, percent: float) -> Asked:
    return Asked(
        item, f"您对{zh}是否满意？", f"Are you satisfied with {en}?", percent, answers=SATISFIED
    )


QUESTIONS = (
    _satisfaction("B1.3.1", "市党政机关的工作", "the work of the city's organs", 92.4),
    _satisfaction("B1.3.1", "区党政机关的工作", "the work of the district's organs", 91.2),
    _satisfaction("B1.3.1", "街道的工作", "the work of the street office", 89.6),
    _satisfaction("B1.3.2", "反腐倡廉工作", "the work against corruption", 84.5),
    Asked(
        "B2.1.1", "近一年您是否接受过法制宣传教育？", "Any legal education in the last year?", 46.3
    ),
    Asked("B2.2.2", "您在本市生活是否感到安全？", "Do you feel safe in the city?", 89.0),
    Asked(
        "B2.2.4",
        "您是否认为社会丑恶现象得到有效控制？",
        "Are social evils effectively under control?",
        36.0,
        spread=0.7,
    ),
    _satisfaction("B3.1.1", "政府诚信", "the honesty of the government", 88.2),
    Asked(
        "B3.2.2", "本市市场竞争是否公平？", "Is competition in the city fair?", 82.0, condition=1
    ),
    Asked(
        "B3.2.2",
        "近一年您或所在单位是否未遇到乱摊派？",
        "Free of arbitrary levies in the last year?",
        87.5,
        condition=2,
    ),
    _satisfaction("B3.3.2", "窗口行业的服务", "the service at public counters", 84.0),
    Asked("B4.1.1", "您能否说出二十字公民道德基本规范？", "Can you name the moral code?", 52.5),
    Asked("B4.1.3", "您是否知道本市的先进典型？", "Do you know a local role model?", 79.2),
    Asked("B4.2.4", "您是否知道市民守则？", "Do you know the residents' code?", 73.8, spread=0.6),
    _satisfaction("B4.3.3", "义务教育", "compulsory education", 82.6),
    Asked("B4.6.2", "您是否每周锻炼三次以上？", "Do you exercise three times a week?", 47.6),
    Asked("B4.9.2", "您是否赞同支持见义勇为？", "Do you support acting bravely for others?", 93.5),
    Asked(
        "B4.9.3", "近一年您是否参加过种绿护绿？", "Any greening activity in the last year?", 66.4
    ),
    _satisfaction("B5.8.2", "社区服务", "community services", 81.4),
    _satisfaction("B6.4.1", "城市环境", "the environment of the city", 79.5),
    Asked("B7.2.1", "您是否支持创建文明城市？", "Do you support the campaign?", 95.8, spread=0.3),
    Asked("B7.2.2", "您是否知道本市在创建文明城市？", "Do you know of the campaign?", 86.0),
)


def columns() -> Iterator[tuple[str, Asked]]:
    """Each question with the name of its column."""
    for n, asked in enumerate(QUESTIONS, start=1):
        yield f"q{n:02d}", asked
