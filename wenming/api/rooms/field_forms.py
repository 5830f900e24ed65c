"""Forms of inspection on a phone: what is shown of a visit, and what a sheet holds."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from wenming.api.shapes import (
    Count,
    Flag,
    Given,
    Identity,
    Key,
    Line,
    Moment,
    Shown,
    Whole,
    WordsShown,
)
from wenming.core.evidence.visits import (
    LineRecord,
    NotObserved,
    NotPossible,
    PhotoSource,
    asks_photo,
    takes_gallery,
    timed_seconds,
)
from wenming.core.framework import Checklist
from wenming.core.framework.checklist import CheckLine
from wenming.core.terms import Outcome
from wenming.inspection.models import VisitRecord
from wenming.inspection.queries.day import Errand
from wenming.inspection.services.taking import Fix, GivenPhoto, GivenSheet

Degrees = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Turn = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Metres = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Seconds = Annotated[int, Field(ge=0, le=86_400)]


class LineShown(Shown):
    """One line of a checklist, with what the phone must know of it."""

    key: str
    title: WordsShown
    severity: str
    judgement: str
    op: str = Field(description="The line is met where value op limit; blank for pass or fail")
    limit: str = Field(description="Shares are 0 to 1")
    window: str
    seconds: int = Field(description="Of a timed observation; 0 where it is not timed")
    photo: bool = Field(description="A photograph is needed where the line is not met")
    gallery: bool = Field(description="It may come from the gallery")

    @classmethod
    def of(cls, line: CheckLine) -> "LineShown":
        """From a line of the checklist."""
        return cls(
            key=line.key,
            title=WordsShown.of(line.title),
            severity=line.severity.value,
            judgement=line.judgement.value,
            op=line.limit.op.value if line.limit else "",
            limit=f"{line.limit.value:f}" if line.limit else "",
            window=line.window,
            seconds=timed_seconds(line),
            photo=asks_photo(line),
            gallery=takes_gallery(line),
        )


class ChecklistShown(Shown):
    """The checklist of a site type."""

    title: WordsShown
    how: str
    lines: list[LineShown]

    @classmethod
    def of(cls, checklist: Checklist) -> "ChecklistShown":
        """From a checklist."""
        return cls(
            title=WordsShown.of(checklist.title),
            how=checklist.how,
            lines=[LineShown.of(line) for line in checklist.lines],
        )


class RecordShown(Shown):
    """What was seen for a line in the sheet that came back."""

    line: str
    outcome: str
    value: int | None
    base: int | None
    seconds: int | None
    reason: str
    remark: str
    seen_at: datetime

    @classmethod
    def of(cls, row: VisitRecord) -> "RecordShown":
        """From its row."""
        return cls(
            line=row.line, outcome=row.recorded, value=row.number, base=row.base,
            seconds=row.seconds, reason=row.reason, remark=row.remark, seen_at=row.seen_at,
        )  # fmt: skip


class PlaceShown(Shown):
    """Where a visit leads."""

    key: str
    title: str
    site_type: str
    county: str
    street: str
    address: str
    latitude: float | None
    longitude: float | None


class RemarkShown(Shown):
    """What is wrong with a line of the sheet that came back."""

    line: str
    text: str


class VisitShown(Shown):
    """A visit as the phone keeps it."""

    id: UUID
    state: str
    version: int = Field(description="Of the sheet that is handed in next")
    planned_on: str
    route: str
    position: int
    collection: WordsShown
    site: PlaceShown
    partners: list[str]
    checklist: str = Field(description="Key of its checklist")
    reason: str = Field(description="Why it was returned; blank elsewhere")
    remarks: list[RemarkShown]
    records: list[RecordShown]
    photographed: list[str] = Field(description="Lines of which a photograph is there already")

    @classmethod
    def of(cls, errand: Errand) -> "VisitShown":
        """From a visit with what came back."""
        visit, site = errand.visit, errand.visit.site
        same = ("key", "title", "site_type", "county", "street", "address", "latitude", "longitude")
        return cls(
            id=visit.pk,
            state=visit.state,
            version=visit.version,
            planned_on=visit.planned_on.isoformat(),
            route=visit.route,
            position=visit.position,
            collection=WordsShown.of(visit.collection.title),
            site=PlaceShown(**{name: getattr(site, name) for name in same}),
            partners=list(errand.partners),
            checklist=errand.checklist,
            reason=visit.returned_because,
            remarks=[RemarkShown(**each) for each in visit.remarks],
            records=[RecordShown.of(each) for each in errand.records],
            photographed=list(errand.photographed),
        )


class RecordGiven(Given):
    """What was seen for one line."""

    line: Key
    outcome: Annotated[Outcome, Field(strict=False)] | None = Field(
        None, description="Null where the number decides"
    )
    value: Whole | None = Field(None, description="A count; of a share, those in order")
    base: Whole | None = Field(None, description="Of a share, all that were looked at")
    seconds: Seconds | None = None
    reason: Annotated[NotObserved, Field(strict=False)] | None = None
    remark: Line = ""
    seen_at: Moment

    @property
    def record(self) -> LineRecord:
        """The record, as the rules take it."""
        return LineRecord(
            self.line, self.outcome, self.value, self.base, self.seconds,
            self.reason.value if self.reason else "", self.remark.strip(), self.seen_at,
        )  # fmt: skip


class PhotoGiven(Given):
    """A photograph that was uploaded before."""

    id: Identity
    line: Key
    taken_at: Moment
    latitude: Degrees | None = None
    longitude: Turn | None = None
    accuracy: Metres | None = None
    mocked: Flag | None = Field(None, description="Null where the device does not say")
    source: Annotated[PhotoSource, Field(strict=False)]

    @property
    def photo(self) -> GivenPhoto:
        """The photograph, as the service takes it."""
        fix = Fix(self.latitude, self.longitude, self.accuracy)
        return GivenPhoto(self.id, self.line, self.source, self.taken_at, fix, self.mocked)


class SheetGiven(Given):
    """What came back from a visit in one piece."""

    instance: Identity = Field(description="Made on the phone; the same sheet is taken once")
    version: Count
    site: Key = Field(description="Key of the site, which must be that of the visit")
    begun_at: Moment
    finished_at: Moment
    latitude: Degrees | None = None
    longitude: Turn | None = None
    accuracy: Metres | None = None
    not_possible: Annotated[NotPossible, Field(strict=False)] | None = None
    note: Line = ""
    records: list[RecordGiven] = Field(default_factory=list, max_length=500)
    photos: list[PhotoGiven] = Field(default_factory=list, max_length=500)

    @property
    def sheet(self) -> GivenSheet:
        """The sheet, as the service takes it."""
        return GivenSheet(
            instance=self.instance,
            version=self.version,
            site=self.site,
            begun_at=self.begun_at,
            finished_at=self.finished_at,
            records=[each.record for each in self.records],
            photos=[each.photo for each in self.photos],
            fix=Fix(self.latitude, self.longitude, self.accuracy),
            not_possible=self.not_possible.value if self.not_possible else "",
            note=self.note.strip(),
        )
