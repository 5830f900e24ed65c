"""Finds a font with Chinese characters among those of the machine, for files that embed one."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection

KNOWN = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "NotoSansCJKsc-Regular.otf",
    "SourceHanSansSC-Regular.otf",
    "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "msyh.ttc",
    "simhei.ttf",
    "PingFang.ttc",
    "STHeiti Light.ttc",
    "NotoSerifCJK-Regular.ttc",
)
"""Fonts that come with systems, or by a package of theirs; the better ones first."""

SIMPLIFIED = ("SC", "Microsoft YaHei")
"""How the name of the simplified face of a collection ends."""


@dataclass(frozen=True, slots=True)
class FoundFont:
    """A font file (字体) and, of a collection, the number of its face."""

    path: Path
    face: int = 0


@cache
def chinese_font() -> FoundFont | None:
    """The best known font of this machine (中文字体); None when it has none of them."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.name in KNOWN:
                found.setdefault(path.name, path)
    for name in KNOWN:
        if name in found:
            return FoundFont(found[name], _face(found[name]))
    return None


def _folders() -> Sequence[Path]:
    data = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    named = [Path(each) / "fonts" for each in data if each]
    windows = os.environ.get("WINDIR")
    own = [Path.home() / ".local/share/fonts", Path.home() / ".fonts"]
    mac = [Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    return [*named, *own, *mac, *([Path(windows) / "Fonts"] if windows else [])]


def _face(path: Path) -> int:
    """The face of a collection that draws simplified characters; its first where none says so."""
    if path.suffix != ".ttc":
        return 0
    with TTCollection(path, lazy=True) as faces:
        for number, face in enumerate(faces.fonts):
            if str(face["name"].getBestFamilyName() or "").endswith(SIMPLIFIED):
                return number
    return 0
