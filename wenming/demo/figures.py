"""Statistics of the two years before the test, and the marks of the panel."""

from collections.abc import Iterator

from wenming.demo.dice import Dice

STATISTIC_COLUMNS = ("item", "condition", "value", "unit", "period", "source")
PANEL_COLUMNS = ("item", "assessor", "mark")

_YEARS = ("2024", "2025")

# Item: the two values, the unit, and who states them. Items that stay untested are not listed.
_FIGURES = {
    "B2.2.1": ("6.6", "5.9", "件/万人", "市公安局"),
    "B2.3.1": ("11.9", "10.7", "人/万台车", "市公安局交通警察支队"),
    "B2.4.1": ("0.55", "0.41", "件/万人", "市信访局"),
    "B2.5.1": ("0.16", "0.13", "件/万户", "市中级人民法院"),
    "B4.1.5": ("85.8", "88.4", "分", "未成年人测评（自测）"),
    "B4.2.1": ("76.9", "81.2", "%", "市教育局"),
    "B4.3.1": ("1864", "1932", "元", "市财政局"),
    "B4.3.2": ("95.8", "96.7", "%", "市教育局"),
    "B4.4.2": ("4", "4", "次/年", "市科学技术协会"),
    "B4.4.3": ("41.7", "43.2", "户/百人", "市通信行业协会"),
    "B4.5.1": ("142", "155", "册/百人", "市图书馆"),
    "B4.5.2": ("50", "50", "%", "市文化广电和旅游局"),
    "B4.5.3": ("448", "479", "平方米/万人", "市文化广电和旅游局"),
    "B4.5.4": ("81.5", "86.0", "%", "市文化广电和旅游局"),
    "B4.5.5": ("16", "18", "支/街道", "市文化广电和旅游局"),
    "B4.5.6": ("11", "13", "次/年", "市文化广电和旅游局"),
    "B4.6.1": ("7.1", "7.6", "人/万人", "市体育局"),
    "B4.6.2": ("45.4", "47.0", "%", "市体育局"),
    "B4.9.1": ("9.1", "10.4", "%", "团市委"),
    "B5.2.1": ("10.9", "11.6", "标台/万人", "市交通运输局"),
    "B5.2.2": ("97.8", "98.6", "%", "市城市管理局"),
    "B5.3.6": ("18", "18", "小时/日", "市环境卫生服务中心"),
    "B5.4.1": ("86.0", "89.5", "%", "市住房和城乡建设局"),
    "B5.5.1": ("99.0", "99.4", "%", "市消防救援支队"),
    "B5.5.2": ("0", "0", "起", "市应急管理局"),
    "B5.6.1": ("91.2", "92.0", "%", "市卫生健康委员会"),
    "B5.7.1": ("3.9", "3.8", "%", "市人力资源和社会保障局"),
    "B5.7.2": ("95.1", "95.7", "%", "市人力资源和社会保障局"),
    "B6.1.1": ("37.9", "38.6", "%", "市园林绿化服务中心"),
    "B6.1.2": ("8.8", "9.1", "平方米", "市园林绿化服务中心"),
    "B6.2.1": ("291", "302", "天/年", "市生态环境局"),
    "B6.2.2": ("55.4", "54.9", "dB(A)", "市生态环境局"),
    "B6.2.3": ("100", "100", "%", "市生态环境局"),
    "B6.3.1": ("100", "100", "%", "市城市管理局"),
    "B6.3.2": ("94.1", "95.6", "%", "市水务局"),
    "B6.3.3": ("100", "100", "%", "市生态环境局"),
    "S.2.1": ("5", "5", "分", "市委宣传部（市文明办）"),
}

# Item and condition: the same for conditions that a figure decides.
_CONDITIONS = {
    ("B3.2.5", 3): ("0", "0", "起", "市市场监督管理局"),
    ("B5.6.2", 3): ("0", "0", "起", "市疾病预防控制中心"),
    ("B5.7.3", 2): ("100", "100", "%", "市民政局"),
}

# Item: the middle of the marks, out of 5.
_MARKS = {"S.1.1": 3.4, "S.3.1": 4.6, "S.4.1": 4.4}
_ASSESSORS = 7


def statistics() -> Iterator[tuple[str, ...]]:
    """One row for each item and year."""
    for item, (*values, unit, source) in _FIGURES.items():
        for year, value in zip(_YEARS, values, strict=True):
            yield item, "", value, unit, year, source
    for (item, condition), (*values, unit, source) in _CONDITIONS.items():
        for year, value in zip(_YEARS, values, strict=True):
            yield item, str(condition), value, unit, year, source


def panel(seed: int) -> Iterator[tuple[str, ...]]:
    """Marks in halves of a point, given by each assessor alone."""
    dice = Dice(seed, "panel")
    for item, middle in _MARKS.items():
        for n in range(1, _ASSESSORS + 1):
            halves = round(2 * (middle + 0.45 * dice.bell()))
            yield item, f"评委{n:02d}", f"{min(10, max(4, halves)) / 2:.1f}"
