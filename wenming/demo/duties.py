"""Who answers for which item (责任分解) in the invented city."""

from collections.abc import Iterator

from wenming.demo.city import COUNTY_UNITS, LONG_NAME, Unit, units
from wenming.demo.dice import Dice
from wenming.demo.source import Source

COLUMNS = ("item", "unit", "role", "group", "due", "target")

WITHOUT_LEAD = frozenset({"B4.8.3", "B7.4.2"})
TWO_LEADS = frozenset({"B5.3.4"})

_OFFICE = "市委宣传部（市文明办）"
_TRAFFIC = "市公安局交通警察支队"

# Indicator: the units that lead its items in turn; the next one in the list shares the work.
_LEADS = {
    "B1.1": ("市委组织部", "市纪委监委机关"),
    "B1.2": ("市行政审批服务局", "市政务服务热线中心"),
    "B1.3": ("市直机关工委", "市纪委监委机关"),
    "B2.1": ("市司法局", "市法律援助中心"),
    "B2.2": ("市公安局", "市委政法委"),
    "B2.3": (_TRAFFIC, "市城市管理局"),
    "B2.4": ("市信访局", "市委政法委"),
    "B2.5": ("市民政局", "市残疾人联合会", "市妇女联合会", "市人力资源和社会保障局"),
    "B2.6": ("市民政局", "市委组织部"),
    "B3.1": ("市发展和改革委员会", "市税务局"),
    "B3.2": ("市市场监督管理局", "市商务局"),
    "B3.3": ("市行政审批服务局", "市卫生健康委员会", "市交通运输局"),
    "B4.1": (_OFFICE, "市关心下一代工作委员会"),
    "B4.2": (_OFFICE, "市教育局"),
    "B4.3": ("市教育局", "团市委"),
    "B4.4": ("市科学技术协会", "市通信行业协会"),
    "B4.5": ("市文化广电和旅游局", "市图书馆"),
    "B4.6": ("市体育局", "市总工会"),
    "B4.7": ("市文化广电和旅游局", "市博物馆"),
    "B4.8": (_OFFICE, _TRAFFIC, "市交通运输局", "市城市管理局", "市卫生健康委员会"),
    "B4.9": ("团市委", "市公安局", "市园林绿化服务中心"),
    "B5.1": ("市发展和改革委员会", "市统计局"),
    "B5.2": ("市交通运输局", "市城市管理局"),
    "B5.3": ("市城市管理局", LONG_NAME, "中心区人民政府", "市环境卫生服务中心"),
    "B5.4": ("市住房和城乡建设局", "市残疾人联合会"),
    "B5.5": ("市消防救援支队", "市应急管理局"),
    "B5.6": ("市卫生健康委员会", "市疾病预防控制中心"),
    "B5.7": ("市人力资源和社会保障局", "市医疗保障局", "市民政局"),
    "B5.8": ("市民政局", "市房产服务中心"),
    "B6.1": ("市园林绿化服务中心", "市自然资源和规划局"),
    "B6.2": ("市生态环境局", "市水务局"),
    "B6.3": ("市城市管理局", "市水务局", "市生态环境局"),
    "B6.4": ("市生态环境局", "市园林绿化服务中心"),
    "B7.1": (_OFFICE, "市财政局"),
    "B7.2": (_OFFICE, "市融媒体中心"),
    "B7.3": (_OFFICE, "市直机关工委"),
    "B7.4": ("演示军分区政治工作处", "市退役军人事务局", "市农业农村局"),
    "S.1": ("市融媒体中心", _OFFICE),
    "S.2": (_OFFICE, "市委网信办"),
    "S.3": ("市城市管理局", _OFFICE),
    "S.4": ("市农业农村局", _OFFICE),
}
_DUE = ("2026-11-30", "2026-12-10", "2026-12-20")


def leads(source: Source) -> dict[str, str]:
    """The unit that leads each item; items without a lead are left out."""
    found = {}
    for indicator, items in _by_indicator(source).items():
        pool = _LEADS[indicator]
        for n, item in enumerate(items):
            if item not in WITHOUT_LEAD:
                found[item] = pool[n % len(pool)]
    return found


def responsibility(source: Source, seed: int) -> Iterator[tuple[str, ...]]:
    """Lead, responsible and supporting units of every item; each of the 94 units appears."""
    dice = Dice(seed, "duties")
    everyone = {unit.name: unit for unit in units()}
    lead_of = leads(source)
    items = [item for items in _by_indicator(source).values() for item in items]
    idle = [name for name in everyone if name not in _named()]
    for n, item in enumerate(items):
        pool = _LEADS[item.rsplit(".", 1)[0]]
        due = dice.one_of(_DUE)
        lead = lead_of.get(item)
        if lead:
            yield _row(item, everyone[lead], "lead", due)
        others = [name for name in pool if name != lead][:1]
        for name in others:
            role = "lead" if item in TWO_LEADS else "responsible"
            yield _row(item, everyone[name], role, due)
        supporting = [*dice.some_of(tuple(COUNTY_UNITS.values()), 1), *idle[n :: len(items)]]
        for name in supporting:
            if name not in (lead, *others):
                yield _row(item, everyone[name], "supporting", due)


def _named() -> set[str]:
    return {name for pool in _LEADS.values() for name in pool} | set(COUNTY_UNITS.values())


def _by_indicator(source: Source) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in source.items():
        found.setdefault(item["key"].rsplit(".", 1)[0], []).append(item["key"])
    return found


def _row(item: str, unit: Unit, role: str, due: str) -> tuple[str, ...]:
    return item, unit.name, role, unit.group, due, "A" if role == "lead" else ""
