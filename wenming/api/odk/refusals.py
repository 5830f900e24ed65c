"""What the OpenRosa doors refuse of their own accord, before any rule of the field is asked."""

from wenming.api.refusals import ApiRefusal


class FormUnknown(ApiRefusal):
    """There is no such form, or none for this person."""

    code = "odk_form_unknown"
    status = 404


class FormOutdated(ApiRefusal):
    """The sheet was filled in on another version of the form."""

    code = "odk_form_outdated"
    status = 409


class XmlUnreadable(ApiRefusal):
    """What was sent is no XML, breaks off, or has declarations that are not taken."""

    code = "odk_xml_unreadable"


class InstanceMissing(ApiRefusal):
    """The sheet has no identity of its own."""

    code = "odk_instance_missing"


class AnswerTwice(ApiRefusal):
    """One question has two answers."""

    code = "odk_answer_twice"


class TimeUnreadable(ApiRefusal):
    """The beginning or the end is not a moment with its time zone."""

    code = "odk_time_unreadable"


class SheetNotSent(ApiRefusal):
    """The post has no part `xml_submission_file`."""

    code = "odk_sheet_not_sent"


class PostTooLarge(ApiRefusal):
    """The post is larger than is taken; its body was not read."""

    code = "odk_too_large"
    status = 413
