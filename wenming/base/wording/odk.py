"""Sentences of the OpenRosa doors."""

from collections.abc import Mapping

from wenming.base.language import marked as _

ODK: Mapping[str, str] = {
    "odk_form_unknown": _(
        "There is no form {form} for you now: the round is closed, or the work was given to "
        "somebody else. Fetch the list of forms again."
    ),
    "odk_form_outdated": _(
        "The sheet was filled in on version {given} of the form; version {wanted} counts now. "
        "Fetch the form again. What you sent is kept at the office."
    ),
    "odk_xml_unreadable": _(
        "What arrived cannot be read as a form: it breaks off, or holds declarations that are "
        "not taken. Send it again. What arrived is kept at the office."
    ),
    "odk_instance_missing": _(
        "The sheet has no instanceID, so that it could be counted twice. Fetch the form again "
        "and fill it in there."
    ),
    "odk_answer_twice": _("The question {question} has two answers. Fill the form in again."),
    "odk_time_unreadable": _(
        "{value} is not a moment with its time zone. Fill in the form as it was fetched."
    ),
    "odk_sheet_not_sent": _("The post has no file xml_submission_file. Send the form with it."),
    "odk_too_large": _(
        "This has {bytes} bytes; at most {most} are taken. Send smaller photographs, or in "
        "several posts."
    ),
}
