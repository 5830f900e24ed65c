"""A round with a checklist of every judgement, a pair of inspectors, and a visit for them."""

import hashlib
import io
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone
from PIL import Image

from tests.cast import make_person
from tests.rounds.building import Field, small_field
from wenming.base.models import User
from wenming.core.evidence.visits import LineRecord, PhotoSource
from wenming.core.permissions import PostKind
from wenming.core.terms import AssignmentRole, Outcome
from wenming.framework.models import ChecklistSet
from wenming.inspection.models import PhotoUpload, SiteVisit
from wenming.inspection.services.planning import DayPlan, plan_visits
from wenming.inspection.services.taking import GivenPhoto, GivenSheet
from wenming.inspection.services.uploads import append_chunk, begin_upload, finish_upload
from wenming.rounds.services.collections import assign_person

CHUNK = 200_000


def _line(number: int, title: str, **more: str) -> dict[str, str]:
    said = {"title_en": "", "item": "B2.1.1", "severity": "minor", "judge": "pass_fail"}
    return {"key": f"r{number}", "site_type": "main_road", "title_zh": title, **said, **more}


LINES = [
    _line(1, "立面整洁"),
    _line(2, "无占道经营", judge="count", op="<=", value="0"),
    _line(3, "行人无乱穿", judge="count", op="<=", value="0", window="1 min"),
    _line(4, "路灯亮灯率", judge="share", op=">=", value="0.9"),
    _line(5, "消防通道畅通", severity="critical"),
]


@dataclass(frozen=True)
class Errand:
    """The round with its pair and one visit of the road."""

    field: Field
    sun: User
    gao: User
    visit: SiteVisit

    @property
    def lin(self) -> User:
        """The office."""
        return self.field.cast.lin


def small_errand() -> Errand:
    """A round that takes in evidence, with a visit of its road today."""
    field = small_field()
    lists = field.collection.checklist_set
    assert lists is not None
    content = {**lists.content, "lines": LINES}
    ChecklistSet.objects.filter(pk=lists.pk).update(content=content)
    field.collection.checklist_set = ChecklistSet.objects.get(pk=lists.pk)
    sun = field.cast.sun
    gao = make_person("gao", name="高远", city=field.cast.city, kind=PostKind.INSPECTOR)
    for person in (sun, gao):
        role = [AssignmentRole.INSPECTOR]
        assign_person(field.collection, person, role, by=field.cast.lin)
    plan = DayPlan(timezone.localdate(), (sun, gao))
    (visit,) = plan_visits(field.collection, [field.road], plan, by=field.cast.lin)
    return Errand(field, sun, gao, visit)


def seen(
    line: str, outcome: Outcome | None = None, number: int | None = None, **more: object
) -> LineRecord:
    """What was seen for a line, some minutes ago."""
    said = {"base": None, "seconds": None, "reason": "", "remark": "", "seen_at": ago(5)} | more
    return LineRecord(line, outcome, number, **said)  # type: ignore[arg-type]


def ago(minutes: float) -> datetime:
    """A moment in the past, to the second, as the phone writes it."""
    return (timezone.now() - timedelta(minutes=minutes)).replace(microsecond=0)


def all_well(**other: LineRecord) -> list[LineRecord]:
    """Every line of the checklist is met, but for those that are given."""
    well = {
        "r1": seen("r1", Outcome.CONFORM),
        "r2": seen("r2", number=0),
        "r3": seen("r3", number=0, seconds=60),
        "r4": seen("r4", number=9, base=10),
        "r5": seen("r5", Outcome.CONFORM),
    }
    return list((well | other).values())


def sheet(**more: object) -> GivenSheet:
    """The first sheet of the visit, without a failing line."""
    said: dict[str, object] = {
        "instance": uuid4(),
        "version": 1,
        "site": "S1",
        "begun_at": ago(20),
        "finished_at": ago(1),
        "records": all_well(),
        "photos": [],
    }
    return GivenSheet(**(said | more))  # type: ignore[arg-type]


def picture(size: int = 400) -> bytes:
    """A photograph that no other is like."""
    image = Image.frombytes("RGB", (size, size), os.urandom(size * size * 3))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def uploaded(visit: SiteVisit, by: User, content: bytes | None = None) -> PhotoUpload:
    """A photograph that came in pieces."""
    content = picture() if content is None else content
    digest = hashlib.sha256(content).hexdigest()
    upload = begin_upload(visit, uuid4(), size=len(content), digest=digest, by=by)
    for offset in range(0, len(content), CHUNK):
        upload = append_chunk(upload, content[offset : offset + CHUNK], offset=offset, by=by)
    return finish_upload(upload, by=by)


def shot(upload: UUID, line: str, source: PhotoSource = PhotoSource.CAMERA) -> GivenPhoto:
    """What the sheet says of it."""
    return GivenPhoto(upload, line, source, ago(4))
