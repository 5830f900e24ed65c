"""What a picture says about itself (EXIF): which way is up, when and where it was taken."""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import ExifTags, Image

_UNREADABLE = (
    OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, struct.error,
)  # fmt: skip
_SIGNS = {"N": 1, "S": -1, "E": 1, "W": -1}
_MOST_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Exif:
    """The few things that are read; the rest is dropped with the original's metadata.

    Attributes:
        orientation: 1 to 8; 1 is upright, and so is any other number.
        taken: date and time as the camera wrote it, such as `2026:10:01 09:30:00`.
        offset: from UTC as the camera wrote it, such as `+08:00`; "" when it did not.
        longitude: WGS-84 degrees, or None.
        latitude: WGS-84 degrees, or None.
    """

    orientation: int = 1
    taken: str = ""
    offset: str = ""
    longitude: float | None = None
    latitude: float | None = None


def read_exif(image: Image.Image) -> Exif:
    """The metadata of a picture; what cannot be read counts as not there."""
    try:
        exif = image.getexif()
        shot = exif.get_ifd(ExifTags.IFD.Exif)
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        orientation = exif.get(ExifTags.Base.Orientation)
        taken = shot.get(ExifTags.Base.DateTimeOriginal)
        longitude, latitude = _place(place)
        return Exif(
            orientation=orientation if isinstance(orientation, int) else 1,
            taken=_text(taken or exif.get(ExifTags.Base.DateTime)),
            offset=_text(
                shot.get(ExifTags.Base.OffsetTimeOriginal if taken else ExifTags.Base.OffsetTime)
            ),
            longitude=longitude,
            latitude=latitude,
        )
    except _UNREADABLE:
        return Exif()


def _text(value: object) -> str:
    return value.strip("\0 ")[:_MOST_CHARACTERS] if isinstance(value, str) else ""


def _place(tags: Mapping[int, object]) -> tuple[float | None, float | None]:
    latitude = _degrees(tags.get(ExifTags.GPS.GPSLatitude), tags.get(ExifTags.GPS.GPSLatitudeRef))
    longitude = _degrees(
        tags.get(ExifTags.GPS.GPSLongitude), tags.get(ExifTags.GPS.GPSLongitudeRef)
    )
    if longitude is None or latitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    if not longitude and not latitude:  # what cameras write when they do not know
        return None, None
    return longitude, latitude


def _degrees(parts: object, side: object) -> float | None:
    """Degrees from degrees, minutes and seconds, or None."""
    if not isinstance(parts, tuple) or len(parts) != 3 or side not in _SIGNS:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    angle = degrees + minutes / 60 + seconds / 3600
    return _SIGNS[str(side)] * angle if math.isfinite(angle) else None
