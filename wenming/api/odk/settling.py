"""What becomes of a form that was not taken in: the office looks at it, settles it, it is swept."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wenming.api.models import SentForm
from wenming.base.models import User
from wenming.base.transitions import transition
from wenming.core.lifecycle import SentFormAction, SentFormState

SETTLED_LASTS = timedelta(days=180)


@transaction.atomic
def settle_form(form: SentForm, *, because: str, by: User) -> SentForm:
    """Say what came of a form that was not taken in (处理未接收表单); it is kept for a while.

    Raises:
        TransitionNotAllowed: it was settled already.
        PermissionDenied: `by` manages no rounds of its city.
    """
    return transition(
        form, SentFormAction.SETTLE, by=by, because=because, settled_at=timezone.now()
    )


def forget_settled(now: datetime) -> int:
    """Take away forms that were settled long ago (清理已处理表单), with their files.

    Returns:
        How many.
    """
    old = SentForm.objects.not_taken().filter(
        state=SentFormState.SETTLED, settled_at__lt=now - SETTLED_LASTS
    )
    _rows, kinds = old.delete()
    return kinds.get(SentForm._meta.label, 0)
