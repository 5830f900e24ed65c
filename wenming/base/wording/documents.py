"""Sentences and words about documents that are handed in, and figures that are entered."""

from collections.abc import Mapping

from wenming.base.language import marked as _

DOCUMENTS: Mapping[str, str] = {
    "requirement_years_reversed": _("The last year lies before the first one."),
    "requirement_taken": _("{item} asks for “{title}” already; give it another name."),
    "requirement_in_use": _(
        "Something was handed in for “{title}”, so it is not deleted; change it instead."
    ),
    "not_a_document": _(
        "“{name}” is no document that a reviewer can read; bring a PDF, an OFD, an Office file or "
        "a picture."
    ),
    "not_a_photo": _(
        "“{name}” is {kind}; an on-site photograph is a picture (JPEG, PNG or WebP) as taken."
    ),
    "document_in_future": _(
        "The document is dated {day}, which is yet to come; check the day on the document."
    ),
    "not_reviewer_here": _(
        "{person} is not named as a reviewer of this round; the office names reviewers."
    ),
    "second_person_needed": _(
        "{person} handed this in or reviewed it first; somebody else decides on it."
    ),
    "document_same_file": _("The same file was handed in as {where} as well."),
    "picture_looks_alike": _("The picture looks like that of {where}: the same scene twice?"),
    "document_without_day": _("No day is given that the document bears."),
    "document_outside_years": _("It is dated {day}, outside of the years asked for ({years})."),
    "document_without_seal": _("Nobody ticked that a page with the seal is part of it."),
    "document_editable": _(
        "It is an editable file ({kind}); an issued document is usually a scan or a PDF with its "
        "seal."
    ),
    "document_formulas": _("The workbook computes its numbers; they may change when it is opened."),
    "document_large": _("The file is large: {megabytes} MB."),
    "photo_small": _("The picture is small: {width} × {height} pixels."),
    "photo_without_time": _("The picture does not say when it was taken."),
    "photo_outside_years": _(
        "The picture says that it was taken on {day}, outside of the years asked for ({years})."
    ),
    "documents_due": _("{round}: {count} documents are still to be handed in"),
    "documents_to_review": _("{round}: {count} documents wait for their first review"),
    "documents_to_decide": _("{round}: {count} documents wait for a decision"),
    "document_returned": _("“{title}” was returned: {reason}"),
    "document_rejected": _("“{title}” was rejected: {reason}"),
}
"""Sentences by code."""

DOCUMENT_INBOX: Mapping[str, str] = {
    "documents_due": _("Documents to hand in"),
    "documents_to_review": _("First review of documents"),
    "documents_to_decide": _("Decision on documents"),
    "document_returned": _("Document returned"),
    "document_rejected": _("Document rejected"),
}
"""Short words for the filter of the inbox."""

DOCUMENT_LABELS: Mapping[str, Mapping[str, str]] = {
    "evidence_kind": {
        "normative": _("Normative document"),
        "report": _("Explanatory report"),
        "photo": _("On-site photograph"),
        "table": _("Statistical table"),
    },
    "submission_state": {
        "handed_in": _("Waits for first review"),
        "passed": _("Waits for decision"),
        "returned": _("Returned"),
        "accepted": _("Accepted"),
        "rejected": _("Rejected"),
        "withdrawn": _("Withdrawn"),
    },
    "submission_action": {
        "hand_in": _("Hand-in"),
        "pass_on": _("Passed the first review"),
        "send_back": _("Returned"),
        "accept": _("Accepted"),
        "reject": _("Rejected"),
        "reopen": _("Decision taken back"),
        "withdraw": _("Withdrawn"),
    },
    "submission_verb": {
        "pass_on": _("Pass on"),
        "send_back": _("Return to the unit"),
        "accept": _("Accept"),
        "reject": _("Reject"),
        "reopen": _("Take the decision back"),
        "withdraw": _("Withdraw"),
    },
    "standing": {
        "accepted": _("Accepted"),
        "in_review": _("In review"),
        "returned": _("Returned"),
        "rejected": _("Rejected"),
        "late": _("Overdue"),
        "missing": _("Not handed in"),
    },
}
"""Words by kind and code."""

DOCUMENT_ACTIONS: Mapping[str, str] = {
    "requirements.build": _("Built the requirements of documents from the edition: {count} new"),
    "requirements.remind": _("Reminded units of their documents: {units}"),
    "requirement.add": _("Asked for the document {title} of {item}"),
    "requirement.change": _("Changed the required document {title} of {item}"),
    "requirement.drop": _("Asked no more for the document {title} of {item}"),
    "submission.hand_in": _("Handed in a document again: {title}"),
    "submission.bring": _("Handed in the document {title} as {key}"),
    "submission.pass_on": _("Passed a document on to the decision {reason}"),
    "submission.send_back": _("Returned a document: {reason}"),
    "submission.accept": _("Accepted a document {reason}"),
    "submission.reject": _("Rejected a document: {reason}"),
    "submission.reopen": _("Took a decision on a document back: {reason}"),
    "submission.withdraw": _("Withdrew a document"),
    "submission.package": _("Took the package of documents of {round}: {files} files"),
}
"""Sentences of the audit by action."""

DOCUMENT_SUBJECTS: Mapping[str, str] = {
    "submission.requirement": _("Required document"),
    "submission.submission": _("Document"),
}
"""Words for what an entry of the audit is about."""
