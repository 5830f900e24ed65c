"""What the child takes from itself before it looks at a picture: the network, memory, time."""

import contextlib
import ctypes
import sys

from wenming.base.darkroom.limits import MEGABYTE

_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_SIGKILL = 9


def leave_network() -> None:
    """Move into an empty network, where one may, and bar new privileges, for good.

    Processes that are split off afterwards are there too. Must run before threads exist.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def confine(*, memory_mb: int, cpu_s: int, file_mb: int) -> None:
    """Give up memory, time and large files for good, and end with the parent.

    Holds on Linux; elsewhere as far as the system can.

    Args:
        memory_mb: address space.
        cpu_s: seconds of computing, after which the system ends the child.
        file_mb: the largest file that can be written.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if sys.platform != "win32":
        import resource

        for which, most in (
            (resource.RLIMIT_AS, memory_mb * MEGABYTE),
            (resource.RLIMIT_CPU, cpu_s),
            (resource.RLIMIT_FSIZE, file_mb * MEGABYTE),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, 32),
        ):
            with contextlib.suppress(OSError, ValueError):  # macOS refuses some of them
                spare = 1 if which == resource.RLIMIT_CPU else 0  # the hard limit cannot be told
                resource.setrlimit(which, (most, most + spare))
