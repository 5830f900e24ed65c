"""A round that asks two units for documents, with a reviewer and files to hand in."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import fresh
from tests.rounds.building import Field, small_field
from wenming.base.models import Attachment, User
from wenming.base.services.attachments import bring_in
from wenming.core.permissions import Capability
from wenming.core.terms import AssignmentRole, EvidenceKind
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import assign_person
from wenming.submission.models import Requirement, Submission
from wenming.submission.services.papers import Paper, hand_in
from wenming.submission.services.requirements import RequirementEntry, add_requirement

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DAY = date(2026, 3, 1)


@dataclass(frozen=True)
class Desk:
    """The round with one requirement of Zhao's unit and one of Qian's."""

    field: Field
    rule: Requirement  # Zhao's: a normative document
    photo: Requirement  # Qian's: an on-site photograph

    @property
    def collection(self) -> Collection:
        return self.field.collection

    @property
    def zhao(self) -> User:
        return fresh(self.field.cast.zhao)

    @property
    def qian(self) -> User:
        return fresh(self.field.cast.qian)

    @property
    def li(self) -> User:
        return fresh(self.field.cast.li)

    @property
    def lin(self) -> User:
        return fresh(self.field.cast.lin)

    @property
    def wang(self) -> User:
        return fresh(self.field.cast.wang)


def small_desk() -> Desk:
    """The whole of it; Li reviews."""
    field = small_field()
    cast = field.cast
    entry = RequirementEntry(
        "B1.1.1", "有学习制度", EvidenceKind.NORMATIVE, (2025, 2026), unit=cast.units.streets,
        due=date(2026, 10, 20),
    )  # fmt: skip
    rule = add_requirement(field.collection, entry, by=cast.lin)
    entry = RequirementEntry(
        "B2.1.1", "路面实景", EvidenceKind.PHOTO, (2026, 2026), condition=1,
        unit=cast.units.archive,
    )  # fmt: skip
    photo = add_requirement(field.collection, entry, by=cast.lin)
    assign_person(field.collection, cast.li, [AssignmentRole.REVIEWER], by=cast.lin)
    return Desk(field, rule, photo)


def pdf(name: str = "制度.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(name: str = "路面.jpg", *, seed: int = 60, quality: int = 90) -> SimpleUploadedFile:
    drawn = BytesIO()
    wave = Image.linear_gradient("L").resize((900, 600)).rotate(seed, expand=False)
    wave.convert("RGB").save(drawn, "JPEG", quality=quality)
    return SimpleUploadedFile(name, drawn.getvalue())


def brought(upload: SimpleUploadedFile, by: User, desk: Desk) -> Attachment:
    return bring_in(upload, city=desk.collection.city, by=by, opened_by=Capability.VIEW_DOCUMENTS)


def handed_in(desk: Desk, upload: SimpleUploadedFile | None = None) -> Submission:
    """Zhao's document."""
    file = brought(upload or pdf(), desk.zhao, desk)
    paper = Paper(file, "学习制度", dated_on=DAY, issuer="市城管局", has_seal=True)
    return hand_in(desk.rule, paper, by=desk.zhao)
