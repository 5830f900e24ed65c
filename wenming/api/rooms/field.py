"""Inspection on a phone: what is taken along, photographs in pieces, and what comes back."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from pydantic import Field

from wenming.api.finding import one, seen
from wenming.api.operations import Deed, Room
from wenming.api.rooms.field_forms import ChecklistShown, SheetGiven, VisitShown
from wenming.api.shapes import Count, Given, Identity, Shown
from wenming.base.access import city_of, person
from wenming.core.permissions import Capability
from wenming.inspection.models import PhotoUpload, SiteVisit
from wenming.inspection.queries.day import day_out
from wenming.inspection.services import uploads
from wenming.inspection.services.taking import take_sheet

INSPECT = Capability.INSPECT
BYTES = "application/octet-stream"
room = Room(tags=["Inspection 实地考察"])

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ErrandsShown(Shown):
    """Everything that an inspector takes along."""

    visits: list[VisitShown]
    checklists: dict[str, ChecklistShown]


class UploadGiven(Given):
    """A photograph before its bytes."""

    id: Identity = Field(description="Made on the phone, once for each photograph")
    visit: Identity
    size: Count = Field(description="Bytes of the whole; at most 15 MB")
    digest: Digest = Field(description="SHA-256 of the whole, hexadecimal")


class UploadShown(Shown):
    """How far an upload is."""

    id: UUID
    offset: int = Field(description="Bytes that the server has; the next piece begins there")
    is_done: bool

    @classmethod
    def of(cls, upload: PhotoUpload) -> "UploadShown":
        """From its row."""
        return cls(id=upload.pk, offset=upload.offset, is_done=upload.attachment_id is not None)


class TakenShown(Shown):
    """What was taken."""

    instance: UUID
    visit: UUID
    state: str
    version: int
    repeated: bool = Field(description="The same sheet had been taken before")


@room.deed(Deed("GET", "/field/day", INSPECT, "本人的考察任务包。", ErrandsShown))
def show_errands(request: HttpRequest) -> ErrandsShown:
    """The visits of the caller with their checklists, to be taken along without network."""
    day = day_out(person(request), city_of(request))
    return ErrandsShown(
        visits=[VisitShown.of(errand) for errand in day.errands],
        checklists={key: ChecklistShown.of(each) for key, each in day.checklists.items()},
    )


@room.deed(Deed("POST", "/field/uploads", INSPECT, "开始或续传照片。", UploadShown, 201))
def begin_photo(request: HttpRequest, given: UploadGiven) -> UploadShown:
    """Begin to upload a photograph, or learn where it broke off; 409 for another one."""
    visit = one(seen(request, SiteVisit, INSPECT).select_related("city"), given.visit)
    begun = uploads.begin_upload(
        visit, given.id, size=given.size, digest=given.digest, by=person(request)
    )
    return UploadShown.of(begun)


@room.deed(
    Deed(
        "PUT",
        "/field/photos/{uuid:pk}",
        INSPECT,
        "整张上传照片，最大 1 MB。",
        UploadShown,
        takes=BYTES,
    )
)
def put_photo(request: HttpRequest, pk: UUID, visit: Identity, digest: Digest) -> UploadShown:
    """Bring a photograph of at most 1 MB in one piece; brought again, it is the same.

    409 `upload_offset` when a part of it came in pieces before: it goes on there.
    """
    found = one(seen(request, SiteVisit, INSPECT).select_related("city"), visit)
    taken = uploads.take_photo(found, pk, request.body, digest=digest, by=person(request))
    return UploadShown.of(taken)


@room.deed(Deed("GET", "/field/uploads/{uuid:pk}", INSPECT, "照片续传进度。", UploadShown))
def show_photo(request: HttpRequest, pk: UUID) -> UploadShown:
    """How many bytes of a photograph are there."""
    return UploadShown.of(one(seen(request, PhotoUpload), pk))


@room.deed(
    Deed(
        "PUT",
        "/field/uploads/{uuid:pk}/{int:offset}",
        INSPECT,
        "上传照片分片；起点不符时返回 409 和正确起点。",
        UploadShown,
        takes=BYTES,
    )
)
def append_photo(request: HttpRequest, pk: UUID, offset: int) -> UploadShown:
    """Append a piece of at most 1 MB; 409 tells the offset where the next one begins."""
    upload = one(seen(request, PhotoUpload), pk)
    sent = uploads.append_chunk(upload, request.body, offset=offset, by=person(request))
    return UploadShown.of(sent)


@room.deed(Deed("POST", "/field/uploads/{uuid:pk}/finish", INSPECT, "照片上传完成。", UploadShown))
def finish_photo(request: HttpRequest, pk: UUID) -> UploadShown:
    """Check the whole by its digest and take it in; finished again, it is the same."""
    upload = one(seen(request, PhotoUpload).select_related("city"), pk)
    uploads.restart_broken(upload, by=person(request))
    return UploadShown.of(uploads.finish_upload(upload, by=person(request)))


@room.deed(
    Deed("POST", "/field/visits/{uuid:pk}/sheets", INSPECT, "提交考察记录。", TakenShown, 201)
)
def send_sheet(request: HttpRequest, pk: UUID, given: SheetGiven) -> TakenShown:
    """Hand in what was seen; the same instance is taken once, however often it is sent."""
    visit = one(seen(request, SiteVisit, INSPECT).select_related("city"), pk)
    taken = take_sheet(visit, given.sheet, by=person(request))
    return TakenShown(
        instance=taken.sheet.instance,
        visit=taken.visit.pk,
        state=taken.visit.state,
        version=taken.sheet.version,
        repeated=taken.is_repeated,
    )
