"""The child process: keeps the drawing loaded, and gives every picture a process of its own.

It is started by `wenming.base.images.rooms` as `python -m wenming.base.darkroom.child`, knows
nothing of Django, has no network, and opens no picture itself: for each line of JSON that comes
in it splits off a process, which confines itself, draws one picture and ends. One line goes out:
how that process ended and what it told. It ends when its parent does, for then its input does.
"""

import errno
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from wenming.base.darkroom.confine import confine, leave_network
from wenming.base.darkroom.drawing import Refused, draw, load_kinds
from wenming.base.darkroom.limits import MEGABYTE, MOST_TOLD


def main() -> None:
    """Draw one picture after the other, until no more are asked for."""
    load_kinds()
    leave_network()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        code, told = _apart(asked)
        answer = {"number": asked["number"], "code": code, "told": told.decode("utf-8", "replace")}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _apart(asked: dict[str, Any]) -> tuple[int, bytes]:
    """The exit code (negative: the signal) and the words of a process of its own."""
    coming, going = os.pipe()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            os.close(coming)
            for ours in (0, 1):  # what the parent and this process say to each other
                os.close(ours)
            os.write(going, json.dumps(_drawn(asked)).encode())
            code = 0
        finally:
            os._exit(code)  # it must never come back into the loop above
    os.close(going)
    with os.fdopen(coming, "rb") as words:
        told = words.read(MOST_TOLD)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), told


def _drawn(asked: dict[str, Any]) -> dict[str, object]:
    """Clean a picture; what comes out of it, or why it is refused."""
    confine(memory_mb=asked["memory_mb"], cpu_s=asked["cpu_s"], file_mb=asked["file_mb"])
    try:
        with Path(asked["source"]).open("rb") as picture:
            return asdict(draw(picture, Path(asked["into"]), megapixels=asked["megapixels"]))
    except Refused as refused:
        return {"reason": refused.reason, "facts": refused.facts}
    except MemoryError:
        return {"reason": "too_much_memory", "facts": {"megabytes": asked["memory_mb"]}}
    except OSError as failed:
        if failed.errno != errno.EFBIG:
            raise
        return {"reason": "too_many_bytes", "facts": {"most": asked["file_mb"] * MEGABYTE}}


if __name__ == "__main__":
    main()
