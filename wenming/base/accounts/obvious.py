"""Passwords that a guesser tries first (弱口令): a word everybody takes, dressed up with digits.

Django's list of common passwords comes from leaks of the English-speaking world. Here the shape is
looked at: what is left of `P@ssw0rd2026!` or `Woaini1314#` once digits, signs and the usual
replacements are taken away is a word, and the words that people take are few.
"""

import string
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wenming.base.models import User

_FILE = Path(__file__).with_name("obvious_words.txt")
_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "!@#$%^&*()", "abcdefghijklmnopqrstuvwxyz",
    "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb", "!qaz@wsx#edc$rfv%tgb", "zaqxswcdevfr",
)  # fmt: skip
_WALK = 3
_LONGEST = 20  # letters of a word
_USUAL = str.maketrans("@4301!$57", "aaeoiisst")


class NotObvious:
    """No common word with digits and signs around it, and no walk over the keyboard."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Look for what is left without the dressing.

        Raises:
            ValidationError: a common word, or neighbouring keys only.
        """
        del user
        small = password.lower()
        core = small.strip(string.digits + string.punctuation).translate(_USUAL)
        if _is_word(small) or _is_word(core) or _is_walk(small):
            raise ValidationError(self.get_help_text(), code="password_obvious")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _(
            "Do not take a common word with digits around it, nor neighbouring keys: such "
            "passwords are tried first."
        )


def _is_word(text: str) -> bool:
    """Whether all letters of a text are common words."""
    return _is_made_of_words("".join(sign for sign in text if "a" <= sign <= "z"))


def _is_made_of_words(letters: str) -> bool:
    """Whether words stand one behind the other, without a letter between them."""
    reached = {0}
    for end in range(2, len(letters) + 1):
        starts = range(max(0, end - _LONGEST), end - 1)
        if any(start in reached and letters[start:end] in _words() for start in starts):
            reached.add(end)
    return bool(letters) and len(letters) in reached


def _is_walk(text: str) -> bool:
    """Whether most of a text goes from key to neighbouring key."""
    steps = sum(pair in _neighbours() for pair in pairwise(text))
    return len(text) > _WALK and steps >= 0.6 * (len(text) - 1)


@cache
def _words() -> frozenset[str]:
    return frozenset(_FILE.read_text(encoding="utf-8").split())


@cache
def _neighbours() -> frozenset[tuple[str, str]]:
    ways = [*_ROWS, *(row[::-1] for row in _ROWS)]
    same = {(sign, sign) for row in _ROWS for sign in row}
    return frozenset(pair for way in ways for pair in pairwise(way)) | same
