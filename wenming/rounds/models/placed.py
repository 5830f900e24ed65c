"""Rows that lie somewhere: the place as it was given, and the same in WGS-84."""

from django.db import models
from django.db.models import Q

from wenming.base.models import CityRow
from wenming.files.datum import Datum, Located

PLACE = ("given_longitude", "given_latitude", "longitude", "latitude")


class PlacedRow(CityRow):
    """A row that lies somewhere, or of which nobody has said where (位置).

    Attributes:
        datum: what the given numbers refer to; "" as long as nobody said where it is.
        given_longitude, given_latitude: the place as it was brought in, in degrees.
        longitude, latitude: the same place in WGS-84, in degrees.
    """

    datum = models.CharField(max_length=10, blank=True)
    given_longitude = models.FloatField(null=True)
    given_latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> Located | None:
        """Where it is, as given and in WGS-84 (位置); None when nobody said it."""
        if not self.datum or self.given_longitude is None or self.given_latitude is None:
            return None
        given = (Datum(self.datum), self.given_longitude, self.given_latitude)
        return Located(*given, self.longitude or 0.0, self.latitude or 0.0)


def placed_or_not(name: str) -> models.CheckConstraint:
    """The constraint of a table: a place is given whole or not at all (位置约束)."""
    return models.CheckConstraint(
        condition=Q(datum="", **{f"{each}__isnull": True for each in PLACE})
        | (
            ~Q(datum="")
            & Q(longitude__range=(-180, 180), latitude__range=(-90, 90))
            & Q(**{f"{each}__isnull": False for each in PLACE})
        ),
        name=name,
    )
