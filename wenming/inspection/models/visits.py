"""Visits of sites in a round: who goes where on which day, and what they bring back."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from wenming.base.models import Attachment, CityQuerySet, CityRow, ExactNumber, User, one_of
from wenming.base.sight import Sight
from wenming.core.evidence.visits import NotPossible, PhotoSource
from wenming.core.lifecycle import VISIT, DrawState, VisitState
from wenming.core.permissions import Capability
from wenming.core.terms import Outcome
from wenming.rounds.models import Collection, DrawPick, RegisteredSite

VIEW = Capability.VIEW_VISITS
OPENED = DrawState.REVEALED


class SiteVisitQuerySet(CityQuerySet["SiteVisit"]):
    """Visits; where a sealed draw sends a pair, only its team and the pair know beforehand."""

    def visible_to(self, user: User, capability: Capability | None = None) -> Self:
        """What a person may see of the visits of a round (可见范围).

        A visit that was planned from a sealed draw is shown to those to whom the drawn site was
        released and to the pair; to everybody else once something was handed in for it, or once
        the draw is public.
        """
        is_open = Q(pick=None) | ~Q(state=VisitState.PLANNED) | Q(pick__draw__state=OPENED)
        told = Q(pick__in=DrawPick.objects.released_to(user).values("pk"))
        own = Q(pk__in=VisitInspector.objects.filter(person=user).values("visit"))
        return super().visible_to(user, capability).filter(is_open | told | own)


class SiteVisit(CityRow):
    """A site that is looked at in a round, by a pair on a day (实地考察任务).

    Attributes:
        pick: the drawn unit of which it was planned; None for one that was planned by hand.
        site_type: key of the checklist that is used.
        route, position: the way of the day, and the place in it, from 1.
        version: number of the sheet that is handed in next, from 1.
        returned_because, remarks: what is to be corrected; remarks are objects of line and text.
        not_possible: why the site could not be visited, a code; "" elsewhere.
    """

    machine = VISIT
    sight = Sight(by=VIEW, team="inspectors__person")

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="visits")
    site = models.ForeignKey(RegisteredSite, on_delete=models.PROTECT, related_name="visits")
    pick = models.OneToOneField(DrawPick, null=True, on_delete=models.PROTECT, related_name="visit")
    site_type = models.TextField()
    planned_on = models.DateField()
    route = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=VisitState.PLANNED)
    version = models.PositiveIntegerField(default=1)
    returned_because = models.TextField(blank=True)
    remarks = models.JSONField(default=list)
    not_possible = models.CharField(max_length=20, blank=True)
    submitted_at = models.DateTimeField(null=True)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar = SiteVisitQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(  # a refusal would tell where a sealed draw sends a pair
                fields=["collection", "site", "planned_on"],
                condition=Q(pick=None),
                name="visit_by_hand_once_a_day",
            ),
            models.CheckConstraint(condition=one_of("state", VisitState), name="visit_state_known"),
            models.CheckConstraint(
                condition=one_of("not_possible", NotPossible) | Q(not_possible=""),
                name="visit_not_possible_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["collection", "state"])]

    def __str__(self) -> str:
        return f"{self.site} {self.planned_on}"


class VisitInspector(CityRow):
    """One of the pair that visits a site (考察人员)."""

    sight = Sight(by=VIEW, team="visit__inspectors__person")

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="inspectors")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "person"], name="visit_inspector_once")
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class VisitSheet(CityRow):
    """What came back from a visit in one piece (考察记录); it is never changed.

    Attributes:
        instance: made on the phone; however often the sheet is sent, it is taken once.
        digest: SHA-256 of its content; another content under the same instance is refused.
        latitude, longitude, accuracy: where the phone was, in degrees of WGS-84 and metres.
    """

    sight = Sight(by=VIEW, team="visit__inspectors__person")

    visit = models.ForeignKey(SiteVisit, on_delete=models.PROTECT, related_name="sheets")
    instance = models.UUIDField(unique=True)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    not_possible = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "version"], name="sheet_version_once"),
            models.CheckConstraint(
                condition=Q(finished_at__gte=F("begun_at")), name="sheet_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} v{self.version}"


class VisitRecord(CityRow):
    """What was seen for one line of the checklist (检查记录).

    Attributes:
        recorded: what the inspector judged; "" where the number decides.
        outcome: what that comes to.
        number, base: what was counted; of a share, those in order and all.
        value: the number by which the line is judged; None where nothing was counted.
        seconds: of a timed observation.
    """

    sight = Sight(by=VIEW, team="sheet__visit__inspectors__person")

    sheet = models.ForeignKey(VisitSheet, on_delete=models.CASCADE, related_name="records")
    line = models.TextField()
    recorded = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20)
    number = models.PositiveIntegerField(null=True)
    base = models.PositiveIntegerField(null=True)
    value = ExactNumber(null=True)
    seconds = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    remark = models.TextField(blank=True)
    seen_at = models.DateTimeField()
    position = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "line"], name="visit_record_line_once"),
            models.CheckConstraint(
                condition=one_of("outcome", Outcome), name="visit_record_outcome_known"
            ),
            models.CheckConstraint(
                condition=one_of("recorded", Outcome) | Q(recorded="", value__isnull=False),
                name="visit_record_judged_or_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.outcome}"


class VisitPhoto(CityRow):
    """A photograph of one line, with when, where and how it was taken (取证照片).

    Attributes:
        is_mocked: the device said that its place is simulated; None where it says nothing.
    """

    sight = Sight(by=VIEW, team="sheet__visit__inspectors__person")

    sheet = models.ForeignKey(VisitSheet, on_delete=models.CASCADE, related_name="photos")
    line = models.TextField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    is_mocked = models.BooleanField(null=True)
    source = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=one_of("source", PhotoSource), name="visit_photo_source_known"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["sheet", "line"])]

    def __str__(self) -> str:
        return f"{self.line} {self.taken_at:%H:%M}"
