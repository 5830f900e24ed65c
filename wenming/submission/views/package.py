"""The documents of a round as an archive to take along, in the folders that one chooses."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms import DeskForm
from wenming.base.services.attachments import path_of
from wenming.base.services.audit import record
from wenming.base.templatetags.figures import words
from wenming.core.lifecycle import SubmissionState
from wenming.core.permissions import Capability
from wenming.files.packing import PackageIndex, PackedFile, file_name, packed
from wenming.framework.queries.headings import Headings, headings_of
from wenming.rounds.models import Collection
from wenming.submission.models import Submission, SubmissionVersion
from wenming.submission.views.coverage import around, found_collection

FOLDERS = ("item", "unit", "flat")
WIDTHS = (1.8, 2.2, 4.6, 5.2, 3.6, 2.4, 2.4, 3.4)


class PackageForm(DeskForm):
    """Which documents, and into which folders."""

    which = forms.ChoiceField(
        label=gettext_lazy("Which documents"),
        choices=[
            ("accepted", gettext_lazy("Accepted ones only")),
            ("all", gettext_lazy("All that were not withdrawn")),
        ],
    )
    folders = forms.ChoiceField(
        label=gettext_lazy("Folders"),
        choices=[
            ("item", gettext_lazy("Dimension / indicator / item")),
            ("unit", gettext_lazy("Unit / item")),
            ("flat", gettext_lazy("One folder for all")),
        ],
    )


@requires(Capability.VIEW_DOCUMENTS)
@require_safe
def package(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Choose and take the archive; a unit takes its own documents only."""
    collection = found_collection(request, pk)
    form = PackageForm(request.GET if "folders" in request.GET else None, request=request)
    if form.is_bound and form.is_valid():
        return _sent(request, collection, form.cleaned_data)
    context = {"form": form, **around(request, collection, "package")}
    return render(request, "submission/package.html", context, status=form.status)


def _sent(
    request: HttpRequest, collection: Collection, chosen: dict[str, str]
) -> StreamingHttpResponse:
    user = person(request)
    seen = Submission.objects.visible_to(user).for_city(city_of(request))
    rows = seen.filter(collection=collection).exclude(state=SubmissionState.WITHDRAWN)
    if chosen["which"] == "accepted":
        rows = rows.filter(state=SubmissionState.ACCEPTED)
    related = rows.select_related("requirement", "unit").order_by("requirement__position", "number")
    submissions = list(related)
    files = _files(submissions, headings_of(collection.edition), chosen["folders"])
    index = _index(collection, submissions, files)
    detail = {"round": collection.title_zh, "files": len(files)}
    record("submission.package", by=user, city=collection.city, subject=collection, detail=detail)
    name = _("Index")
    response = StreamingHttpResponse(
        packed(files, index, names=lambda ending: f"{name}.{ending}"),
        content_type="application/zip",
    )
    response.headers["Content-Disposition"] = content_disposition_header(
        True, f"{collection.key}-documents.zip"
    )
    return response


def _files(submissions: list[Submission], headings: Headings, folders: str) -> list[PackedFile]:
    newest = {
        (each.submission_id, each.number): each
        for each in SubmissionVersion.objects.filter(submission__in=submissions).select_related(
            "attachment__file"
        )
    }
    by_dimension = {each.key: each for each in headings.dimensions}
    found = []
    for each in submissions:
        asked, attachment = each.requirement, newest[each.pk, each.version].attachment
        item = f"{asked.item} {asked.item_zh}"
        above = by_dimension.get(asked.dimension)
        ways = {
            "item": [
                f"{asked.dimension} {above.title.zh if above else ''}",
                f"{asked.indicator} {headings.indicator(asked.indicator).title.zh}",
                item,
            ],
            "unit": [each.unit.name if each.unit else "_", item],
            "flat": [],
        }
        name = file_name(each.key, each.title, attachment.name)
        found.append(PackedFile(ways[folders], name, path_of(attachment.file)))
    return found


def _index(
    collection: Collection, submissions: list[Submission], files: list[PackedFile]
) -> PackageIndex:
    language = get_language() or "zh"
    header = [
        _("Document number"), _("Item"), _("What is asked for"), _("Document"), _("Unit"),
        _("Kind of evidence"), _("State"), _("File"),
    ]  # fmt: skip
    rows = [
        [
            each.key,
            each.requirement.item,
            words(each.requirement.name),
            each.title,
            each.unit.name if each.unit else "",
            wording.label("evidence_kind", each.requirement.kind, language),
            wording.label("submission_state", each.state, language),
            file.address,
        ]
        for each, file in zip(submissions, files, strict=True)
    ]
    title = _("Index of documents")
    lines = [words(collection.title)]
    if collection.is_synthetic:
        lines.append(_("Everything in this round is made up for demonstration."))
    return PackageIndex(title, lines, header, WIDTHS, rows)
