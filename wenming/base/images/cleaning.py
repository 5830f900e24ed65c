"""The parent's side: asks a child, waits no longer than it may, believes little."""

import json
import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from wenming.base.darkroom.limits import ENDINGS, MEGABYTE, NAMES, REASONS, Limits
from wenming.base.images.rooms import Gone, Late, room
from wenming.core.errors import DomainError

_LOOKS = re.compile("[0-9a-f]{16}")
_SIGKILL, _SIGXCPU = 9, 24
CAMERA_ZONE = ZoneInfo("Asia/Shanghai")
"""Taken for a camera's clock that does not say its zone."""


class BadPicture(DomainError):
    """A picture is refused (图片不可用); its facts name the reason, a key of `REASONS`."""

    code = "bad_picture"

    @property
    def reason(self) -> str:
        """Why, as a key of `REASONS`."""
        return str(self.facts["reason"])


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture drawn anew (净图): what was decoded, without anything else of the file.

    Attributes:
        clean: the whole picture, upright, in sRGB, without metadata.
        preview: at most 1280 pixels, JPEG.
        thumbnail: at most 320 pixels, JPEG.
        kind: `jpeg`, `png` or `webp`; of the clean copy.
        width: of the clean copy, in pixels.
        height: of the clean copy, in pixels.
        looks: difference hash, 16 hexadecimal digits.
        taken_at: by the camera's clock, with a zone; None when it did not say.
        is_zone_assumed: the camera named no zone; Asia/Shanghai was taken.
        longitude: where it was taken, WGS-84 degrees, or None.
        latitude: as `longitude`; both are None or none is.
    """

    clean: Path
    preview: Path
    thumbnail: Path
    kind: str
    width: int
    height: int
    looks: str
    taken_at: datetime | None
    is_zone_assumed: bool
    longitude: float | None
    latitude: float | None


def clean_picture(source: Path, *, into: Path, limits: Limits | None = None) -> CleanPicture:
    """Decode a picture in a limited child process and draw it anew.

    Why: a decoder is where a hostile file strikes. The child has little memory and time,
    no network and no more rights than to write into one folder.

    Args:
        source: the file as it was brought in; JPEG, PNG or WebP.
        into: an existing folder for `clean`, `preview` and `thumbnail`.
        limits: other ceilings than the usual ones.

    Raises:
        BadPicture: it is no picture, broken, cut short, too large, or hides another file.
        OSError: the file or the folder cannot be used.
    """
    limits = limits or Limits()
    if (size := source.stat().st_size) > limits.megabytes * MEGABYTE:
        raise BadPicture(reason="too_many_bytes", bytes=size, most=limits.megabytes * MEGABYTE)
    _clear(into)
    try:
        told = _told(source, into.resolve(), limits)
        if "reason" in told:
            raise _refused(told)
        return _believed(told, into, limits)
    except BadPicture:
        _clear(into)
        raise


def _told(source: Path, into: Path, limits: Limits) -> dict[str, object]:
    """What the child says about the picture, or why it said nothing."""
    asked: dict[str, object] = {
        "source": str(source.resolve()),
        "into": str(into),
        "memory_mb": limits.memory_mb,
        "cpu_s": limits.cpu_s,
        "file_mb": 2 * limits.megabytes,
        "megapixels": limits.megapixels,
    }
    try:
        code, told = _asked(asked, limits.wall_s)
    except Late:
        return {"reason": "too_slow", "facts": {"seconds": limits.wall_s}}
    except Gone:
        return {"reason": "broken"}
    return _parsed(told) if code == 0 else _by_code(code, limits)


def _asked(picture: dict[str, object], wall_s: float) -> tuple[int, str]:
    """The answer of a child; one that had ended while it waited is replaced once."""
    try:
        with room() as warm:
            return warm.ask(picture, wall_s=wall_s)
    except Gone:
        with room() as other:
            return other.ask(picture, wall_s=wall_s)


def _parsed(answer: str) -> dict[str, object]:
    try:
        told = json.loads(answer)
    except ValueError:
        return {"reason": "broken"}
    return told if isinstance(told, dict) else {"reason": "broken"}


def _by_code(code: int, limits: Limits) -> dict[str, object]:
    """Why a child ended without an answer."""
    if code == -_SIGXCPU:
        return {"reason": "too_slow", "facts": {"seconds": limits.cpu_s}}
    if code == -_SIGKILL:  # by the system, when memory runs out
        return {"reason": "too_much_memory", "facts": {"megabytes": limits.memory_mb}}
    return {"reason": "broken"}


def _refused(told: dict[str, object]) -> BadPicture:
    reason, facts = str(told["reason"]), told.get("facts")
    known = REASONS.get(reason)
    if known is None or not isinstance(facts, dict):
        return BadPicture(reason="broken" if known is None else reason)
    return BadPicture(reason=reason, **{name: facts[name] for name in known if name in facts})


def _believed(told: dict[str, object], into: Path, limits: Limits) -> CleanPicture:
    """The answer of the child, each part checked: it has looked at a stranger's file."""
    kind, looks, exif = told.get("kind"), told.get("looks"), told.get("exif")
    width, height = told.get("width"), told.get("height")
    copies = _copies(into)
    if (
        not isinstance(kind, str)
        or kind not in ENDINGS
        or not isinstance(looks, str)
        or not _LOOKS.fullmatch(looks)
        or not isinstance(exif, dict)
        or not isinstance(width, int)
        or not isinstance(height, int)
        or not 0 < width * height <= limits.megapixels * MEGABYTE
        or [copy.name for copy in copies]
        != [f"clean.{ENDINGS[kind]}", "preview.jpg", "thumbnail.jpg"]
    ):
        raise BadPicture(reason="broken")
    taken_at, is_zone_assumed = _moment(exif.get("taken"), exif.get("offset"))
    longitude, latitude = _place(exif.get("longitude"), exif.get("latitude"))
    return CleanPicture(
        clean=copies[0],
        preview=copies[1],
        thumbnail=copies[2],
        kind=kind,
        width=width,
        height=height,
        looks=looks,
        taken_at=taken_at,
        is_zone_assumed=is_zone_assumed,
        longitude=longitude,
        latitude=latitude,
    )


def _copies(into: Path) -> list[Path]:
    """The plain files that the child has left, in the order of `NAMES`."""
    return [place for place in _places(into) if place.is_file() and not place.is_symlink()]


def _clear(into: Path) -> None:
    for place in _places(into):
        place.unlink(missing_ok=True)


def _places(into: Path) -> list[Path]:
    return [into / f"{name}.{ending}" for name in NAMES for ending in ENDINGS.values()]


def _moment(taken: object, offset: object) -> tuple[datetime | None, bool]:
    """When a picture was taken, and whether its zone is only assumed."""
    try:
        local = datetime.strptime(str(taken), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None, False
    try:
        zone = datetime.strptime(str(offset), "%z").utcoffset() or timedelta()
    except ValueError:
        return local.replace(tzinfo=CAMERA_ZONE), True
    return local.replace(tzinfo=timezone(zone)), False


def _place(longitude: object, latitude: object) -> tuple[float | None, float | None]:
    if not isinstance(longitude, float) or not isinstance(latitude, float):
        return None, None
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        return None, None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else (None, None)
