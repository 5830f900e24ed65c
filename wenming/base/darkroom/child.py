"""The child process: reads one picture from its input, writes copies, tells what it saw.

It is started by `wenming.base.images.cleaning` as `python -m wenming.base.darkroom.child`
with the folder and the limits as arguments, knows nothing of Django, and ends after one
picture. Whatever else goes wrong ends it, and its parent calls the picture broken.
"""

import errno
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from wenming.base.darkroom.confine import confine
from wenming.base.darkroom.limits import MEGABYTE


def main(folder: str, memory_mb: int, cpu_s: int, file_mb: int, megapixels: int) -> None:
    """Clean the picture on the standard input; one line of JSON goes out.

    Args:
        folder: where the copies go.
        memory_mb: address space.
        cpu_s: seconds of computing.
        file_mb: the largest copy.
        megapixels: the most that is decoded.
    """
    confine(memory_mb=memory_mb, cpu_s=cpu_s, file_mb=file_mb)
    from wenming.base.darkroom.drawing import Refused, draw

    told: dict[str, object]
    try:
        told = asdict(draw(sys.stdin.buffer, Path(folder), megapixels=megapixels))
    except Refused as refused:
        told = {"reason": refused.reason, "facts": refused.facts}
    except MemoryError:
        told = {"reason": "too_much_memory", "facts": {"megabytes": memory_mb}}
    except OSError as failed:
        if failed.errno != errno.EFBIG:
            raise
        told = {"reason": "too_many_bytes", "facts": {"most": file_mb * MEGABYTE}}
    os.write(1, json.dumps(told).encode())


if __name__ == "__main__":
    main(sys.argv[1], *(int(number) for number in sys.argv[2:]))
