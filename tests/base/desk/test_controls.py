"""Signs that no document could hold are refused where they are typed."""

import pytest
from django import forms
from django.test import RequestFactory

from wenming.base.forms import DeskForm


class Named(DeskForm):
    """A form with a line and with a text of several lines."""

    name = forms.CharField()
    text = forms.CharField(widget=forms.Textarea, required=False)


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1b", "\x7f", "\ufffe"])
@pytest.mark.parametrize("field", ["name", "text"])
def test_a_control_character_is_refused_beside_its_field(field: str, sign: str) -> None:
    form = Named({"name": "a", "text": "", field: f"a{sign}b"}, request=RequestFactory().get("/"))
    assert list(form.errors) == [field]
    assert f"U+{ord(sign):04X}" in str(form.errors[field])


def test_breaks_and_tabs_are_taken() -> None:
    form = Named({"name": "a", "text": "a\r\n\tb"}, request=RequestFactory().get("/"))
    assert form.is_valid()
