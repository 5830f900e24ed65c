"""The tree of the items of an edition, and the page of one item."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from wenming.base.access import city_of, person, requires
from wenming.core.framework import Edition as CoreEdition
from wenming.core.lifecycle import EditionState
from wenming.core.permissions import Capability
from wenming.core.succession import successions
from wenming.framework.forms.tree import TreeFilter
from wenming.framework.models import Edition, Item
from wenming.framework.queries.answering import answering_for
from wenming.framework.queries.beside import standings_of
from wenming.framework.queries.editions import edition_before, edition_of
from wenming.framework.queries.items import item_sheet, tree_of
from wenming.framework.views.seen_editions import found_edition, seen_editions


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The tree of the edition that was put in use last; without one, the list of editions."""
    edition = seen_editions(request).filter(state=EditionState.IN_USE).first()
    if edition is None:
        return redirect("framework:editions")
    return redirect("framework:item_tree", pk=edition.pk)


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def items(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Dimension, indicator, item: the tree, filtered by what the address says."""
    edition, user = found_edition(request, pk), person(request)
    seen = Item.objects.visible_to(user).for_city(city_of(request)).filter(edition=edition)
    form = TreeFilter(request.GET, edition=edition, user=user)
    shown = list(form.narrow(seen).order_by("position"))
    answering = answering_for(edition, by=user)
    standings = standings_of(user, city_of(request), edition)
    context = {
        "edition": edition,
        "others": [each for each in seen_editions(request) if each.pk != edition.pk],
        "form": form,
        "filtered": bool(form.chosen),
        "shown": len(shown),
        "tree": tree_of(edition, shown),
        "answering": answering,
        "standings": standings,
    }
    return render(request, "framework/edition/items.html", context)


@requires(Capability.VIEW_FRAMEWORK)
@require_safe
def item(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One item with everything that the edition says of it, and who answers for it."""
    edition, user = found_edition(request, pk), person(request)
    sheet = item_sheet(edition, key)
    if sheet is None:
        raise Http404
    context = {
        "edition": edition,
        "sheet": sheet,
        "item": sheet.item,
        "answering": answering_for(edition, by=user, item=key).get(key),
        "standing": standings_of(user, city_of(request), edition).get(key),
        "elsewhere": _elsewhere(request, edition.pk, key),
        "continues": _continued(request, edition, sheet.edition, key),
    }
    return render(request, "framework/edition/item.html", context)


def _elsewhere(request: HttpRequest, pk: UUID, key: str) -> list[Item]:
    """The item of this key in the other editions."""
    others = seen_editions(request).exclude(pk=pk)
    found = Item.objects.visible_to(person(request)).for_city(city_of(request)).filter(key=key)
    return list(found.filter(edition__in=others).select_related("edition").order_by("position"))


def _continued(
    request: HttpRequest, edition: Edition, built: CoreEdition, key: str
) -> list[dict[str, object]]:
    """The item of the edition before under another key, where the name is alike."""
    before = edition_before(edition, seen_editions(request).defer(None))
    if before is None:
        return []
    return [
        {"edition": before, "item": each.before.item, "kind": each.kind}
        for each in successions(edition_of(before), built)
        if each.before and each.after and each.after.item.key == key
        if each.before.item.key != key
    ]
