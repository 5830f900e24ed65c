"""The form that brings a workbook."""

from django.utils.translation import gettext_lazy

from wenming.base.forms import DeskForm, KeptFileField
from wenming.core.permissions import Capability


class UnitsFileForm(DeskForm):
    """A workbook of the organisation."""

    file = KeptFileField(
        label=gettext_lazy("Workbook (.xlsx)"), opened_by=Capability.EDIT_ORGANISATION
    )
