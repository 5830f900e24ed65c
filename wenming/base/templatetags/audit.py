"""Entries of the audit in words."""

from django import template
from django.utils.translation import get_language

from wenming.base.models import AuditEntry
from wenming.base.wording.deeds import deed as said

register = template.Library()


@register.simple_tag
def deed(entry: AuditEntry) -> str:
    """What was done, as one sentence."""
    return said(entry.action, entry.detail, get_language() or "zh")
