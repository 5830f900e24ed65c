"""How lists of choices are drawn: as Django draws them, without a template for each choice."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

SELECT = "django/forms/widgets/select.html"
Plain = Mapping[str, Any]


class SwiftChoices(DjangoTemplates):
    """Draws forms by Django's templates, and lists of choices by itself (下拉列表).

    Django includes two templates for every choice: the form of a unit, with its list of 300 units,
    took three times as long.
    """

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """What the template would give."""
        if template_name == SELECT:
            return select(context["widget"])
        return super().render(template_name, context, request)


def select(widget: Plain) -> SafeString:
    """A list of choices with its groups; whatever a choice says is escaped."""
    lines: list[str] = []
    for name, choices, _place in widget["optgroups"]:
        if name:
            lines.append(format_html('<optgroup label="{}">', name))
        lines += [_option(choice) for choice in choices]
        if name:
            lines.append("</optgroup>")
    head = format_html('<select name="{}"{}>', widget["name"], _attributes(widget["attrs"]))
    return mark_safe(f"{head}{''.join(lines)}</select>")  # noqa: S308  # nosec: of escaped parts


def _option(choice: Plain) -> str:
    value, label = escape(str(choice["value"])), escape(choice["label"])
    return f'<option value="{value}"{_attributes(choice["attrs"])}>{label}</option>'


def _attributes(attrs: Plain) -> SafeString:
    said = [
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    ]
    return mark_safe("".join(said))  # noqa: S308  # nosec: every name and value is escaped
