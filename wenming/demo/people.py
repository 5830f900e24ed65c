"""Who can log in to the invented city, who speaks for its units, and what they have in place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wenming.core.permissions import PostKind
from wenming.core.terms import Words
from wenming.demo.dice import Dice

PASSWORD = "Wenming-Demo-2026"  # nosec B105  # published on purpose
"""Of every login of the invented city; nobody else may have it."""

COMMITTEE, OFFICE = "演示市创建全国文明城市工作委员会", "演示市创城办"
INVENTED = "虚构"

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜䶮"
_GIVEN = [
    "建国",
    "丽华",
    "晓明",
    "志强",
    "秀英",
    "海涛",
    "文静",
    "俊杰",
    "雪梅",
    "永刚",
    "思远",
    "桂兰",
    "子涵",
    "振华",
    "小龙",
    "婷婷",
    "龑",
    "一鸣",
]
_TITLES = ["办公室主任", "办公室副主任", "综合科科长", "宣传科科长", "党办主任", "文明创建专干"]
_NOTES = {"bodies": "设创建领导小组", "people": "专人负责", "funds": "列入年度预算"}
_SHARES = {"bodies": 0.95, "people": 0.9, "funds": 0.8}


@dataclass(frozen=True, slots=True)
class Login:
    """A login of the invented city, one for each kind of post (演示账号).

    Attributes:
        unit: name of the unit of the post; "" for none.
        group: key of the working group of the post; "" for none.
        sees: what the person finds after logging in.
    """

    username: str
    name: str
    kind: PostKind
    sees: Words
    unit: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Liaison:
    """An invented liaison person of a unit (联络员)."""

    unit: str
    name: str
    post_title: str


@dataclass(frozen=True, slots=True)
class InPlace:
    """Whether a unit's body, people or funds are in place in the invented city (三落实)."""

    unit: str
    kind: str
    in_place: bool
    note: str


LOGINS = (
    Login("office", "林晓", PostKind.OFFICE,
          Words("全市得分、责任分解、待办", "the city's score, responsibilities, inbox")),
    Login("group", "陈静", PostKind.GROUP_LEAD,
          Words("城建组的项目和单位", "items and units of the construction group"), group="城建"),
    Login("unit1", "赵明", PostKind.UNIT,
          Words("本单位的责任和得分", "the unit's own duties and results"), unit="市城市管理局"),
    Login("unit2", "钱芳", PostKind.UNIT,
          Words("本单位的责任和得分", "the unit's own duties and results"), unit="市教育局"),
    Login("inspector", "孙强", PostKind.INSPECTOR,
          Words("待办、手机考察、评分", "inbox, visits on the phone, rating")),
    Login("reviewer", "李娜", PostKind.REVIEWER,
          Words("待办、材料审核", "inbox, review of documents")),
    Login("interviewer", "周杰", PostKind.INTERVIEWER,
          Words("待办、手机问卷", "inbox, interviews on the phone")),
    Login("leader", "郑伟", PostKind.LEADER,
          Words("全市得分和差距（只读）", "the city's score and gaps, to read")),
    Login("system", "冯军", PostKind.SYSTEM_ADMINISTRATOR,
          Words("账号、运行", "accounts, operation")),
    Login("security", "褚燕", PostKind.SECURITY_ADMINISTRATOR,
          Words("岗位、解锁", "posts, unlocking")),
    Login("audit", "卫东", PostKind.AUDIT_ADMINISTRATOR,
          Words("审计记录", "the audit")),
    Login("assessor", "王磊", PostKind.ASSESSOR,
          Words("全市得分和证据，可另行计分", "the city's score and evidence; may score anew")),
)  # fmt: skip
"""One for each kind of post, and two units."""


def liaisons(units: Iterable[str], *, seed: int = 2026) -> Iterator[Liaison]:
    """An invented liaison person for each unit, always the same for a seed."""
    for unit in units:
        dice = Dice(seed, f"liaison/{unit}")
        name = dice.one_of(_SURNAMES) + dice.one_of(_GIVEN)
        yield Liaison(unit, name, f"{dice.one_of(_TITLES)}（{INVENTED}）")


def provisions(units: Iterable[str], *, seed: int = 2026) -> Iterator[InPlace]:
    """What each unit has in place, invented, always the same for a seed."""
    for unit in units:
        dice = Dice(seed, f"provision/{unit}")
        for kind, share in _SHARES.items():
            is_there = dice.happens(share)
            note = _NOTES[kind] if is_there else "待落实"
            yield InPlace(unit, kind, is_there, f"{note}（{INVENTED}）")
