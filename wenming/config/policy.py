"""What the browser is told about where a page may get anything from (内容安全策略)."""

from collections.abc import Mapping, Sequence

from csp.constants import NONE, SELF


def for_pages(*, tiles: Sequence[str]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The policy of every page: nothing from elsewhere but the tiles of maps.

    Args:
        tiles: hosts of the service of map tiles; empty without one.
    """
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "img-src": [SELF, "data:", *tiles],
            "connect-src": [SELF, *tiles],
            "object-src": [NONE],
            "base-uri": [NONE],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
        }
    }
