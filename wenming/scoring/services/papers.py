"""Registers the papers that report figures, and keeps each paper's own file with it."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from wenming.base.access import check
from wenming.base.models import Attachment, User
from wenming.base.services.audit import record, subject_of
from wenming.core.errors import DomainError
from wenming.core.permissions import Capability
from wenming.files.kinds import PICTURES, Kind
from wenming.rounds.models import Round
from wenming.scoring.models import Figure, ReportedDocument
from wenming.scoring.services.checking import keep_check
from wenming.scoring.services.figures import new_key, next_place, open_for_changes

PAPER_KINDS = PICTURES | {
    Kind.PDF, Kind.OFD, Kind.DOCX, Kind.DOC, Kind.XLSX, Kind.XLS, Kind.PPTX, Kind.PPT, Kind.CSV,
    Kind.TEXT,
}  # fmt: skip
"""What a paper can be; films and archives are none."""


class NotAPaper(DomainError):
    """The file is no paper that anybody could read."""

    code = "not_a_paper"


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """What is said of a paper (所报材料)."""

    title_zh: str
    title_en: str = ""
    as_of: str = ""


@transaction.atomic
def add_paper(
    round_: Round, entry: PaperEntry, *, by: User, file: Attachment | None = None
) -> ReportedDocument:
    """Add a paper that reports figures (登记材料); its key is made here.

    Args:
        file: the paper itself; None when it is not at hand.

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
        NotAPaper: see `attach_file`.
    """
    open_for_changes(round_, by=by)
    papers = ReportedDocument.objects.filter(round=round_)
    paper = ReportedDocument.objects.create(
        city_id=round_.city_id,
        round=round_,
        key=new_key("paper", set(papers.values_list("key", flat=True))),
        position=next_place(papers.aggregate(last=Max("position"))["last"]),
        **asdict(entry),
    )
    detail = {"title": paper.title_zh}
    record("paper.add", by=by, city=round_.city, subject=paper, detail=detail)
    if file is not None:
        attach_file(paper, file, by=by)
    return paper


@transaction.atomic
def change_paper(paper: ReportedDocument, entry: PaperEntry, *, by: User) -> ReportedDocument:
    """Change what is said of a paper; its figures are left alone.

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
    """
    open_for_changes(paper.round, by=by)
    fresh = ReportedDocument.objects.get(pk=paper.pk)
    before = fresh.title_zh
    for name, value in asdict(entry).items():
        setattr(fresh, name, value)
    fresh.save(update_fields=[*asdict(entry)])
    detail = {"from": before, "to": fresh.title_zh}
    record("paper.change", by=by, city=paper.round.city, subject=fresh, detail=detail)
    return fresh


@transaction.atomic
def remove_paper(paper: ReportedDocument, *, by: User) -> None:
    """Remove a paper with all its figures (删除材料).

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
    """
    round_ = paper.round
    open_for_changes(round_, by=by)
    count, _kinds = Figure.objects.filter(round=round_, document=paper.key).delete()
    detail = {"title": paper.title_zh, "figures": count}
    record("paper.remove", by=by, city=round_.city, subject=paper, detail=detail)
    ReportedDocument.objects.filter(pk=paper.pk).delete()
    keep_check(round_, by=by, is_after_change=True)


@transaction.atomic
def attach_file(paper: ReportedDocument, file: Attachment, *, by: User) -> Attachment:
    """Keep the paper itself with what it reports (上传材料原件); the latest file counts.

    A file can be added to a paper on whose figures a result stands, but not replaced.

    Args:
        file: as `by` brought it in, opened by whoever may see the figures.

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
        NotAPaper: a film or an archive.
    """
    check(by, Capability.EDIT_FIGURES, paper)
    if Kind(file.file.kind) not in PAPER_KINDS:
        raise NotAPaper(name=file.name)
    Round.objects.select_for_update().get(pk=paper.round_id)
    earlier = Attachment.objects.filter(subject=subject_of(paper)).order_by("-brought_at").first()
    if earlier is not None:
        open_for_changes(paper.round, by=by)
    file.subject = subject_of(paper)
    file.save(update_fields=["subject"])
    detail = {"title": paper.title_zh, "name": file.name, "digest": file.file.digest}
    action = "paper.attach"
    if earlier is not None:
        action, detail["from"] = "paper.replace", earlier.name
    record(action, by=by, city=paper.city, subject=paper, detail=detail)
    return file


@transaction.atomic
def detach_file(paper: ReportedDocument, file: Attachment, *, by: User) -> None:
    """Take a file away from a paper that it does not belong to (移除材料原件).

    The bytes stay among the files of the city, where nothing leads to them.

    Raises:
        PermissionDenied, FiguresFrozen: see `open_for_changes`.
    """
    open_for_changes(paper.round, by=by)
    named = Attachment.objects.filter(pk=file.pk, subject=subject_of(paper))
    if named.update(subject=""):
        detail = {"title": paper.title_zh, "name": file.name}
        record("paper.detach", by=by, city=paper.city, subject=paper, detail=detail)
