"""What the desk finds beside a page: search, related rows, progress; the only tables of it."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wenming.api.odk.untaken import photos_of, waiting_of_round
from wenming.base.models import User
from wenming.base.queries.search import people_found, units_found
from wenming.base.relating import RelatedFinder
from wenming.base.seeking import Source
from wenming.core.lifecycle import CollectionState
from wenming.core.permissions import Capability
from wenming.framework.queries.beside import Beside
from wenming.framework.queries.search import framework_items_found
from wenming.framework.queries.units import duties_of_unit
from wenming.inspection.queries.progress import (
    hearing_progress,
    observation_progress,
    visit_progress,
)
from wenming.rounds.models import Collection, SealedDraw, Site
from wenming.rounds.progress import ProgressFinder
from wenming.rounds.queries import sites_of_unit
from wenming.scoring.models import Run
from wenming.scoring.queries.beside import rounds_of, standings_of
from wenming.scoring.queries.search import items_found, runs_found
from wenming.statistic.queries.progress import figures_of_round
from wenming.submission.queries.progress import documents_of_round
from wenming.survey.models import Sheet
from wenming.survey.queries.sheets import sheets_of_round

C = Capability

RELATED_TO_UNIT: Sequence[RelatedFinder] = (duties_of_unit, sites_of_unit)
"""What the page of a unit says of other rooms."""

SEARCHED: Sequence[Source] = (
    Source("items", _("Items"), C.VIEW_RESULTS, items_found),
    Source("framework", _("Items of the framework"), C.VIEW_FRAMEWORK, framework_items_found),
    Source("units", _("Units"), C.VIEW_ORGANISATION, units_found),
    Source("people", _("People"), C.VIEW_PEOPLE, people_found),
    Source("runs", _("Rounds and runs"), C.VIEW_RUNS, runs_found),
)
"""What the search looks through, in this order."""

BESIDE: Sequence[Beside] = (Beside(uses=rounds_of, standings=standings_of),)
"""What rooms downstream say beside editions and items of the framework."""


ROUND_PROGRESS: Sequence[ProgressFinder] = (
    visit_progress,
    sheets_of_round,
    documents_of_round,
    figures_of_round,
    observation_progress,
    hearing_progress,
)
"""How far each method of a round is; each room of a method has its line here."""


def round_pages(request: HttpRequest, collection: Collection) -> list[tuple[str, str]]:
    """What rooms further downstream do with a round, as far as the person may."""
    user = request.user
    if not isinstance(user, User):
        return []
    pages = []
    of_round = Run.objects.visible_to(user).filter(round__collection=collection)
    run = of_round.order_by("-number").first()
    if run is not None:
        pages.append((gettext("Latest run"), reverse("scoring:record", args=[run.pk])))
    if user.may(C.MANAGE_ROUNDS, city=collection.city):
        pages.append((gettext("Panels"), reverse("inspection:panels", args=[collection.pk])))
        waiting = waiting_of_round(user, collection)
        if waiting:
            said = ngettext("%(n)d form not taken in", "%(n)d forms not taken in", waiting)
            address = f"{reverse('forms:untaken')}?state=open&round={collection.pk}"
            pages.append((said % {"n": waiting}, address))
    if user.may(C.RUN_SCORING, city=collection.city):
        address = reverse("scoring:score_gathered", args=[collection.pk])
        pages.append((gettext("Score it now"), address))
    return pages


def draw_pages(request: HttpRequest, draw: SealedDraw) -> list[tuple[str, str]]:
    """What rooms further downstream do with what a draw released, as far as the person may."""
    user, round_ = request.user, draw.collection
    if not isinstance(user, User) or round_ is None or not draw.of_register:
        return []
    if round_.state == CollectionState.CLOSED or not user.may(C.MANAGE_ROUNDS, city=draw.city):
        return []
    return [
        (gettext("Plan visits from what was released"), reverse("inspection:drawn", args=[draw.pk]))
    ]


def site_pages(request: HttpRequest, site: Site) -> list[tuple[str, str]]:
    """What is known of a site in rooms further downstream, as far as the person may see it."""
    user = request.user
    if not isinstance(user, User):
        return []
    runs = Run.objects.visible_to(user).filter(round=site.round_id, city=site.city_id)
    run = runs.order_by("-number").first()
    if run is None:
        return []
    return [(gettext("What was seen there"), reverse("scoring:site", args=[run.pk, site.pk]))]


def sheet_photos(sheet: Sheet) -> list[tuple[str, str]]:
    """Photographs that came with an answer sheet: name and address."""
    return [
        (each.name, reverse("forms:sheet_photo", args=[sheet.pk, each.pk]))
        for each in photos_of(sheet)
    ]
