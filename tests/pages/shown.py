"""The demo round in the database, as the pages show it; taken out again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.cast import make_person
from wenming.base.models import City, User
from wenming.core.permissions import PostKind
from wenming.inspection.models import Observation
from wenming.scoring.models import Run
from wenming.scoring.services import load_folder
from wenming.submission.models import Document
from wenming.survey.models import Question

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Shown:
    """A run with one address of every kind of page, and the people who read them.

    Attributes:
        other: a run of another city, without points.
        reader, neighbour: of the office of the one city and of the other.
    """

    run: Run
    other: Run
    addresses: dict[str, str]
    reader: User
    neighbour: User


@contextmanager
def shown(blocker: DjangoDbBlocker) -> Iterator[Shown]:
    """Load two cities for the tests of one module, and take them out afterwards."""
    with blocker.unblock():
        other = load_folder(EXAMPLES / "dongying")
        run = load_folder(EXAMPLES / "demo")
        found = Shown(
            run,
            other,
            _addresses(run),
            reader=_office("reader", run.city),
            neighbour=_office("neighbour", other.city),
        )
    yield found
    with blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


def _office(username: str, city: City) -> User:
    return make_person(username, name="Li", city=city, kind=PostKind.OFFICE)


def _addresses(run: Run) -> dict[str, str]:
    seen = Observation.objects.filter(round=run.round, remark__gt="").earliest("position")
    asked = Question.objects.filter(round=run.round).earliest("position")
    paper = Document.objects.filter(round=run.round).earliest("position")
    named = {
        "home": reverse("scoring:home"),
        "overview": reverse("scoring:overview", args=[run.pk]),
        "items": reverse("scoring:items", args=[run.pk]),
        "items of one dimension": reverse("scoring:items", args=[run.pk]) + "?dimension=B4",
        "no items": reverse("scoring:items", args=[run.pk]) + "?text=nothing-like-it",
        "sites item": reverse("scoring:item", args=[run.pk, seen.item]),
        "survey item": reverse("scoring:item", args=[run.pk, asked.item]),
        "papers item": reverse("scoring:item", args=[run.pk, paper.item]),
        "observations": reverse("scoring:item_sites", args=[run.pk, seen.item]),
        "site": reverse("scoring:site", args=[run.pk, seen.site_id]),
        "observation": reverse("scoring:observation", args=[run.pk, seen.pk]),
        "answers": reverse("scoring:question", args=[run.pk, asked.item, asked.column]),
        "document": reverse("scoring:document", args=[run.pk, paper.pk]),
        "findings": reverse("scoring:findings", args=[run.pk]),
        "method": reverse("scoring:method", args=[run.pk]),
        "gap matrix": reverse("scoring:gap_matrix", args=[run.pk]),
        "topic report": reverse("scoring:topic", args=[run.pk]),
    }
    ways = ("item", "dimension", "group", "unit", "county", "street", "site_type")
    gaps = reverse("scoring:gaps", args=[run.pk])
    return named | {f"gaps by {way}": f"{gaps}?by={way}" for way in ways}
