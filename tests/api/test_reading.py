"""What people read of the interface: both languages, every operation, every form."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from pydantic import BaseModel

from tests.cast import Cast, log_in
from wenming.api.reading import Kind, forms_of, subjects_of
from wenming.api.shapes import Given, Shown
from wenming.api.urls import api
from wenming.core.permissions import Capability

DESCRIBED = api.get_openapi_schema(path_prefix="api/v1")
SUBJECTS = subjects_of(DESCRIBED)
OPERATIONS = {one.key: one for subject in SUBJECTS for one in subject.operations}
FORMS = {form.name: form for form in forms_of(DESCRIBED)}


def test_no_operation_is_left_out() -> None:
    assert len(OPERATIONS) == sum(len(each) for each in DESCRIBED["paths"].values())


def test_each_is_said_in_both_languages_with_its_right() -> None:
    for one in OPERATIONS.values():
        assert one.said.isascii(), one.key
        assert any("\u4e00" <= sign <= "\u9fff" for sign in one.zh), one.key
        assert Capability(one.needs)
    assert all(subject.en.isascii() and not subject.zh.isascii() for subject in SUBJECTS)


def test_every_form_that_is_named_is_there() -> None:
    values = [part for one in OPERATIONS.values() for part in one.parts]
    values += [part for form in FORMS.values() for part in form.parts]
    named = {kind.form for part in values for kind in part.kinds if kind.form}
    named |= {
        kind.form for one in OPERATIONS.values() for kind in (*one.takes, *one.shows) if kind.form
    }
    assert named
    assert named <= set(FORMS)


def test_no_two_forms_have_one_name() -> None:
    forms = [*_below(Shown), *_below(Given)]
    names = Counter(form.__name__ for form in forms if "[" not in form.__name__)
    assert len(names) > 50
    assert [name for name, count in names.items() if count > 1] == []


def _below(form: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in form.__subclasses__():
        yield each
        yield from _below(each)


def test_lists_codes_and_nothing_are_told_apart() -> None:
    cells = {part.name: part for part in FORMS["CellsGiven"].parts}
    assert cells["cells"].kinds == (Kind("CellGiven[]", "CellGiven"),)
    assert cells["cells"].is_needed
    role = {part.name: part for part in FORMS["CellGiven"].parts}["role"]
    assert [kind.text for kind in role.kinds] == ['"lead"', '"responsible"', '"supporting"', "null"]
    size = {part.name: part for part in OPERATIONS["list_units"].parts}["size"]
    assert (size.place, size.is_needed, size.kinds) == ("query", False, (Kind("integer"),))


@pytest.mark.parametrize(("language", "is_chinese"), [("zh-hans", True), ("en", False)])
def test_the_page_speaks_one_language(cast: Cast, language: str, *, is_chinese: bool) -> None:
    page = log_in(Client(), cast.lin, language=language).get("/api/docs/").content.decode()
    main = page[page.index('id="main"') : page.index("</main>")]
    said = re.findall(r"<summary>.*?<span>([^<]+)</span></summary>", main)
    said += re.findall(r'<h2 id="subject-\d+">([^<]+)</h2>', main)
    assert len(said) > len(OPERATIONS)
    for each in said:
        assert bool(re.search(r"[\u4e00-\u9fff]", each)) is is_chinese, each
