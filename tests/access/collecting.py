"""Rows of both cities in which evidence is collected, and the addresses that stand on them.

Each room of a method has its part here, so that `world` and `addresses` need not grow.
"""

import io
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.utils import timezone
from PIL import Image

from tests.core.questionnaire.building import instrument, question
from wenming.api.models import SentForm, SentPhoto
from wenming.base.models import City, Post, Unit, User
from wenming.base.services.attachments import bring_in
from wenming.core.permissions import Capability, PostKind
from wenming.core.terms import AssignmentRole, EvidenceKind, RoundKind, SheetSource, Words
from wenming.files.register_workbook import write_register
from wenming.files.statistics_workbook import write_statistics
from wenming.framework.models import Edition
from wenming.rounds.models import Collection
from wenming.rounds.services.collections import (
    CollectionPlan,
    Span,
    Standard,
    assign_person,
    open_collection,
    plan_collection,
)
from wenming.rounds.services.draws import DrawWish, make_sealed_draw
from wenming.rounds.services.register_imports import bring_register
from wenming.rounds.services.sites import SiteDetails, make_site
from wenming.statistic.models import Entry
from wenming.statistic.services.imports import bring_statistics
from wenming.stats.sampling import plan_from
from wenming.submission.services.papers import Paper, hand_in
from wenming.submission.services.requirements import RequirementEntry, add_requirement
from wenming.survey.models import (
    AnswerLink,
    ContactCount,
    Fieldwork,
    LinkBatch,
    PaperKeying,
    PaperSheet,
    Quota,
    Sheet,
)
from wenming.survey.models.links import digest_of
from wenming.survey.services.instrument_imports import bring_xlsform
from wenming.survey.services.instruments import bring_instrument, put_instrument_in_use

Rows = dict[str, Model]
ROWS: Mapping[str, tuple[str, ...]] = {
    "rounds:collection": ("collection",),
    "rounds:collection_edit": ("collection",),
    "rounds:collection_calendar": ("collection",),
    "rounds:collection_numbers": ("collection",),
    "rounds:collection_facts": ("collection",),
    "rounds:collection_team": ("collection",),
    "rounds:collection_open": ("collection",),
    "rounds:collection_close": ("collection",),
    "rounds:collection_reopen": ("collection",),
    "scoring:score_gathered": ("collection",),
    "scoring:round_folder": ("round",),
    "rounds:register_site": ("registered",),
    "rounds:register_edit": ("registered",),
    "rounds:register_retire": ("registered",),
    "rounds:register_restore": ("registered",),
    "rounds:register_check": ("register import",),
    "rounds:register_preview": ("register import",),
    "statistic:entry": ("entry figure",),
    "statistic:edit": ("entry figure",),
    "statistic:step": ("entry figure",),
    "statistic:check": ("statistics import",),
    "submission:requirement": ("requirement",),
    "submission:edit": ("requirement",),
    "submission:drop": ("requirement",),
    "submission:paper": ("submission",),
    "submission:again": ("submission",),
    "submission:step": ("submission",),
    "submission:version_file": ("version",),
    "inspection:visits": ("visited round",),
    "inspection:records": ("visited round",),
    "inspection:plan": ("visited round",),
    "inspection:visit": ("visit handed in",),
    "inspection:accept": ("visit handed in",),
    "inspection:return": ("visit handed in",),
    "inspection:drop": ("visit",),
    "inspection:drawn": ("draw",),
    "inspection:panels": ("visited round",),
    "inspection:panel_new": ("visited round",),
    "inspection:panel": ("panel",),
    "inspection:panel_close": ("panel",),
    "inspection:panel_reopen": ("panel",),
    "inspection:panel_drop": ("panel",),
    "survey:instrument": ("instrument",),
    "survey:sheets": ("visited round",),
    "survey:fieldwork_set": ("visited round",),
    "survey:quotas": ("collection",),
    "survey:quotas_set": ("collection",),
    "survey:raking": ("collection",),
    "survey:margin": ("collection",),
    "survey:margin_clear": ("collection",),
    "survey:trim": ("collection",),
    "survey:contacts": ("collection",),
    "survey:quality": ("visited round",),
    "survey:open_answers": ("visited round",),
    "forms:untaken_form": ("refused form",),
    "forms:untaken_settle": ("refused form",),
    "forms:untaken_xml": ("refused form",),
    "forms:untaken_file": ("refused form", "refused file"),
    "survey:answers": ("answer sheet",),
    "survey:accept_sheet": ("answer sheet",),
    "survey:aside": ("answer sheet",),
    "survey:papers": ("collection",),
    "survey:paper_key": ("collection",),
    "survey:paper_settle": ("paper sheet",),
    "survey:links": ("collection",),
    "survey:links_new": ("collection",),
    "survey:links_close": ("link batch",),
    "survey:instrument_file": ("instrument",),
    "survey:instrument_use": ("instrument",),
    "survey:instrument_retire": ("instrument",),
    "survey:instrument_copy": ("instrument",),
    "survey:editor": ("instrument",),
    "survey:bank": ("instrument",),
    "survey:question_new": ("instrument",),
    "survey:instrument_check": ("questionnaire import",),
    "rounds:draw": ("draw",),
    "rounds:draw_list": ("draw",),
    "rounds:draw_list_file": ("draw",),
    "rounds:draw_mine": ("draw",),
    "rounds:draw_replace": ("draw", "pick"),
    "rounds:draw_looks": ("draw",),
    "rounds:draw_join": ("draw",),
    "rounds:draw_leave": ("draw", "draw member"),
    "rounds:draw_reveal": ("draw",),
    "rounds:draw_from_list": ("draw list",),
}
"""The rows whose identities make the address of a view, by its name."""


def collected(city: City, edition: Edition, *, unit: Unit, by: User) -> Rows:
    """One row of each kind, those of a unit of the one that is given."""
    rows: Rows = {}
    for part in PARTS:
        rows |= part(city, edition, unit, by, rows)
    return rows


def _round(city: City, edition: Edition, unit: Unit, by: User, _rows: Rows) -> Rows:
    plan = CollectionPlan(
        "2026-4", RoundKind.SELF_TEST, Words("第四轮自测"),
        Span(date(2026, 11, 1), date(2026, 12, 20)),
    )  # fmt: skip
    standard = Standard(edition, edition.checklists)
    planned = plan_collection(city, plan, standard=standard, by=by)
    details = SiteDetails("S-1", "和平路（虚构）", "main_road", unit=unit, county="", street="")
    workbook = SimpleUploadedFile(
        "点位.xlsx", write_register([["S-9", "无此类型", "no_type", *[""] * 12]])
    )
    file = bring_in(workbook, city=city, by=by, opened_by=Capability.EDIT_REGISTER)
    return {
        "collection": open_collection(planned, by=by),
        "registered": make_site(city, details, by=by),
        "register import": bring_register(file, city=city, by=by),
    }


def _documents(city: City, edition: Edition, unit: Unit, by: User, rows: Rows) -> Rows:
    item = edition.items.order_by("position")[0].key
    entry = RequirementEntry(item, "学习制度（虚构）", EvidenceKind.PHOTO, (2026, 2026), unit=unit)
    requirement = add_requirement(rows["collection"], entry, by=by)  # type: ignore[arg-type]
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(drawn, "png")
    upload = SimpleUploadedFile("实景（虚构）.png", drawn.getvalue())
    file = bring_in(upload, city=city, by=by, opened_by=Capability.VIEW_DOCUMENTS)
    submission = hand_in(requirement, Paper(file, "实景（虚构）"), by=by)
    return {
        "requirement": requirement,
        "submission": submission,
        "version": submission.versions.get(),
    }


def _figures(city: City, edition: Edition, unit: Unit, by: User, rows: Rows) -> Rows:
    made = Entry.objects.create(
        city=city, collection=rows["collection"], item="B1.1.1", unit=unit, period="2025",
        value=Decimal("9.5"), source="年鉴（虚构）", entered_by=by, entered_at=timezone.now(),
    )  # fmt: skip
    workbook = SimpleUploadedFile("统计数据.xlsx", write_statistics([{"条目编号": "B9"}]))
    file = bring_in(workbook, city=city, by=by, opened_by=Capability.VIEW_STATISTICS)
    return {
        "entry figure": made,
        "statistics import": bring_statistics(file, rows["collection"], by=by),  # type: ignore[arg-type]
    }


def _draw(city: City, _edition: Edition, _unit: Unit, by: User, rows: Rows) -> Rows:
    """A sealed draw with its office as keeper, and a list that waits to be drawn from."""
    frame = [{"户号": f"H{n}", "社区": "花园社区（虚构）"} for n in range(9)]
    plan = plan_from(
        {"label": "入户", "key": "户号", "method": "simple", "n": 3, "replacements": 2}
    )
    collection = rows["collection"]
    assert isinstance(collection, Collection)
    wish = DrawWish("入户抽样（虚构）", frame, plan, collection=collection)
    draw = make_sealed_draw(city, wish, by=by)
    brought = SimpleUploadedFile("住户.csv", "户号,社区\nH1,花园\n".encode())
    return {
        "draw": draw,
        "pick": draw.picks.earliest("position"),
        "draw member": draw.members.get(),
        "draw list": bring_in(brought, city=city, by=by, opened_by=Capability.VIEW_DRAW),
    }


def _questionnaire(city: City, _edition: Edition, _unit: Unit, by: User, rows: Rows) -> Rows:
    """A draft, a workbook that is none, and an answer sheet of another questionnaire."""
    draft = bring_instrument(instrument(question("why")), city=city, by=by)
    workbook = SimpleUploadedFile("问卷.xlsx", write_register([]))
    file = bring_in(workbook, city=city, by=by, opened_by=Capability.EDIT_QUESTIONNAIRE)
    used = put_instrument_in_use(
        bring_instrument(instrument(question("how"), version="2"), city=city, by=by), by=by
    )
    work = Fieldwork.objects.create(
        city=city, collection=rows["collection"], instrument=used, clusters=["community"]
    )
    _asked(work, by)
    now = timezone.now()
    batch = LinkBatch.objects.create(
        city=city, fieldwork=work, title="海报（虚构）", is_shared=True,
        drawn={"community": "线上"}, ends_at=now + timedelta(days=9), made_by=by,
    )  # fmt: skip
    secret = digest_of(f"link-{city.pk}")
    AnswerLink.objects.create(city=city, batch=batch, digest=secret, number=1)
    return {
        "fieldwork": work,
        "link batch": batch,
        "paper sheet": _paper(work, by),
        "answer sheet": Sheet.objects.create(
            city=city,
            fieldwork=work,
            instance=uuid4(),
            source=SheetSource.HOUSEHOLD,
            interviewer=by,
            drawn={"community": "花园（虚构）"},
            started_at=now,
            ended_at=now,
        ),
        "instrument": draft,
        "questionnaire import": bring_xlsform(file, city=city, by=by),
    }


def _asked(work: Fieldwork, by: User) -> None:
    """An interviewer of the city, where it has one, a quota, and contacts of a day."""
    of = {"city": work.city, "fieldwork": work}
    for post in Post.objects.filter(city=work.city, kind=PostKind.INTERVIEWER).order_by("pk")[:1]:
        assign_person(work.collection, post.user, [AssignmentRole.INTERVIEWER], by=by)
    Quota.objects.create(**of, position=0, cell={"how": "x"}, wanted=3)
    ContactCount.objects.create(
        **of, interviewer=by, day=timezone.localdate(), refused=1, not_reached=0, not_eligible=0,
        unknown_eligibility=0, entered_by=by, entered_at=timezone.now(),
    )  # fmt: skip


def _sent_forms(city: City, _edition: Edition, _unit: Unit, by: User, rows: Rows) -> Rows:
    """A form that was refused, and one that became the answer sheet, each with a file."""
    instance = str(rows["answer sheet"].instance)  # type: ignore[attr-defined]
    refused = SentForm.objects.create(
        city=city, sent_by=by, digest="0" * 64, xml=b"<data/>", refused="odk_xml_unreadable"
    )
    taken = SentForm.objects.create(
        city=city, sent_by=by, digest="1" * 64, xml=b"", instance=instance, taken_at=timezone.now()
    )
    refused_file, photo = (
        SentPhoto.objects.create(city=city, form=form, name="one.jpg", content=b"0")
        for form in (refused, taken)
    )
    return {"refused form": refused, "refused file": refused_file, "sheet photo": photo}


def _paper(work: Fieldwork, by: User) -> PaperSheet:
    """A paper that was keyed by two people, who differ."""
    of = {"city": work.city}
    paper = PaperSheet.objects.create(**of, fieldwork=work, number="17")
    said = {"day": "2026-11-05", "began": "09:00", "ended": "09:10", "drawn community": "花园"}
    other = User.objects.exclude(pk=by.pk).earliest("pk")
    for position, person in ((1, by), (2, other)):
        content = said | {"answer how": f"甲{position}"}
        PaperKeying.objects.create(
            **of, paper=paper, position=position, person=person, content=content
        )
    return paper


PARTS: tuple[Callable[[City, Edition, Unit, User, Rows], Rows], ...] = (
    _round,
    _documents,
    _figures,
    _draw,
    _questionnaire,
    _sent_forms,
)
"""What each room adds; a later one finds the rows of the earlier."""
