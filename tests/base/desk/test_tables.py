"""A list on the desk: filters, order, columns, views, files, actions; all of it in the address."""

import csv
import io
import re

import openpyxl
import pytest
from django.test import Client
from django.utils.http import urlencode

from tests.cast import Cast, log_in, make_unit
from wenming.base.models import SavedView, Unit, new_unit

pytestmark = pytest.mark.usefixtures("probe")
FRAGMENT = {"HX-Request": "true", "HX-Target": "list-units"}


def text_of(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"/probe/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<a href="/probe/[-0-9a-f]{36}/">([^<]+)</a>', page)


def file_of(client: Client, query: str) -> bytes:
    response = client.get(f"/probe/{query}")
    assert response.status_code == 200
    return response.getvalue()


def test_the_list_shows_what_the_person_may_see_in_its_order(office: Client, cast: Cast) -> None:
    shown = names(text_of(office))
    here = Unit.objects.for_city(cast.city).order_by("pinyin")
    assert shown == [unit.name for unit in here]


def test_a_filter_narrows_and_an_unknown_choice_is_passed_over(office: Client) -> None:
    assert names(text_of(office, "?text=公安")) == ["市公安局"]
    assert names(text_of(office, "?text=sgaj")) == ["市公安局"]
    assert len(names(text_of(office, "?kind=nonsense"))) == len(names(text_of(office)))
    assert "没有符合" in text_of(office, "?text=没有这样的单位") or "No row fits" in text_of(
        office, "?text=没有这样的单位"
    )


def test_a_click_on_a_heading_turns_the_order_round(office: Client) -> None:
    up, down = names(text_of(office)), names(text_of(office, "?sort=-name"))
    assert down == up[::-1]
    assert 'aria-sort="descending"' in text_of(office, "?sort=-name")
    assert names(text_of(office, "?sort=-nonsense")) == up


def test_columns_can_be_chosen_and_the_first_one_stays(office: Client) -> None:
    page = text_of(office, "?columns=pinyin")
    assert names(page)
    assert 'data-label="拼音"' in page
    assert 'data-label="类型"' not in page


def test_htmx_gets_the_part_and_the_address_that_belongs_to_it(office: Client) -> None:
    response = office.get("/probe/?text=&kind=unit&columns=name", headers=FRAGMENT)
    assert "<html" not in response.content.decode()
    assert response.headers["HX-Push-Url"] == "/probe/?kind=unit"
    assert "HX-Target" in response.headers["Vary"]


def test_ten_thousand_rows_cost_as_many_queries_as_ten(
    office: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    def unit(n: int) -> Unit:
        made = new_unit(f"第{n}社区居民委员会")
        made.city, made.pinyin = cast.city, f"{n:05}"
        return made

    Unit.objects.bulk_create([unit(n) for n in range(10_000)], batch_size=2000)
    text_of(office)  # the first page of a window also writes down that it is there
    with django_assert_max_num_queries(8):  # 3 of the account, 1 of the shell, 4 of the list
        page = text_of(office)
    assert len(names(page)) == 20
    assert "10,0" in page or "100" in page
    for query in ("?before=end", "?sort=-group.title", "?text=社区&sort=name"):
        with django_assert_max_num_queries(8):
            assert len(names(text_of(office, query))) == 20


def test_the_pages_follow_each_other(office: Client, cast: Cast) -> None:
    for n in range(30):
        make_unit(cast.city, f"社区{n:02}")
    page = text_of(office)
    found = names(page)
    while after := re.search(r'href="([^"]+)" rel="next"', page):
        page = text_of(office, after[1].replace("/probe/", "").replace("&amp;", "&"))
        found += names(page)
    assert len(found) == len(set(found)) == Unit.objects.for_city(cast.city).count()


def test_csv_holds_what_is_seen_and_no_formula(office: Client, cast: Cast) -> None:
    make_unit(cast.city, '=HYPERLINK("http://x")局')
    rows = list(csv.reader(io.StringIO(file_of(office, "?form=csv&sort=-name").decode())))
    assert rows[0] == ["\ufeff名称", "类型", "工作组", "在用"]
    assert len(rows) == 1 + Unit.objects.for_city(cast.city).count()
    assert not any(cell.startswith("=") for row in rows for cell in row)
    only = list(csv.reader(io.StringIO(file_of(office, "?form=csv&text=公安").decode())))
    assert [row[0] for row in only[1:]] == ["市公安局"]


def test_xlsx_of_all_holds_every_row_and_column(office: Client, cast: Cast) -> None:
    packed = io.BytesIO(file_of(office, "?form=xlsx&all=1&text=公安"))
    sheet = openpyxl.load_workbook(packed).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("名称", "类型", "工作组", "在用", "拼音")
    assert len(rows) == 1 + Unit.objects.for_city(cast.city).count()
    assert sheet.auto_filter.ref == f"A1:E{len(rows)}"


def test_an_action_reaches_only_rows_that_the_person_may_see(office: Client, cast: Cast) -> None:
    foreign = Unit.objects.for_city(cast.other_city).first() or make_unit(cast.other_city, "外局")
    chosen = [str(cast.units.archive.pk), str(foreign.pk), "nonsense"]
    assert office.post("/probe/close/", {"rows": chosen}).content == b"1"
    foreign.refresh_from_db()
    assert foreign.is_active


def test_actions_are_offered_only_to_who_may_do_them(office: Client, cast: Cast) -> None:
    assert "/probe/close/" in text_of(office)
    assert "/probe/close/" not in text_of(log_in(Client(), cast.qian))


def keep(client: Client, **fields: str) -> None:
    response = client.post("/views/", {"table": "units", "next": "/probe/", **fields})
    assert (response.status_code, response.headers["Location"]) == (302, "/probe/")


def test_a_kept_view_opens_the_list_as_it_was(office: Client, cast: Cast) -> None:
    keep(office, name="公安", query=urlencode({"text": "公安"}))
    view = SavedView.objects.get()
    response = office.get(f"/probe/?view={view.pk}", follow=True)
    assert names(response.content.decode()) == ["市公安局"]
    keep(office, name="公安", query="kind=county")  # the same name again replaces it
    assert SavedView.objects.get().query == "kind=county"


def test_the_usual_view_opens_first_and_can_be_left(office: Client) -> None:
    keep(office, name="县区", query="kind=county", is_default="on")
    keep(office, name="单位", query="kind=unit", is_default="on")
    assert SavedView.objects.filter(is_default=True).get().name == "单位"
    assert office.get("/probe/").headers["Location"] == "/probe/?kind=unit"
    assert len(names(text_of(office, "?view=none"))) > len(names(text_of(office, "?kind=unit")))


def test_a_shared_view_is_offered_to_others_who_cannot_delete_it(
    office: Client, cast: Cast
) -> None:
    keep(office, name="大家的", query="kind=unit", is_shared="on")
    keep(office, name="只给自己", query="kind=county")
    qian, neighbour = log_in(Client(), cast.qian), log_in(Client(), cast.wu)
    assert "大家的" in text_of(qian)
    assert "只给自己" not in text_of(qian)
    assert "大家的" not in text_of(neighbour)
    shared = SavedView.objects.get(is_shared=True)
    assert qian.post(f"/views/{shared.pk}/drop/").status_code == 403
    assert neighbour.post(f"/views/{shared.pk}/drop/").status_code == 404
    assert office.post(f"/views/{shared.pk}/drop/").status_code == 302
    assert not SavedView.objects.filter(is_shared=True).exists()


@pytest.mark.parametrize("name", ["", "  ", "长" * 61])
def test_a_view_without_a_fitting_name_is_refused_in_a_sentence(office: Client, name: str) -> None:
    response = office.post(
        "/views/", {"table": "units", "name": name, "next": "/probe/"}, follow=True
    )
    assert 'class="notice error"' in response.content.decode()
    assert not SavedView.objects.exists()


def test_an_empty_list_says_what_to_do(office: Client, cast: Cast) -> None:
    page = log_in(Client(), cast.wu)
    Unit.objects.for_city(cast.other_city).delete()
    assert "还没有单位" in text_of(page)
    assert "导入" in text_of(page)
