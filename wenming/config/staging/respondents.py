"""Who is asked in the invented city: sex and age, the quotas by them, and how the city divides."""

from collections.abc import Iterator, Mapping

from wenming.config.staging.people import Staff
from wenming.demo.dice import Dice
from wenming.survey.models import Fieldwork
from wenming.survey.services.margins import MarginWish, set_margin
from wenming.survey.services.quotas import QuotaWish, set_quotas

SEX_CHOICES: tuple[Mapping[str, str], ...] = (
    {"list": "sex", "key": "male", "label:zh": "男", "label:en": "Man"},
    {"list": "sex", "key": "female", "label:zh": "女", "label:en": "Woman"},
)
QUESTIONS: tuple[Mapping[str, str], ...] = (
    {"key": "sex", "kind": "select_one", "choices": "sex", "label:zh": "性别", "label:en": "Sex"},
    {"key": "age", "kind": "integer", "label:zh": "年龄（周岁）", "label:en": "Age in years"},
)  # fmt: skip
_SOURCE = "虚构的常住人口数，18 岁及以上（演示，非普查数据）"
_SEXES = {"male": 528_000, "female": 514_000}
_AGES = {
    ("18", "29"): 198_000, ("30", "44"): 302_000, ("45", "59"): 291_000, ("60", None): 251_000,
}  # fmt: skip
_AT_HOME = ("female", "female", "female", "male", "male")
"""Women are met at home more often than men."""
_OLDEST = 84
_SILENT = 0.03


def who(community: str, household: int, *, seed: int) -> dict[str, str]:
    """Sex and age of whoever opened the door (受访者情况); a few do not say how old they are."""
    dice = Dice(seed, f"who/{community}/{household}")
    sex = dice.one_of(_AT_HOME)
    age = dice.number(18, _OLDEST)
    return {"sex": sex} if dice.happens(_SILENT) else {"sex": sex, "age": str(age)}


def want(work: Fieldwork, sheets: int, *, staff: Staff) -> None:
    """Set quotas by sex and age for so many sheets (演示配额), and the margins to weight by."""
    set_quotas(work, list(_quotas(sheets)), by=staff.office)
    sexes = [(key, str(people)) for key, people in _SEXES.items()]
    ages = [(f"{low}..{high or ''}", str(people)) for (low, high), people in _AGES.items()]
    for column, groups in (("sex", sexes), ("age", ages)):
        set_margin(work, MarginWish(column, _SOURCE, groups), by=staff.office)


def _quotas(sheets: int) -> Iterator[QuotaWish]:
    whole = sum(_SEXES.values())
    for sex, of_sex in _SEXES.items():
        for (low, high), of_age in _AGES.items():
            cell = {"sex": sex, "age": [low, high]}
            yield QuotaWish(cell, round(sheets * of_sex * of_age / whole**2))
