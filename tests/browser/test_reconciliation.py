"""The way of the office at the reconciliation desk, from a figure to a settled finding and back."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Opener
from tests.pages.shown import Shown
from wenming.files.figures_template import write_figures

pytestmark = pytest.mark.django_db  # or no test database would be made
expect.set_options(timeout=20_000)

WORDS = {
    "zh-hans": {
        "add": "登记材料", "title": "材料标题", "save": "保存", "enter": "录入数字",
        "counted": "所报事项", "value": "数值", "parts": "分项", "check": "保存并核对",
        "import": "导入数字", "file": "Excel 或 CSV 文件", "look": "检查文件",
        "mend": "上传改正后的文件",
        "over": "确认导入", "settle": "处理", "reason": "理由", "wrong": "材料有误",
        "noted": "属实待办", "settled": "已处理", "again": "重新打开", "open": "待办理",
        "filter": "筛选",
    },
    "en": {
        "add": "Add a paper", "title": "Title", "save": "Save", "enter": "Enter a figure",
        "counted": "What is counted", "value": "Value", "parts": "Parts", "check": "Save and check",
        "import": "Import figures", "file": "Excel or CSV file", "look": "Look at the file",
        "mend": "Bring the corrected file", "over": "Take the file over", "settle": "Settle",
        "reason": "Reason", "wrong": "The paper is wrong", "noted": "It is true",
        "settled": "settled", "again": "Open it again", "open": "Open",
        "filter": "Filter",
    },
}  # fmt: skip
both = pytest.mark.parametrize("language", WORDS)
SPLIT = "社会事业组14项、城市建设管理组14项、社会秩序组5项、宣传教育组7项"
GOOD = {"title": "发现问题", "value": "440多", "unit": "个"}
BAD = {"title": "参测指标", "value": "一百零二", "unit": "项"}


def workbook(*rows: dict[str, str], language: str) -> FilePayload:
    """A file of figures as it is chosen in the browser."""
    content = write_figures(rows, language="en" if language == "en" else "zh", own=[])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "figures.xlsx", "mimeType": kind, "buffer": content}


def paper_of(page: Page, title: str) -> Locator:
    return page.locator(
        ".paper", has=page.get_by_role("heading", name=re.compile(re.escape(title)))
    )


def drawer(page: Page) -> Locator:
    opened = page.get_by_role("dialog")
    expect(opened).to_be_visible()
    return opened


def settle(form: Locator, words: dict[str, str]) -> None:
    form.get_by_label(words["wrong"]).check()
    form.get_by_label(words["reason"]).fill("已向材料来源核实")
    form.get_by_role("button", name=words["settle"], exact=True).click()


@both
def test_from_a_figure_to_a_settled_finding_and_back(
    open_page: Opener, pages: Shown, language: str
) -> None:
    words, title = WORDS[language], f"第一次调度会讲话 {language}"
    desk = f"/rounds/{pages.run.round_id}/reconciliation/"
    page = open_page(desk, language=language)
    add_paper(page, words, title)
    enter_figure(page, words, title)
    import_figures(page, words, title, language)
    settle_one(page, words)
    settle_several(page, words)
    open_again(page, words)


def add_paper(page: Page, words: dict[str, str], title: str) -> None:
    page.get_by_role("link", name=words["add"], exact=True).click()
    form = drawer(page)
    form.locator("[name=title_zh]").fill(title)
    file = {"name": "讲话.txt", "mimeType": "text/plain", "buffer": "不达标42项".encode()}
    form.locator("[name=file]").set_input_files(FilePayload(**file))  # type: ignore[typeddict-item]
    form.get_by_role("button", name=words["save"], exact=True).click()
    expect(paper_of(page, title).get_by_role("link", name="讲话.txt")).to_be_visible()


def enter_figure(page: Page, words: dict[str, str], title: str) -> None:
    paper_of(page, title).get_by_role("link", name=words["enter"]).click()
    form = drawer(page)
    form.get_by_label(words["counted"]).fill("不达标指标")
    form.get_by_label(words["value"], exact=True).fill("42")
    form.locator("[name=split]").fill(SPLIT)
    form.get_by_role("button", name=words["check"]).click()
    row = paper_of(page, title).get_by_role("row", name=re.compile("不达标指标"))
    expect(row).to_contain_text("42")
    expect(page.get_by_text("42 ≠ 14 + 14 + 5 + 7 = 40").first).to_be_visible()


def import_figures(page: Page, words: dict[str, str], title: str, language: str) -> None:
    paper_of(page, title).get_by_role("link", name=words["import"]).click()
    page.get_by_label(words["file"]).set_input_files(workbook(GOOD, BAD, language=language))
    page.get_by_role("button", name=words["look"]).click()
    expect(page.locator("code", has_text="!B3")).to_be_visible()
    expect(page.get_by_role("heading", name=words["mend"])).to_be_visible()
    mended = BAD | {"value": "102"}
    page.get_by_label(words["file"]).set_input_files(workbook(GOOD, mended, language=language))
    page.get_by_role("button", name=words["look"]).click()
    page.get_by_role("button", name=words["over"]).click()
    expect(paper_of(page, title).get_by_role("row", name=re.compile("参测指标"))).to_be_visible()
    row = paper_of(page, title).get_by_role("row", name=re.compile("发现问题"))
    expect(row).to_contain_text("≥ 440")


def finding_of(page: Page, state: str) -> Locator:
    """The finding of the split that does not add up, on the desk."""
    page.goto(page.url.split("?")[0] + f"?state={state}&code=split_differs")
    return page.locator("tr", has_text="42 ≠ 14 + 14 + 5 + 7 = 40").first


def settle_one(page: Page, words: dict[str, str]) -> None:
    finding_of(page, "open").get_by_role("link").first.click()
    form = drawer(page)
    expect(form).to_contain_text("不达标指标")
    settle(form, words)
    expect(page.locator(".success")).to_be_visible()
    expect(finding_of(page, "settled")).to_contain_text(words["wrong"])


def settle_several(page: Page, words: dict[str, str]) -> None:
    page.goto(page.url.split("?")[0] + "?state=open")
    boxes = page.locator("tbody input[name=rows]")
    before = boxes.count()
    assert before > 2
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name=words["settle"], exact=True).click()
    expect(page.locator("ol.lines > li")).to_have_count(2)
    settle(page.get_by_role("main"), words)
    expect(page.locator(".success")).to_be_visible()
    page.goto(page.url.split("?")[0] + "?state=open")
    expect(boxes).to_have_count(before - 2)


def open_again(page: Page, words: dict[str, str]) -> None:
    finding_of(page, "settled").get_by_role("link").first.click()
    drawer(page).get_by_role("link", name=words["again"]).click()
    form = drawer(page)
    form.get_by_label(words["reason"]).fill("口径有变，重新核实")
    form.get_by_role("button", name=words["again"]).click()
    expect(page.locator(".success")).to_be_visible()
    expect(finding_of(page, "open")).to_contain_text(words["open"])
