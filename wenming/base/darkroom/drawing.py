"""From the bytes of a picture to clean copies: upright, in sRGB, without metadata."""

import importlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from wenming.base.darkroom.exif import Exif, read_exif
from wenming.base.darkroom.hidden import hidden_in
from wenming.base.darkroom.limits import ENDINGS, MEGABYTE, PREVIEW_PX, THUMBNAIL_PX
from wenming.base.darkroom.looks import looks_of

_KINDS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp"}
_SAVING: dict[str, dict[str, object]] = {
    "jpeg": {"quality": 90},
    "png": {"compress_level": 6},
    "webp": {"quality": 90, "method": 2},
}
_SMALL: dict[str, object] = {"quality": 82}
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_NARROWEST = 8

Image.MAX_IMAGE_PIXELS = None  # we count ourselves, before a single pixel is decoded
ImageFile.LOAD_TRUNCATED_IMAGES = False


class Refused(Exception):
    """The picture is not taken.

    Attributes:
        reason: a key of `limits.REASONS`.
        facts: what the sentence needs.
    """

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came out of a picture: its kind, size and looks, and what its metadata said."""

    kind: str
    width: int
    height: int
    looks: str
    exif: Exif


def load_kinds() -> None:
    """Load the decoders beforehand, which Pillow would do with the first picture."""
    Image.preinit()
    for kind in ("Mpo", "WebP"):
        importlib.import_module(f"PIL.{kind}ImagePlugin")
    ImageCms.createProfile("sRGB")


def draw(source: BinaryIO, into: Path, *, megapixels: int) -> Drawn:
    """Write the clean copy, the preview and the thumbnail of a picture.

    Args:
        source: the picture as it was brought in.
        into: an existing folder; `clean`, `preview` and `thumbnail` are written there.
        megapixels: the most that is decoded.

    Raises:
        Refused: it is no picture, broken, too large, or hides another file.
        MemoryError: it needs more memory than there is.
    """
    content = source.read()
    if hidden := hidden_in(content):
        raise Refused("polyglot", hidden=hidden)
    opened = _open(content, megapixels)
    kind, exif = _KINDS[str(opened.format)], read_exif(opened)
    image = _plain(_upright(_decode(opened), exif.orientation))
    if kind == "jpeg" and image.mode == "RGBA":
        image = _on_white(image)
    image.save(into / f"clean.{ENDINGS[kind]}", format=kind, **_SAVING[kind])
    small = _on_white(_shrunk(image, PREVIEW_PX))
    small.save(into / "preview.jpg", format="jpeg", **_SMALL)
    _shrunk(small, THUMBNAIL_PX).save(into / "thumbnail.jpg", format="jpeg", **_SMALL)
    return Drawn(kind, image.width, image.height, looks_of(small), exif)


def _open(content: bytes, megapixels: int) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except UnidentifiedImageError as unknown:
        raise Refused("not_a_picture") from unknown
    except (OSError, SyntaxError, ValueError) as failed:
        raise Refused(_why(failed)) from failed
    width, height = image.size
    if width * height > megapixels * MEGABYTE:
        raise Refused("too_many_pixels", width=width, height=height, most=megapixels)
    if min(width, height) < _NARROWEST:
        raise Refused("too_narrow", width=width, height=height)
    return image


def _decode(image: Image.Image) -> Image.Image:
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError) as failed:
        raise Refused(_why(failed)) from failed
    return image


def _why(failed: BaseException) -> str:
    """Pillow has one class for many faults; only its words tell a cut file from a bad one."""
    return "truncated" if "truncated" in str(failed).lower() else "broken"


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else image


def _plain(image: Image.Image) -> Image.Image:
    """RGB or RGBA in sRGB, with nothing else clinging to it."""
    profile = image.info.get("icc_profile")
    has_alpha = "A" in image.mode or "transparency" in image.info
    if image.mode.startswith(("I", "F")):  # 16 bits a point: convert() alone would clip it to white
        image = image.convert("I").point(lambda level: level / 256).convert("L")
    elif profile and image.mode in {"RGB", "CMYK"}:
        image = _in_srgb(image, profile)
    mode = "RGBA" if has_alpha else "RGB"
    if image.mode != mode:
        image = image.convert(mode)
    image.info.clear()
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours as sRGB; unchanged where the profile cannot be understood."""
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _shrunk(image: Image.Image, longest: int) -> Image.Image:
    """The image with its longer side at most `longest` pixels; a small one as it is."""
    factor = longest / max(image.size)
    if factor >= 1:
        return image
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
