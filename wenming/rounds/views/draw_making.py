"""Making a sealed draw: first what is drawn from, then how many; from the register or a list."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.base.models import Attachment
from wenming.base.services.attachments import path_of
from wenming.base.views.asking import sent
from wenming.core.errors import BadInput
from wenming.core.permissions import Capability
from wenming.core.terms import Words
from wenming.files.kinds import Kind
from wenming.rounds.forms.draw_frames import (
    ListFileForm,
    ListFrameForm,
    RegisterFrameForm,
    WhatForm,
)
from wenming.rounds.forms.draws import DrawForm, Framed, draw_form
from wenming.rounds.models import RegisteredSite
from wenming.rounds.queries.collections import checklists_in_force, titles_in
from wenming.rounds.queries.draw_frames import (
    CERTAIN,
    DrawFrame,
    frame_of_file,
    register_frame,
    strata_in,
    with_strata,
)
from wenming.rounds.services.draws import DrawWish, make_sealed_draw
from wenming.rounds.views.draws import METHODS
from wenming.stats.sampling.plan import WHOLE

DRAW = Capability.DRAW


@requires(DRAW)
@require_safe
def draw_new(request: HttpRequest) -> HttpResponse:
    """The two ways: sites of the register, or a list of one's own."""
    return render(request, "rounds/draws/new.html")


@requires(DRAW)
@require_http_methods(METHODS)
def draw_from_register(request: HttpRequest) -> HttpResponse:
    """Draw sites of the register."""
    city = city_of(request)
    titles = titles_in(checklists_in_force(city))
    what = RegisterFrameForm(request.GET or None, request=request)
    seen = RegisteredSite.objects.visible_to(person(request)).for_city(city)
    what.offer(seen.in_use(), titles)
    framed = None
    if what.is_bound and what.is_valid():
        with explain_on(what):
            frame = register_frame(city, what.wish)
            framed = _framed(frame, what, titles)
    return _second_step(request, what, framed)


@requires(DRAW)
@require_http_methods(METHODS)
def draw_list_new(request: HttpRequest) -> HttpResponse:
    """Bring a list of one's own."""
    form = ListFileForm(request.POST or None, request.FILES or None, request=request)
    if request.method == "POST" and form.is_valid():
        with explain_on(form, field="file"):
            brought = form.cleaned_data["file"]
            _frame_in(brought)
            return redirect("rounds:draw_from_list", pk=brought.pk)
    context = {"form": form, "title": _("Draw from a list of your own")}
    return render(request, "rounds/draws/bring.html", context, status=form.status)


@requires(DRAW)
@require_http_methods(METHODS)
def draw_from_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw rows of a list that one brought."""
    own = Attachment.objects.visible_to(person(request)).for_city(city_of(request))
    brought = get_object_or_404(own.filter(brought_by=person(request)), pk=pk)
    what = ListFrameForm(request.GET or None, request=request)
    framed = None
    frame = _looked_through(brought)
    what.offer(frame)
    if what.is_bound and what.is_valid():
        with explain_on(what):
            framed = _framed(frame, what, {})
    return _second_step(request, what, framed, brought=brought)


def _framed(
    frame: DrawFrame, what: RegisterFrameForm | ListFrameForm, titles: Mapping[str, Words]
) -> Framed:
    language = "en" if get_language() == "en" else "zh"
    frame, columns = with_strata(frame, what.columns)
    names = {key: title.in_language(language) for key, title in titles.items()}
    names |= {WHOLE: _("the whole list"), CERTAIN: _("taken for certain")}
    strata = strata_in(frame, columns)
    return Framed(frame, columns, strata, names, what.cleaned_data["collection"])


def _looked_through(brought: Attachment) -> DrawFrame:
    """The list again; a file that is none was never looked through, and is not there."""
    try:
        return _frame_in(brought)
    except BadInput as refused:
        raise Http404 from refused


def _frame_in(brought: Attachment) -> DrawFrame:
    is_workbook = brought.file.kind == Kind.XLSX
    return frame_of_file(path_of(brought.file), name=brought.name, is_workbook=is_workbook)


def _second_step(
    request: HttpRequest,
    what: WhatForm,
    framed: Framed | None,
    brought: Attachment | None = None,
) -> HttpResponse:
    how: DrawForm | None = None
    if framed is not None:
        how = draw_form(framed)(sent(request), request=request)
        if how.is_bound and how.is_valid():
            with explain_on(how):
                made = make_sealed_draw(
                    city_of(request), _wish(how, framed, brought), by=person(request)
                )
                messages.success(
                    request, _("The draw is made and sealed; its commitment is public now.")
                )
                return redirect("rounds:draw", pk=made.pk)
    status = max(what.status, how.status if how else 200)
    context = {"what": what, "how": how, "framed": framed, "brought": brought}
    return render(request, "rounds/draws/make.html", context, status=status)


def _wish(how: DrawForm, framed: Framed, brought: Attachment | None) -> DrawWish:
    frame, columns, plan = how.frame_and_plan()
    strata_in(frame, columns)
    return DrawWish(
        title=how.cleaned_data["title"],
        rows=frame.plain(),
        plan=plan,
        collection=framed.collection,
        label=columns.name,
        of_register=frame.of_register,
        source=brought,
    )
