"""Entries of the audit in words."""

from django import template
from django.utils.translation import get_language

from wenming.base import wording
from wenming.base.models import AuditEntry
from wenming.base.services.audit import Tampering
from wenming.base.wording.deeds import deed as said

register = template.Library()


@register.simple_tag
def deed(entry: AuditEntry) -> str:
    """What was done, as one sentence."""
    return said(entry.action, entry.detail, get_language() or "zh")


@register.simple_tag
def fault_said(fault: Tampering) -> str:
    """Where the chain does not hold, as one sentence."""
    return wording.sentence(fault.code, {"number": fault.number}, get_language() or "zh")
