"""Two cities with one row of everything that has an address: the invented one and a neighbour."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image
from pytest_django import DjangoDbBlocker

from tests.access.collecting import collected
from tests.access.visiting import visiting_rows
from tests.cast import fresh, log_in, make_person, open_session
from tests.scoring.small_round import change, write_small_round
from wenming.base.models import (
    AdministratorSession,
    Attachment,
    AuditEntry,
    CalendarDay,
    City,
    Group,
    Import,
    InboxEntry,
    Job,
    LiaisonPerson,
    Post,
    Unit,
    UnitName,
    User,
)
from wenming.base.services.attachments import bring_in
from wenming.base.services.demonstration import stage_demo
from wenming.base.services.desk import ViewWish, keep_view
from wenming.base.services.tokens import make_token
from wenming.base.services.unit_imports import bring_units
from wenming.core.calendar import DayKind
from wenming.core.permissions import NEED_SESSION, Capability, PostKind
from wenming.demo.people import LOGINS
from wenming.files.figures_template import write_figures
from wenming.files.geojson import Feature
from wenming.framework.models import Edition, Responsibility, ResponsibilityPlan
from wenming.framework.services.edition_imports import accept_edition, bring_edition
from wenming.framework.services.objections import raise_objection
from wenming.framework.services.plans import begin_draft
from wenming.inspection.models import Observation
from wenming.rounds.models import LayerKind, Site
from wenming.rounds.services.layers import store_layer
from wenming.scoring.models import (
    Figure,
    ItemResult,
    ReportedDocument,
    Run,
    Settlement,
    Verification,
)
from wenming.scoring.services import load_folder
from wenming.scoring.services.figure_imports import bring_figures
from wenming.scoring.services.papers import attach_file
from wenming.submission.models import Document
from wenming.survey.models import Question

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Rows = dict[str, Model]


@dataclass
class Side:
    """One city: its people and one row of each kind, by a short name."""

    city: City
    office: User
    rows: Rows = field(default_factory=dict)


@dataclass
class World:
    """Both cities, and everybody who has a post in the first.

    Attributes:
        browsers: of each of them, and under "neighbour" that of the other city's office.
    """

    home: Side
    abroad: Side
    people: Mapping[str, User]
    browsers: Mapping[str, Client]


@contextmanager
def built(blocker: DjangoDbBlocker, folder: Path) -> Iterator[World]:
    """Load both cities for the tests of one module, and take them out afterwards."""
    with blocker.unblock():
        world = _world(folder)
    yield world
    with blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


def _world(folder: Path) -> World:
    run = load_folder(EXAMPLES / "demo")
    run.city.is_synthetic = True
    run.city.save(update_fields=["is_synthetic"])
    areas = Site.objects.for_city(run.city).values_list("county", "street").distinct()
    staged = stage_demo(run.city, areas, day=localdate())
    people = {login.username: user for login, user in zip(LOGINS, staged, strict=True)}
    answering = Post.objects.get(user=people["unit1"]).unit
    assert answering is not None
    home = Side(run.city, people["office"])
    _fill(home, run, answering, speaker=people["unit1"])
    change(write_small_round(folder), "round.yaml", "小城市", "邻市")
    other = load_folder(folder)
    abroad = Side(other.city, _person(other.city, "neighbour", PostKind.OFFICE))
    unit = Unit.objects.for_city(other.city).get(name="市城管局")
    speaker = make_person(
        "neighbour-unit", name="邻居", city=other.city, kind=PostKind.UNIT, unit=unit
    )
    _fill(abroad, other, unit, speaker=speaker)
    browsers = {who: browser_of(user, home.city) for who, user in people.items()}
    browsers["neighbour"] = browser_of(abroad.office, abroad.city)
    return World(home, abroad, people, browsers)


def _run_again(run: Run) -> Run:
    """The same result once more, as a later scoring of the round would leave it."""
    again = Run.objects.get(pk=run.pk)
    again.pk, again.number = uuid4(), run.number + 1
    again.save(force_insert=True)
    items = list(run.items.all())
    for each in items:
        each.pk, each.run = uuid4(), again
    ItemResult.objects.bulk_create(items)
    return again


def _person(city: City, username: str, kind: PostKind) -> User:
    return make_person(username, name="邻居", city=city, kind=kind)


def _fill(side: Side, run: Run, unit: Unit, *, speaker: User) -> None:
    """One row of each kind, those of a unit as far as possible of the one that is given."""
    own = run.items.filter(lead=unit)
    seen = Observation.objects.filter(round=run.round, item__in=own.values("key"))
    plan = ResponsibilityPlan.objects.get(edition=run.round.edition)
    duty = Responsibility.objects.filter(plan=plan, unit=unit).earliest("position")
    asked = Question.objects.filter(round=run.round).earliest("position")
    observation = seen.select_related("site").earliest("position")
    attachment = _brought(side, "实景.png", _picture())
    side.rows |= {
        "run": run,
        "other_run": _run_again(run),
        "unit": unit,
        "edition": run.round.edition,
        "round": run.round,
        "result": run.items.get(key=observation.item),
        "question": asked,
        "asked": run.items.get(key=asked.item),
        "site": observation.site,
        "observation": observation,
        "document": Document.objects.filter(round=run.round).earliest("position"),
        "settlement": Settlement.objects.filter(round=run.round).earliest("position"),
        "paper": ReportedDocument.objects.filter(round=run.round).earliest("position"),
        "figure": Figure.objects.filter(round=run.round).earliest("position"),
        "plan": plan,
        "duty": duty,
        "objection": raise_objection(duty, by=speaker, reason="职责不在本单位"),
        "attachment": attachment,
        "verification": Verification.objects.create(
            city=side.city, started_at=timezone.now(), results=0, entries=1
        ),
    }
    _fill_papers(side)
    _fill_desk(side, attachment)
    _fill_editions(side)
    _fill_unit(side, unit)
    _fill_people(side, speaker)
    side.rows |= collected(side.city, run.round.edition, unit=unit, by=side.office)
    side.rows |= visiting_rows(side.city, side.office)


def _fill_papers(side: Side) -> None:
    """The first paper with its file, and a file of figures with a mistake."""
    paper = ReportedDocument.objects.get(pk=side.rows["paper"].pk)
    file = _brought(side, "简报（虚构）.png", _picture(), opened_by=Capability.VIEW_FIGURES)
    side.rows["paper file"] = attach_file(paper, file, by=side.office)
    figures = write_figures([{"title": "点位", "value": "三百"}], language="zh", own=[])
    brought = _brought(side, "数字（虚构）.xlsx", figures, opened_by=Capability.EDIT_FIGURES)
    side.rows["figures import"] = bring_figures(brought, paper, by=side.office)


def _fill_editions(side: Side) -> None:
    """A draft that was imported, and a broken file that waits for correction."""
    source = EXAMPLES / "editions" / "edition_2005_a.yaml"
    whole, broken = (
        bring_edition(_brought(side, source.name, content), city=side.city, by=side.office)
        for content in (source.read_bytes(), source.read_bytes().replace(b"points:", b"pionts:", 1))
    )
    assert not whole.problems
    assert broken.problems
    side.rows |= {
        "edition draft": accept_edition(whole, by=side.office),
        "edition import": broken,
    }


def _fill_unit(side: Side, unit: Unit) -> None:
    alias = UnitName.objects.create(city=side.city, unit=unit, name="旧名", pinyin="jiu ming jm")
    liaison = LiaisonPerson.objects.create(city=side.city, unit=unit, name="联络人（虚构）")
    workbook = _brought(side, "单位.xlsx", _workbook())
    side.rows["units import"] = bring_units(workbook, city=side.city, by=side.office)
    side.rows["told"] = InboxEntry.objects.create(
        city=side.city, code="duties_issued", unit=unit, facts={"count": 3}, address="/duties/"
    )
    side.rows |= {"alias": alias, "liaison": liaison, "group": unit.group or _group(side)}


def _fill_people(side: Side, speaker: User) -> None:
    now = timezone.now()
    side.rows |= {
        "person": speaker,
        "post": Post.objects.get(user=speaker),
        "day": CalendarDay.objects.create(
            city=side.city, day=localdate(), kind=DayKind.HOLIDAY, name="建市纪念日（虚构）"
        ),
        "session": AdministratorSession.objects.create(
            user=side.office, city=side.city, reason="例行", begun_at=now, ends_at=now
        ),
        "entry": AuditEntry.objects.filter(head__city=side.city).earliest("number"),
    }


def _group(side: Side) -> Group:
    return Group.objects.for_city(side.city).earliest("position")


def _brought(
    side: Side, name: str, content: bytes, *, opened_by: Capability = Capability.EDIT_FRAMEWORK
) -> Attachment:
    upload = SimpleUploadedFile(name, content)
    return bring_in(upload, city=side.city, by=side.office, opened_by=opened_by)


def _workbook() -> bytes:
    """A workbook of units with a mistake, which waits for correction."""
    stored = io.BytesIO()
    with xlsxwriter.Workbook(stored) as book:
        book.add_worksheet("单位").write_row(0, 0, ["名称", "没有这一列"])
    return stored.getvalue()


def _picture() -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(stored, "png")
    return stored.getvalue()


def _fill_desk(side: Side, attachment: Attachment) -> None:
    edition = Edition.objects.for_city(side.city).earliest("pk")
    wish = ViewWish("units", "常用", "sort=name")
    token, _secret = make_token(
        side.office, "试用", city=side.city, capabilities=[], until=localdate()
    )
    side.rows |= {
        "draft": begin_draft(edition, by=side.office),
        "view": keep_view(wish, city=side.city, by=side.office),
        "token": token,
        "job": Job.objects.create(city=side.city, kind="check_files", by=side.office),
        "layer": store_layer(side.city, "界", LayerKind.GRID, [Feature("Point", [122.0, 35.0])]),
        "inbox": InboxEntry.objects.for_city(side.city).earliest("asked_at"),
    }
    side.rows["import"] = Import.objects.create(
        city=side.city, kind="responsibilities", attachment=attachment, brought_by=side.office,
        options={"plan": str(side.rows["draft"].pk)},
    )  # fmt: skip


def in_its_city(user: User, city: City) -> User:
    """A person as the next request meets them, an administrator within a session."""
    again = fresh(user)
    again.is_in_session = bool(NEED_SESSION & again.capabilities(city))
    return again


def browser_of(user: User, city: City) -> Client:
    """The browser of a person who has logged in, an administrator within a session."""
    client = log_in(Client(), user)
    if in_its_city(user, city).is_in_session:
        open_session(client, user, city)
    return client
