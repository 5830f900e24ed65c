"""What the office does with an edition, each time after a second look."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenming.base.access import city_of, person, requires
from wenming.base.forms import explain_on
from wenming.framework.forms.editions import DeleteForm, NameForm, SupersedeForm, UseForm
from wenming.framework.queries.beside import uses_of
from wenming.framework.services.drafts import (
    delete_draft,
    put_in_use,
    rename_edition,
    supersede,
)
from wenming.framework.templatetags.rules import named
from wenming.framework.views.seen_editions import EDIT, found_edition, given

METHODS = ["GET", "HEAD", "POST"]


@requires(EDIT)
@require_http_methods(METHODS)
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a draft a name of the city's own."""
    edition = found_edition(request, pk)
    form = NameForm(given(request), request=request, initial={"name": edition.name})
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            renamed = rename_edition(edition, form.cleaned_data["name"], by=person(request))
            told = _("The draft is now called “%(name)s”.") % {"name": named(renamed)}
            messages.success(request, told)
            return redirect("framework:edition", pk=edition.pk)
    context = {"edition": edition, "form": form}
    return render(request, "framework/edition/rename.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(METHODS)
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a draft in use; from then on it is frozen."""
    edition, city = found_edition(request, pk), city_of(request)
    form = UseForm(given(request), request=request, city=city, edition=edition)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            put_in_use(edition, by=person(request), instead_of=form.cleaned_data["instead_of"])
            told = _("“%(name)s” is in use now.") % {"name": named(edition)}
            messages.success(request, told)
            return redirect("framework:edition", pk=edition.pk)
    context = {"edition": edition, "form": form}
    return render(request, "framework/edition/use.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(METHODS)
def take_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an edition out of use."""
    edition, city = found_edition(request, pk), city_of(request)
    form = SupersedeForm(given(request), request=request, city=city, edition=edition)
    if request.method == "POST" and form.is_valid():
        with explain_on(form):
            supersede(edition, by=person(request), successor=form.cleaned_data["successor"])
            told = _("“%(name)s” is out of use now.") % {"name": named(edition)}
            messages.success(request, told)
            return redirect("framework:edition", pk=edition.pk)
    uses = uses_of(person(request), city, [edition])[edition.pk]
    context = {"edition": edition, "form": form, "uses": uses}
    return render(request, "framework/edition/supersede.html", context, status=form.status)


@requires(EDIT)
@require_http_methods(METHODS)
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    edition = found_edition(request, pk)
    form = DeleteForm(given(request), request=request)
    if request.method == "POST" and form.is_valid():
        name = named(edition)
        with explain_on(form):
            delete_draft(edition, by=person(request))
            messages.success(request, _("The draft “%(name)s” was deleted.") % {"name": name})
            return redirect("framework:editions")
    context = {"edition": edition, "form": form}
    return render(request, "framework/edition/delete.html", context, status=form.status)
