"""The workbook of a paper's figures: headings in either language, and what to write below them."""

from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from wenming.files.tables_out import Sheet, write_csv, write_workbook
from wenming.files.workbook import NOTES_SHEETS

SHEETS: Mapping[str, str] = {"zh": "数字", "en": "Figures"}
HEADINGS: Mapping[str, tuple[str, str]] = {
    "title": ("所报事项", "What is counted"),
    "value": ("数值", "Value"),
    "unit": ("计量单位", "Unit of the figure"),
    "split": ("分项", "Parts"),
    "split_by": ("各工作组都应有分项", "Every working group must have a part"),
    "lower_bound": ("只是下限", "Lower bound"),
    "of": ("属于", "Part of"),
    "tested": ("是其中已测的数量", "Counts those tested"),
    "base": ("百分比的基数", "Number behind the percentage"),
    "compared_with": ("与系统数据对照", "Compare with our own records"),
    "same_as": ("与其他材料同一件事", "Same as in another paper"),
    "members": ("列举的事项", "Things listed"),
    "title_en": ("英文名称", "In English"),
}
"""Headings in Chinese and English by the name of the column, in the order of the sheet."""

_AS_TEXT = "@"
_YES = ("是", "yes")
_ADVICE: Mapping[str, tuple[str, str]] = {
    "title": (
        "必填。按材料原文，如 不达标指标；同一份材料中不得重复。",
        "Needed. In the words of the paper, and once in a paper.",
    ),
    "value": (
        "必填。按材料原样填写，再不对也不改：42、1,234、85.30%、440多。",
        "Needed. Exactly as given, however wrong it looks: 42, 1,234, 85.30%, 440多.",
    ),
    "unit": ("如 项、个、%。", "Such as 项, 个 or %."),
    "split": (
        "各部分的名称和数，每行一个，或整句粘贴：社会事业组14项、城市建设管理组14项。",
        "Name and number of each part, one a line, or a sentence: 社会事业组14项、城建组14项.",
    ),
    "split_by": (
        "填 是，则没有数字的工作组列为核对发现。",
        "yes: a working group without a number is told as a finding.",
    ),
    "lower_bound": (
        "填 是，表示“……多”“……以上”。写作 440多 的，自动按下限处理。",
        "yes: it says “more than”. A value such as 440多 is a lower bound by itself.",
    ),
    "of": (
        "它所属的总数，照抄该总数在“所报事项”一列的文字。",
        "The whole that it is a part of: the same words as in the first column.",
    ),
    "tested": (
        "填 是，表示它是“属于”一列所指总数中已测的数量。",
        "yes: it counts those of that whole that were tested.",
    ),
    "base": ("数值为百分比的，填分母。", "The number behind a percentage."),
    "compared_with": (
        "应与系统中的哪个数相等，可填：",
        "Which of our own numbers it must equal; one of:",
    ),
    "same_as": (
        "同一件事在其他材料中的名称。94 项指标和 94 个单位不是一回事。",
        "What the same thing is called in another paper. 94 targets are not 94 units.",
    ),
    "members": (
        "材料逐一列举的事项，每行一个，或用“、”隔开。",
        "What the paper counts, one a line or parted by 、.",
    ),
    "title_en": ("可不填。", "May be left blank."),
}
_GENERAL: Sequence[tuple[str, str]] = (
    (
        "每行一个数字。表头和工作表名称请勿改动，不用的列可以删除。",
        "One figure a row. Keep the headings and the name of the sheet; unused columns may go.",
    ),
    (
        "材料中已有同名数字的，按表中所填修改；表中没有的列、没有写到的数字保持原样。",
        "A figure of the same name is changed. What the file does not name stays as it is.",
    ),
    ("填 是 或 否 的列，留空为否。", "Columns of yes and no: blank means no."),
    (
        "导入前先逐格检查，错误一并列出；没有错误才一次全部导入。",
        "Every mistake is told by its cell first; without any, all is taken over at once.",
    ),
)


def head_of(language: str) -> dict[str, str]:
    """The headings in a language (表头), by the name of their column, in order."""
    return {column: words[language == "en"] for column, words in HEADINGS.items()}


def write_figures(rows: Sequence[Mapping[str, str]], *, language: str, own: Sequence[str]) -> bytes:
    """A workbook that `read_figures` reads again, with a sheet that explains it (数字导入表).

    Args:
        rows: cells by the name of their column; without any it is a blank template.
        language: of headings and explanations, `zh` or `en`.
        own: words for the system's own figures.
    """
    head = head_of(language)
    cells = [[row.get(column, "") for column in HEADINGS] for row in rows]
    formats = dict.fromkeys(head.values(), _AS_TEXT)  # or Excel drops the last 0 of 85.30
    written = BytesIO()
    figures = Sheet(SHEETS[language], list(head.values()), cells, formats)
    write_workbook(written, [figures, _notes(language, own)])
    return written.getvalue()


def write_figures_csv(*, language: str) -> bytes:
    """The headings alone as CSV that Excel opens (表头), for whoever writes CSV."""
    written = StringIO()
    write_csv(written, list(head_of(language).values()), [])
    return written.getvalue().encode()


def yes_or_no(said: bool, language: str) -> str:
    """The word in a cell for yes (是); blank for no."""
    return _YES[language == "en"] if said else ""


def _notes(language: str, own: Sequence[str]) -> Sheet:
    at = int(language == "en")
    head = head_of(language)
    rows = [[head[column], advice[at]] for column, advice in _ADVICE.items()]
    choices = (", " if at else "、").join(own)
    rows[list(_ADVICE).index("compared_with")][1] += f"{' ' * at}{choices}"
    rows += [["", general[at]] for general in _GENERAL]
    heading = ("填写说明", "What to write")[at]
    return Sheet(NOTES_SHEETS[at], [("列", "Column")[at], heading], rows)
