"""A round that takes in evidence, with a visit of a pair, what came back, and photographs."""

import hashlib
import io
from datetime import date
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone
from PIL import Image

from tests.cast import fresh, make_person
from tests.inspection.building import sheet
from wenming.base.models import City, Post, User
from wenming.core.evidence.visits import LineRecord
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, Method, Outcome, RoundKind, Words
from wenming.framework.models import ChecklistSet, Edition
from wenming.inspection.models import PanelItem, PanelSeat, PanelSession
from wenming.inspection.services.planning import DayPlan, plan_visits
from wenming.inspection.services.taking import take_sheet
from wenming.inspection.services.uploads import append_chunk, begin_upload
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import (
    CollectionPlan,
    Span,
    Standard,
    assign_person,
    open_collection,
    plan_collection,
)
from wenming.rounds.services.sites import SiteDetails, make_site

LINE = {
    "key": "v1", "site_type": "main_road", "title_zh": "立面整洁", "title_en": "", "item": "B2.1.1",
    "severity": "minor", "judge": "pass_fail",
}  # fmt: skip
LISTS = {
    "site_types": [{"key": "main_road", "title_zh": "主干道", "title_en": "Main road"}],
    "lines": [LINE],
}


def visiting_rows(city: City, office: User) -> dict[str, Model]:
    """One visit to be made, one that was handed in, and two photographs on their way."""
    office = fresh(office)
    lists = ChecklistSet.objects.create(city=city, hash="f" * 64, content=LISTS)
    edition = Edition.objects.for_city(city).earliest("pk")
    span = Span(date(2026, 1, 1), date(2026, 12, 31))
    plan = CollectionPlan("visits", RoundKind.SELF_TEST, Words("考察轮次（虚构）"), span)
    round_ = plan_collection(city, plan, standard=Standard(edition, lists), by=office)
    round_ = open_collection(round_, by=office)
    pair = [_inspector(city, round_.key), _second(city)]
    for person in pair:
        assign_person(round_, person, [AssignmentRole.INSPECTOR], by=office)
    sites = [
        make_site(city, SiteDetails(f"V{n}", f"考察路 {n} 号", "main_road"), by=office)
        for n in (1, 2)
    ]
    visit, done = plan_visits(round_, sites, DayPlan(timezone.localdate(), pair), by=office)
    inspector = fresh(pair[0])
    records = [LineRecord("v1", Outcome.CONFORM, None, None, None, "", "", timezone.now())]
    taken = take_sheet(done, sheet(site=done.site.key, records=records), by=inspector)
    content = _picture()
    digest = hashlib.sha256(content).hexdigest()
    whole, begun = (
        begin_upload(visit, uuid4(), size=len(content), digest=digest, by=inspector)
        for _ in range(2)
    )
    return {
        "visited round": round_,
        "visit": visit,
        "visit handed in": taken.visit,
        "upload": append_chunk(whole, content, offset=0, by=inspector),
        "upload_begun": begun,
        **_panel(round_, inspector, office),
    }


def _panel(round_: Collection, assessor: User, office: User) -> dict[str, Model]:
    """A session of a panel with one assessor, who has not rated."""
    of = {"city": round_.city}
    session = PanelSession.objects.create(
        **of, collection=round_, method=Method.OVERALL, title="老城片区（虚构）",
        held_on=timezone.localdate(), made_by=office,
    )  # fmt: skip
    PanelItem.objects.create(
        **of, session=session, collection=round_, item="B1.1.1", title_zh="整体印象", top=100,
        position=0,
    )  # fmt: skip
    seat = PanelSeat.objects.create(**of, session=session, person=assessor)
    return {"panel": session, "panel seat": seat}


def _inspector(city: City, key: str) -> User:
    """Whoever inspects in the city already; in a city without one, a new one."""
    held = Post.objects.filter(city=city, kind=PostKind.INSPECTOR).order_by("pk").first()
    return held.user if held else _second(city, f"first-{key}")


def _second(city: City, username: str = "second") -> User:
    return make_person(
        f"{username}-{city.pk}", name="同组考察员", city=city, kind=PostKind.INSPECTOR
    )


def _picture() -> bytes:
    stored = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(stored, "jpeg")
    return stored.getvalue()
