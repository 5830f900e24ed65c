"""Files that the command writes: what the system refuses becomes a problem with a place."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wenming.core.errors import BadInput, Place, Problem


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Blame a file that cannot be written.

    Raises:
        BadInput: the system refused; the fact `reason` is the name of its error.
    """
    try:
        yield
    except OSError as refused:
        facts: dict[str, object] = {"reason": reason_of(refused)}
        raise BadInput([Problem("file_unwritable", Place(str(path)), facts)]) from refused


def reason_of(refused: OSError) -> str:
    """The name of a system's error, such as EACCES."""
    return errno.errorcode.get(refused.errno or 0, "EIO")
