"""Brings questionnaires as XLSForm: looked at as a whole, taken over whole or not at all."""

from dataclasses import dataclass

from django.db import transaction

from wenming.base.access import check_city
from wenming.base.models import Attachment, City, Import, User
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record, subject_of
from wenming.base.services.imports import keep_problems
from wenming.core import questionnaire
from wenming.core.errors import BadInput, DomainError, Problem
from wenming.files.xlsform import read_xlsform
from wenming.survey.models import Instrument
from wenming.survey.services.instruments import EDIT, bring_instrument

KIND = "questionnaire"


class QuestionnaireImportHasMistakes(DomainError):
    """The workbook has mistakes."""

    code = "questionnaire_import_mistakes"


class QuestionnaireImportTaken(DomainError):
    """The workbook was taken over already, perhaps by somebody else a moment ago."""

    code = "questionnaire_import_taken"


@dataclass(frozen=True, slots=True)
class CheckedQuestionnaire:
    """What an XLSForm says (问卷核查).

    Attributes:
        instrument: None when it has mistakes.
    """

    problems: tuple[Problem, ...] = ()
    instrument: questionnaire.Instrument | None = None


@transaction.atomic
def bring_xlsform(attachment: Attachment, *, city: City, by: User) -> Import:
    """Keep a workbook with a questionnaire (导入问卷文件), whether or not it is right.

    Raises:
        PermissionDenied: `by` may not edit questionnaires of the city.
    """
    check_city(by, EDIT, city)
    brought = Import.objects.create(city=city, kind=KIND, attachment=attachment, brought_by=by)
    checked = checked_xlsform(brought)
    keep_problems(brought, checked.problems)
    facts = {"name": attachment.name, "problems": len(checked.problems)}
    record("questionnaire_import.bring", by=by, city=city, subject=brought, detail=facts)
    return brought


def checked_xlsform(brought: Import) -> CheckedQuestionnaire:
    """What a workbook says, with every mistake by its cell (问卷核查)."""
    path = path_of(brought.attachment.file)
    try:
        found = read_xlsform(path, name=brought.attachment.name)
    except BadInput as refused:
        return CheckedQuestionnaire(problems=tuple(refused.problems))
    return CheckedQuestionnaire(instrument=found)


@transaction.atomic
def take_over_xlsform(brought: Import, *, by: User) -> Instrument:
    """Make a draft of a workbook (采用问卷文件).

    Raises:
        QuestionnaireImportTaken: somebody was faster.
        QuestionnaireImportHasMistakes: the workbook has mistakes.
        InstrumentVersionTaken: the city has this version with another content.
        PermissionDenied: `by` may not edit questionnaires of the city.
    """
    check_city(by, EDIT, brought.city)
    fresh = Import.objects.select_for_update(of=("self",)).select_related(
        "attachment__file", "city"
    )
    kept = fresh.get(pk=brought.pk)
    if kept.subject:
        raise QuestionnaireImportTaken(file=kept.attachment.name)
    checked = checked_xlsform(kept)
    if checked.instrument is None:
        raise QuestionnaireImportHasMistakes(count=len(checked.problems))
    made = bring_instrument(checked.instrument, city=kept.city, by=by)
    kept.subject, kept.problems = subject_of(made), []
    kept.save(update_fields=["subject", "problems"])
    return made
