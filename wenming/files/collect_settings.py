"""Settings of ODK Collect as the text of a QR code: JSON, packed by zlib, in base64."""

import json
import zlib
from base64 import b64encode


def collect_settings(server: str, *, project: str) -> str:
    """What ODK Collect reads from a code to set itself up (采集程序配置码).

    What is left out here Collect sets to its own default, so nothing else stays from before.

    Args:
        server: address of the doors, without a slash at the end.
        project: what Collect calls this among its projects.

    Source:
        docs/reference/openrosa.md, "The code for ODK Collect".
    """
    settings = {
        "general": {
            "protocol": "odk_default",
            "server_url": server,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_fifteen_minutes",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": project},
    }
    told = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(told.encode(), 9)).decode()
