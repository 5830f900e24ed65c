"""What a picture may cost: bytes, pixels, memory and time; and why one is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1_000_000
PREVIEW_PX: Final = 1280
THUMBNAIL_PX: Final = 320

MOST_TOLD: Final = 65_536
"""Of bytes that are read of what the process of a picture says."""

NAMES: Final = ("clean", "preview", "thumbnail")
"""The copies that are made; each is a file of this name with its own ending."""

ENDINGS: Final[Mapping[str, str]] = {"jpeg": "jpg", "png": "png", "webp": "webp"}
"""The ending of a file by the kind of its picture."""

REASONS: Final[Mapping[str, tuple[str, ...]]] = {
    "not_a_picture": (),  # neither JPEG nor PNG nor WebP
    "broken": (),
    "truncated": (),
    "too_many_bytes": ("bytes", "most"),
    "too_many_pixels": ("width", "height", "most"),
    "too_narrow": ("width", "height"),
    "polyglot": ("hidden",),  # a second file hides in it
    "too_slow": ("seconds",),
    "too_much_memory": ("megabytes",),
}
"""Why a picture is refused, with the facts of each; the sentences are made elsewhere."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The ceilings for one picture (图片限额).

    Attributes:
        megabytes: of the file that is brought in, and of each copy.
        megapixels: width times height; a phone's largest usual picture has 50.
        memory_mb: address space of the child; decoding needs about ten bytes a pixel.
        cpu_s: seconds of computing.
        wall_s: seconds until the child is ended whatever it does.
    """

    megabytes: int = 40
    megapixels: int = 65
    memory_mb: int = 1500
    cpu_s: int = 30
    wall_s: int = 60
