"""The register of the city's sites: 320 of 36 types, with the streets and units they belong to."""

from dataclasses import dataclass

from wenming.demo.city import COUNTIES, COUNTY_UNITS, STREETS, office_of
from wenming.demo.dice import Dice

COLUMNS = ("site", "site_type", "title", "county", "street", "unit")

_COUNTY, _STREET = "county", "street"

# Type: how many, name after a place name, and the unit that answers (or the county, or the street).
_TYPES = {
    "main_road": (14, "路", "市城市管理局"),
    "commercial_street": (8, "商业街", "市商务局"),
    "back_street": (18, "巷", _STREET),
    "intersection": (16, "路口", "市公安局交通警察支队"),
    "residential": (24, "花园小区", _STREET),
    "community": (18, "社区居委会", _STREET),
    "farmers_market": (12, "农贸市场", "市市场监督管理局"),
    "supermarket": (10, "购物中心", "市商务局"),
    "square": (6, "广场", "市园林绿化服务中心"),
    "park": (8, "公园", "市园林绿化服务中心"),
    "hospital": (8, "医院", "市卫生健康委员会"),
    "station": (3, "客运站", "市交通运输局"),
    "bus": (10, "路公交车", "市公共交通集团"),
    "bus_stop": (10, "公交站", "市公共交通集团"),
    "taxi": (8, "号出租车", "市交通运输局"),
    "school": (11, "学校", "市教育局"),
    "school_surroundings": (12, "学校周边", _COUNTY),
    "net_bar": (8, "网络会所", "市文化广电和旅游局"),
    "gov_hall": (4, "政务服务大厅", "市行政审批服务局"),
    "service_window": (12, "营业厅", "市发展和改革委员会"),
    "hotel": (8, "宾馆", "市文化广电和旅游局"),
    "restaurant": (12, "餐馆", "市市场监督管理局"),
    "small_shops": (20, "小店", "市市场监督管理局"),
    "construction": (8, "建设项目工地", "市住房和城乡建设局"),
    "urban_fringe": (6, "城乡结合部", _COUNTY),
    "urban_village": (4, "城中村", _COUNTY),
    "public_toilet": (10, "公厕", "市环境卫生服务中心"),
    "culture_venue": (5, "文化馆", "市文化广电和旅游局"),
    "scenic": (4, "景区", "市文化广电和旅游局"),
    "shelter": (3, "应急避难场所", "市应急管理局"),
    "rescue_centre": (2, "救助站", "市民政局"),
    "hotline": (4, "热线拨测", "市政务服务热线中心"),
    "waste_station": (4, "垃圾中转站", "市环境卫生服务中心"),
    "edu_base": (3, "革命纪念馆", "市委宣传部（市文明办）"),
    "youth_centre": (3, "青少年宫", "团市委"),
    "village": (4, "村", "市农业农村局"),
}

_NAMES = """
    龑塘 文汇 望江 古城 槐荫 明湖 䶮山 学府 新安 创业 长河 凤鸣 海晏 渔浦 沙埕 春晓 桂花 青云 石鼓
    双桥 柳浪 银杏 安康 和平 建设 朝阳 东风 胜利 解放 光明 幸福 人民 中山 滨河 南湖 北苑 西园 东升
"""
_PLACES = tuple(_NAMES.split())


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A site of the invented register."""

    key: str
    site_type: str
    title: str
    county: str
    street: str
    unit: str


def register(seed: int) -> tuple[DemoSite, ...]:
    """All sites, numbered in the order of their types; every name is used once."""
    dice = Dice(seed, "register")
    sites: list[DemoSite] = []
    for site_type, (count, ending, unit) in _TYPES.items():
        places = dice.some_of(_PLACES, count)
        for n, place in enumerate(places, start=1):
            county = COUNTIES[0] if dice.happens(0.4) else dice.one_of(COUNTIES)
            street = dice.one_of(STREETS[county])
            sites.append(
                DemoSite(
                    key=f"S{len(sites) + 1:03d}",
                    site_type=site_type,
                    title=_title(site_type, place, ending, n),
                    county=county,
                    street=street,
                    unit=_unit(unit, county, street),
                )
            )
    return tuple(sites)


def site_types() -> tuple[str, ...]:
    """The types in the order of the register."""
    return tuple(_TYPES)


def _title(site_type: str, place: str, ending: str, n: int) -> str:
    if site_type == "bus":
        return f"{n * 7}{ending}（{place}方向）"
    if site_type == "taxi":
        return f"{place}{n:02d}{ending}"
    if site_type == "hotline":
        return f"{ending}第 {n} 次（{'上午' if n % 2 else '下午'}）"
    return f"{place}{ending}"


def _unit(unit: str, county: str, street: str) -> str:
    if unit == _COUNTY:
        return COUNTY_UNITS[county]
    return office_of(street) if unit == _STREET else unit
