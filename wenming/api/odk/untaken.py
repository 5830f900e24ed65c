"""Forms that were not taken in as people read them: which, why, what is wrong in them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenming.api.models import SentForm, SentPhoto
from wenming.api.odk.forms import SURVEY, name_of
from wenming.api.odk.refusals import FormUnknown
from wenming.base import wording
from wenming.base.models import CityQuerySet, User
from wenming.base.templatetags.figures import words
from wenming.core.lifecycle import SentFormState
from wenming.core.terms import Words
from wenming.rounds.models import Collection
from wenming.survey.models import Sheet

Titles = Mapping[UUID, Words]
"""What the rounds are called, by identity."""


def form_title(form: SentForm, titles: Titles) -> str:
    """Which form it is (表单名称), as far as that could be read."""
    if not form.form:
        return _("not to be read")
    try:
        named = name_of(form.form)
    except FormUnknown:
        return form.form
    kind = _("Questionnaire") if named.kind == SURVEY else _("Checklist")
    title = titles.get(named.collection)
    return f"{kind} · {words(title)}" if title else kind


def reason(form: SentForm) -> str:
    """Why it was not taken in (未接收原因), as one sentence."""
    if not form.refused:
        return _("Photographs that the form names did not come yet.")
    wrong = mistakes(form)
    if len(wrong) == 1:
        ((question, said),) = wrong
        return f"{question}: {said}" if question else said
    return wording.sentence(form.refused, form.facts, _language())


def mistakes(form: SentForm) -> Sequence[tuple[str, str]]:
    """Each mistake of the answers (答案差错): the question and what is wrong."""
    language = _language()
    return [
        (each["question"], wording.sentence(each["code"], each["facts"], language))
        for each in form.problems
    ]


def waiting_of_round(user: User, collection: Collection) -> int:
    """How many forms of a round wait for the office (待处理表单数)."""
    seen = SentForm.objects.visible_to(user).for_city(collection.city).not_taken()
    return int(seen.of_round(collection.pk).filter(state=SentFormState.OPEN).count())


def photos_of(sheet: Sheet) -> CityQuerySet[SentPhoto]:
    """Files that came with an answer sheet (答卷照片), whoever may see the sheet."""
    rows = SentPhoto.objects.for_city(sheet.city).filter(
        form__instance=str(sheet.instance), form__taken_at__isnull=False
    )
    return rows.defer("content").order_by("name")


def _language() -> str:
    return "en" if get_language() == "en" else "zh"
