"""Wording (措辞): every code with its facts becomes one sentence, in Chinese or English.

Used by the command and by the pages; it needs no Django.
"""

from wenming.base.wording.labels import LABELS, SIGNS
from wenming.base.wording.sentences import SENTENCES
from wenming.base.wording.speaking import (
    label,
    place_name,
    problem_line,
    refusal,
    sentence,
    sign,
)

__all__ = [
    "LABELS",
    "SENTENCES",
    "SIGNS",
    "label",
    "place_name",
    "problem_line",
    "refusal",
    "sentence",
    "sign",
]
