"""The invented city: its counties, streets, and the 94 units in five groups."""

from dataclasses import dataclass

COUNTIES = ("中心区", "新区", "开发区", "港区")

STREETS = {
    "中心区": ("龑塘街道", "文汇街道", "望江街道", "古城街道", "槐荫街道"),
    "新区": ("明湖街道", "䶮山街道", "学府街道", "新安街道"),
    "开发区": ("创业街道", "长河街道", "凤鸣街道"),
    "港区": ("海晏街道", "渔浦街道", "沙埕镇"),
}

COUNTY_UNITS = {
    "中心区": "中心区人民政府",
    "新区": "新区管理委员会",
    "开发区": "开发区管理委员会",
    "港区": "港区管理委员会",
}


LONG_NAME = "城市环境秩序综合整治与精细化管理提升联席会议办公室暨市容环境卫生监督指导服务中心"
"""Forty characters, so that a layout that breaks on long names is seen at once."""

_UNITS = {
    "宣教": """市委宣传部（市文明办） 市委组织部 市纪委监委机关 市委党校 市直机关工委 市委网信办
        市融媒体中心 市总工会 团市委 市妇女联合会 市科学技术协会 市文学艺术界联合会
        市关心下一代工作委员会 演示军分区政治工作处 市委老干部局 市社会科学界联合会""",
    "城建": f"""市城市管理局 市住房和城乡建设局 市自然资源和规划局 市生态环境局 市交通运输局
        市水务局 市市场监督管理局 市商务局 市园林绿化服务中心 市环境卫生服务中心
        市房产服务中心 市公共交通集团 市发展和改革委员会 市工业和信息化局 市供电公司
        市燃气集团 市自来水公司 市邮政管理局 市通信行业协会 {LONG_NAME}""",
    "社会秩序": """市公安局 市公安局交通警察支队 市委政法委 市司法局 市信访局 市应急管理局
        市消防救援支队 市中级人民法院 市人民检察院 市禁毒委员会办公室 市法律援助中心
        市国防动员办公室""",
    "社会事业": """市教育局 市卫生健康委员会 市民政局 市人力资源和社会保障局 市文化广电和旅游局
        市体育局 市残疾人联合会 市统计局 市财政局 市医疗保障局 市退役军人事务局
        市疾病预防控制中心 市第一人民医院 市中医医院 市图书馆 市博物馆 市科技馆
        市税务局 市农业农村局 市行政审批服务局 市政务服务热线中心""",
    "港口": "演示港务集团 演示海事处 演示海关 市渔业发展中心 港口边防检查站 铁路演示站",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit of the invented city."""

    name: str
    group: str


def units() -> tuple[Unit, ...]:
    """All 94 units: offices of the city, then counties and their streets."""
    city = [Unit(name, group) for group, names in _UNITS.items() for name in names.split()]
    counties = [
        Unit(name, "港口" if county == "港区" else "城建") for county, name in COUNTY_UNITS.items()
    ]
    streets = [
        Unit(office_of(street), "港口" if county == "港区" else "社会事业")
        for county, names in STREETS.items()
        for street in names
    ]
    return (*city, *counties, *streets)


def office_of(street: str) -> str:
    """The office of a street, or the government of a town."""
    return f"{street}办事处" if street.endswith("街道") else f"{street}人民政府"
