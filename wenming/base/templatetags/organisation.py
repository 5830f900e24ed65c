"""How many posts a unit has and how many stand below it, said once for each of 300 units."""

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def posts(n: int) -> str:
    """The posts of a unit; a block of translation in the page would take ten times as long."""
    return ngettext("%(n)s post", "%(n)s posts", n) % {"n": n}


@register.filter
def below(n: int) -> str:
    """The units below a unit."""
    return ngettext("%(n)s unit below", "%(n)s units below", n) % {"n": n}
