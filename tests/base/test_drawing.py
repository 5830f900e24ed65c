"""A list of choices is drawn as Django's own templates draw it."""

import pytest
from django import forms
from django.conf import settings
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.test.html import parse_html

from wenming.base.forms.drawing import SwiftChoices

NASTY = "<b>\"甲\" & '乙'</b>"
CASES = [
    (forms.Select(choices=[("", "全部"), ("a", "甲"), ("b", NASTY)]), "b"),
    (forms.Select(attrs={"id": "x", "required": True, "disabled": False, "data-n": NASTY}), None),
    (forms.Select(choices=[("区", [("1", "一"), (NASTY, "二")]), ("县", [("3", "三")])]), NASTY),
    (forms.SelectMultiple(choices=[(1, "一"), (2, "二"), (None, "无")]), [1, 2]),
    (forms.NullBooleanSelect(), True),
]


@pytest.mark.parametrize(("widget", "value"), CASES)
def test_it_reads_as_djangos_own(widget: forms.Select, value: object) -> None:
    drawn = widget.render("unit", value, renderer=SwiftChoices())
    plain = widget.render("unit", value, renderer=DjangoTemplates())
    assert parse_html(drawn) == parse_html(plain)
    assert "<b>" not in drawn


def test_every_form_is_drawn_by_it() -> None:
    assert f"{SwiftChoices.__module__}.{SwiftChoices.__name__}" == settings.FORM_RENDERER
    assert isinstance(get_default_renderer(), SwiftChoices)
