"""People: their list, and the page of one person with accounts and posts."""

from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from wenming.base import wording
from wenming.base.access import city_of, person, requires
from wenming.base.forms.people import post_choices
from wenming.base.models import Group, Post, Unit, User
from wenming.base.queries.people import listed_people, people_of
from wenming.base.queries.units import held_on
from wenming.base.services.people import is_kept_by
from wenming.base.tables import Column, Empty, Table, TableFilter, list_page
from wenming.core.permissions import Capability

C = Capability


def found_person(request: HttpRequest, pk: UUID) -> User:
    """Somebody of the city whom the person sees, or 404."""
    seen = listed_people(
        people_of(person(request), city_of(request)), city=city_of(request), day=localdate()
    )
    return get_object_or_404(seen.select_related("home"), pk=pk)


class PersonFilter(TableFilter):
    """By what people are narrowed down."""

    text = forms.CharField(label=_("Name, initials, user name"))
    post = forms.ChoiceField(label=_("Post"), choices=post_choices)
    unit = forms.ChoiceField(label=_("Unit"))
    group = forms.ChoiceField(label=_("Working group"))
    state = forms.ChoiceField(
        label=_("Account"),
        choices=[
            ("open", _("Active")),
            ("closed", _("Closed")),
            ("locked", _("Locked")),
            ("bare", _("Without a post")),
        ],
    )

    def offer(self) -> None:
        """Units in which posts are held, and the working groups."""
        posts = Post.objects.visible_to(self.user).for_city(self.city)
        units = Unit.objects.visible_to(self.user).for_city(self.city)
        units = units.filter(pk__in=posts.values("unit")).order_by("pinyin", "pk")
        self.choices_of("unit", [(str(each.pk), each.name) for each in units])
        groups = Group.objects.visible_to(self.user).for_city(self.city)
        named = [(str(each.pk), each.title_zh) for each in groups.order_by("position", "key")]
        self.choices_of("group", named)

    def narrow(self, rows: QuerySet[User]) -> QuerySet[User]:
        """The people that fit; posts count while they are held."""
        chosen = self.chosen
        if "text" in chosen:
            text = chosen["text"]
            sounds = Q(pinyin__contains=text.lower()) | Q(username__istartswith=text)
            rows = rows.filter(Q(name__icontains=text) | sounds)
        held = Post.objects.for_city(self.city).filter(held_on(localdate()), user=OuterRef("pk"))
        if "post" in chosen:
            rows = rows.filter(Exists(held.filter(kind=chosen["post"])))
        if "unit" in chosen:
            rows = rows.filter(Exists(held.filter(unit=chosen["unit"])))
        if "group" in chosen:
            of_group = Q(group=chosen["group"]) | Q(unit__group=chosen["group"])
            rows = rows.filter(Exists(held.filter(of_group)))
        states = {
            "open": Q(is_active=True),
            "closed": Q(is_active=False),
            "locked": Q(is_locked_out=True),
            "bare": ~Exists(held),
        }
        return rows.filter(states[chosen["state"]]) if "state" in chosen else rows


def _posts(user: User) -> str:
    language = get_language() or "zh"
    said = []
    for post in user.posts_here:  # type: ignore[attr-defined]  # listed_people fetches them
        where = post.unit or post.group
        kind = wording.label("post", post.kind, language)
        said.append(f"{kind}（{where}）" if where else kind)
    return "；".join(said)


PEOPLE = Table(
    key="people",
    title=_("People"),
    columns=(
        Column("name", _("Full name"), sort="pinyin"),
        Column("username", _("User name"), sort="username"),
        Column("posts", _("Posts"), value=_posts, template="base/people/posts_cell.html"),
        Column("is_active", _("Account"), template="base/people/state_cell.html"),
        Column("has_factor", _("Second factor"), kind="yes"),
        Column("last_login", _("Last log-in"), kind="moment", sort="last_login"),
        Column("created_at", _("Since"), kind="moment", sort="created_at", is_optional=True),
        Column("email", _("E-mail"), is_optional=True),
        Column("phone", _("Telephone"), is_optional=True),
    ),
    sort="name",
    filters=PersonFilter,
    address=lambda user: reverse("base:person", args=[user.pk]),
    opens_in_drawer=True,
    empty=Empty(
        _("Nobody yet"),
        _("The system administrator opens accounts, the security administrator gives posts."),
        "base:person_new",
        _("New account"),
        C.EDIT_PEOPLE,
    ),
)


@requires(C.VIEW_PEOPLE)
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """The people of the city as a list."""
    rows = people_of(person(request), city_of(request))
    listed = listed_people(rows, city=city_of(request), day=localdate())
    return list_page(request, PEOPLE, listed, template="base/people/people.html")


@requires(C.VIEW_PEOPLE)
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: account and posts, those held, to come, and over."""
    found, today, city = found_person(request, pk), localdate(), city_of(request)
    posts = Post.objects.visible_to(person(request)).for_city(city).filter(user=found)
    listed = list(posts.select_related("unit", "group").order_by("-valid_from", "kind"))
    held = person(request).capabilities(city)
    is_oneself = found.pk == person(request).pk
    context = {
        "found": found,
        "is_kept": is_kept_by(found, city),
        "held": [each for each in listed if each.is_valid(today)],
        "coming": [each for each in listed if each.valid_from and each.valid_from > today],
        "over": [each for each in listed if each.valid_until and each.valid_until < today],
        "is_without_password": not found.has_usable_password(),
        "may_edit": C.EDIT_PEOPLE in held and not is_oneself,
        "may_grant": C.GRANT_POSTS in held and not is_oneself,
        "may_unlock": C.UNLOCK_ACCOUNTS in held,
        "may_drop_factors": C.UNLOCK_ACCOUNTS in held and not is_oneself,
        "is_oneself": is_oneself,
    }
    return render(request, "base/people/person.html", context)
