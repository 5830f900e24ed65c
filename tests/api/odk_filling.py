"""A round with a visit and a questionnaire, and a program that fills in its forms."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.api.calling import token_of
from tests.cast import make_person
from tests.core.questionnaire.building import instrument, question
from tests.inspection.building import Errand, ago, small_errand
from wenming.base.models import User
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole
from wenming.rounds.services.collections import assign_person
from wenming.survey.models import Fieldwork
from wenming.survey.services.instruments import (
    FieldDesign,
    bring_instrument,
    put_instrument_in_use,
    set_fieldwork,
)

FORM = instrument(
    question("age", "integer", required="true", constraint=". >= 15"),
    question("sat", "select_one", choices="yn"),
    question("why", "text", relevant="${sat} = 'no'"),
)
LIST = "{http://openrosa.org/xforms/xformsList}"
SAID = "{http://openrosa.org/http/response}"


@dataclass
class Odk:
    """The program of one person; its address holds a token."""

    secret: str

    def get(self, path: str) -> HttpResponse:
        return Client().get(f"/odk/{self.secret}/{path}", headers={"Accept-Language": "en"})

    def listed(self) -> dict[str, dict[str, str]]:
        """What the list says of each form, by its name."""
        root = fromstring(self.get("formList").content)
        told = [{e.tag.removeprefix(LIST): e.text or "" for e in form} for form in root]
        return {each["formID"]: each for each in told}

    def form(self, kind: str) -> dict[str, str]:
        """What the list says of the one form of a kind."""
        return next(told for key, told in self.listed().items() if key.startswith(kind))

    def send(self, xml: bytes | str, **photos: bytes) -> HttpResponse:
        """One post; the names of files have no ending here."""
        body = xml.encode() if isinstance(xml, str) else xml
        files = {name: SimpleUploadedFile(f"{name}.jpg", each) for name, each in photos.items()}
        sheet = SimpleUploadedFile("sheet.xml", body, "text/xml")
        return Client().post(
            f"/odk/{self.secret}/submission",
            {"xml_submission_file": sheet, **files},
            headers={"Accept-Language": "en"},
        )


@dataclass
class Afield:
    """The round, who inspects and who interviews in it."""

    errand: Errand
    work: Fieldwork
    he: User

    def odk(self, person: User) -> Odk:
        return Odk(token_of(person, self.errand.field.cast.city))


def afield() -> Afield:
    """A round with one visit of Sun and Gao, and a questionnaire that He asks."""
    errand = small_errand()
    cast = errand.field.cast
    form = put_instrument_in_use(bring_instrument(FORM, city=cast.city, by=cast.lin), by=cast.lin)
    design = FieldDesign(("street",), ("community",), ("communities_total",), "weight")
    work = set_fieldwork(errand.field.collection, form, design=design, by=cast.lin)
    he = make_person("he", name="何静", city=cast.city, kind=PostKind.INTERVIEWER)
    assign_person(errand.field.collection, he, [AssignmentRole.INTERVIEWER], by=cast.lin)
    return Afield(errand, work, he)


def filled(
    told: dict[str, str], answers: dict[str, str], *, instance: UUID | str | None = None
) -> str:
    """A filled-in form as XML, flat; the door looks at names only."""
    root = ElementTree.Element("data", id=told["formID"], version=told["version"])
    for name, text in answers.items():
        ElementTree.SubElement(root, name).text = text
    meta = ElementTree.SubElement(root, "meta")
    if instance != "":
        ElementTree.SubElement(meta, "instanceID").text = f"uuid:{instance or uuid4()}"
    return ElementTree.tostring(root, encoding="unicode")


def survey_answers(**changes: str) -> dict[str, str]:
    """A sheet that is in order."""
    drawn = {
        "wm_design_1": "城东",
        "wm_design_2": "一社区",
        "wm_design_3": "20",
        "wm_design_4": "3",
    }
    said = {"wm_source": "household", "age": "40", "sat": "no", "why": "排队太久"}
    return {"wm_start": at(30), "wm_end": at(12), **drawn, **said, **changes}


def visit_answers(visit: object, **changes: str) -> dict[str, str]:
    """A sheet of a visit on which every line is met."""
    said = {"start": at(20), "end": at(1), "site": f"{visit.pk.hex}.1"}  # type: ignore[attr-defined]
    said |= {f"r{n}_outcome": "conform" for n in (1, 5)} | {"place": "30.25 120.15 0 8"}
    said |= {f"r{n}_outcome": "counted" for n in (2, 3, 4)}
    said |= {"r2_value": "0", "r3_value": "0", "r3_seconds": "60", "r4_value": "9", "r4_base": "10"}
    return said | changes


def at(minutes: float) -> str:
    """A moment some minutes ago as ODK writes it."""
    moment: datetime = ago(minutes)
    return moment.isoformat(timespec="milliseconds")
