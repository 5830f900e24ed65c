"""Units of the invented city hand in documents and figures; two people look at each."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from wenming.base.models import User
from wenming.base.services.attachments import bring_in
from wenming.config.staging.people import Staff
from wenming.config.staging.pictures import letter, photograph, table
from wenming.core.permissions import Capability
from wenming.core.terms import EvidenceKind
from wenming.rounds.models import Collection, Round
from wenming.statistic.queries.wanted import wanted_figures
from wenming.statistic.services.entries import Figures, confirm_figure, enter_figure
from wenming.submission.models import Requirement, Submission
from wenming.submission.services.papers import (
    Paper,
    accept,
    hand_in,
    hand_in_again,
    pass_on,
    reject,
    send_back,
)
from wenming.submission.services.requirements import build_requirements

_RETURNED_EVERY = 11
_DATED = date(2026, 3, 18)


def ask_for_papers(collection: Collection, *, staff: Staff) -> list[Requirement]:
    """Ask the units for what the edition judges by documents."""
    build_requirements(collection, by=staff.office)
    return list(collection.requirements.order_by("position").select_related("unit"))


def hand_in_papers(
    wanted: Iterable[Requirement], like: Round, *, staff: Staff
) -> list[tuple[Submission, str]]:
    """Hand in a document for each requirement that somebody answers for.

    Returns:
        Each document with the outcome that its like had in the loaded round.
    """
    best: dict[tuple[str, int], str] = {}
    for item, condition, outcome in like.documents.values_list("item", "condition", "outcome"):
        if best.get((item, condition)) != "accepted":
            best[item, condition] = outcome
    made = []
    for n, each in enumerate(wanted, start=1):
        speaker = staff.speakers.get(each.unit_id) if each.unit_id else None
        if speaker is None:
            continue
        submission = hand_in(each, _paper(each, by=speaker), by=speaker)
        if n % _RETURNED_EVERY == 0:
            submission = _done_again(submission, each, staff, by=speaker)
        made.append((submission, best.get((each.item, each.condition), "accepted")))
    return made


def _done_again(
    submission: Submission, wanted: Requirement, staff: Staff, *, by: User
) -> Submission:
    back = send_back(submission, reason="缺少落款日期（演示）", by=staff.reviewer)
    return hand_in_again(back, _paper(wanted, by=by, version=2), by=by)


def review_papers(papers: Iterable[tuple[Submission, str]], *, staff: Staff) -> None:
    """Pass them on and decide; what still waits in the loaded round waits here as well."""
    for submission, outcome in papers:
        if outcome == "pending":
            continue
        passed = pass_on(submission, by=staff.reviewer)
        if outcome == "rejected":
            reject(passed, reason="与要求不符（演示）", by=staff.office)
        else:
            accept(passed, by=staff.office)


def _paper(wanted: Requirement, *, by: User, version: int = 1) -> Paper:
    kind = EvidenceKind(wanted.kind)
    name = f"{wanted.collection.key}-{wanted.position:03}-{version}"
    issuer = wanted.unit.name if wanted.unit else ""
    if kind is EvidenceKind.PHOTO:
        suffix, content = "jpg", photograph(name)
    elif kind is EvidenceKind.TABLE:
        suffix, content = "xlsx", table(wanted.title, [["年度", "数值"], ["2025", name]])
    else:
        said = f"{issuer}：{wanted.title}。编号 {name}，{_DATED:%Y 年 %m 月 %d 日}。"
        suffix, content = "docx", letter(wanted.title, [said])
    upload = SimpleUploadedFile(f"{name}.{suffix}", content)
    city = wanted.city
    file = bring_in(upload, city=city, by=by, opened_by=Capability.VIEW_DOCUMENTS)
    return Paper(
        file, f"{wanted.title}（演示）", dated_on=_DATED, issuer=issuer,
        has_seal=kind is EvidenceKind.NORMATIVE,
    )  # fmt: skip


def enter_figures(collection: Collection, like: Round, *, staff: Staff, share: float = 1) -> None:
    """Enter the figures that the loaded round has; the first `share` of them is confirmed."""
    asked = {(each.item, each.condition): each for each in wanted_figures(collection)}
    known = [
        row for row in like.statistics.order_by("position") if (row.item, row.condition) in asked
    ]
    for n, row in enumerate(known):
        figures = Figures(
            row.item, row.condition, row.period, row.value, f"{row.source}（虚构）", row.unit
        )
        entry = enter_figure(collection, figures, by=staff.office)
        if n < len(known) * share:
            confirm_figure(entry, by=staff.assessor)
