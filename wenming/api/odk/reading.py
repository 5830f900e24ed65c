"""Reads the XML of one filled-in form; declarations, entities and floods are refused unread."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import ParseError  # nosec B405  # the name of a mistake

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from wenming.api.odk.refusals import AnswerTwice, InstanceMissing, TimeUnreadable, XmlUnreadable

LARGEST_XML = 1_000_000
_IDENTITY = "instanceID"
_META = frozenset({_IDENTITY, "instanceName", "deprecatedID", "timeStart", "timeEnd", "audit"})
_UUID = re.compile(r"(?:uuid:)?([0-9a-fA-F-]{32,36})")


@dataclass(frozen=True, slots=True)
class SentInstance:
    """A filled-in form as it was sent (提交的表单).

    Attributes:
        instance: made where it was filled in; other names than a UUID are turned into one.
        answers: text by the name of the question; blank ones are left out.
    """

    form: str
    version: str
    instance: UUID
    answers: Mapping[str, str]

    def moment(self, name: str) -> datetime:
        """An answer that is a moment.

        Raises:
            TimeUnreadable: it is missing, not a moment, or has no time zone.
        """
        text = self.answers.get(name, "")
        try:
            found = datetime.fromisoformat(text)
        except ValueError as wrong:
            raise TimeUnreadable(value=text[:40]) from wrong
        if found.tzinfo is None:
            raise TimeUnreadable(value=text[:40])
        return found


def read_instance(xml: bytes) -> SentInstance:
    """Read a filled-in form (读取提交表单).

    Raises:
        XmlUnreadable: it is no XML, breaks off, or declares entities or a document type.
        InstanceMissing: it has no `instanceID`.
        AnswerTwice: a question has two answers.
    """
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as wrong:
        raise XmlUnreadable from wrong
    answers: dict[str, str] = {}
    for element in root.iter():
        text = (element.text or "").strip()
        if len(element) or not text:
            continue
        name = str(element.tag).rpartition("}")[2]
        if name in answers:
            raise AnswerTwice(question=name)
        answers[name] = text
    identity = answers.get(_IDENTITY, "")
    if not identity:
        raise InstanceMissing
    told = {name: text for name, text in answers.items() if name not in _META}
    form, version = root.get("id", ""), root.get("version", "")
    return SentInstance(form, version, _identity_of(identity), told)


def _identity_of(text: str) -> UUID:
    found = _UUID.fullmatch(text)
    try:
        return UUID(found.group(1)) if found else uuid5(NAMESPACE_URL, text)
    except ValueError:
        return uuid5(NAMESPACE_URL, text)
