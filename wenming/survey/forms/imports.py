"""The form that brings a questionnaire as a workbook."""

from django.utils.translation import gettext_lazy as _

from wenming.base.forms import DeskForm, KeptFileField
from wenming.core.permissions import Capability


class XLSFormForm(DeskForm):
    """A workbook with a questionnaire."""

    file = KeptFileField(
        label=_("XLSForm workbook (.xlsx)"), opened_by=Capability.EDIT_QUESTIONNAIRE
    )
